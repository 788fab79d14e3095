package import Cryptography
package import OCI

/// An image layout (OCI image-spec, image-layout.md) in memory, until it is written as files or as one archive.
package struct LayoutContents: Sendable {
    /// Every blob by its digest; a blob may be altered here to make one that does not match.
    package var blobs: [Digest: [UInt8]] = [:]
    /// What `index.json` lists, in order.
    package var entries: [WrittenDescriptor] = []
    /// What refers to each image, as its index of referrers lists it.
    var referrers: [Digest: [WrittenDescriptor]] = [:]

    /// An empty layout.
    package init() {}

    /// The annotations that `cosign save` puts on the entries of `index.json`.
    package enum Kind: String, Sendable {
        /// An image.
        case image = "dev.cosignproject.cosign/image"
        /// An image for several platforms.
        case imageIndex = "dev.cosignproject.cosign/imageIndex"
        /// Signatures.
        case signatures = "dev.cosignproject.cosign/sigs"
        /// Attestations.
        case attestations = "dev.cosignproject.cosign/atts"
    }

    /// Adds a blob.
    ///
    /// - Returns: Its descriptor.
    package mutating func add(_ bytes: [UInt8], mediaType: MediaType) -> WrittenDescriptor {
        let descriptor = WrittenDescriptor(bytes, mediaType: mediaType)
        blobs[descriptor.digest] = bytes
        return descriptor
    }

    /// Lists a manifest in `index.json`.
    package mutating func list(_ descriptor: WrittenDescriptor, name: String? = nil, kind: Kind? = nil) {
        var entry = descriptor
        if let name { entry.annotations["org.opencontainers.image.ref.name"] = name }
        if let kind { entry.annotations["kind"] = kind.rawValue }
        entries.append(entry)
    }

    /// The files by path, in the order of the paths' bytes.
    package var files: [(path: String, bytes: [UInt8])] {
        let fixed: [(path: String, bytes: [UInt8])] = [
            ("index.json", WrittenDescriptor.index(of: entries)),
            ("oci-layout", Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)),
        ]
        let stored = blobs.map { (path: "blobs/\($0.key.algorithm.rawValue)/\($0.key.hex)", bytes: $0.value) }
        return stored.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) } + fixed
    }

    /// The layout as one tar archive.
    package var archive: [UInt8] {
        TarWriter.archive(files.map { TarWriter.Member(path: $0.path, bytes: $0.bytes) })
    }
}
