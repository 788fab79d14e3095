package import Cryptography
package import StrictJSON

/// An image configuration (OCI image-spec, "OCI Image Configuration").
package struct ImageConfiguration: Hashable, Sendable {
    /// When the image was made, as written.
    package var created: String?
    /// Who made it.
    package var author: String?
    /// For example `amd64`.
    package var architecture: String?
    /// For example `linux`.
    package var os: String?
    /// The digests of the uncompressed layers, in order.
    package var diffIDs: [Result<Digest, OCIError>]
    /// Labels.
    package var labels: Annotations
    /// How each layer came to be.
    package var history: [HistoryEntry]

    /// One step of the history.
    package struct HistoryEntry: Hashable, Sendable {
        /// When, as written.
        package var created: String?
        /// By which command.
        package var createdBy: String?
        /// Whether the step made no layer.
        package var isEmptyLayer: Bool
    }

    /// Reads a configuration from its raw bytes.
    ///
    /// - Throws: ``OCIError``.
    package init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(OCIError) {
        let reader = try DocumentReader(
            try DocumentReader.document(bytes, limits: limits),
            at: "",
            known: KnownNames(["created", "author", "architecture", "os", "variant", "config", "rootfs", "history"])
        )
        created = try reader.optionalString("created")
        author = try reader.optionalString("author")
        architecture = try reader.optionalString("architecture")
        os = try reader.optionalString("os")
        diffIDs = try Self.diffIDs(reader["rootfs"])
        labels = try Self.labels(reader["config"])
        history = try reader.array("history", limit: 10_000).map { step in
            HistoryEntry(
                created: step["created"]?.string,
                createdBy: step["created_by"]?.string,
                isEmptyLayer: step["empty_layer"]?.bool ?? false
            )
        }
    }

    private static func diffIDs(_ value: JSONValue?) throws(OCIError) -> [Result<Digest, OCIError>] {
        guard let value else { return [] }
        let rootfs = try DocumentReader(value, at: "/rootfs", known: KnownNames(["type", "diff_ids"]))
        return try rootfs.array("diff_ids", limit: 10_000).enumerated().map { position, element in
            Result { () throws(OCIError) in
                let pointer = "/rootfs/diff_ids/\(position)"
                guard let text = element.string else { throw .wrongType(pointer: pointer, expected: "string") }
                return try DocumentReader.digest(text, at: pointer)
            }
        }
    }

    private static func labels(_ value: JSONValue?) throws(OCIError) -> Annotations {
        guard let value else { return Annotations([]) }
        return try DocumentReader(value, at: "/config", known: KnownNames(["Labels"])).annotations("Labels")
    }
}
