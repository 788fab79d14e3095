package import Cryptography
internal import StrictJSON

/// What cosign signs of an image (containers/image, docs/containers-signature.5.md, in cosign's dialect).
package struct SimpleSigningDraft: Hashable, Sendable {
    /// The repository without tag and digest.
    package var dockerReference: String
    /// The digest of the image's manifest or index.
    package var manifestDigest: Digest
    /// The annotations that are signed.
    package var annotations: [String: String]

    /// The payload for an image.
    package init(dockerReference: String, manifestDigest: Digest, annotations: [String: String] = [:]) {
        self.dockerReference = dockerReference
        self.manifestDigest = manifestDigest
        self.annotations = annotations
    }

    /// The bytes as cosign writes them: `optional` is null without annotations, else sorted by the names' bytes.
    package var bytes: [UInt8] {
        let sorted = annotations.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let optional = JSONObject(sorted.map { ($0.key, JSONValue($0.value)) })
        let payload: JSONValue = [
            "critical": [
                "identity": ["docker-reference": JSONValue(dockerReference)],
                "image": ["docker-manifest-digest": JSONValue(manifestDigest.description)],
                "type": "cosign container image signature",
            ],
            "optional": annotations.isEmpty ? .null : .object(optional),
        ]
        return GoJSON.encode(payload)
    }
}
