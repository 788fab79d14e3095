internal import Archive
internal import Glibc

/// A file on disk that is a tar archive, compressed or not.
struct ArchiveFile {
    private let file: StoredFile
    private let compression: ArchiveCompression?

    /// Looks at the first bytes; nil when they are not those of an archive.
    ///
    /// A compressed file is an archive when what it expands to is one.
    init?(_ file: StoredFile) throws {
        let descriptor = try file.open()
        defer { close(descriptor) }
        var start = [UInt8](repeating: 0, count: 512)
        let count = max(0, pread(descriptor, &start, start.count, 0))
        self.file = file
        compression = start.withUnsafeBytes { bytes in
            ArchiveCompression(announcedBy: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
        if let compression {
            guard try Self.expandsToArchive(file, compression) else { return nil }
        } else if !Self.isTar(start[..<count]) {
            return nil
        }
    }

    private static func isTar(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count >= 262 && bytes[257..<262].elementsEqual("ustar".utf8)
    }

    private static func expandsToArchive(_ file: StoredFile, _ compression: ArchiveCompression) throws -> Bool {
        let chunks = FileChunks(takingOver: try file.open())
        guard let expanded = try? ExpandedChunks(chunks, archive: compression, limit: .max) else { return false }
        var start: [UInt8] = []
        while start.count < 512, let chunk = try? expanded.next() { start += chunk.prefix(512) }
        return isTar(start[...])
    }

    /// Opens the archive.
    func open() throws -> TarReader {
        try LayerReader.open(FileChunks(takingOver: try file.open()), archive: compression)
    }
}
