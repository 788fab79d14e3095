package import Cryptography
package import OCI
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
    /// The descriptor as another program wrote it: what is not understood here is kept when it is written again.
    private var original: JSONObject?

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
    package init(_ bytes: [UInt8], mediaType: MediaType) {
        self.mediaType = mediaType
        digest = Digest(hashing: bytes)
        size = bytes.count
    }

    /// A descriptor that is listed in a document already.
    ///
    /// - Throws: ``OCIError``.
    package init(reading value: JSONValue) throws(OCIError) {
        let read = try Descriptor(value, at: "")
        mediaType = read.mediaType ?? MediaType("")
        digest = read.digest
        guard let size = Int(exactly: read.size) else { throw .sizeOutOfRange(pointer: "/size") }
        self.size = size
        annotations = Dictionary(read.annotations.pairs.map { ($0.key, $0.value) }) { first, _ in first }
        artifactType = read.artifactType
        original = value.object
    }

    /// Media type, digest and size alone, as a manifest names its subject.
    package var plain: WrittenDescriptor {
        var plain = self
        (plain.annotations, plain.platform, plain.artifactType, plain.original) = ([:], nil, nil, nil)
        return plain
    }

    /// The descriptor as JSON, members in go-containerregistry's order, or in that of whoever wrote it first.
    package var json: JSONValue {
        if let original { return .object(original.adding(annotations)) }
        var object = JSONObject([
            ("mediaType", JSONValue(mediaType.text)), ("size", JSONValue(size)),
            ("digest", JSONValue(digest.description)),
        ])
        if !annotations.isEmpty { object["annotations"] = Self.sorted(annotations) }
        if let platform {
            object["platform"] = ["architecture": JSONValue(platform.architecture), "os": JSONValue(platform.os)]
        }
        if let artifactType { object["artifactType"] = JSONValue(artifactType.text) }
        return .object(object)
    }

    /// Annotations as Go writes a map.
    static func sorted(_ annotations: [String: String]) -> JSONValue {
        let pairs = annotations.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return .object(JSONObject(pairs.map { ($0.key, JSONValue($0.value)) }))
    }
}

extension JSONObject {
    /// The object with annotations beside those that it has.
    fileprivate func adding(_ annotations: [String: String]) -> JSONObject {
        var listed = self["annotations"]?.object ?? JSONObject()
        for (name, value) in annotations.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            listed[name] = JSONValue(value)
        }
        guard !listed.members.isEmpty else { return self }
        var object = self
        object["annotations"] = .object(listed)
        return object
    }
}

extension MediaType {
    /// The artifact type of cosign's signatures that are referrers.
    package static let cosignSignature = MediaType("application/vnd.dev.cosign.artifact.sig.v1+json")
    /// The artifact type of cosign's attestations that are referrers.
    package static let cosignAttestation = MediaType("application/vnd.dev.cosign.artifact.att.v1+json")
}
