import Archive

/// Bytes in memory, given in chunks of a chosen size, and then perhaps an error.
final class MemoryChunks: ChunkSource {
    private let buffer: UnsafeMutableRawBufferPointer
    private let count: Int
    private let chunkSize: Int
    private let error: ArchiveError?
    private var offset = 0

    init(_ bytes: [UInt8], chunkSize: Int = 4096, thenThrowing error: ArchiveError? = nil) {
        buffer = .allocate(byteCount: max(1, bytes.count), alignment: 1)
        buffer.copyBytes(from: bytes)
        self.chunkSize = chunkSize
        self.error = error
        count = bytes.count
    }

    deinit {
        buffer.deallocate()
    }

    func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        guard offset < count else {
            if let error { throw error }
            return nil
        }
        let end = min(offset + chunkSize, count)
        defer { offset = end }
        return UnsafeRawBufferPointer(rebasing: buffer[offset..<end])
    }
}

extension ChunkSource {
    /// Everything that is left.
    func all() throws(ArchiveError) -> [UInt8] {
        var bytes: [UInt8] = []
        try forEachChunk { bytes += $0 }
        return bytes
    }
}
