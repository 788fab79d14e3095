internal import Archive
internal import Cryptography
internal import Glibc

/// Writes layers: the same changes always give the same bytes.
struct LayerWriter {
    let blobs: BlobFolder
    let compression: OutputCompression
    let workers: Int
    /// The latest time that a member may have, in seconds since 1970.
    let latest: Int64

    /// A layer that was written.
    struct Layer {
        /// The compressed bytes.
        let blob: WrittenBlob
        /// The digest of the archive before it was compressed.
        let diffID: Digest
    }

    private final class Hash {
        var hasher: DigestHasher

        init() throws(CryptographyError) {
            hasher = try DigestHasher(.sha256)
        }
    }

    /// Writes changes as an archive (OCI image-spec, layer.md).
    ///
    /// - Throws: ``AssemblyError``.
    func write(_ changes: LayerChanges) throws -> Layer {
        let file = try blobs.newBlob()
        let hash = try Hash()
        let output = try CompressedOutput(compression, workers: workers) { bytes in
            hash.hasher.update(bytes)
        } sink: { bytes in
            try file.write(bytes)
        }
        var written: [ObjectIdentifier: [UInt8]] = [:]
        for (path, change) in changes.sorted {
            switch change {
            case .removed: try output.write(header(whiteout: path).blocks)
            case .present(let node):
                let identity = ObjectIdentifier(node)
                if node.isFile, let first = written[identity] {
                    try output.write(header(node, path, hardLinkTo: first).blocks)
                } else {
                    try output.write(header(node, path).blocks)
                    try writeContent(of: node, to: output)
                    written[identity] = path
                }
            }
        }
        try output.write(WrittenTarHeader.end)
        try output.finish()
        return Layer(blob: try file.finish(), diffID: hash.hasher.finish())
    }

    private func header(whiteout path: [UInt8]) -> WrittenTarHeader {
        let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        var header = WrittenTarHeader(.file, path: path[..<start] + Array(".wh.".utf8) + path[start...], mode: 0o644)
        header.modified = latest
        return header
    }

    private func header(_ node: FileNode, _ path: [UInt8], hardLinkTo first: [UInt8]? = nil) -> WrittenTarHeader {
        var header = WrittenTarHeader(.file, path: path, mode: node.attributes.mode)
        switch node.kind {
        case .file(let content): header.size = first == nil ? content.size : 0
        case .directory:
            header.kind = .directory
            header.path.append(UInt8(ascii: "/"))
        case .symbolicLink(let target): (header.kind, header.linkTarget) = (.symbolicLink, target)
        case .special(.fifo): header.kind = .fifo
        case .special(.characterDevice(let major, let minor)):
            header.kind = .characterDevice(major: major, minor: minor)
        case .special(.blockDevice(let major, let minor)): header.kind = .blockDevice(major: major, minor: minor)
        }
        if let first { (header.kind, header.linkTarget) = (.hardLink, first) }
        header.owner = node.attributes.owner
        header.group = node.attributes.group
        header.modified = min(node.attributes.modified, latest)
        if first == nil { header.extendedAttributes = node.attributes.extended }
        return header
    }

    private func writeContent(of node: FileNode, to output: CompressedOutput) throws {
        guard case .file(let content) = node.kind else { return }
        switch content {
        case .bytes(let bytes): try output.write(bytes)
        case .stored(let stored): try copy(stored, to: output)
        case .notKept: throw AssemblyError(.unreadableFile(path: "a base image's file", code: ENODATA))
        }
        try output.write(WrittenTarHeader.padding(after: content.size))
    }

    private func copy(_ stored: StoredFile, to output: CompressedOutput) throws {
        let file = try stored.open()
        defer { close(file) }
        var rest = stored.size
        while rest > 0 {
            let room = output.room
            let count = read(file, room.baseAddress, Int(min(Int64(room.count), rest)))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw AssemblyError(.unreadableFile(path: stored.shownPath, code: errno)) }
            guard count > 0 else { throw AssemblyError(.changedWhileRead(path: stored.shownPath)) }
            try output.advance(by: count)
            rest -= Int64(count)
        }
        // A file that has grown is not the one that was listed either.
        var extra: UInt8 = 0
        guard read(file, &extra, 1) == 0 else { throw AssemblyError(.changedWhileRead(path: stored.shownPath)) }
    }
}
