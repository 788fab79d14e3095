internal import Archive

/// A file, folder or link of a file system that is in memory but for the content of its files.
///
/// A node never changes but for the children of a folder and a folder's own attributes; two names of one file (hard
/// links) are one node.
final class FileNode {
    /// What it is.
    enum Kind {
        case file(FileContent)
        case directory
        case symbolicLink([UInt8])
        case special(TarAttributes.Special)
    }

    let kind: Kind
    var attributes: FileAttributes
    private var loaded: [[UInt8]: FileNode]
    private var load: (() throws -> [[UInt8]: FileNode])?

    init(_ kind: Kind, _ attributes: FileAttributes) {
        self.kind = kind
        self.attributes = attributes
        loaded = [:]
    }

    /// A folder whose children are read when they are asked for.
    init(directory attributes: FileAttributes, load: @escaping () throws -> [[UInt8]: FileNode]) {
        kind = .directory
        self.attributes = attributes
        loaded = [:]
        self.load = load
    }

    /// An empty folder of root's.
    static func emptyDirectory(modified: Int64) -> FileNode {
        FileNode(.directory, FileAttributes(mode: 0o755, modified: modified))
    }

    var isDirectory: Bool {
        if case .directory = kind { true } else { false }
    }

    var isFile: Bool {
        if case .file = kind { true } else { false }
    }

    /// What lies in a folder, by name.
    func children() throws -> [[UInt8]: FileNode] {
        if let load {
            loaded = try load()
            self.load = nil
        }
        return loaded
    }

    func child(_ name: [UInt8]) throws -> FileNode? {
        try children()[name]
    }

    /// Puts a node into a folder, or takes it away.
    func setChild(_ name: [UInt8], to node: FileNode?) throws {
        _ = try children()
        loaded[name] = node
    }

    /// The names in a folder, in the order of their bytes.
    func sortedNames() throws -> [[UInt8]] {
        try children().keys.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The same tree with folders of its own, so that changes of one are not seen in the other.
    func copy() throws -> FileNode {
        guard isDirectory else { return self }
        let copy = FileNode(.directory, attributes)
        for (name, child) in try children() { copy.loaded[name] = try child.copy() }
        return copy
    }
}

/// What belongs to a file beside its content.
struct FileAttributes: Hashable, Sendable {
    /// Permission bits.
    var mode: Int
    /// The owner's number.
    var owner = 0
    /// The group's number.
    var group = 0
    /// Seconds since 1970.
    var modified: Int64
    /// Extended attributes, in the order of their names.
    var extended: [ExtendedAttribute] = []

    init(mode: Int, owner: Int = 0, group: Int = 0, modified: Int64, extended: [ExtendedAttribute] = []) {
        self.mode = mode
        self.owner = owner
        self.group = group
        self.modified = modified
        self.extended = extended.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }
}

/// Where the content of a file is.
enum FileContent {
    /// In memory.
    case bytes([UInt8])
    /// On disk.
    case stored(StoredFile)
    /// Left in an archive, because nothing was expected to ask for it.
    case notKept(size: Int64)

    var size: Int64 {
        switch self {
        case .bytes(let bytes): Int64(bytes.count)
        case .stored(let file): file.size
        case .notKept(let size): size
        }
    }
}
