/// The expanded bytes of a zstd stream (RFC 8878), of one frame or several, whatever lies between and behind them.
package final class UnzstdChunks: ExpandingChunks {
    private let frames: ZstdFrames
    private let expanded: ExpandedChunks

    /// Starts to expand.
    ///
    /// - Parameters:
    ///   - source: The compressed bytes.
    ///   - limit: How many expanded bytes are accepted.
    /// - Throws: ``ArchiveError``.
    package init(_ source: any ChunkSource, limit: Int64) throws(ArchiveError) {
        frames = ZstdFrames(source)
        expanded = try ExpandedChunks(frames, .zstd, limit: limit)
    }

    package var consumed: Int64 { frames.end }
    package var produced: Int64 { expanded.produced }
    package var oddities: ExpansionOddities { ExpansionOddities(skipped: frames.skipped) }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        try expanded.next()
    }
}
