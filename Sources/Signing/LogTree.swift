internal import Cryptography

/// The hash tree of a log (RFC 6962 §2.1), over SHA-256.
///
/// Every complete subtree's hash is kept once it is known; a tree that was read from elsewhere may hold only those along
/// its right edge, which is all that appending and proving what was appended asks for.
package struct LogTree: Sendable {
    /// How many leaves there are.
    package private(set) var count = 0
    /// The complete subtrees by level and place: level 0 are the leaves, place counts subtrees of that level from the
    /// left.
    private var nodes: [Node: [UInt8]] = [:]

    /// A complete subtree.
    package struct Node: Hashable, Sendable {
        /// The logarithm of the number of its leaves.
        package let level: Int
        /// How many subtrees of this level lie on its left.
        package let place: Int

        /// A subtree.
        package init(level: Int, place: Int) {
            self.level = level
            self.place = place
        }
    }

    /// An empty tree.
    package init() {}

    /// A tree of which the complete subtrees along its right edge are known.
    ///
    /// - Parameters:
    ///   - count: How many leaves it has.
    ///   - hash: The hash of a subtree, asked for those of ``edge(of:)``.
    /// - Throws: What `hash` throws.
    package init<Failure: Error>(count: Int, hash: (Node) throws(Failure) -> [UInt8]) throws(Failure) {
        self.count = count
        for node in Self.edge(of: count) { nodes[node] = try hash(node) }
    }

    /// The hash of every leaf that is known, in order.
    package var leaves: [[UInt8]] { (0..<count).compactMap { nodes[Node(level: 0, place: $0)] } }

    /// The complete subtrees that make up a tree, the largest first.
    package static func edge(of count: Int) -> [Node] {
        var first = 0
        return (0..<Int.bitWidth - 1).reversed().filter { count >> $0 & 1 == 1 }.map { level in
            defer { first += 1 << level }
            return Node(level: level, place: first >> level)
        }
    }

    /// Adds a leaf.
    ///
    /// - Returns: The subtrees that became complete, the leaf first.
    @discardableResult
    package mutating func append(_ entry: [UInt8]) -> [(node: Node, hash: [UInt8])] {
        var node = Node(level: 0, place: count)
        var hash = Digest(hashing: [0] + entry).bytes
        var complete = [(node: node, hash: hash)]
        nodes[node] = hash
        while node.place & 1 == 1, let left = nodes[Node(level: node.level, place: node.place - 1)] {
            node = Node(level: node.level + 1, place: node.place >> 1)
            hash = Digest(hashing: [1] + left + hash).bytes
            complete.append((node, hash))
            nodes[node] = hash
        }
        count += 1
        return complete
    }

    /// The root over all leaves; of an empty tree the hash of nothing.
    package var root: [UInt8] {
        count == 0 ? Digest(hashing: []).bytes : root(of: 0..<count) ?? []
    }

    /// The hashes that lead from a leaf to ``root``, from the leaf upwards (RFC 6962 §2.1.1).
    ///
    /// - Parameter index: A leaf of which the subtrees beside it are known.
    /// - Returns: The sibling on every level that has one; nil where one is not known.
    package func inclusionProof(of index: Int) -> [[UInt8]]? {
        guard (0..<count).contains(index) else { return nil }
        var range = 0..<count
        var proof: [[UInt8]] = []
        while range.count > 1 {
            let middle = range.lowerBound + Self.split(range.count)
            let (inner, outer) =
                index < middle
                ? (range.lowerBound..<middle, middle..<range.upperBound)
                : (middle..<range.upperBound, range.lowerBound..<middle)
            guard let sibling = root(of: outer) else { return nil }
            proof.append(sibling)
            range = inner
        }
        return proof.reversed()
    }

    /// The root of leaves that begin where a complete subtree of their number would.
    private func root(of range: Range<Int>) -> [UInt8]? {
        let level = range.count.trailingZeroBitCount
        if range.count == 1 << level, let hash = nodes[Node(level: level, place: range.lowerBound >> level)] {
            return hash
        }
        guard range.count > 1 else { return nil }
        let middle = range.lowerBound + Self.split(range.count)
        guard let left = root(of: range.lowerBound..<middle), let right = root(of: middle..<range.upperBound)
        else { return nil }
        return Digest(hashing: [1] + left + right).bytes
    }

    /// The largest power of two below a number above one.
    private static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
