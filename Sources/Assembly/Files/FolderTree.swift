internal import Archive
internal import Glibc

/// Reads a folder on disk as a tree, each folder in it only when it is looked into.
final class FolderTree {
    /// Which things of a folder are taken, and how.
    struct Rules: Sendable {
        /// What is left out.
        var ignored = IgnoreRules()
        /// Whether owners are taken over; else all is root's.
        var keepsOwners = false
        /// Whether extended attributes are taken over.
        var keepsExtendedAttributes = false
        /// Files and folders, by device and inode, that are never part of the tree: what is being written.
        var skipped: Set<[UInt]> = []
    }

    private let rules: Rules
    private let top: OpenFolder
    /// Files with several names, by device and inode.
    private var linked: [[UInt]: FileNode] = [:]

    /// A reader of a folder that the user named; nil when it cannot be opened.
    init?(userPath: String, rules: Rules) {
        guard let folder = OpenFolder(userPath: userPath) else { return nil }
        top = folder
        self.rules = rules
    }

    /// The tree.
    func root() -> FileNode {
        // The folder itself is no part of what is copied; its permission bits are not either.
        FileNode(directory: FileAttributes(mode: 0o755, modified: 0)) { [self] in try children(of: top, path: []) }
    }

    private func attributes(_ status: stat) -> FileAttributes {
        FileAttributes(
            mode: Int(status.st_mode & 0o7777),
            owner: rules.keepsOwners ? Int(status.st_uid) : 0,
            group: rules.keepsOwners ? Int(status.st_gid) : 0,
            modified: Int64(status.st_mtim.tv_sec)
        )
    }

    private func children(of folder: OpenFolder, path: [[UInt8]]) throws -> [[UInt8]: FileNode] {
        guard path.count < FileTree.depthLimit else { throw AssemblyError(.tooDeep(limit: FileTree.depthLimit)) }
        guard let names = folder.entries() else { throw unreadable(path) }
        var children: [[UInt8]: FileNode] = [:]
        for name in names {
            let inner = path + [name]
            let isIgnored = rules.ignored.ignores(inner)
            if isIgnored, !rules.ignored.mayKeepSomething(below: inner) { continue }
            guard let node = try node(name, in: folder, path: inner) else { continue }
            if isIgnored {
                // A folder that is left out is there for the sake of what is kept in it.
                guard node.isDirectory, try !node.children().isEmpty else { continue }
            }
            children[name] = node
        }
        return children
    }

    private func unreadable(_ path: [[UInt8]]) -> AssemblyError {
        let shown = path.isEmpty ? "." : FilePath.shown(path)
        return AssemblyError(.unreadableFile(path: shown, code: errno))
    }

    /// One entry; nil for a socket, which no archive can hold.
    private func node(_ name: [UInt8], in folder: OpenFolder, path: [[UInt8]]) throws -> FileNode? {
        guard let status = folder.status(name) else { throw unreadable(path) }
        guard !rules.skipped.contains([UInt(status.st_dev), UInt(status.st_ino)]) else { return nil }
        var attributes = attributes(status)
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            return FileNode(directory: attributes) { [self] in
                guard let inner = folder.folder(name) else { throw unreadable(path) }
                return try children(of: inner, path: path)
            }
        case S_IFLNK:
            guard let target = folder.linkTarget(name) else { throw unreadable(path) }
            attributes.mode = 0o777
            return FileNode(.symbolicLink(target), attributes)
        case S_IFREG:
            let key = [UInt(status.st_dev), UInt(status.st_ino)]
            if status.st_nlink > 1, let known = linked[key] { return known }
            attributes.extended = extendedAttributes(name, folder)
            let node = FileNode(.file(.stored(StoredFile(root: top, path: path, status: status))), attributes)
            if status.st_nlink > 1 { linked[key] = node }
            return node
        case S_IFIFO: return FileNode(.special(.fifo), attributes)
        case S_IFCHR, S_IFBLK:
            // makedev(3): the bits of both numbers are interleaved.
            let device = UInt64(status.st_rdev)
            let major = Int(device >> 8 & 0xFFF | device >> 32 & 0xFFFF_F000)
            let minor = Int(device & 0xFF | device >> 12 & 0xFFFF_FF00)
            let isCharacter = status.st_mode & S_IFMT == S_IFCHR
            return FileNode(
                .special(
                    isCharacter
                        ? .characterDevice(major: major, minor: minor) : .blockDevice(major: major, minor: minor)
                ),
                attributes
            )
        default: return nil
        }
    }

    private func extendedAttributes(_ name: [UInt8], _ folder: OpenFolder) -> [ExtendedAttribute] {
        guard rules.keepsExtendedAttributes else { return [] }
        let file = folder.open(name)
        guard file >= 0 else { return [] }
        defer { close(file) }
        return ExtendedAttribute.read(from: file)
    }
}
