internal import CArchive
internal import Glibc

/// Compresses one stream with zstd (RFC 8878) on one processor, through libarchive.
final class ZstdOutput {
    private let pointer: OpaquePointer
    private let collected = Collected()

    /// What libarchive has written and nobody has taken.
    private final class Collected {
        var bytes: [UInt8] = []
    }

    /// Starts a stream.
    ///
    /// - Parameter level: zstd's, 1 to 22.
    /// - Throws: ``ArchiveError``.
    init(level: Int) throws(ArchiveError) {
        guard let pointer = archive_write_new() else { throw .unavailable(reason: "no memory") }
        self.pointer = pointer
        let client = Unmanaged.passUnretained(collected).toOpaque()
        let write: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, UnsafeRawPointer?, Int) -> la_ssize_t = {
            _,
            client,
            buffer,
            count in
            guard let client else { return -1 }
            let bytes = UnsafeRawBufferPointer(start: buffer, count: count)
            Unmanaged<Collected>.fromOpaque(client).takeUnretainedValue().bytes += bytes
            return count
        }
        let entry = archive_entry_new()
        defer { archive_entry_free(entry) }
        archive_entry_set_filetype(entry, S_IFREG)
        archive_entry_set_pathname(entry, "data")
        // No padding to whole records: that would be another stream.
        let steps = [
            archive_write_set_format_raw(pointer), archive_write_add_filter_zstd(pointer),
            archive_write_set_filter_option(pointer, "zstd", "compression-level", "\(level)"),
            archive_write_set_bytes_per_block(pointer, 0), archive_write_set_bytes_in_last_block(pointer, 1),
            archive_write_open2(pointer, client, nil, write, nil, nil), archive_write_header(pointer, entry),
        ]
        guard steps.allSatisfy({ $0 == ARCHIVE_OK }) else { throw .unavailable(reason: reason) }
    }

    deinit {
        archive_write_free(pointer)
    }

    private var reason: String {
        archive_error_string(pointer).map { String(cString: $0) } ?? "no reason given"
    }

    /// Compresses bytes; what has come out so far is handed over.
    ///
    /// - Throws: ``ArchiveError``.
    func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) -> [UInt8] {
        var rest = bytes
        while !rest.isEmpty {
            let written = archive_write_data(pointer, rest.baseAddress, rest.count)
            guard written > 0 else { throw .unavailable(reason: reason) }
            rest = UnsafeRawBufferPointer(rebasing: rest[Int(written)...])
        }
        return take()
    }

    /// Ends the stream; what was still to come is handed over.
    ///
    /// - Throws: ``ArchiveError``.
    func finish() throws(ArchiveError) -> [UInt8] {
        guard archive_write_close(pointer) == ARCHIVE_OK else { throw .unavailable(reason: reason) }
        return take()
    }

    private func take() -> [UInt8] {
        defer { collected.bytes = [] }
        return collected.bytes
    }
}
