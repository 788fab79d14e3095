internal import CaseIndex
internal import Cryptography
internal import OCI
internal import StrictJSON

/// Evidence arranged as an OCI image layout (OCI image-spec, "Image Layout"): reads it into a draft.
struct LayoutArrangement {
    let store: BlobStore
    let limits: ImportLimits
    var draft = ImportDraft()

    /// Documents still to be read, first come first served.
    var pending: [PendingDocument] = []
    /// Documents that were read, by the digest of their bytes: each is read once, whatever the graph looks like.
    var visited: Set<Digest> = []
    /// The manifests that carry signatures.
    var carriers: [Digest: ImageManifest] = [:]
    /// What storage says of those manifests.
    var attachments: [Attachment] = []
    /// Warnings that were given, so that a blob named a thousand times is warned of once.
    var reported: Set<Reported> = []

    /// What makes two warnings the same.
    struct Reported: Hashable {
        let code: WarningCode
        let digest: Digest
        let size: Int64?
    }

    init(_ store: BlobStore, limits: ImportLimits) {
        self.store = store
        self.limits = limits
    }

    /// The folders in which layouts lie, sorted: the root of the evidence, or folders directly in it.
    ///
    /// Archives often name the blobs before `index.json`: when the end of one is missing, blobs alone are a layout.
    static func roots(in scan: EvidenceScan) -> [[UInt8]] {
        let marked = markedRoots(in: scan.members)
        guard marked.isEmpty else { return marked }
        guard scan.warnings.contains(where: { $0.code == .archiveTruncated || $0.code == .archiveDamaged })
        else { return [] }
        for member in scan.members where MemberPath.namedDigest(member.path) != nil {
            let parts = member.path.split(separator: UInt8(ascii: "/"))
            if parts.count <= 4 { return [parts.count == 4 ? Array(parts[0]) : []] }
        }
        return []
    }

    private static func markedRoots(in members: [EvidenceMember]) -> [[UInt8]] {
        var marked: Set<[UInt8]> = []
        var indexed: Set<[UInt8]> = []
        var withBlobs: Set<[UInt8]> = []
        for member in members {
            let parts = member.path.split(separator: UInt8(ascii: "/"))
            // The root itself, and a folder directly in it.
            for depth in 0...1 where parts.count > depth {
                let root = depth == 0 ? [] : Array(parts[0])
                if parts[depth].elementsEqual("blobs".utf8), parts.count > depth + 1 { withBlobs.insert(root) }
                guard parts.count == depth + 1 else { continue }
                if parts[depth].elementsEqual("oci-layout".utf8) { marked.insert(root) }
                if parts[depth].elementsEqual("index.json".utf8) { indexed.insert(root) }
            }
        }
        return marked.union(indexed.intersection(withBlobs)).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Reads everything.
    mutating func read() throws {
        noteMembers()
        try readMarker()
        try readIndex()
        try readPending()
        try readOrphans()
        try extractSignatures()
    }

    /// Notes every blob with its place, and what is odd about members as such.
    private mutating func noteMembers() {
        for (name, member) in store.sorted {
            switch member.content {
            case .file(let measurement):
                draft.add(artifact(measurement))
                draft.add(location(of: measurement.digest, member))
                if measurement.digest != name {
                    draft.warn(.digestMismatch, member.path, name, "the bytes have the digest \(measurement.digest)")
                }
            case .special(let word):
                draft.warn(.blobNotAFile, member.path, name, "not a file but a \(word); it was not followed")
            case .unreadable(let error):
                draft.warn(.blobUnreadable, member.path, name, "the blob \(error.sentence)")
            }
        }
        for member in store.sortedOthers {
            switch member.content {
            case .file: break
            case .special(let word):
                draft.warn(.memberNotAFile, member.path, "not a file but a \(word); it was not followed")
            case .unreadable(let error):
                draft.warn(.blobUnreadable, member.path, "the member \(error.sentence)")
            }
        }
    }

    private func artifact(_ measurement: Measurement) -> ArtifactRecord {
        ArtifactRecord(digest: measurement.digest, size: measurement.size, mediaType: nil, role: .blob)
    }

    func location(of digest: Digest, _ member: EvidenceMember) -> LocationRecord {
        LocationRecord(
            digest: digest,
            sourceID: ImportDraft.unknownSource,
            path: ImportDraft.shown(member.path),
            offset: member.offset
        )
    }

    /// Checks `oci-layout`.
    private mutating func readMarker() throws {
        let path = MemberPath.joined(store.root, "oci-layout")
        guard let member = store.other("oci-layout") else {
            draft.warn(.noMarker, path, "the layout lacks the file oci-layout")
            return
        }
        let bytes = try store.bytes(of: member, limit: limits.documentBytes) ?? []
        let version = (try? JSONValue(parsing: bytes))?["imageLayoutVersion"]?.string
        if version != "1.0.0" {
            draft.warn(.version, path, "the layout does not state version 1.0.0")
        }
    }

    /// Reads the blobs that nothing led to: what cosign 3 leaves behind, and what an earlier save forgot.
    private mutating func readOrphans() throws {
        for (_, member) in store.sorted {
            guard let measurement = member.measurement, measurement.looksLikeDocument,
                !visited.contains(measurement.digest), draft.artifacts[measurement.digest]?.role == .blob,
                let bytes = try store.bytes(of: member, limit: Self.orphanLimit),
                Self.mayBeDocument(bytes)
            else { continue }
            pending.append(PendingDocument(member: member, mediaType: nil, depth: 0, isOrphan: true))
            try readPending()
        }
    }

    /// Bytes of a manifest that nothing leads to; registries refuse larger ones.
    private static let orphanLimit: Int64 = 4 << 20

    /// Whether a blob that nothing names states that it is a manifest or index; a configuration does not.
    private static func mayBeDocument(_ bytes: [UInt8]) -> Bool {
        guard let value = try? JSONValue(parsing: bytes), let object = value.object else { return false }
        if object["schemaVersion"]?.int64 == 2 { return true }
        let mediaType = object["mediaType"]?.string.map { MediaType($0) }
        return mediaType.map { $0.isIndex || $0.isManifest } ?? false
    }

    /// Reads documents until none is left.
    mutating func readPending() throws {
        var next = 0
        while next < pending.count {
            let document = pending[next]
            next += 1
            try read(document)
        }
        pending.removeAll()
    }
}

/// A document that something led to.
struct PendingDocument {
    /// Where its bytes are.
    var member: EvidenceMember
    /// The media type of the descriptor that led here.
    var mediaType: MediaType?
    /// How many documents lead here.
    var depth: Int
    /// The artifact whose referrers an index lists, when it was found under a fallback tag.
    var referrersOf: Digest?
    /// The artifact that statements in a BuildKit attestation manifest are about.
    var attestedDigest: Digest?
    /// Whether the descriptor says that this is a BuildKit attestation manifest.
    var isAttestationManifest = false
    /// Whether nothing led here.
    var isOrphan = false
}

/// What storage says that a manifest's signatures are about.
struct Attachment: Hashable {
    /// The manifest, by the digest of its bytes.
    let carrier: Digest
    /// The artifact; nil when storage does not say.
    let subject: Digest?
    /// By which convention.
    let storage: SignatureStorage
}
