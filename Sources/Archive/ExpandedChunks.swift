internal import CArchive

/// The expanded bytes of one compressed stream.
///
/// libarchive 3.6 checks neither CRC nor length of gzip and ignores bytes after the stream: the digest of what comes out
/// is what tells, and ``consumed`` tells where the stream ended.
package final class ExpandedChunks: ExpandingChunks {
    private let handle: ArchiveHandle
    private let limit: Int64
    private var hasEnded = false
    package private(set) var produced: Int64 = 0
    package var oddities: ExpansionOddities { ExpansionOddities() }

    /// Starts to expand.
    ///
    /// - Parameters:
    ///   - source: The compressed bytes.
    ///   - compression: How they are compressed.
    ///   - limit: How many expanded bytes are accepted.
    /// - Throws: ``ArchiveError``.
    package init(_ source: any ChunkSource, _ compression: Compression, limit: Int64) throws(ArchiveError) {
        self.limit = limit
        handle = try ArchiveHandle(reading: source, compression) { pointer in
            // `raw` alone refuses a stream that expands to nothing.
            max(archive_read_support_format_raw(pointer), archive_read_support_format_empty(pointer))
        }
        var entry: OpaquePointer?
        switch archive_read_next_header(handle.pointer, &entry) {
        case ARCHIVE_OK, ARCHIVE_WARN: break
        case ARCHIVE_EOF:
            // `empty` also takes a stream whose very first bytes could not be expanded.
            guard !handle.hasErrorFromStart else { throw handle.currentError() }
            hasEnded = true
        default: throw handle.currentError()
        }
    }

    /// How many compressed bytes the stream takes; what the source gave beyond lies behind its end.
    package var consumed: Int64 {
        handle.consumed
    }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        while !hasEnded {
            var base: UnsafeRawPointer?
            var count = 0
            var offset: la_int64_t = 0
            switch archive_read_data_block(handle.pointer, &base, &count, &offset) {
            case ARCHIVE_OK, ARCHIVE_WARN: break
            case ARCHIVE_EOF:
                hasEnded = true
                return nil
            default: throw handle.currentError()
            }
            guard count > 0 else { continue }
            produced += Int64(count)
            guard produced <= limit else { throw .tooLarge(limit: limit) }
            return UnsafeRawBufferPointer(start: base, count: count)
        }
        return nil
    }
}
