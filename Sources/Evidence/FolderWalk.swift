internal import Glibc

/// A folder opened for reading; closed with the last reference.
final class OpenFolder: Sendable {
    /// The descriptor, valid as long as this object lives.
    let descriptor: Int32

    /// Opens a folder that the user named; a symbolic link is followed here and nowhere else.
    init(userPath path: String) throws(EvidenceError) {
        descriptor = QuietOpen.open(AT_FDCWD, path, O_DIRECTORY)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, code: errno) }
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Opens an entry without following links and without waiting for a writer of a FIFO; -1 when that fails.
    func open(_ name: ArraySlice<UInt8>, flags: Int32) -> Int32 {
        withName(name) { QuietOpen.open(descriptor, $0, flags | O_NOFOLLOW) }
    }

    /// Opens a folder in this one.
    func folder(_ name: ArraySlice<UInt8>) -> OpenFolder? {
        let descriptor = open(name, flags: O_DIRECTORY)
        return descriptor < 0 ? nil : OpenFolder(descriptor: descriptor)
    }

    /// Opens a regular file at a path of entries below this folder; nil when it is none (any more).
    func file(_ path: [UInt8]) -> Int32? {
        let components = MemberPath.components(path)
        guard let name = components.last else { return nil }
        var folder = self
        for component in components.dropLast() {
            guard let next = folder.folder(component) else { return nil }
            folder = next
        }
        let descriptor = folder.open(name, flags: 0)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// What an entry is, without following links.
    func status(_ name: ArraySlice<UInt8>) -> stat? {
        var status = stat()
        let result = withName(name) { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }
        return result == 0 ? status : nil
    }

    private func withName(_ name: ArraySlice<UInt8>, _ body: (UnsafePointer<CChar>) -> Int32) -> Int32 {
        (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map(body) ?? -1
        }
    }

    /// The names of all entries, sorted by their bytes; nil when they cannot be listed.
    func entries() -> [[UInt8]]? {
        let copy = QuietOpen.open(descriptor, ".", O_DIRECTORY)
        guard copy >= 0, let stream = fdopendir(copy) else { return nil }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

/// One entry of a folder, before it is read.
struct FolderEntry: Sendable {
    /// The path below the root.
    var path: [UInt8]
    /// For a regular file its size; nil for anything else.
    var size: Int64?
    /// What it is when it is no file.
    var special: String?
}

/// Lists a folder and all folders in it.
struct FolderWalk {
    private let limits: ImportLimits
    /// How many entries were not looked at.
    private var omitted = 0
    private(set) var entries: [FolderEntry] = []
    private(set) var warnings: [(path: [UInt8], code: WarningCode, message: String)] = []

    /// Lists everything below `root`, sorted by path.
    init(_ root: OpenFolder, limits: ImportLimits) {
        self.limits = limits
        walk(root, path: [], depth: 0)
        if omitted > 0 {
            let message =
                "at least \(entries.count + omitted) files; those beyond the limit of \(limits.members) were not read"
            warnings.append(([], .limitMembers, message))
        }
        entries.sort { $0.path.lexicographicallyPrecedes($1.path) }
    }

    private mutating func walk(_ folder: OpenFolder, path: [UInt8], depth: Int) {
        guard depth <= limits.folderDepth else {
            warnings.append((path, .limitDepth, "folders deeper than \(limits.folderDepth) are not read"))
            return
        }
        guard let names = folder.entries() else {
            warnings.append((path, .blobUnreadable, "the folder cannot be listed"))
            return
        }
        for name in names {
            let entryPath = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
            guard entryPath.count <= limits.pathBytes else {
                let message = "a path of \(entryPath.count) bytes, more than the limit of \(limits.pathBytes)"
                warnings.append((Array(entryPath.prefix(64)), .limitPath, message))
                continue
            }
            guard entries.count < limits.members else {
                omitted += 1
                continue
            }
            let status = folder.status(name[...])
            switch status.map({ $0.st_mode & S_IFMT }) {
            case S_IFREG: entries.append(FolderEntry(path: entryPath, size: Int64(status?.st_size ?? 0)))
            case S_IFDIR:
                if let inner = folder.folder(name[...]) {
                    walk(inner, path: entryPath, depth: depth + 1)
                } else {
                    warnings.append((entryPath, .blobUnreadable, "the folder cannot be opened"))
                }
            case S_IFLNK: entries.append(FolderEntry(path: entryPath, special: "symbolic-link"))
            case S_IFIFO: entries.append(FolderEntry(path: entryPath, special: "fifo"))
            case nil: warnings.append((entryPath, .blobUnreadable, "the entry cannot be examined"))
            default: entries.append(FolderEntry(path: entryPath, special: "special"))
            }
        }
    }
}
