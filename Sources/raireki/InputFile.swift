internal import Glibc

/// A file that an argument names, read once from its start to its end.
///
/// The system's own calls: Foundation's readers know no limit, and to load what they need costs a short command more
/// than its work.
struct InputFile: ~Copyable {
    private let path: String
    private let descriptor: Int32

    /// Opens a file for reading.
    ///
    /// - Throws: ``CommandError/cannotRead(path:reason:)``.
    init(_ path: String) throws(CommandError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.refusal(path) }
    }

    deinit { close(descriptor) }

    /// Fills the buffer as far as one call of the system does.
    ///
    /// - Returns: How many bytes it now holds; 0 at the end of the file.
    /// - Throws: ``CommandError/cannotRead(path:reason:)``.
    mutating func read(into buffer: inout [UInt8]) throws(CommandError) -> Int {
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            guard errno == EINTR else { throw Self.refusal(path) }
        }
    }

    /// The bytes up to the end.
    ///
    /// - Throws: ``CommandError/cannotRead(path:reason:)``, also for more than `limit` bytes, of which no more are read.
    mutating func bytes(limit: Int) throws(CommandError) -> [UInt8] {
        var whole: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = try read(into: &buffer)
            guard count > 0 else { return whole }
            guard whole.count + count <= limit else {
                throw .cannotRead(path: path, reason: "larger than \(limit) bytes")
            }
            whole += buffer[..<count]
        }
    }

    private static func refusal(_ path: String) -> CommandError {
        .cannotRead(path: path, reason: OutputFile.systemReason(errno))
    }
}
