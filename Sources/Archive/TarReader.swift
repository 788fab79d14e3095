internal import CArchive
internal import Glibc

/// Reads a tar archive from its beginning to its end, one member after the other.
package final class TarReader {
    private let handle: ArchiveHandle
    private let limit: Int64
    private let isCompressed: Bool
    private var produced: Int64 = 0
    private var hasMembers = false
    private var current: OpaquePointer?
    /// Whether the archive ended without the blocks of zeros that mark its end (told for archives that are not
    /// compressed).
    package private(set) var lacksEndMark = false
    /// Places where a header was not acceptable and the reader went on to the next that is.
    package private(set) var skippedHeaders = 0

    /// Headers that are skipped before the rest is given up: each costs a search through the data.
    private static let skippedHeaderLimit = 1000

    /// Starts to read.
    ///
    /// - Parameters:
    ///   - source: The archive's bytes.
    ///   - compression: How they are compressed, if they are.
    ///   - limit: How many bytes of member data are accepted altogether.
    /// - Throws: ``ArchiveError``; an input that is no tar archive is `damaged`, or `truncated` when it is short.
    package convenience init(
        _ source: any ChunkSource,
        _ compression: Compression?,
        limit: Int64
    ) throws(ArchiveError) {
        try self.init(source, archive: compression.map { .ofLayers($0) }, limit: limit)
    }

    /// Starts to read an archive that may be compressed as layers are not.
    ///
    /// - Parameters:
    ///   - source: The archive's bytes.
    ///   - compression: How they are compressed, if they are.
    ///   - limit: How many bytes of member data are accepted altogether.
    /// - Throws: ``ArchiveError``.
    package init(
        _ source: any ChunkSource,
        archive compression: ArchiveCompression?,
        limit: Int64
    ) throws(ArchiveError) {
        self.limit = limit
        isCompressed = compression != nil
        handle = try ArchiveHandle(reading: source, compression) { archive_read_support_format_tar($0) }
    }

    /// The next member; nil at the end of the archive.
    package func next() throws(ArchiveError) -> TarMember? {
        while true {
            var entry: OpaquePointer?
            let status = archive_read_next_header(handle.pointer, &entry)
            switch status {
            case ARCHIVE_OK, ARCHIVE_WARN:
                guard let entry else { throw handle.currentError() }
                hasMembers = true
                current = entry
                return member(entry, oddity: status == ARCHIVE_WARN ? handle.reason : nil)
            case ARCHIVE_EOF:
                current = nil
                lacksEndMark = !isCompressed && handle.feed.hasEnded
                return nil
            case ARCHIVE_RETRY where hasMembers && skippedHeaders < Self.skippedHeaderLimit:
                skippedHeaders += 1
            default: throw handle.currentError()
            }
        }
    }

    private func member(_ entry: OpaquePointer, oddity: String?) -> TarMember {
        let target =
            archive_entry_hardlink(entry) ?? archive_entry_hardlink_utf8(entry) ?? archive_entry_symlink(entry)
            ?? archive_entry_symlink_utf8(entry)
        return TarMember(
            path: Self.bytes(archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)) ?? [],
            kind: kind(entry),
            size: archive_entry_size(entry),
            offset: handle.expandedOffset,
            linkTarget: Self.bytes(target),
            oddity: oddity
        )
    }

    private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8]? {
        text.map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    }

    private func kind(_ entry: OpaquePointer) -> TarMemberKind {
        if archive_entry_hardlink(entry) != nil { return .hardLink }
        return switch archive_entry_filetype(entry) {
        case S_IFREG: .file
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        default: .special
        }
    }

    /// What else the header says of the member that ``next()`` gave last; nil when there is none.
    package var attributes: TarAttributes? {
        current.map(TarAttributes.init)
    }

    /// How many bytes of the source were used so far, counted as it gives them.
    package var consumed: Int64 {
        handle.consumed
    }

    /// The bytes of the member that ``next()`` gave last; usable until that is called again.
    package var content: any ChunkSource {
        Content(reader: self)
    }

    private final class Content: ChunkSource {
        let reader: TarReader
        var offset: Int64 = 0

        init(reader: TarReader) {
            self.reader = reader
        }

        func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
            try reader.nextChunk(expecting: &offset)
        }
    }

    private func nextChunk(expecting expected: inout Int64) throws(ArchiveError) -> UnsafeRawBufferPointer? {
        while true {
            var base: UnsafeRawPointer?
            var count = 0
            var offset: la_int64_t = 0
            switch archive_read_data_block(handle.pointer, &base, &count, &offset) {
            case ARCHIVE_OK, ARCHIVE_WARN: break
            case ARCHIVE_EOF: return nil
            default: throw handle.currentError()
            }
            guard count > 0 else { continue }
            guard offset == expected else { throw .sparseMember }
            expected += Int64(count)
            produced += Int64(count)
            guard produced <= limit else { throw .tooLarge(limit: limit) }
            return UnsafeRawBufferPointer(start: base, count: count)
        }
    }
}
