package import Cryptography

/// What a tag says by its form: cosign's names of attachments, and the referrers tag schema.
package enum ReferenceName: Hashable, Sendable {
    /// `sha256-<hex>.sig`: signatures of an artifact (cosign).
    case signatures(of: Digest)
    /// `sha256-<hex>.att`: attestations of an artifact (cosign).
    case attestations(of: Digest)
    /// `sha256-<hex>.sbom`: a bill of materials of an artifact (cosign).
    case billOfMaterials(of: Digest)
    /// `sha256-<hex>`: an index of referrers (OCI distribution-spec, "Referrers Tag Schema").
    case referrers(of: Digest)
    /// Any other name.
    case other

    /// Reads a tag, or a whole reference that ends in one.
    ///
    /// cosign's names may have a prefix, the referrers' may not.
    package init(_ name: String) {
        let bytes = Array(name.utf8)
        for algorithm in DigestAlgorithm.allCases {
            if let digest = Self.digest(algorithm, before: ".sig", in: bytes) {
                self = .signatures(of: digest.digest)
                return
            }
            if let digest = Self.digest(algorithm, before: ".att", in: bytes) {
                self = .attestations(of: digest.digest)
                return
            }
            if let digest = Self.digest(algorithm, before: ".sbom", in: bytes) {
                self = .billOfMaterials(of: digest.digest)
                return
            }
            if let digest = Self.digest(algorithm, before: "", in: bytes), digest.isWholeTag {
                self = .referrers(of: digest.digest)
                return
            }
        }
        self = .other
    }

    /// The digest that stands, as `algorithm-hex`, before a suffix at the end.
    private static func digest(
        _ algorithm: DigestAlgorithm,
        before suffix: String,
        in bytes: [UInt8]
    ) -> (digest: Digest, isWholeTag: Bool)? {
        let name = Array("\(algorithm.rawValue)-".utf8)
        let length = name.count + 2 * algorithm.byteCount + suffix.utf8.count
        guard bytes.count >= length, bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else { return nil }
        let start = bytes.count - length
        let hexStart = start + name.count
        guard bytes[start..<hexStart].elementsEqual(name),
            let hex = String(validating: bytes[hexStart..<bytes.count - suffix.utf8.count], as: UTF8.self),
            let digest = try? Digest(parsing: "\(algorithm.rawValue):\(hex)")
        else { return nil }
        let isWholeTag = start == 0 || [UInt8(ascii: ":"), UInt8(ascii: "/")].contains(bytes[start - 1])
        return (digest, isWholeTag)
    }

    /// The artifact that the name speaks of.
    package var subject: Digest? {
        switch self {
        case .signatures(let subject), .attestations(let subject), .billOfMaterials(let subject),
            .referrers(let subject):
            subject
        case .other: nil
        }
    }
}
