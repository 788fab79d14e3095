internal import Glibc

/// A file of a folder that is open for reading or writing.
struct OpenFile: ~Copyable {
    let path: String
    let descriptor: Int32
    /// Bytes when it was opened.
    let size: Int64

    init(path: String, descriptor: Int32, size: Int64) {
        self.path = path
        self.descriptor = descriptor
        self.size = size
    }

    deinit {
        close(descriptor)
    }

    /// Up to `count` bytes from a place; fewer only where the file ends.
    func read(at offset: Int64, count: Int) throws(StorageError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress?.advanced(by: filled), count - filled, Int(offset) + filled)
            }
            if got == 0 { break }
            if got < 0, errno != EINTR { throw .cannotRead(path: path, code: errno) }
            filled += max(0, got)
        }
        return Array(bytes.prefix(filled))
    }

    /// Writes bytes where the last ones ended.
    func write(_ bytes: [UInt8]) throws(StorageError) {
        var done = 0
        while done < bytes.count {
            let wrote = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done)
            }
            if wrote < 0, errno != EINTR { throw .cannotWrite(path: path, code: errno) }
            done += max(0, wrote)
        }
    }

    /// Writes bytes at a place and cuts off whatever followed them.
    func overwrite(at offset: Int64, _ bytes: [UInt8]) throws(StorageError) {
        guard ftruncate(descriptor, Int(offset)) == 0, lseek(descriptor, Int(offset), SEEK_SET) == Int(offset)
        else { throw .cannotWrite(path: path, code: errno) }
        try write(bytes)
    }

    /// Makes what was written outlast a power failure.
    func synchronise() throws(StorageError) {
        guard fdatasync(descriptor) == 0 else { throw .cannotWrite(path: path, code: errno) }
    }
}

extension Folder {
    /// Opens a regular file for reading; nil when there is none of that name.
    ///
    /// - Throws: ``StorageError``.
    func file(_ name: String) throws(StorageError) -> OpenFile? {
        try open(name, O_RDONLY | O_NONBLOCK)
    }

    /// Opens a regular file for reading and appending, and makes it when it is not there.
    ///
    /// - Throws: ``StorageError``.
    func appendable(_ name: String, mode: UInt32 = 0o644) throws(StorageError) -> OpenFile {
        guard let file = try open(name, O_RDWR | O_CREAT, mode) else {
            throw .cannotWrite(path: "\(path)/\(name)", code: ENOENT)
        }
        return file
    }

    private func open(_ name: String, _ flags: Int32, _ mode: UInt32 = 0) throws(StorageError) -> OpenFile? {
        let inner = "\(path)/\(name)"
        let opened = openat(descriptor, name, flags | O_NOFOLLOW | O_CLOEXEC, mode)
        guard opened >= 0 else {
            if errno == ENOENT { return nil }
            throw .cannotRead(path: inner, code: errno)
        }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw .notAFile(path: inner)
        }
        return OpenFile(path: inner, descriptor: opened, size: Int64(status.st_size))
    }

    /// The content of a regular file; nil when there is none of that name.
    ///
    /// - Throws: ``StorageError``; ``StorageError/tooLarge(path:limit:)`` before anything is allocated.
    package func read(_ name: String, limit: Int64) throws(StorageError) -> [UInt8]? {
        guard let file = try file(name) else { return nil }
        guard file.size <= limit else { throw .tooLarge(path: file.path, limit: limit) }
        return try file.read(at: 0, count: Int(file.size))
    }

    /// Writes a file beside its final place.
    ///
    /// - Parameters:
    ///   - mode: Permission bits, before the process's mask.
    ///   - content: Writes its bytes.
    /// - Returns: The name that it has until ``rename(_:to:as:)``; it outlasts a power failure only after
    ///   ``synchronise(_:)``.
    /// - Throws: ``StorageError``; nothing is left then.
    package func writeTemporary(
        mode: UInt32 = 0o644,
        _ content: (_ write: ([UInt8]) throws(StorageError) -> Void) throws(StorageError) -> Void
    ) throws(StorageError) -> String {
        for _ in 0..<100 {
            let name = "\(Self.temporaryPrefix)\(UInt64.random(in: .min ... .max))"
            let opened = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
            if opened < 0, errno == EEXIST { continue }
            guard opened >= 0 else { throw .cannotWrite(path: path, code: errno) }
            let file = OpenFile(path: "\(path)/\(name)", descriptor: opened, size: 0)
            do throws(StorageError) {
                try content { bytes throws(StorageError) in try file.write(bytes) }
            } catch {
                remove(name)
                throw error
            }
            return name
        }
        throw .alreadyThere(path: path)
    }

    /// Makes the bytes of a file outlast a power failure.
    ///
    /// Of many files, all are best written first: the file system then brings them to the disk together.
    ///
    /// - Throws: ``StorageError``.
    package func synchronise(_ name: String) throws(StorageError) {
        guard let file = try file(name) else { throw .cannotWrite(path: "\(path)/\(name)", code: ENOENT) }
        try file.synchronise()
    }

    /// Replaces a file in one step.
    ///
    /// - Throws: ``StorageError``; the old content stands then.
    package func replace(_ name: String, with bytes: [UInt8], mode: UInt32 = 0o644) throws(StorageError) {
        let temporary = try writeTemporary(mode: mode) { write throws(StorageError) in try write(bytes) }
        do throws(StorageError) {
            try synchronise(temporary)
            try rename(temporary, to: self, as: name)
        } catch {
            remove(temporary)
            throw error
        }
        try synchronise()
    }

    /// How names begin that ``writeTemporary(mode:_:)`` gives.
    private static let temporaryPrefix = ".raireki-"

    /// Takes away what a writer left that was stopped; only for who has locked the folder.
    ///
    /// - Throws: ``StorageError``.
    package func removeTemporaries() throws(StorageError) {
        for name in try names() where name.utf8.starts(with: Self.temporaryPrefix.utf8) { remove(name) }
    }
}
