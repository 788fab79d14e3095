package import Cryptography
internal import OCI
internal import StrictJSON

/// A small image for one platform, put together from files in memory.
package struct SmallImage: Sendable {
    /// The members of each layer, lowest first.
    package var layers: [[TarWriter.Member]]
    /// For which machine it is.
    package var platform = WrittenDescriptor.Platform(architecture: "amd64", os: "linux")
    /// Labels of the configuration.
    package var labels: [String: String] = [:]
    /// When it was built.
    package var created: Timestamp
    /// Whether its layers are wrapped in gzip.
    package var isCompressed = true
    /// What it runs.
    package var command: [String]

    /// An image for linux/amd64 with gzip layers.
    package init(layers: [[TarWriter.Member]], created: Timestamp, command: [String]) {
        self.layers = layers
        self.created = created
        self.command = command
    }

    /// Adds the image's blobs to a layout.
    ///
    /// - Returns: The descriptor of its manifest, which is not listed yet.
    package func add(to layout: inout LayoutContents) -> WrittenDescriptor {
        let archives = layers.map(TarWriter.archive)
        let type = isCompressed ? MediaType.layerGzip : MediaType.layer
        let descriptors = archives.map { archive in
            layout.add(isCompressed ? StoredGzip.encode(archive) : archive, mediaType: type)
        }
        let configuration = configuration(diffIDs: archives.map { Digest(hashing: $0) })
        let manifest = ManifestDraft(
            configuration: layout.add(configuration, mediaType: MediaType.imageConfiguration),
            layers: descriptors
        )
        return layout.add(manifest.bytes, mediaType: MediaType.imageManifest)
    }

    /// The image configuration (OCI image-spec, config.md).
    private func configuration(diffIDs: [Digest]) -> [UInt8] {
        var run = JSONObject([("Cmd", .array(command.map { JSONValue($0) }))])
        if !labels.isEmpty { run["Labels"] = WrittenDescriptor.sorted(labels) }
        let configuration: JSONValue = [
            "created": JSONValue(created.description),
            "architecture": JSONValue(platform.architecture),
            "os": JSONValue(platform.os),
            "config": .object(run),
            "rootfs": ["type": "layers", "diff_ids": .array(diffIDs.map { JSONValue($0.description) })],
            "history": .array(
                diffIDs.map { _ in ["created": JSONValue(created.description), "created_by": "raireki"] }
            ),
        ]
        return GoJSON.encode(configuration)
    }
}

extension LayoutContents {
    /// Adds an index over images for several platforms.
    ///
    /// - Returns: The descriptor of the index, which is not listed yet.
    package mutating func addIndex(of images: [SmallImage]) -> WrittenDescriptor {
        let manifests = images.map { image in
            var descriptor = image.add(to: &self)
            descriptor.platform = image.platform
            return descriptor
        }
        return add(WrittenDescriptor.index(of: manifests), mediaType: MediaType.imageIndex)
    }
}
