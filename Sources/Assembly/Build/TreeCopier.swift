/// Copies nodes from one tree into another, and notes what it changed.
struct TreeCopier {
    /// What a copy's attributes are.
    let attributes: (FileAttributes, _ isDirectory: Bool) -> FileAttributes
    /// What is not copied.
    let excludes: IgnoreRules
    /// Whether devices and FIFOs are refused, as they are in a context.
    let isContext: Bool
    /// The copies of files, so that two names of one file stay that.
    private var copies: [ObjectIdentifier: FileNode] = [:]

    init(
        attributes: @escaping (FileAttributes, _ isDirectory: Bool) -> FileAttributes,
        excludes: IgnoreRules,
        isContext: Bool
    ) {
        (self.attributes, self.excludes, self.isContext) = (attributes, excludes, isContext)
    }

    /// Copies what lies in a folder.
    mutating func copyChildren(
        of source: FileNode,
        into folder: (path: [[UInt8]], node: FileNode),
        excludePath: [[UInt8]],
        _ changes: inout LayerChanges
    ) throws {
        for name in try source.sortedNames() {
            guard let child = try source.child(name) else { continue }
            try copy(child, named: name, into: folder, excludePath: excludePath + [name], &changes)
        }
    }

    /// Copies one node with all that is in it.
    ///
    /// - Parameters:
    ///   - node: What is copied.
    ///   - name: The name of the copy.
    ///   - folder: Where to.
    ///   - excludePath: Its path as patterns of what is excluded see it.
    ///   - changes: Is told of what changed.
    /// - Throws: ``AssemblyError``.
    mutating func copy(
        _ node: FileNode,
        named name: [UInt8],
        into folder: (path: [[UInt8]], node: FileNode),
        excludePath: [[UInt8]],
        _ changes: inout LayerChanges
    ) throws {
        let isExcluded = excludes.ignores(excludePath)
        guard !isExcluded || (node.isDirectory && excludes.mayKeepSomething(below: excludePath)) else { return }
        let path = folder.path + [name]
        let existing = try folder.node.child(name)
        guard node.isDirectory else {
            if let existing, existing.isDirectory {
                throw AssemblyError(.kindConflict(path: FilePath.absoluteText(path)))
            }
            if isContext, case .special = node.kind {
                throw AssemblyError(.notCopyable(path: FilePath.shown(excludePath), kind: "a device or FIFO"))
            }
            let copy = self.copy(of: node)
            try folder.node.setChild(name, to: copy)
            changes.set(path, .present(copy))
            return
        }
        if let existing, !existing.isDirectory {
            throw AssemblyError(.kindConflict(path: FilePath.absoluteText(path)))
        }
        let copy = existing ?? FileNode(.directory, node.attributes)
        copy.attributes = attributes(node.attributes, true)
        try folder.node.setChild(name, to: copy)
        changes.set(path, .present(copy))
        try copyChildren(of: node, into: (path, copy), excludePath: excludePath, &changes)
    }

    private mutating func copy(of node: FileNode) -> FileNode {
        if let known = copies[ObjectIdentifier(node)] { return known }
        var attributes = attributes(node.attributes, false)
        // The permission bits of a link mean nothing and are the same everywhere.
        if case .symbolicLink = node.kind { attributes.mode = 0o777 }
        let copy = FileNode(node.kind, attributes)
        copies[ObjectIdentifier(node)] = copy
        return copy
    }
}
