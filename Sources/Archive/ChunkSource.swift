/// Bytes in order, a chunk at a time, without being copied.
package protocol ChunkSource: AnyObject {
    /// The next bytes, never none, valid until the next call; nil at the end and ever after.
    ///
    /// - Throws: ``ArchiveError``.
    func next() throws(ArchiveError) -> UnsafeRawBufferPointer?
}

extension ChunkSource {
    /// Hands every chunk that is left to `body`.
    package func forEachChunk(_ body: (UnsafeRawBufferPointer) -> Void) throws(ArchiveError) {
        while let chunk = try next() {
            body(chunk)
        }
    }
}

/// A source that can put its bytes where somebody else wants them, which saves copying them.
package protocol FillingChunks: ChunkSource {
    /// Puts the next bytes into a buffer; answers how many, 0 at the end and ever after.
    ///
    /// - Throws: ``ArchiveError``.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int
}

/// A source that first gives some bytes again that were already taken from another.
package final class ReplayedChunks: ChunkSource {
    private let first: UnsafeRawBufferPointer
    private let rest: any ChunkSource
    private let tap: (UnsafeRawBufferPointer) -> Void
    private var hasReplayed = false

    /// A source of `first` and then all that `rest` gives.
    ///
    /// - Parameters:
    ///   - first: The chunk that `rest` gave last; valid until `rest` is asked again.
    ///   - rest: Where the bytes come from.
    ///   - tap: Sees every chunk after the first.
    package init(
        first: UnsafeRawBufferPointer,
        rest: any ChunkSource,
        tap: @escaping (UnsafeRawBufferPointer) -> Void
    ) {
        self.first = first
        self.rest = rest
        self.tap = tap
    }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        guard hasReplayed else {
            hasReplayed = true
            return first
        }
        guard let chunk = try rest.next() else { return nil }
        tap(chunk)
        return chunk
    }
}
