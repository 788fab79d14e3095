package import Cryptography
package import OCI
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
        let type: MediaType = isCompressed ? .layerGzip : .layer
        let descriptors = layers.map { members in
            let archive = TarWriter.archive(members)
            return layout.add(isCompressed ? StoredGzip.encode(archive) : archive, mediaType: type)
        }
        let manifest = ManifestDraft(
            configuration: layout.add(configuration, mediaType: .imageConfiguration),
            layers: descriptors
        )
        return layout.add(manifest.bytes, mediaType: .imageManifest)
    }

    /// The image configuration (OCI image-spec, config.md).
    package var configuration: [UInt8] {
        let diffIDs = layers.map { JSONValue(Digest(hashing: TarWriter.archive($0)).description) }
        let history: JSONValue = ["created": JSONValue(created.description), "created_by": "raireki"]
        var run = JSONObject([("Cmd", .array(command.map { JSONValue($0) }))])
        if !labels.isEmpty { run["Labels"] = WrittenDescriptor.sorted(labels) }
        let configuration: JSONValue = [
            "created": JSONValue(created.description),
            "architecture": JSONValue(platform.architecture),
            "os": JSONValue(platform.os),
            "config": .object(run),
            "rootfs": ["type": "layers", "diff_ids": .array(diffIDs)],
            "history": .array(layers.map { _ in history }),
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
