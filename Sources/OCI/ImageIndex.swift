/// An image index (OCI image-spec), a Docker manifest list, or a layout's `index.json`.
package struct ImageIndex: Hashable, Sendable {
    /// The media type that the document states.
    package var mediaType: MediaType?
    /// The stated artifact type.
    package var artifactType: MediaType?
    /// The manifests, in order.
    package var manifests: [DescriptorReading]
    /// The manifest that this index refers to (OCI 1.1).
    package var subject: DescriptorReading?
    /// Annotations.
    package var annotations: Annotations

    /// Reads an index from an object that is one.
    init(_ reader: DocumentReader) throws(OCIError) {
        mediaType = try reader.optionalString("mediaType").map { MediaType($0) }
        artifactType = try reader.optionalString("artifactType").map { MediaType($0) }
        manifests = Descriptor.list(
            try reader.array("manifests", limit: ImageDocument.maximumDescriptors),
            at: "/manifests"
        )
        subject = reader["subject"].map { value in
            Result { () throws(OCIError) in try Descriptor(value, at: "/subject") }
        }
        annotations = try reader.annotations()
    }
}
