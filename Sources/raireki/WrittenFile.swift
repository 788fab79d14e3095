internal import Foundation
internal import Glibc

/// A file that is written piece by piece, and is there whole or not at all.
final class WrittenFile {
    private let path: String
    private let temporary: String
    private var descriptor: Int32

    /// Begins a file.
    ///
    /// - Throws: ``CommandError``.
    init(_ path: String) throws {
        self.path = path
        temporary = "\(path).\(getpid()).tmp"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else {
            throw CommandError.cannotWrite(path: path, reason: OutputFile.systemReason(errno))
        }
    }

    deinit {
        if descriptor >= 0 {
            close(descriptor)
            unlink(temporary)
        }
    }

    /// Appends text.
    ///
    /// - Throws: ``CommandError``.
    func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }

    /// Appends bytes.
    ///
    /// - Throws: ``CommandError``.
    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                throw CommandError.cannotWrite(path: path, reason: OutputFile.systemReason(errno))
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Ends the file, and puts it in its place.
    ///
    /// - Throws: ``CommandError``.
    func finish() throws {
        let isClosed = close(descriptor) == 0
        descriptor = -1
        guard isClosed, rename(temporary, path) == 0 else {
            let reason = OutputFile.systemReason(errno)
            unlink(temporary)
            throw CommandError.cannotWrite(path: path, reason: reason)
        }
    }
}
