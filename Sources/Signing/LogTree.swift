internal import Cryptography

/// The hash tree of a log (RFC 6962 §2.1), over SHA-256.
package struct LogTree: Sendable {
    /// The hash of every leaf, in order.
    package private(set) var leaves: [[UInt8]] = []

    /// An empty tree.
    package init() {}

    /// Adds a leaf.
    package mutating func append(_ entry: [UInt8]) {
        leaves.append(Digest(hashing: [0] + entry).bytes)
    }

    /// The root over all leaves; of an empty tree the hash of nothing.
    package var root: [UInt8] {
        leaves.isEmpty ? Digest(hashing: []).bytes : Self.root(leaves[...])
    }

    /// The hashes that lead from a leaf to ``root``, from the leaf upwards (RFC 6962 §2.1.1).
    ///
    /// - Parameter index: A leaf that is in the tree.
    /// - Returns: The sibling on every level that has one.
    package func inclusionProof(of index: Int) -> [[UInt8]] {
        precondition(leaves.indices.contains(index), "only leaves in the tree have a proof")
        return Self.proof(index, leaves[...])
    }

    private static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard leaves.count > 1 else { return leaves.first ?? [] }
        let middle = leaves.startIndex + split(leaves.count)
        return Digest(hashing: [1] + root(leaves[..<middle]) + root(leaves[middle...])).bytes
    }

    private static func proof(_ index: Int, _ leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
        guard leaves.count > 1 else { return [] }
        let half = split(leaves.count)
        let middle = leaves.startIndex + half
        return index < half
            ? proof(index, leaves[..<middle]) + [root(leaves[middle...])]
            : proof(index - half, leaves[middle...]) + [root(leaves[..<middle])]
    }

    /// The largest power of two below a number above one.
    private static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
