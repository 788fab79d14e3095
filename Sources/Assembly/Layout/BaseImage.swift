internal import Archive
internal import Cryptography
internal import Glibc
internal import OCI
internal import StrictJSON

/// An image that was found in a layout: its documents, checked against their digests.
struct BaseImage {
    let layout: LayoutFiles
    let manifestDigest: Digest
    let configuration: JSONObject
    let layers: [WrittenDescriptor]
    let diffIDs: [Digest]

    /// Finds an image.
    ///
    /// Where the source does not say which, the digest in the name does, and else the name among several.
    ///
    /// - Throws: ``AssemblyError``.
    init(_ source: LayoutSource, named name: String, platform: ImagePlatform) throws {
        layout = try LayoutFiles(source.path)
        let pinned = name.split(separator: "@", maxSplits: 1).dropFirst().first.map(String.init)
        let entry = try layout.entry(pinned ?? source.image, preferring: name)
        let (manifest, digest) = try layout.manifest(entry, platform: platform, depth: 0)
        manifestDigest = digest
        guard let stated = try? manifest.configuration?.get() else {
            throw layout.malformed("a manifest without config")
        }
        let bytes = try layout.document(stated)
        guard let configuration = (try? JSONValue(parsing: bytes))?.object else { throw layout.malformed("its config") }
        self.configuration = configuration
        diffIDs = try (configuration["rootfs"]?["diff_ids"]?.array ?? []).map { [layout] value in
            guard let text = value.string, let digest = try? Digest(parsing: text)
            else { throw layout.malformed("a diff_id of its config") }
            return digest
        }
        layers = try manifest.layers.map { [layout] reading in
            guard let layer = try? reading.get(), let mediaType = layer.mediaType, mediaType.isLayer
            else { throw layout.malformed("a layer of its manifest") }
            return WrittenDescriptor(
                digest: layer.digest,
                size: Int(clamping: layer.size),
                mediaType: Self.ociType(mediaType)
            )
        }
        guard layers.count == diffIDs.count else { throw layout.malformed("as many diff_ids as layers") }
    }

    /// Docker's names of layers, in the words of OCI.
    private static func ociType(_ type: MediaType) -> MediaType {
        switch type.text {
        case "application/vnd.docker.image.rootfs.diff.tar.gzip": .layerGzip
        case "application/vnd.docker.image.rootfs.diff.tar": .layer
        case "application/vnd.docker.image.rootfs.diff.tar.zstd": .layerZstd
        default: type
        }
    }

    /// The platform that its configuration states.
    var platform: ImagePlatform {
        get throws(AssemblyError) {
            let parts = ["os", "architecture", "variant"].compactMap { configuration[$0]?.string }.filter {
                !$0.isEmpty
            }
            guard parts.count >= 2 else { throw layout.malformed("a config without os and architecture") }
            return try ImagePlatform(parts.joined(separator: "/"))
        }
    }

    /// Applies all layers to a tree; blob digests and diffIDs are checked.
    func unpack(into tree: FileTree, _ reader: LayerReader) throws {
        for (layer, diffID) in zip(layers, diffIDs) {
            do {
                try unpack(layer, diffID, into: tree, reader)
            } catch let error as ArchiveError {
                throw AssemblyError(.unreadableLayer(digest: layer.digest.description, error))
            }
        }
    }

    private func unpack(_ layer: WrittenDescriptor, _ diffID: Digest, into tree: FileTree, _ reader: LayerReader) throws
    {
        let file = try layout.open(layer.digest)
        var magic = [UInt8](repeating: 0, count: 4)
        let count = pread(file, &magic, magic.count, 0)
        let compression = magic.withUnsafeBytes { bytes in
            Compression(announcedBy: UnsafeRawBufferPointer(rebasing: bytes[..<max(0, count)]))
        }
        let blob = try HashedChunks(FileChunks(takingOver: file), layer.digest.algorithm)
        let expanded: any ChunkSource =
            if let compression { try ExpandedChunks(blob, compression, limit: .max) } else { blob }
        let content = try HashedChunks(expanded, diffID.algorithm)
        try reader.apply(try LayerReader.open(content), to: tree)
        let foundDiffID = try content.digest()
        guard try blob.digest() == layer.digest else { throw layout.damaged(layer.digest) }
        guard foundDiffID == diffID else { throw layout.damaged(diffID) }
    }

    /// Copies all layers; digests are checked.
    func copyLayers(to blobs: BlobFolder) throws {
        for layer in layers where blobs.blobs[layer.digest] == nil {
            let source = FileChunks(takingOver: try layout.open(layer.digest))
            let copy = try blobs.newBlob()
            while let chunk = try source.next() { try copy.write(chunk) }
            guard try copy.finish().digest == layer.digest else { throw layout.damaged(layer.digest) }
        }
    }
}
