internal import Foundation
internal import Glibc

/// A folder that is written beside its place, and put there when it is whole; else nothing is left of it.
final class StagedFolder {
    /// Where it will be.
    let target: String
    /// Where it is written.
    let path: String
    private var isThere = true

    /// - Throws: ``ExportError/cannotWrite(path:reason:)``.
    init(_ target: String) throws {
        var target = target
        while target.utf8.count > 1, target.utf8.last == UInt8(ascii: "/") { target.removeLast() }
        self.target = target
        path = "\(target).\(getpid()).partial"
        guard mkdir(path, 0o777) == 0 else { throw Self.failure(path) }
    }

    deinit {
        if isThere { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Begins a file; its folder is made.
    func file(_ name: String) throws -> StagedFile {
        let place = "\(path)/\(name)"
        if let slash = place.lastIndex(of: "/") {
            let folder = String(place[..<slash])
            guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw Self.failure(folder) }
        }
        return try StagedFile(place)
    }

    /// Writes one small file.
    func write(_ bytes: [UInt8], to name: String) throws {
        let file = try file(name)
        try bytes.withUnsafeBytes { try file.write($0) }
        try file.finish()
    }

    /// Puts the folder in its place, which is free, an empty folder, or an export that is to be replaced.
    func commit(replacing: Bool) throws {
        let old = "\(target).\(getpid()).replaced"
        if replacing { guard rename(target, old) == 0 else { throw Self.failure(target) } }
        guard rename(path, target) == 0 else {
            let error = Self.failure(target)
            if replacing { rename(old, target) }
            throw error
        }
        isThere = false
        if replacing { try? FileManager.default.removeItem(atPath: old) }
    }

    static func failure(_ path: String) -> ExportError {
        .cannotWrite(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
}

/// A file of a staged folder.
final class StagedFile {
    private let path: String
    private var descriptor: Int32

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw StagedFolder.failure(path) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Appends bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw StagedFolder.failure(path) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Ends the file; it is on the medium then.
    func finish() throws {
        defer { descriptor = -1 }
        let isStored = fsync(descriptor) == 0
        let code = errno
        guard close(descriptor) == 0, isStored else {
            errno = isStored ? errno : code
            throw StagedFolder.failure(path)
        }
    }
}
