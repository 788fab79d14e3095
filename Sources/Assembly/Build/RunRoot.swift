internal import Archive
internal import Glibc

/// A stage's root file system on disk, in a private folder, for programs to run in.
///
/// Everything in it belongs to the user who builds; who owns a file in the image is kept in the tree.
final class RunRoot {
    /// Where it is.
    let path: String
    private let folder: OpenFolder
    private var states: [[UInt8]: State] = [:]

    /// How a file on disk was when it was last looked at.
    private struct State: Equatable {
        let device: UInt
        let inode: UInt
        let mode: UInt32
        let size: Int
        let modified: [Int]

        init(_ status: stat) {
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
            mode = status.st_mode
            size = Int(status.st_size)
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            // The times of a folder change with what is in it, which is looked at by itself.
            modified =
                isFolder
                ? []
                : [
                    status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
                ]
        }
    }

    /// Writes a tree into a folder.
    init(_ tree: FileTree, path: String) throws {
        self.path = path
        guard let folder = OpenFolder(userPath: path) else {
            throw AssemblyError(.cannotWrite(path: path, code: errno))
        }
        self.folder = folder
        var written: [ObjectIdentifier: [UInt8]] = [:]
        try tree.forEach { components, node in
            let name = FilePath.bytes(components)
            if node.isFile, let first = written[ObjectIdentifier(node)] {
                try link(first, name)
            } else {
                try write(node, at: name)
                if node.isFile { written[ObjectIdentifier(node)] = name }
            }
        }
        try setModes(tree)
        try remember()
    }

    // MARK: - Writing

    private func failure(_ name: [UInt8]) -> AssemblyError {
        AssemblyError(.cannotWrite(path: "\(path)/\(String(decoding: name, as: UTF8.self))", code: errno))
    }

