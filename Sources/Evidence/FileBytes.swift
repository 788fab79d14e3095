internal import Git
internal import Glibc

/// The bytes of an open regular file, read where they are asked for; closed with the last reference.
final class FileBytes: RandomAccessBytes {
    private let descriptor: Int32
    /// How many there were when it was opened.
    let count: Int64

    /// Takes over the descriptor of an open regular file.
    init(takingOver descriptor: Int32) {
        self.descriptor = descriptor
        var status = stat()
        count = fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
    }

    deinit {
        close(descriptor)
    }

    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 || errno != EINTR { return max(0, count) }
        }
    }
}
