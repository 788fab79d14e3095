internal import Glibc

/// The bytes of an open file, from where it stands to its end.
package final class FileChunks: ChunkSource {
    /// 256 KiB: larger reads are not faster.
    package static let chunkSize = 256 << 10

    private let descriptor: Int32
    private let buffer: UnsafeMutableRawBufferPointer

    /// Takes over an open file descriptor, which is closed in the end.
    ///
    /// - Parameters:
    ///   - descriptor: A regular file, opened for reading.
    ///   - size: How many bytes are expected, so that no more memory is taken than needed.
    package init(takingOver descriptor: Int32, expecting size: Int64 = .max) {
        self.descriptor = descriptor
        // One byte more than expected, so that the end is noticed without a second read into nothing.
        let capacity = Int(clamping: min(max(size, 0), Int64(Self.chunkSize) - 1)) + 1
        buffer = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        buffer.deallocate()
        close(descriptor)
    }

    package func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { return UnsafeRawBufferPointer(rebasing: buffer[..<count]) }
            if count == 0 { return nil }
            guard errno == EINTR else { throw .unreadableInput(code: errno) }
        }
    }
}