    /// All names come from the tree, whose folders are made here: nothing in the way is a link.
    private func withPath<Result>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
        var text = Array(path.utf8CString.dropLast())
        text.append(CChar(bitPattern: UInt8(ascii: "/")))
        text += name.map { CChar(bitPattern: $0) } + [0]
        return try text.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return try "".withCString(body) }
            return try body(base)
        }
    }

    private func link(_ first: [UInt8], _ name: [UInt8]) throws {
        let result = withPath(first) { old in withPath(name) { new in Glibc.link(old, new) } }
        guard result == 0 else { throw failure(name) }
    }

    private func write(_ node: FileNode, at name: [UInt8]) throws {
        switch node.kind {
        case .directory: guard withPath(name, { mkdir($0, 0o700) }) == 0 else { throw failure(name) }
        case .symbolicLink(let target):
            let text = target.map { CChar(bitPattern: $0) } + [0]
            guard withPath(name, { symlink(text, $0) }) == 0 else { throw failure(name) }
        case .special(.fifo): guard withPath(name, { mkfifo($0, 0o600) }) == 0 else { throw failure(name) }
        // Devices are made by nobody but the kernel; they stay in the image.
        case .special: break
        case .file(let content): try write(content, at: name, node.attributes)
        }
    }

    private func write(_ content: FileContent, at name: [UInt8], _ attributes: FileAttributes) throws {
        let file = withPath(name) { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600) }
        guard file >= 0 else { throw failure(name) }
        defer { close(file) }
        switch content {
        case .bytes(let bytes): try FileWriting.write(bytes, to: file, path: path)
        case .stored(let stored):
            let chunks = FileChunks(takingOver: try stored.open(), expecting: stored.size)
            while let chunk = try chunks.next() { try FileWriting.write(chunk, to: file, path: path) }
        case .notKept: throw AssemblyError(.unreadableFile(path: String(decoding: name, as: UTF8.self), code: ENODATA))
        }
        let time = timespec(tv_sec: Int(attributes.modified), tv_nsec: 0)
        let times = [time, time]
        futimens(file, times)
    }

    /// Permission bits come last, so that a folder that nobody may write to could be filled.
    private func setModes(_ tree: FileTree) throws {
        try tree.forEach { components, node in
            guard node.isFile || node.isDirectory else { return }
            let name = FilePath.bytes(components)
            guard withPath(name, { chmod($0, UInt32(node.attributes.mode & 0o7777)) }) == 0 else { throw failure(name) }
        }
        chmod(path, 0o755)
    }

    /// Brings what another step changed in the tree to the disk.
    func apply(_ changes: LayerChanges) throws {
        for (name, change) in changes.sorted {
            switch change {
            case .removed: remove(name)
            case .present(let node):
                let isFolder = withPath(name) { path in
                    var status = stat()
                    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
                }
                if !(node.isDirectory && isFolder) {
                    remove(name)
                    try write(node, at: name)
                }
                if node.isFile || node.isDirectory {
                    guard withPath(name, { chmod($0, UInt32(node.attributes.mode & 0o7777)) }) == 0
                    else { throw failure(name) }
                }
            }
        }
        try remember()
    }

    private func remove(_ name: [UInt8]) {
        withPath(name) { text in
            if unlink(text) != 0 { FileWriting.removeTree(String(cString: text)) }
        }
    }

    // MARK: - What programs changed

    private func remember() throws {
        states = [:]
        try walk(folder, []) { path, status in states[FilePath.bytes(path)] = State(status) }
    }

    private func walk(_ folder: OpenFolder, _ path: [[UInt8]], _ body: ([[UInt8]], stat) throws -> Void) throws {
        guard let names = folder.entries() else { throw failure(FilePath.bytes(path)) }
        for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard let status = folder.status(name) else { continue }
            try body(path + [name], status)
            guard status.st_mode & S_IFMT == S_IFDIR else { continue }
            guard let inner = folder.folder(name) else { throw failure(FilePath.bytes(path + [name])) }
            try walk(inner, path + [name], body)
        }
    }

    /// Takes over what was added, changed and removed since the last look.
    ///
    /// - Parameters:
    ///   - tree: Is changed in the same way.
    ///   - owner: Who owns what is new.
    ///   - ignored: Paths that are not looked at.
    /// - Returns: The changes.
    /// - Throws: ``AssemblyError``.
    func takeChanges(
        into tree: FileTree,
        owner: (owner: Int, group: Int),
        ignored: Set<[UInt8]>
    ) throws -> LayerChanges {
        var changes = LayerChanges()
        var seen: Set<[UInt8]> = []
        var fresh: [[UInt]: FileNode] = [:]
        try walk(folder, []) { path, status in
            let name = FilePath.bytes(path)
            guard !ignored.contains(path[0]) else { return }
            seen.insert(name)
            guard states[name] != State(status) else { return }
            guard let parent = try tree.resolveExact(Array(path.dropLast())), let last = path.last else { return }
            let existing = try parent.child(last)
            guard let node = try node(path, status, existing, owner, &fresh) else { return }
            try parent.setChild(last, to: node)
            changes.set(path, .present(node))
        }
        try removeMissing(from: tree, seen, ignored, &changes)
        try remember()
        return changes
    }

    private func removeMissing(
        from tree: FileTree,
        _ seen: Set<[UInt8]>,
        _ ignored: Set<[UInt8]>,
        _ changes: inout LayerChanges
    ) throws {
        var missing: [[[UInt8]]] = []
        try tree.forEach { path, _ in
            let name = FilePath.bytes(path)
            guard states[name] != nil, !seen.contains(name), !ignored.contains(path[0]) else { return }
            // What lies in a folder that is gone is gone with it.
            let isInside = missing.last.map { path.count > $0.count && path.starts(with: $0) } ?? false
            if !isInside { missing.append(path) }
        }
        for path in missing {
            try tree.resolveExact(Array(path.dropLast()))?.setChild(path.last ?? [], to: nil)
            changes.set(path, .removed)
        }
    }

    private func node(
        _ path: [[UInt8]],
        _ status: stat,
        _ existing: FileNode?,
        _ owner: (owner: Int, group: Int),
        _ fresh: inout [[UInt]: FileNode]
    ) throws -> FileNode? {
        var attributes = FileAttributes(
            mode: Int(status.st_mode & 0o7777),
            owner: existing?.attributes.owner ?? owner.owner,
            group: existing?.attributes.group ?? owner.group,
            modified: Int64(status.st_mtim.tv_sec)
        )
        let identity = [UInt(status.st_dev), UInt(status.st_ino)]
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            guard let existing, existing.isDirectory else { return FileNode(.directory, attributes) }
            existing.attributes = attributes
            return existing
        case S_IFREG:
            if let node = fresh[identity] { return node }
            attributes.extended = extendedAttributes(path)
            let node = FileNode(.file(.stored(StoredFile(root: folder, path: path, status: status))), attributes)
            fresh[identity] = node
            return node
        case S_IFLNK:
            let parent = path.dropLast().reduce(Optional(folder)) { $0?.folder($1) }
            guard let target = parent?.linkTarget(path.last ?? []) else { throw failure(FilePath.bytes(path)) }
            attributes.mode = 0o777
            return FileNode(.symbolicLink(target), attributes)
        case S_IFIFO: return FileNode(.special(.fifo), attributes)
        default: return nil
        }
    }

    private func extendedAttributes(_ path: [[UInt8]]) -> [ExtendedAttribute] {
        let parent = path.dropLast().reduce(Optional(folder)) { $0?.folder($1) }
        guard let file = parent?.open(path.last ?? []), file >= 0 else { return [] }
        defer { close(file) }
        return ExtendedAttribute.read(from: file)
    }
}
