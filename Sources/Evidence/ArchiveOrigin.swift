internal import Archive
internal import Glibc

/// Where the bytes of an archive come from, once and again.
indirect enum ArchiveOrigin: Sendable {
    /// An open file, which the first reading takes over; and the same file for further readings, when it has a place to
    /// go back to.
    case file(Int32, again: OpenFile?)
    /// So many bytes of another archive's content.
    case part(of: ArchiveOrigin, offset: Int64, count: Int64)

    /// The bytes, for the first time.
    func first() throws -> any ChunkSource {
        switch self {
        case .file(let descriptor, _): FileChunks(takingOver: descriptor)
        case .part(let outer, let offset, let count): SlicedChunks(try outer.content(from: offset), count: count)
        }
    }

    /// Whether the bytes can be had again.
    var isRepeatable: Bool {
        switch self {
        case .file(_, let again): again != nil
        case .part(let outer, _, _): outer.isRepeatable
        }
    }

    /// The bytes as they are, from a place on.
    private func bytes(from offset: Int64) throws -> any ChunkSource {
        switch self {
        case .file(_, let again):
            guard let again else { throw ArchiveError.unreadableInput(code: ESPIPE) }
            return try again.chunks(from: offset)
        case .part(let outer, let start, let count):
            let (place, overflow) = start.addingReportingOverflow(offset)
            guard !overflow else { throw ArchiveError.unreadableInput(code: EOVERFLOW) }
            return SlicedChunks(try outer.content(from: place), count: count - offset)
        }
    }

    /// The bytes with their compression taken off, from a place in them on.
    private func content(from offset: Int64) throws -> any ChunkSource {
        let whole = try bytes(from: 0)
        guard let first = try whole.next(), let compression = Compression(announcedBy: first) else {
            return try bytes(from: offset)
        }
        // What was expanded once within the limits is expanded again.
        let expanded = try compression.expanding(ReplayedChunks(first: first, rest: whole) { _ in }, limit: .max)
        return SlicedChunks(expanded, skipping: offset)
    }
}

/// An open file that is read from more than one place, one reading after the other.
final class OpenFile: Sendable {
    private let descriptor: Int32

    /// Another descriptor of an open file; nil when the file has no places to go to.
    init?(of descriptor: Int32) {
        guard lseek(descriptor, 0, SEEK_CUR) >= 0, case let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0), own >= 0
        else { return nil }
        self.descriptor = own
    }

    deinit {
        close(descriptor)
    }

    /// The bytes from a place on; the reading before must have ended.
    func chunks(from offset: Int64) throws(ArchiveError) -> FileChunks {
        let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard own >= 0 else { throw .unreadableInput(code: errno) }
        guard lseek(own, off_t(offset), SEEK_SET) >= 0 else {
            let code = errno
            close(own)
            throw .unreadableInput(code: code)
        }
        return FileChunks(takingOver: own)
    }
}
