package import Cryptography
package import OCI
package import StrictJSON

/// An image layout (OCI image-spec, image-layout.md) in memory, until it is written as files or as one archive.
package struct LayoutContents: LayoutEditing, Sendable {
    /// Every blob by its digest; a blob may be altered here to make one that does not match.
    package var blobs: [Digest: [UInt8]] = [:]
    /// What `index.json` lists, in order.
    package var entries: [WrittenDescriptor] = []

    /// An empty layout.
    package init() {}

    package typealias Kind = LayoutEntryKind

    /// Adds a blob.
    ///
    /// - Returns: Its descriptor.
    package mutating func add(_ bytes: [UInt8], mediaType: MediaType) -> WrittenDescriptor {
        let descriptor = WrittenDescriptor(bytes, mediaType: mediaType)
        blobs[descriptor.digest] = bytes
        return descriptor
    }

    /// A document that is there; an empty object when it is not or is none, because it may have been altered here.
    package func document(_ descriptor: WrittenDescriptor) -> JSONObject {
        blobs[descriptor.digest].flatMap { try? JSONValue(parsing: $0).object } ?? JSONObject()
    }

    package mutating func discard(_ digest: Digest) {
        blobs[digest] = nil
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
