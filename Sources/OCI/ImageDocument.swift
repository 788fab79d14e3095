package import StrictJSON

/// What an addressable document is: a manifest or an index, never both (CVE-2021-41190).
package enum ImageDocument: Hashable, Sendable {
    /// One image or artifact.
    case manifest(ImageManifest)
    /// A list of manifests.
    case index(ImageIndex)

    /// More descriptors than fit into any document that is read; how many of them are looked at is the caller's choice.
    static let maximumDescriptors = 2_000_000

    /// Reads a document from its raw bytes.
    ///
    /// - Parameters:
    ///   - bytes: The whole document.
    ///   - limits: What is accepted at most.
    /// - Throws: ``OCIError``.
    package init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(OCIError) {
        let reader = try DocumentReader(
            try DocumentReader.document(bytes, limits: limits),
            at: "",
            known: ImageManifest.known
        )
        let isIndex = reader["manifests"] != nil
        let isManifest = reader["layers"] != nil || reader["config"] != nil
        let isFirstSchema = reader["fsLayers"] != nil || reader["history"] != nil
        guard !(isIndex && (isManifest || isFirstSchema)), !(isManifest && isFirstSchema)
        else { throw .ambiguous(pointer: "") }
        let mediaType = try reader.optionalString("mediaType").map { MediaType($0) }
        switch (isIndex, isManifest) {
        case (true, _):
            guard mediaType?.isManifest != true else { throw .ambiguous(pointer: "/mediaType") }
            self = .index(try ImageIndex(reader))
        case (_, true):
            guard mediaType?.isIndex != true else { throw .ambiguous(pointer: "/mediaType") }
            self = .manifest(try ImageManifest(reader))
        case (false, false):
            // `"manifests": null` and an index without the member are empty; anything else is neither.
            guard reader.object["manifests"] != nil || mediaType?.isIndex == true
            else { throw .wrongType(pointer: "", expected: "manifest or index") }
            self = .index(try ImageIndex(reader))
        }
    }
}
