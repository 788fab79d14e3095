package import Cryptography
package import StrictJSON

/// A descriptor (OCI image-spec, descriptor.md) of content that was made here.
package struct WrittenDescriptor: Hashable, Sendable {
    /// What the content is.
    package var mediaType: MediaType
    /// Its digest.
    package var digest: Digest
    /// Its size in bytes.
    package var size: Int
    /// Annotations; written in the order of their names' bytes.
    package var annotations: [String: String] = [:]
    /// `os/architecture`, within an index.
    package var platform: Platform?
    /// What kind of artifact a manifest is, within an index of referrers.
    package var artifactType: MediaType?

    /// For which machine an image is.
    package struct Platform: Hashable, Sendable {
        /// GOARCH.
        package var architecture: String
        /// GOOS.
        package var os: String
        /// For example `v8`.
        package var variant: String?

        /// A platform.
        package init(architecture: String, os: String, variant: String? = nil) {
            self.architecture = architecture
            self.os = os
            self.variant = variant
        }
    }

    /// The descriptor of bytes.
    package init(_ bytes: [UInt8], mediaType: MediaType) {
        self.mediaType = mediaType
        digest = Digest(hashing: bytes)
        size = bytes.count
    }

    /// The descriptor of content that was written elsewhere.
    package init(digest: Digest, size: Int, mediaType: MediaType) {
        (self.mediaType, self.digest, self.size) = (mediaType, digest, size)
    }

    /// The descriptor as JSON, members in go-containerregistry's order.
    package var json: JSONValue {
        var object = JSONObject([
            ("mediaType", JSONValue(mediaType.text)), ("size", JSONValue(size)),
            ("digest", JSONValue(digest.description)),
        ])
        if !annotations.isEmpty { object["annotations"] = Self.sorted(annotations) }
        if let platform {
            var stated = JSONObject([
                ("architecture", JSONValue(platform.architecture)), ("os", JSONValue(platform.os)),
            ])
            if let variant = platform.variant { stated["variant"] = JSONValue(variant) }
            object["platform"] = .object(stated)
        }
        if let artifactType { object["artifactType"] = JSONValue(artifactType.text) }
        return .object(object)
    }

    /// Annotations as Go writes a map.
    package static func sorted(_ annotations: [String: String]) -> JSONValue {
        let pairs = annotations.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return .object(JSONObject(pairs.map { ($0.key, JSONValue($0.value)) }))
    }
}

extension MediaType {
    /// The artifact type of cosign's signatures that are referrers.
    package static let cosignSignature = MediaType("application/vnd.dev.cosign.artifact.sig.v1+json")
    /// The artifact type of cosign's attestations that are referrers.
    package static let cosignAttestation = MediaType("application/vnd.dev.cosign.artifact.att.v1+json")
}
