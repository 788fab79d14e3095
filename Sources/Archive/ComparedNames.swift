/// Paths of an archive, as they are told apart where case and composition of letters make no difference.
///
/// Only hashes are kept: 16 bytes a path.
package struct ComparedNames {
    /// The hash of a path's own bytes, by that of its folded form.
    private var known: [Int: Int] = [:]

    /// More names are not compared.
    private static let maximumCount = 2_000_000
    /// Longer paths are not compared, in bytes: a text of nothing but combining marks takes seconds.
    private static let pathLimit = 4096

    package init() {}

    /// Whether an earlier path has the same folded form and other bytes; the path is kept for later ones.
    package mutating func isCollision(_ path: [UInt8]) -> Bool {
        guard path.count <= Self.pathLimit, known.count < Self.maximumCount else { return false }
        var bare = path[...]
        while bare.last == UInt8(ascii: "/") { bare = bare.dropLast() }
        if bare.starts(with: "./".utf8) { bare = bare.dropFirst(2) }
        var exact = Hasher()
        bare.withUnsafeBytes { exact.combine(bytes: $0) }
        let own = exact.finalize()
        // Swift's texts are equal, and hash alike, when Unicode calls them canonically equivalent.
        let folded = String(decoding: bare, as: UTF8.self).lowercased().hashValue
        return known.updateValue(own, forKey: folded).map { $0 != own } ?? false
    }
}
