internal import Archive
internal import Cryptography
internal import Glibc
internal import OCI

/// The files of a layout that is read.
struct LayoutFiles {
    private let path: String
    private let root: OpenFolder
    private static let documentLimit: Int64 = 64 << 20
    private static let depthLimit = 8

    init(_ path: String) throws(AssemblyError) {
        guard let root = OpenFolder(userPath: path)
        else { throw AssemblyError(.unreadableLayout(path: path, code: errno)) }
        (self.path, self.root) = (path, root)
        guard root.status(Array("index.json".utf8)) != nil
        else { throw AssemblyError(.malformedLayout(path: path, reason: "it has no index.json")) }
    }

    func malformed(_ reason: String) -> AssemblyError {
        AssemblyError(.malformedLayout(path: path, reason: reason))
    }

    func damaged(_ digest: Digest) -> AssemblyError {
        AssemblyError(.damagedBlob(layout: path, digest: digest.description))
    }

    private func components(_ digest: Digest) -> [[UInt8]] {
        ["blobs", digest.algorithm.rawValue, digest.hex].map { Array($0.utf8) }
    }

    /// Opens a blob; the caller closes it.
    func open(_ digest: Digest) throws(AssemblyError) -> Int32 {
        guard let blobs = root.folder(components(digest)[0])?.folder(components(digest)[1])
        else { throw AssemblyError(.unreadableLayout(path: path, code: errno)) }
        let file = blobs.open(components(digest)[2])
        var status = stat()
        guard file >= 0, fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            if file >= 0 { close(file) }
            throw AssemblyError(.malformedLayout(path: path, reason: "the blob \(digest) is missing"))
        }
        return file
    }

    /// A small blob, checked against its descriptor.
    func document(_ descriptor: Descriptor) throws -> [UInt8] {
        let chunks = FileChunks(takingOver: try open(descriptor.digest))
        var bytes: [UInt8] = []
        while let chunk = try chunks.next() {
            bytes += chunk
            guard Int64(bytes.count) <= Self.documentLimit else { throw damaged(descriptor.digest) }
        }
        guard Int64(bytes.count) == descriptor.size,
            Digest(hashing: bytes, descriptor.digest.algorithm) == descriptor.digest
        else { throw damaged(descriptor.digest) }
        return bytes
    }

    /// What `index.json` lists under a name, a tag or a digest; of several, without a name, what has the preferred one.
    func entry(_ name: String?, preferring preferred: String) throws -> Descriptor {
        let status = root.status(Array("index.json".utf8))
        guard let status else { throw malformed("it has no index.json") }
        let bytes = try StoredFile(root: root, path: [Array("index.json".utf8)], status: status)
            .bytes(limit: Self.documentLimit)
        guard case .index(let index)? = try? ImageDocument(parsing: bytes) else { throw malformed("its index.json") }
        let entries = index.manifests.compactMap { try? $0.get() }
        var fitting = name.map { name in entries.filter { Self.names($0).contains(name) } } ?? entries
        if name == nil, Set(fitting.map(\.digest)).count > 1 {
            let wanted = ImageReference.normalized(preferred)
            let named = fitting.filter { entry in
                entry.annotations[IndexDocument.fullName].map(ImageReference.normalized) == wanted
            }
            if !named.isEmpty { fitting = named }
        }
        let digests = Set(fitting.map(\.digest))
        guard digests.count <= 1 else {
            throw AssemblyError(.ambiguousImage(layout: path, names: fitting.flatMap(Self.names)))
        }
        guard let entry = fitting.first else { throw AssemblyError(.noSuchImage(layout: path, name: name ?? "")) }
        return entry
    }

    private static func names(_ entry: Descriptor) -> [String] {
        [IndexDocument.tag, IndexDocument.fullName].compactMap { entry.annotations[$0] } + [entry.digest.description]
    }

    /// The manifest for a platform that a descriptor leads to.
    func manifest(_ descriptor: Descriptor, platform: ImagePlatform, depth: Int) throws -> (ImageManifest, Digest) {
        guard depth < Self.depthLimit else { throw malformed("indexes in indexes") }
        guard let document = try? ImageDocument(parsing: document(descriptor)) else {
            _ = try self.document(descriptor)
            throw malformed("the document \(descriptor.digest)")
        }
        switch document {
        case .manifest(let manifest): return (manifest, descriptor.digest)
        case .index(let index):
            let fitting = index.manifests.compactMap { try? $0.get() }.filter { entry in
                entry.platform.map { platform.accepts($0) } ?? (index.manifests.count == 1)
            }
            guard let entry = fitting.first
            else { throw AssemblyError(.noSuchImage(layout: path, name: platform.description)) }
            return try manifest(entry, platform: platform, depth: depth + 1)
        }
    }
}
