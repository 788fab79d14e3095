internal import Archive
internal import Cryptography
internal import Glibc

/// Reads layers and other archives into a file system in memory.
struct LayerReader {
    /// Where contents are kept.
    let spool: ContentSpool
    /// Which contents are kept.
    let keeps: ([[UInt8]]) -> Bool

    /// How many bytes an archive may expand to: more than any image has.
    private static let limit: Int64 = 1 << 42
    private static let whiteout = Array(".wh.".utf8)
    private static let opaque = Array(".wh..wh..opq".utf8)

    /// Applies a layer to a tree (OCI image-spec, layer.md, "Applying Changesets").
    ///
    /// - Throws: ``AssemblyError`` and ``ArchiveError``.
    func apply(_ reader: TarReader, to tree: FileTree) throws {
        try apply(reader, to: tree, hasWhiteouts: true)
    }

    private func apply(_ reader: TarReader, to tree: FileTree, hasWhiteouts: Bool) throws {
        var added: Set<ObjectIdentifier> = []
        // What the layer brings keeps its address while it is in this list, so that no other node is taken for it.
        var alive: [FileNode] = []
        while let member = try reader.next() {
            guard let attributes = reader.attributes else { continue }
            let path = try Self.components(member.path)
            guard let name = path.last else {
                tree.root.attributes = Self.attributes(attributes)
                continue
            }
            let parentAttributes = FileAttributes(mode: 0o755, modified: attributes.modified)
            let parent = try tree.makeDirectory(path.dropLast(), parentAttributes) { _, _ in }.node
            if hasWhiteouts, name == Self.opaque {
                for (name, child) in try parent.children() where !added.contains(ObjectIdentifier(child)) {
                    try parent.setChild(name, to: nil)
                }
            } else if hasWhiteouts, name.starts(with: Self.whiteout) {
                let hidden = Array(name.dropFirst(Self.whiteout.count))
                if let child = try parent.child(hidden), !added.contains(ObjectIdentifier(child)) {
                    try parent.setChild(hidden, to: nil)
                }
            } else if let node = try node(member, attributes, path, existing: parent.child(name), reader, tree) {
                try parent.setChild(name, to: node)
                added.insert(ObjectIdentifier(node))
                alive.append(node)
            }
        }
    }

    /// Reads an archive that is no layer, from its beginning to its end, as a tree of its own.
    func plainTree(of reader: TarReader) throws -> FileTree {
        let tree = FileTree(.emptyDirectory(modified: 0))
        try apply(reader, to: tree, hasWhiteouts: false)
        return tree
    }

    private static func components(_ path: [UInt8]) throws(AssemblyError) -> [[UInt8]] {
        let components = FilePath.components(path)
        guard !components.contains(FilePath.parent)
        else { throw AssemblyError(.unsafeMember(String(decoding: path, as: UTF8.self))) }
        return components
    }

    private static func attributes(_ stated: TarAttributes) -> FileAttributes {
        FileAttributes(
            mode: stated.mode & 0o7777,
            owner: Int(clamping: max(0, stated.owner)),
            group: Int(clamping: max(0, stated.group)),
            modified: stated.modified,
            extended: stated.extendedAttributes
        )
    }

    private func node(
        _ member: TarMember,
        _ stated: TarAttributes,
        _ path: [[UInt8]],
        existing: FileNode?,
        _ reader: TarReader,
        _ tree: FileTree
    ) throws -> FileNode? {
        let attributes = Self.attributes(stated)
        switch member.kind {
        case .directory:
            guard let existing, existing.isDirectory else { return FileNode(.directory, attributes) }
            existing.attributes = attributes
            return existing
        case .symbolicLink: return FileNode(.symbolicLink(member.linkTarget ?? []), attributes)
        case .hardLink:
            let target = try Self.components(member.linkTarget ?? [])
            guard let node = try tree.resolve(target, followsLast: false).node, !node.isDirectory
            else { throw AssemblyError(.unsafeMember(String(decoding: member.path, as: UTF8.self))) }
            return node
        case .special: return stated.special.map { FileNode(.special($0), attributes) }
        case .file:
            guard keeps(path) else {
                // Nothing asks for it; where it would, that is told.
                return FileNode(.file(.notKept(size: member.size)), attributes)
            }
            let stored = try spool.store(reader.content)
            guard stored.size == member.size
            else { throw AssemblyError(.changedWhileRead(path: FilePath.shown(path))) }
            return FileNode(.file(.stored(stored)), attributes)
        }
    }

    /// Opens an archive.
    ///
    /// - Throws: ``ArchiveError``.
    static func open(
        _ chunks: any ChunkSource,
        archive compression: ArchiveCompression? = nil
    ) throws(ArchiveError) -> TarReader {
        try TarReader(chunks, archive: compression, limit: limit)
    }
}

/// A source that hashes what it gives.
final class HashedChunks: ChunkSource {
    private let source: any ChunkSource
    private var hasher: DigestHasher
    /// Bytes given so far.
    private(set) var count: Int64 = 0

    init(_ source: any ChunkSource, _ algorithm: DigestAlgorithm = .sha256) throws {
        self.source = source
        hasher = try DigestHasher(algorithm)
    }

    func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        guard let chunk = try source.next() else { return nil }
        hasher.update(chunk)
        count += Int64(chunk.count)
        return chunk
    }

    /// The digest of all that the source holds.
    func digest() throws(ArchiveError) -> Digest {
        while try next() != nil {}
        return hasher.finish()
    }
}
