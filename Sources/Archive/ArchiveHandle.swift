internal import CArchive

/// libarchive's reader, with the source that it draws from.
///
/// After a fatal error libarchive answers the same for ever; callers stop at the first error that is thrown.
struct ArchiveHandle: ~Copyable {
    let pointer: OpaquePointer
    let feed: Feed
    /// Whether libarchive noted an error while it looked at the first bytes, although it answered that all is well.
    let hasErrorFromStart: Bool

    /// Opens a reader.
    ///
    /// - Parameters:
    ///   - source: Where the bytes come from.
    ///   - compression: The one filter that is used; libarchive guesses none, so nested compression stays as it is.
    ///   - addFormats: Enables formats on the new reader.
    /// - Throws: ``ArchiveError``.
    init(
        reading source: any ChunkSource,
        _ compression: ArchiveCompression?,
        addFormats: (OpaquePointer) -> Int32
    ) throws(ArchiveError) {
        Self.useUTF8Names
        guard let pointer = archive_read_new() else { throw .unavailable(reason: "no memory") }
        let feed = Feed(source)
        var status = addFormats(pointer)
        if status == ARCHIVE_OK {
            status = archive_read_append_filter(pointer, compression?.filterCode ?? ARCHIVE_FILTER_NONE)
        }
        if status == ARCHIVE_OK {
            let client = Unmanaged.passUnretained(feed).toOpaque()
            status = archive_read_open2(pointer, client, nil, readNextChunk, nil, nil)
        }
        guard status == ARCHIVE_OK else {
            let error = Self.error(pointer, feed)
            archive_read_free(pointer)
            throw error
        }
        self.pointer = pointer
        self.feed = feed
        hasErrorFromStart = archive_errno(pointer) != 0
    }

    deinit {
        archive_read_free(pointer)
    }

    /// How many bytes of the source were used so far.
    var consumed: Int64 {
        archive_filter_bytes(pointer, -1)
    }

    /// How many expanded bytes were used so far.
    var expandedOffset: Int64 {
        archive_filter_bytes(pointer, 0)
    }

    /// The error that libarchive or the source noted last.
    func currentError() -> ArchiveError {
        Self.error(pointer, feed)
    }

    /// libarchive's own words for what it noted last.
    var reason: String {
        Self.reason(pointer)
    }

    private static func error(_ pointer: OpaquePointer, _ feed: Feed) -> ArchiveError {
        if let error = feed.error { return error }
        // The source has ended and libarchive wanted more: that is what being cut short means.
        if feed.hasEnded { return .truncated(offset: feed.delivered) }
        return .damaged(offset: archive_filter_bytes(pointer, -1), reason: reason(pointer))
    }

    private static func reason(_ pointer: OpaquePointer) -> String {
        archive_error_string(pointer).map { String(cString: $0) } ?? "no reason given"
    }

    /// Without a UTF-8 locale libarchive cannot give names of PAX headers that are not ASCII.
    private static let useUTF8Names: Void = { _ = setlocale(LC_CTYPE, "C.UTF-8") }()
}

/// What libarchive's callback draws from.
final class Feed {
    private let source: any ChunkSource
    /// The source's error, which libarchive only knows as "failed".
    private(set) var error: ArchiveError?
    /// Whether the source has said that it has no more.
    private(set) var hasEnded = false
    /// Bytes given so far.
    private(set) var delivered: Int64 = 0

    init(_ source: any ChunkSource) {
        self.source = source
    }

    /// The next chunk; nil at the end and after an error.
    func next() -> UnsafeRawBufferPointer? {
        do throws(ArchiveError) {
            guard let chunk = try source.next() else {
                hasEnded = true
                return nil
            }
            delivered += Int64(chunk.count)
            return chunk
        } catch {
            self.error = error
            return nil
        }
    }
}

/// libarchive's read callback.
private func readNextChunk(
    _ archive: OpaquePointer?,
    _ client: UnsafeMutableRawPointer?,
    _ buffer: UnsafeMutablePointer<UnsafeRawPointer?>?
) -> la_ssize_t {
    guard let client, let buffer else { return -1 }
    let feed = Unmanaged<Feed>.fromOpaque(client).takeUnretainedValue()
    let chunk = feed.next()
    buffer.pointee = chunk?.baseAddress
    if let chunk { return chunk.count }
    return feed.error == nil ? 0 : -1
}
