internal import Cryptography

/// Paths of members, as bytes: evidence may name them in any encoding or none.
enum MemberPath {
    private static let slash = UInt8(ascii: "/")

    /// The path without empty and `.` components; `..` stays, so that it never equals an honest one.
    static func normalized(_ path: [UInt8]) -> [UInt8] {
        Array(components(path).joined(separator: [slash]))
    }

    /// The components, without empty and `.` ones.
    static func components(_ path: [UInt8]) -> [ArraySlice<UInt8>] {
        path.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
    }

    /// The digest that a blob's place in a layout names, `…blobs/<algorithm>/<hex>`; nil for any other path.
    static func namedDigest(_ path: [UInt8]) -> Digest? {
        let parts = path.split(separator: slash)
        guard parts.count >= 3, parts[parts.count - 3].elementsEqual("blobs".utf8),
            let algorithm = DigestAlgorithm(named: parts[parts.count - 2])
        else { return nil }
        return Digest(algorithm, hex: parts[parts.count - 1])
    }

    /// With which algorithm a member is measured: the one of a blob's place in a layout, in a registry's storage, or in
    /// a folder of blobs; SHA-256 for any other path.
    static func algorithm(_ path: [UInt8]) -> DigestAlgorithm {
        var parts = path.split(separator: slash)
        if parts.last?.elementsEqual("data".utf8) ?? false {
            guard parts.count > 3, parts[parts.count - 2].starts(with: parts[parts.count - 3]) else { return .sha256 }
            parts.removeLast()
            parts.remove(at: parts.count - 2)
        }
        guard parts.count > 1, let algorithm = DigestAlgorithm(named: parts[parts.count - 2]),
            Digest(algorithm, hex: parts[parts.count - 1]) != nil
        else { return .sha256 }
        return algorithm
    }

    /// The path of the first of a member's folders.
    static func folder(_ parts: some Sequence<ArraySlice<UInt8>>) -> [UInt8] {
        Array(parts.joined(separator: [slash]))
    }

    /// The part before the last `blobs/…`, `index.json` or `oci-layout`, when the path has that shape.
    static func joined(_ root: [UInt8], _ name: String) -> [UInt8] {
        root.isEmpty ? Array(name.utf8) : root + [slash] + Array(name.utf8)
    }
}
