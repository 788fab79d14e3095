package import Cryptography
package import StrictJSON

/// A descriptor (OCI image-spec, descriptor.md) of content that was made here.
package struct WrittenDescriptor: Hashable, Sendable {
    /// What the content is.
    package var mediaType: String
    /// Its digest.
    package var digest: Digest
    /// Its size in bytes.
    package var size: Int
    /// Annotations; written in the order of their names' bytes.
    package var annotations: [String: String] = [:]
    /// `os/architecture`, within an index.
    package var platform: Platform?
    /// What kind of artifact a manifest is, within an index of referrers.
    package var artifactType: String?

    /// For which machine an image is.
    package struct Platform: Hashable, Sendable {
        /// GOARCH.
        package var architecture: String
        /// GOOS.
        package var os: String

        /// A platform.
        package init(architecture: String, os: String) {
            self.architecture = architecture
            self.os = os
        }
    }

    /// The descriptor of bytes.
    package init(_ bytes: [UInt8], mediaType: String) {
        self.mediaType = mediaType
        digest = Digest(hashing: bytes)
        size = bytes.count
    }

    /// The descriptor as JSON, members in go-containerregistry's order.
    package var json: JSONValue {
        var object = JSONObject([
            ("mediaType", JSONValue(mediaType)), ("size", JSONValue(size)), ("digest", JSONValue(digest.description)),
        ])
        if !annotations.isEmpty { object["annotations"] = Self.sorted(annotations) }
        if let platform {
            object["platform"] = ["architecture": JSONValue(platform.architecture), "os": JSONValue(platform.os)]
        }
        if let artifactType { object["artifactType"] = JSONValue(artifactType) }
        return .object(object)
    }

    /// Annotations as Go writes a map.
    static func sorted(_ annotations: [String: String]) -> JSONValue {
        let pairs = annotations.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return .object(JSONObject(pairs.map { ($0.key, JSONValue($0.value)) }))
    }
}

/// The media types that are written here.
package enum WrittenMediaType {
    /// An image manifest.
    package static let manifest = "application/vnd.oci.image.manifest.v1+json"
    /// An image index.
    package static let index = "application/vnd.oci.image.index.v1+json"
    /// An image configuration.
    package static let configuration = "application/vnd.oci.image.config.v1+json"
    /// A layer, not compressed.
    package static let layer = "application/vnd.oci.image.layer.v1.tar"
    /// A layer, compressed with gzip.
    package static let gzipLayer = "application/vnd.oci.image.layer.v1.tar+gzip"
    /// `{}`.
    package static let empty = "application/vnd.oci.empty.v1+json"
    /// cosign's artifact type of signatures that are referrers.
    package static let signatureArtifact = "application/vnd.dev.cosign.artifact.sig.v1+json"
    /// cosign's artifact type of attestations that are referrers.
    package static let attestationArtifact = "application/vnd.dev.cosign.artifact.att.v1+json"
}
