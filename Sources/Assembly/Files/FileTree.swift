/// A file system in memory: of a stage, of an image, or of the context.
final class FileTree {
    let root: FileNode
    private let links: LinkRule

    /// Where symbolic links may lead.
    enum LinkRule {
        /// Anywhere within the tree: absolute targets begin at its root, `..` at the root stays there (chroot(2)).
        case scoped
        /// Only within the tree: what would lead out is refused.
        case confined
    }

    /// How many links are followed for one path, as Linux does.
    private static let linkLimit = 40

    /// How deep folders may lie in each other: trees are walked by recursion, and Linux takes no longer path.
    static let depthLimit = 1_000

    init(_ root: FileNode, links: LinkRule = .scoped) {
        self.root = root
        self.links = links
    }

    /// Where a path leads.
    struct Resolution {
        /// The names of what exists, without links.
        var path: [[UInt8]]
        /// What is there; nil when names are missing.
        var node: FileNode?
        /// The names that do not exist.
        var missing: [[UInt8]] = []
    }

    /// Follows a path.
    ///
    /// - Parameters:
    ///   - path: Names, `..` among them.
    ///   - followsLast: Whether a link at the end is followed as well.
    /// - Returns: What is there, or how far the path leads.
    /// - Throws: ``AssemblyError``.
    func resolve(_ path: [[UInt8]], followsLast: Bool = true) throws -> Resolution {
        var stack: [(name: [UInt8], node: FileNode)] = []
        var pending = Array(path.reversed())
        var followed = 0
        while let name = pending.popLast() {
            if name == FilePath.parent {
                guard stack.popLast() != nil || links == .scoped
                else { throw AssemblyError(.outsideContext(FilePath.shown(path))) }
                continue
            }
            let current = stack.last?.node ?? root
            guard current.isDirectory else { throw AssemblyError(.kindConflict(path: FilePath.absoluteText(path))) }
            guard let child = try current.child(name) else {
                return Resolution(path: stack.map(\.name), node: nil, missing: [name] + pending.reversed())
            }
            guard case .symbolicLink(let target) = child.kind, !pending.isEmpty || followsLast else {
                stack.append((name, child))
                continue
            }
            followed += 1
            guard followed <= Self.linkLimit else { throw AssemblyError(.tooManyLinks(path: FilePath.shown(path))) }
            if target.first == UInt8(ascii: "/") {
                if links == .confined { throw leadsOut(stack.map(\.name) + [name], target) }
                stack = []
            }
            let inner = FilePath.components(target)
            if links == .confined, FilePath.normalized(stack.map(\.name) + inner) == nil {
                throw leadsOut(stack.map(\.name) + [name], target)
            }
            pending += inner.reversed()
        }
        return Resolution(path: stack.map(\.name), node: stack.last?.node ?? root)
    }

    private func leadsOut(_ path: [[UInt8]], _ target: [UInt8]) -> AssemblyError {
        AssemblyError(
            .linkOutOfContext(path: FilePath.shown(path), target: String(decoding: target, as: UTF8.self))
        )
    }

    /// Makes sure that a folder is there.
    ///
    /// - Parameters:
    ///   - path: Where; links are followed.
    ///   - attributes: What new folders get.
    ///   - made: Is told of every new folder.
    /// - Returns: The path without links, and the folder.
    /// - Throws: ``AssemblyError``.
    func makeDirectory(
        _ path: [[UInt8]],
        _ attributes: FileAttributes,
        made: ([[UInt8]], FileNode) -> Void
    ) throws -> (path: [[UInt8]], node: FileNode) {
        let found = try resolve(path)
        guard found.path.count + found.missing.count < Self.depthLimit
        else { throw AssemblyError(.tooDeep(limit: Self.depthLimit)) }
        if let node = found.node {
            guard node.isDirectory else { throw AssemblyError(.kindConflict(path: FilePath.absoluteText(path))) }
            return (found.path, node)
        }
        var current = found.path
        guard var folder = try resolve(found.path).node
        else { throw AssemblyError(.kindConflict(path: FilePath.absoluteText(path))) }
        for name in found.missing where name != FilePath.parent {
            let inner = FileNode(.directory, attributes)
            try folder.setChild(name, to: inner)
            folder = inner
            current.append(name)
            made(current, inner)
        }
        return (current, folder)
    }

    /// Everything in the tree, a folder before what is in it.
    func forEach(_ body: ([[UInt8]], FileNode) throws -> Void) throws {
        try Self.visit(root, [], body)
    }

    private static func visit(_ node: FileNode, _ path: [[UInt8]], _ body: ([[UInt8]], FileNode) throws -> Void) throws
    {
        for name in try node.sortedNames() {
            guard let child = try node.child(name) else { continue }
            try body(path + [name], child)
            if child.isDirectory { try visit(child, path + [name], body) }
        }
    }
}

extension FileTree {
    /// What is at a path; nil when nothing is, or when something on the way is no folder.
    func resolveExisting(_ path: [[UInt8]]) throws -> FileNode? {
        do {
            return try resolve(path).node
        } catch let error as AssemblyError {
            if case .kindConflict = error.fault { return nil }
            throw error
        }
    }
}

extension FileTree {
    /// What is at a path of folders, without following any link.
    func resolveExact(_ path: [[UInt8]]) throws -> FileNode? {
        try path.reduce(Optional(root)) { try $0?.child($1) }
    }
}
