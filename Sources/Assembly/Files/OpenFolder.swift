internal import Glibc

/// A folder opened for reading, from which nothing is opened through a symbolic link; closed with the last reference.
final class OpenFolder: Sendable {
    /// The descriptor, valid as long as this object lives.
    let descriptor: Int32

    /// Opens a folder that the user named; a symbolic link is followed here and nowhere else; nil when that fails.
    init?(userPath path: String) {
        let opened = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // Before anything is stored, so that nothing is closed and the error number stays.
        guard opened >= 0 else { return nil }
        descriptor = opened
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    private func withName<Result>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result? {
        (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in buffer.baseAddress.map(body) }
    }

    /// Opens an entry without following links and without waiting for a writer of a FIFO; -1 when that fails.
    func open(_ name: [UInt8], flags: Int32 = 0) -> Int32 {
        withName(name) { openat(descriptor, $0, flags | O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) } ?? -1
    }

    /// Opens a folder in this one.
    func folder(_ name: [UInt8]) -> OpenFolder? {
        let inner = open(name, flags: O_DIRECTORY)
        return inner < 0 ? nil : OpenFolder(descriptor: inner)
    }

    /// What an entry is, without following links.
    func status(_ name: [UInt8]) -> stat? {
        var status = stat()
        let result = withName(name) { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }
        return result == 0 ? status : nil
    }

    /// Where a symbolic link leads.
    func linkTarget(_ name: [UInt8]) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let capacity = buffer.count
        let count = buffer.withUnsafeMutableBytes { bytes in
            withName(name) { name in
                bytes.bindMemory(to: CChar.self).baseAddress.map { readlinkat(descriptor, name, $0, capacity) } ?? -1
            } ?? -1
        }
        return count > 0 && count < capacity ? Array(buffer[..<count]) : nil
    }

    /// The names of all entries, in no order; nil when they cannot be listed.
    func entries() -> [[UInt8]]? {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { return nil }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) { names.append(name) }
        }
        return names
    }
}

/// The content of a regular file on disk, which must not change until it is read.
struct StoredFile: Sendable {
    /// The folder below which it lies.
    let root: OpenFolder
    /// The names on the way to it.
    let path: [[UInt8]]
    /// How many bytes it has.
    let size: Int64
    private let device: UInt
    private let inode: UInt
    private let modified: [Int]

    init(root: OpenFolder, path: [[UInt8]], status: stat) {
        self.root = root
        self.path = path
        size = Int64(status.st_size)
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        modified = Self.times(status)
    }

    private static func times(_ status: stat) -> [Int] {
        [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }

    /// The path for messages.
    var shownPath: String { String(decoding: Array(path.joined(separator: "/".utf8)), as: UTF8.self) }

    /// Opens the file if it is still the one that was listed.
    ///
    /// - Returns: A descriptor, which the caller closes.
    /// - Throws: ``AssemblyError``.
    func open() throws(AssemblyError) -> Int32 {
        var folder = root
        for name in path.dropLast() {
            guard let next = folder.folder(name)
            else { throw AssemblyError(.unreadableFile(path: shownPath, code: errno)) }
            folder = next
        }
        let file = folder.open(path.last ?? [])
        guard file >= 0 else { throw AssemblyError(.unreadableFile(path: shownPath, code: errno)) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, isSame(status) else {
            close(file)
            throw AssemblyError(.changedWhileRead(path: shownPath))
        }
        return file
    }

    private func isSame(_ status: stat) -> Bool {
        UInt(status.st_dev) == device && UInt(status.st_ino) == inode && Int64(status.st_size) == size
            && Self.times(status)[..<2] == modified[..<2]
    }

    /// All bytes of a small file.
    ///
    /// - Throws: ``AssemblyError``.
    func bytes(limit: Int64) throws(AssemblyError) -> [UInt8] {
        let file = try open()
        defer { close(file) }
        guard size <= limit else { throw AssemblyError(.unreadableFile(path: shownPath, code: EFBIG)) }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                read(file, $0.baseAddress?.advanced(by: filled), $0.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AssemblyError(.changedWhileRead(path: shownPath)) }
            filled += count
        }
        return bytes
    }
}
