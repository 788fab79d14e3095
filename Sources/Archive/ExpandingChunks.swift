/// A source that takes a compression off another.
package protocol ExpandingChunks: ChunkSource {
    /// How many compressed bytes the stream takes; what the source gave beyond lies behind its end.
    var consumed: Int64 { get }
    /// Expanded bytes given so far.
    var produced: Int64 { get }
    /// What is odd about the stream although its bytes came out.
    var oddities: ExpansionOddities { get }
}

/// What is odd about a compressed stream whose bytes came out all the same.
package struct ExpansionOddities: Hashable, Sendable {
    /// How many gzip members (RFC 1952, section 2.2) or frames there were; 0 where that is not told.
    package var members = 0
    /// How many of them have another checksum or length than their trailer states.
    package var wrongChecksums = 0
    /// Frames of a zstd stream that are not expanded.
    package var skipped = SkippedFrames()

    package init(members: Int = 0, wrongChecksums: Int = 0, skipped: SkippedFrames = SkippedFrames()) {
        self.members = members
        self.wrongChecksums = wrongChecksums
        self.skipped = skipped
    }
}

extension Compression {
    /// Starts to expand a stream of this compression.
    ///
    /// - Parameters:
    ///   - source: The compressed bytes.
    ///   - limit: How many expanded bytes are accepted.
    /// - Returns: The expanded bytes.
    /// - Throws: ``ArchiveError``.
    package func expanding(_ source: any ChunkSource, limit: Int64) throws(ArchiveError) -> any ExpandingChunks {
        switch self {
        case .gzip: GunzipChunks(source, limit: limit)
        case .zstd: try UnzstdChunks(source, limit: limit)
        }
    }
}
