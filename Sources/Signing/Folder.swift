internal import CDisk
package import Cryptography
internal import Glibc

/// A folder on disk by its open descriptor: names are looked up in it alone, and links are not followed.
package final class Folder: Sendable {
    /// As the user named it, for messages.
    package let path: String
    let descriptor: Int32

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Opens a folder that the user named.
    ///
    /// - Throws: ``StorageError``.
    package convenience init(opening path: String) throws(StorageError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOTDIR ? .notAFolder(path: path) : .cannotRead(path: path, code: errno)
        }
        self.init(path: path, descriptor: descriptor)
    }

    /// Makes a folder that is not there yet.
    ///
    /// - Throws: ``StorageError/alreadyThere(path:)`` when something has the name.
    package convenience init(creating path: String, mode: UInt32 = 0o755) throws(StorageError) {
        guard mkdir(path, mode) == 0 else {
            throw errno == EEXIST ? .alreadyThere(path: path) : .cannotWrite(path: path, code: errno)
        }
        try self.init(opening: path)
    }

    /// Opens a folder in this one; nil when it is not there and need not be made.
    ///
    /// - Throws: ``StorageError``.
    package func folder(_ name: String, creating: Bool = false) throws(StorageError) -> Folder? {
        let inner = "\(path)/\(name)"
        if creating, mkdirat(descriptor, name, 0o755) != 0, errno != EEXIST {
            throw .cannotWrite(path: inner, code: errno)
        }
        let opened = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard opened >= 0 else {
            if errno == ENOENT, !creating { return nil }
            throw .cannotRead(path: inner, code: errno)
        }
        return Folder(path: inner, descriptor: opened)
    }

    /// Keeps every other process out that asks as well, until this folder is closed; leaves nothing behind.
    ///
    /// - Parameter exclusively: False lets others in that only read.
    /// - Throws: ``StorageError``.
    package func lock(exclusively: Bool = true) throws(StorageError) {
        while flock(descriptor, exclusively ? LOCK_EX : LOCK_SH) != 0 {
            guard errno == EINTR else { throw .cannotLock(path: path, code: errno) }
        }
    }

    /// The names in it, sorted by their bytes; names that are not UTF-8 are left out.
    ///
    /// - Throws: ``StorageError``.
    package func names() throws(StorageError) -> [String] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw .cannotRead(path: path, code: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard let name = String(validating: bytes, as: UTF8.self), name != ".", name != ".." else { continue }
            names.append(name)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Makes what was renamed in it outlast a power failure.
    ///
    /// - Throws: ``StorageError``.
    package func synchronise() throws(StorageError) {
        guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path, code: errno) }
    }

    /// Which file system it lies on.
    var device: UInt64 {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? UInt64(status.st_dev) : 0
    }

    /// Makes everything that was written to its file system outlast a power failure.
    ///
    /// - Throws: ``StorageError``.
    func synchroniseFileSystem() throws(StorageError) {
        guard raireki_syncfs(descriptor) == 0 else { throw .cannotWrite(path: path, code: errno) }
    }

    /// Takes a file away, if it is there.
    package func remove(_ name: String) {
        unlinkat(descriptor, name, 0)
    }

    /// Gives a file its final place; what was there is replaced in one step.
    ///
    /// - Throws: ``StorageError``.
    package func rename(_ name: String, to folder: Folder, as final: String) throws(StorageError) {
        guard renameat(descriptor, name, folder.descriptor, final) == 0
        else { throw .cannotWrite(path: "\(folder.path)/\(final)", code: errno) }
    }
}

/// Why something on disk could not be read or written; `code` is the system's error number.
package enum StorageError: Error, Equatable {
    /// Reading was refused.
    case cannotRead(path: String, code: Int32)
    /// Writing was refused.
    case cannotWrite(path: String, code: Int32)
    /// Another process could not be kept out.
    case cannotLock(path: String, code: Int32)
    /// There is no such folder, but something else.
    case notAFolder(path: String)
    /// Not a regular file.
    case notAFile(path: String)
    /// A file ends before what it must hold.
    case truncated(path: String)
    /// More bytes than such a file has.
    case tooLarge(path: String, limit: Int64)
    /// The content of a file is not what its name says.
    case wrongContent(path: String, actual: Digest)
    /// Something has the name already.
    case alreadyThere(path: String)
}
