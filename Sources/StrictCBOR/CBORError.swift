/// Why bytes are not the one CBOR item that was asked for.
package enum CBORError: Error, Hashable, Sendable {
    /// More bytes than are read.
    case tooLarge(size: Int, limit: Int)
    /// Items inside one another deeper than is read.
    case tooDeep(limit: Int, offset: Int)
    /// More items than are read.
    case tooManyItems(limit: Int, offset: Int)
    /// The item is longer than what is left.
    case truncated(offset: Int)
    /// A length that is told only by a mark at the end (RFC 8949 §3.2).
    case indefiniteLength(offset: Int)
    /// A number or length that is not in its shortest form (RFC 8949 §4.2.1).
    case notShortest(offset: Int)
    /// A code that RFC 8949 reserves.
    case reserved(offset: Int)
    /// A text that is not UTF-8.
    case notUTF8(offset: Int)
    /// A key that occurs twice in one map.
    case duplicateKey(offset: Int)
    /// Bytes follow the item.
    case trailingBytes(offset: Int)
}

/// What is accepted at most.
package struct CBORLimits: Hashable, Sendable {
    /// Bytes of the whole encoding.
    package var bytes: Int
    /// Items inside one another.
    package var depth: Int
    /// Items altogether.
    package var items: Int

    package init(bytes: Int = 16 << 20, depth: Int = 16, items: Int = 10_000) {
        self.bytes = bytes
        self.depth = depth
        self.items = items
    }

    /// More than any signature envelope needs.
    package static let standard = CBORLimits()
}
