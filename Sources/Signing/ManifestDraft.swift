package import OCI
internal import StrictJSON

/// An image manifest that is about to be written (OCI image-spec, manifest.md).
package struct ManifestDraft: Sendable {
    /// The configuration.
    package var configuration: WrittenDescriptor
    /// The layers, lowest first.
    package var layers: [WrittenDescriptor]
    /// Annotations of the manifest.
    package var annotations: [String: String] = [:]
    /// The manifest that this one refers to.
    package var subject: WrittenDescriptor?
    /// What kind of artifact this is.
    package var artifactType: MediaType?

    /// A manifest of a configuration and layers.
    package init(configuration: WrittenDescriptor, layers: [WrittenDescriptor]) {
        self.configuration = configuration
        self.layers = layers
    }

    /// The manifest as it is stored, members in go-containerregistry's order.
    package var bytes: [UInt8] {
        var object = JSONObject([
            ("schemaVersion", 2), ("mediaType", JSONValue(MediaType.imageManifest.text)),
            ("config", configuration.json), ("layers", .array(layers.map(\.json))),
        ])
        if !annotations.isEmpty { object["annotations"] = WrittenDescriptor.sorted(annotations) }
        if let subject { object["subject"] = subject.plain.json }
        if let artifactType { object["artifactType"] = JSONValue(artifactType.text) }
        return GoJSON.encode(.object(object))
    }
}

extension WrittenDescriptor {
    /// The bytes of an index of these manifests (OCI image-spec, image-index.md).
    package static func index(of manifests: [WrittenDescriptor]) -> [UInt8] {
        let index: JSONValue = [
            "schemaVersion": 2, "mediaType": JSONValue(MediaType.imageIndex.text),
            "manifests": .array(manifests.map(\.json)),
        ]
        return GoJSON.encode(index)
    }
}
