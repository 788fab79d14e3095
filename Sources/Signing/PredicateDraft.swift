package import Cryptography
package import StrictJSON

/// What kind of predicate an attestation has, by cosign's names.
package enum PredicateKind: Hashable, Sendable {
    case slsaProvenance1
    case slsaProvenance02
    case spdxJSON
    case spdx
    case cycloneDX
    case vulnerabilities
    case openVEX
    case link
    case custom
    /// Any other, by its URI.
    case other(String)

    private static let names: [(name: String, kind: PredicateKind)] = [
        ("slsaprovenance1", .slsaProvenance1), ("slsaprovenance", .slsaProvenance02),
        ("slsaprovenance02", .slsaProvenance02), ("spdxjson", .spdxJSON), ("spdx", .spdx), ("cyclonedx", .cycloneDX),
        ("vuln", .vulnerabilities), ("openvex", .openVEX), ("link", .link), ("custom", .custom),
    ]

    /// The names that are not URIs.
    package static var knownNames: [String] { names.map(\.name) }

    /// A kind by its name, or by a URI; nil for anything else.
    package init?(name: String) {
        if let known = Self.names.first(where: { $0.name.hasSameBytes(as: name) }) {
            self = known.kind
        } else if name.utf8.contains(UInt8(ascii: ":")), name.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) {
            self = .other(name)
        } else {
            return nil
        }
    }

    /// `predicateType`.
    package var uri: String {
        switch self {
        case .slsaProvenance1: "https://slsa.dev/provenance/v1"
        case .slsaProvenance02: "https://slsa.dev/provenance/v0.2"
        case .spdxJSON, .spdx: "https://spdx.dev/Document"
        case .cycloneDX: "https://cyclonedx.org/bom"
        case .vulnerabilities: "https://cosign.sigstore.dev/attestation/vuln/v1"
        case .openVEX: "https://openvex.dev/ns"
        case .link: "https://in-toto.io/Link/v1"
        case .custom: "https://cosign.sigstore.dev/attestation/v1"
        case .other(let uri): uri
        }
    }

    /// Members without which a document is none of this kind.
    private var required: [String] {
        switch self {
        case .slsaProvenance1: ["buildDefinition", "runDetails"]
        case .slsaProvenance02: ["builder", "buildType"]
        case .spdxJSON: ["spdxVersion"]
        case .cycloneDX: ["bomFormat"]
        case .vulnerabilities: ["scanner"]
        case .openVEX: ["@context", "statements"]
        case .link: ["name"]
        case .spdx, .custom, .other: []
        }
    }

    /// The predicate that a file's content becomes.
    ///
    /// - Parameters:
    ///   - content: The file.
    ///   - time: When it is attested; `custom` says so.
    /// - Returns: The predicate: the JSON object itself, or for `spdx` and `custom` a text.
    /// - Throws: ``PredicateFileError``.
    package func predicate(_ content: [UInt8], at time: Timestamp) throws(PredicateFileError) -> JSONValue {
        switch self {
        case .spdx, .custom:
            guard let text = String(validating: content, as: UTF8.self) else { throw .notText }
            return self == .spdx
                ? JSONValue(text) : ["Data": JSONValue(text), "Timestamp": JSONValue(time.description)]
        default:
            let json: JSONValue
            do throws(JSONError) {
                json = try JSONValue(parsing: content)
            } catch {
                throw .notJSON(error)
            }
            guard let object = json.object else { throw .notAnObject }
            for name in required where object[name] == nil { throw .missing(name) }
            return json
        }
    }
}

/// Why a file is not a predicate.
package enum PredicateFileError: Error, Equatable {
    /// Not JSON.
    case notJSON(JSONError)
    /// JSON, but no object.
    case notAnObject
    /// Not UTF-8.
    case notText
    /// A member without which it is not of that kind.
    case missing(String)
}
