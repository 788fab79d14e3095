/// The limits of import by name, for those who need another one.
package enum ImportLimitName: String, Hashable, Sendable, CaseIterable {
    case documentBytes = "document-bytes"
    case payloadBytes = "payload-bytes"
    case attestationBytes = "attestation-bytes"
    case expandedLayerBytes = "expanded-layer-bytes"
    case expandedBytes = "expanded-bytes"
    case members
    case archiveNesting = "archive-nesting"
    case archives
    case folderDepth = "folder-depth"
    case graphDepth = "graph-depth"
    case retainedBytes = "retained-bytes"
    case descriptors
    case pathBytes = "path-bytes"
    case extendedHeaderBytes = "pax-header-bytes"
    case signaturesPerCarrier = "signatures-per-carrier"
    case signaturesPerSubject = "signatures-per-subject"
    case claimsPerStatement = "claims-per-statement"
    case claimValueBytes = "claim-value-bytes"
    case layerEntries = "layer-entries"
    case holeBytes = "hole-bytes"
    case gitExpandedBytes = "git-expanded-bytes"

    /// What is limited, in a few words.
    package var purpose: String {
        switch self {
        case .documentBytes: "a manifest, index or configuration"
        case .payloadBytes: "a signed payload or bundle"
        case .attestationBytes: "an attestation"
        case .expandedLayerBytes: "what one layer expands to"
        case .expandedBytes: "what all of one piece of evidence expands to"
        case .members: "files of one piece of evidence"
        case .archiveNesting: "archives inside one another"
        case .archives: "archives inside one folder or archive"
        case .folderDepth: "folders inside one another"
        case .graphDepth: "documents that lead from one to the next"
        case .retainedBytes: "documents kept in memory while reading"
        case .descriptors: "descriptors of one document"
        case .pathBytes: "the path of one file"
        case .extendedHeaderBytes: "an extended header or long name of a tar archive"
        case .signaturesPerCarrier: "signatures of one manifest"
        case .signaturesPerSubject: "signatures of one image"
        case .claimsPerStatement: "claims taken from one statement"
        case .claimValueBytes: "the value of one claim"
        case .layerEntries: "files of one layer"
        case .holeBytes: "holes of sparse files in one layer that are hashed as zeros"
        case .gitExpandedBytes: "what the objects of one Git pack expand to"
        }
    }

    /// Whether it counts bytes.
    package var isBytes: Bool { rawValue.hasSuffix("-bytes") }
}

extension ImportLimits {
    /// A limit by its name.
    package subscript(name: ImportLimitName) -> Int64 {
        get {
            switch name {
            case .documentBytes: documentBytes
            case .payloadBytes: payloadBytes
            case .attestationBytes: attestationBytes
            case .expandedLayerBytes: expandedLayerBytes
            case .expandedBytes: expandedBytes
            case .members: Int64(members)
            case .archiveNesting: Int64(archiveNesting)
            case .archives: Int64(archives)
            case .folderDepth: Int64(folderDepth)
            case .graphDepth: Int64(graphDepth)
            case .retainedBytes: retainedBytes
            case .descriptors: Int64(descriptors)
            case .pathBytes: pathBytes
            case .extendedHeaderBytes: extendedHeaderBytes
            case .signaturesPerCarrier: Int64(signaturesPerCarrier)
            case .signaturesPerSubject: Int64(signaturesPerSubject)
            case .claimsPerStatement: Int64(claimsPerStatement)
            case .claimValueBytes: Int64(claimValueBytes)
            case .layerEntries: Int64(layerEntries)
            case .holeBytes: holeBytes
            case .gitExpandedBytes: gitExpandedBytes
            }
        }
        set {
            switch name {
            case .documentBytes: documentBytes = newValue
            case .payloadBytes: payloadBytes = newValue
            case .attestationBytes: attestationBytes = newValue
            case .expandedLayerBytes: expandedLayerBytes = newValue
            case .expandedBytes: expandedBytes = newValue
            case .members: members = Int(clamping: newValue)
            case .archiveNesting: archiveNesting = Int(clamping: newValue)
            case .archives: archives = Int(clamping: newValue)
            case .folderDepth: folderDepth = Int(clamping: newValue)
            case .graphDepth: graphDepth = Int(clamping: newValue)
            case .retainedBytes: retainedBytes = newValue
            case .descriptors: descriptors = Int(clamping: newValue)
            case .pathBytes: pathBytes = newValue
            case .extendedHeaderBytes: extendedHeaderBytes = newValue
            case .signaturesPerCarrier: signaturesPerCarrier = Int(clamping: newValue)
            case .signaturesPerSubject: signaturesPerSubject = Int(clamping: newValue)
            case .claimsPerStatement: claimsPerStatement = Int(clamping: newValue)
            case .claimValueBytes: claimValueBytes = Int(clamping: newValue)
            case .layerEntries: layerEntries = Int(clamping: newValue)
            case .holeBytes: holeBytes = newValue
            case .gitExpandedBytes: gitExpandedBytes = newValue
            }
        }
    }
}
