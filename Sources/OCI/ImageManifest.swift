/// An image manifest (OCI image-spec; Docker schema 2 has the same shape).
package struct ImageManifest: Hashable, Sendable {
    /// The media type that the document states.
    package var mediaType: MediaType?
    /// The stated artifact type.
    package var statedArtifactType: MediaType?
    /// The configuration.
    package var configuration: DescriptorReading?
    /// The layers, in order.
    package var layers: [DescriptorReading]
    /// The manifest that this one refers to (OCI 1.1).
    package var subject: DescriptorReading?
    /// Annotations.
    package var annotations: Annotations

    static let known = KnownNames([
        "schemaVersion", "mediaType", "artifactType", "config", "layers", "subject", "annotations", "manifests",
        "fsLayers", "history", "signatures",
    ])

    /// Reads a manifest from an object that is one.
    init(_ reader: DocumentReader) throws(OCIError) {
        mediaType = try reader.optionalString("mediaType").map { MediaType($0) }
        statedArtifactType = try reader.optionalString("artifactType").map { MediaType($0) }
        configuration = reader["config"].map { value in
            Result { () throws(OCIError) in try Descriptor(value, at: "/config") }
        }
        layers = Descriptor.list(try reader.array("layers", limit: ImageDocument.maximumDescriptors), at: "/layers")
        subject = reader["subject"].map { value in
            Result { () throws(OCIError) in try Descriptor(value, at: "/subject") }
        }
        annotations = try reader.annotations()
    }

    /// The artifact type: what is stated, else the media type of the configuration (OCI image-spec 1.1, "Guidelines for
    /// Artifact Usage").
    package var artifactType: MediaType? {
        statedArtifactType ?? (try? configuration?.get())?.mediaType
    }
}
