internal import Glibc

/// Documents of an archive that are kept until they are understood: the first of them in memory, the others in a file
/// of no name, so that a hundred thousand documents take no more memory than the list of them.
final class DocumentSpool {
    /// How many bytes stay in memory.
    private static let memoryBytes = 16 << 20

    private var inMemory = 0
    private var end: off_t = 0
    private var file: File?
    private var isUnusable = false

    /// A file that nobody else sees, and that is gone when the last document is.
    final class File: Sendable {
        let descriptor: Int32

        /// Nil where the folder for temporary files has no room or allows none.
        init?() {
            let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
            var path = Array("\(folder)/raireki-XXXXXX".utf8CString)
            let descriptor = mkstemp(&path)
            guard descriptor >= 0 else { return nil }
            unlink(path)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            self.descriptor = descriptor
        }

        deinit { close(descriptor) }
    }

    /// Bytes in memory, or where they are.
    enum Document: Sendable {
        case memory([UInt8])
        case spooled(File, at: off_t, count: Int)

        /// How many bytes there are.
        var count: Int {
            switch self {
            case .memory(let bytes): bytes.count
            case .spooled(_, _, let count): count
            }
        }

        /// The bytes; nil when the medium does not give them back.
        var bytes: [UInt8]? {
            switch self {
            case .memory(let bytes): return bytes
            case .spooled(let file, let offset, let count):
                let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                    while filled < count {
                        let got = pread(
                            file.descriptor,
                            buffer.baseAddress.map { $0 + filled },
                            count - filled,
                            offset + off_t(filled)
                        )
                        guard got > 0 else { return }
                        filled += got
                    }
                }
                return bytes.count == count ? bytes : nil
            }
        }
    }

    /// Keeps some bytes; in memory when there is no other place.
    func keep(_ bytes: [UInt8]) -> Document {
        guard inMemory + bytes.count > Self.memoryBytes, !isUnusable else {
            inMemory += bytes.count
            return .memory(bytes)
        }
        file = file ?? File()
        guard let file else {
            isUnusable = true
            return .memory(bytes)
        }
        let isWritten = bytes.withUnsafeBytes { buffer in
            pwrite(file.descriptor, buffer.baseAddress, buffer.count, end) == buffer.count
        }
        guard isWritten else {
            isUnusable = true
            return .memory(bytes)
        }
        defer { end += off_t(bytes.count) }
        return .spooled(file, at: end, count: bytes.count)
    }
}
