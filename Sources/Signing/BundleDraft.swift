package import Attestation
package import Cryptography
package import Sigstore
package import StrictJSON

/// A Sigstore bundle that is about to be written (protobuf-specs, sigstore_bundle.proto).
///
/// Its parts may be changed freely before: nothing here looks whether they fit together.
package struct BundleDraft: Hashable, Sendable {
    /// Which version of the format is written.
    package var version: BundleVersion
    /// Who signed.
    package var material: Material
    /// The entries of transparency logs.
    package var entries: [LoggedEntry]
    /// TimeStampResps, DER.
    package var timestamps: [[UInt8]]
    /// What was signed, and the signature.
    package var content: Content

    /// The three forms of key material.
    package enum Material: Hashable, Sendable {
        /// One leaf, DER: what version 0.3 asks for.
        case certificate([UInt8])
        /// Leaf and intermediates, DER: what the earlier versions have.
        case chain([[UInt8]])
        /// A hint to a key that the verifier knows.
        case publicKey(hint: String)
    }

    /// The two forms of content.
    package enum Content: Hashable, Sendable {
        /// A signature over an artifact.
        case message(digest: Digest, signature: [UInt8])
        /// A signed envelope.
        case envelope(Envelope)
    }

    /// A bundle.
    package init(
        version: BundleVersion,
        material: Material,
        entries: [LoggedEntry],
        timestamps: [[UInt8]],
        content: Content
    ) {
        self.version = version
        self.material = material
        self.entries = entries
        self.timestamps = timestamps
        self.content = content
    }

    /// The bundle as JSON.
    package var json: JSONValue {
        var verification = JSONObject()
        switch material {
        case .certificate(let der): verification["certificate"] = Self.rawBytes(der)
        case .chain(let chain):
            verification["x509CertificateChain"] = ["certificates": .array(chain.map(Self.rawBytes))]
        case .publicKey(let hint): verification["publicKey"] = ["hint": JSONValue(hint)]
        }
        verification["tlogEntries"] = .array(entries.map(\.bundleJSON))
        if !timestamps.isEmpty {
            let list = timestamps.map { ["signedTimestamp": JSONValue(Base64.encode($0))] as JSONValue }
            verification["timestampVerificationData"] = ["rfc3161Timestamps": .array(list)]
        }
        var bundle = JSONObject([
            ("mediaType", JSONValue(version.writtenMediaType)), ("verificationMaterial", .object(verification)),
        ])
        switch content {
        case .message(let digest, let signature):
            bundle["messageSignature"] = Self.message(digest, signature)
        case .envelope(let envelope): bundle["dsseEnvelope"] = envelope.json
        }
        return .object(bundle)
    }

    /// The bundle as it is stored.
    package var bytes: [UInt8] { GoJSON.encode(json) }

    private static func rawBytes(_ der: [UInt8]) -> JSONValue {
        ["rawBytes": JSONValue(Base64.encode(der))]
    }

    private static func message(_ digest: Digest, _ signature: [UInt8]) -> JSONValue {
        [
            "messageDigest": [
                "algorithm": JSONValue(digest.algorithm.registryName),
                "digest": JSONValue(Base64.encode(digest.bytes)),
            ],
            "signature": JSONValue(Base64.encode(signature)),
        ]
    }
}

extension BundleVersion {
    /// The media type that writers of this version give.
    package var writtenMediaType: String {
        switch self {
        case .v01, .v02: "application/vnd.dev.sigstore.bundle+json;version=\(rawValue)"
        case .v03: "application/vnd.dev.sigstore.bundle.v0.3+json"
        }
    }
}
