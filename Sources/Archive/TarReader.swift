internal import CArchive
internal import Glibc

/// Reads a tar archive from its beginning to its end, one member after the other.
package final class TarReader {
    private let handle: ArchiveHandle
    private let limit: Int64
    private let isCompressed: Bool
    /// Bytes of member data that were given so far; holes do not count.
    package private(set) var produced: Int64 = 0
    private var hasMembers = false
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
    package init(_ source: any ChunkSource, _ compression: Compression?, limit: Int64) throws(ArchiveError) {
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
                return member(entry, oddity: status == ARCHIVE_WARN ? handle.reason : nil)
            case ARCHIVE_EOF:
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
            oddity: oddity,
            attributes: TarMemberAttributes(entry)
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

    /// How many bytes of the source were used so far, counted as it gives them.
    package var consumed: Int64 {
        handle.consumed
    }

    /// The bytes of the member that ``next()`` gave last; usable until that is called again.
    package var content: any ChunkSource {
        Content(reader: self, holes: 0)
    }

    /// The same with the zeros of holes, as a file that is unpacked has them.
    ///
    /// - Parameters:
    ///   - member: The member that ``next()`` gave last.
    ///   - limit: How many bytes of holes are made up at the most; more give ``ArchiveError/sparseMember``.
    /// - Returns: The bytes.
    package func content(of member: TarMember, fillingHolesUpTo limit: Int64) -> any ChunkSource {
        Content(reader: self, holes: limit, size: member.size)
    }

    private final class Content: ChunkSource {
        private let reader: TarReader
        private var holes: Int64
        private let size: Int64
        private var offset: Int64 = 0
        private var waiting: UnsafeRawBufferPointer?
        private var zeros: Int64 = 0

        init(reader: TarReader, holes: Int64, size: Int64 = 0) {
            self.reader = reader
            self.holes = holes
            self.size = size
        }

        func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
            if zeros > 0 { return nextZeros() }
            if let chunk = waiting {
                waiting = nil
                return chunk
            }
            guard let (chunk, place) = try reader.nextChunk() else {
                // A hole at the end has no data behind it.
                guard holes > 0, size > offset else { return nil }
                try makeHole(upTo: size)
                return nextZeros()
            }
            if place != offset {
                try makeHole(upTo: place)
                waiting = chunk
                offset += Int64(chunk.count)
                return nextZeros()
            }
            offset += Int64(chunk.count)
            return chunk
        }

        private func makeHole(upTo end: Int64) throws(ArchiveError) {
            let (count, overflow) = end.subtractingReportingOverflow(offset)
            guard !overflow, count > 0, count <= holes else { throw .sparseMember }
            holes -= count
            zeros = count
            offset = end
        }

        private func nextZeros() -> UnsafeRawBufferPointer {
            let count = Int(min(zeros, Int64(Self.nothing.count)))
            zeros -= Int64(count)
            return UnsafeRawBufferPointer(rebasing: Self.nothing[..<count])
        }

        /// Shared by all holes and never written: sending it between threads is safe.
        private nonisolated(unsafe) static let nothing: UnsafeRawBufferPointer = {
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)
            buffer.initializeMemory(as: UInt8.self, repeating: 0)
            return UnsafeRawBufferPointer(buffer)
        }()
    }

    private func nextChunk() throws(ArchiveError) -> (chunk: UnsafeRawBufferPointer, offset: Int64)? {
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
            produced += Int64(count)
            guard produced <= limit else { throw .tooLarge(limit: limit) }
            return (UnsafeRawBufferPointer(start: base, count: count), offset)
        }
    }
}
