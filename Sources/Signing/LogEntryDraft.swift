package import Attestation
package import Cryptography
internal import Sigstore
package import StrictJSON

/// What a transparency log keeps of a signature: the canonical text that is hashed into the tree.
package struct LogEntryDraft: Hashable, Sendable {
    /// For example `hashedrekord`.
    package var kind: String
    /// For example `0.0.1`.
    package var version: String
    /// The canonical JSON (RFC 8785).
    package var bytes: [UInt8]

    /// A body from its `spec`.
    package init(kind: String, version: String, spec: JSONValue) {
        self.kind = kind
        self.version = version
        let body: JSONValue = ["apiVersion": JSONValue(version), "kind": JSONValue(kind), "spec": spec]
        bytes = Array(body.canonical.utf8)
    }

    /// Whose key made a signature.
    package enum Verifier: Hashable, Sendable {
        /// A certificate, DER.
        case certificate([UInt8])
        /// A bare key: SubjectPublicKeyInfo, DER.
        case publicKey([UInt8])

        /// Its textual form, as Rekor v1 keeps it.
        package var pem: String {
            switch self {
            case .certificate(let der): PEMBlock(label: "CERTIFICATE", content: der).text
            case .publicKey(let der): PEMBlock(label: "PUBLIC KEY", content: der).text
            }
        }

        fileprivate var encodedPEM: JSONValue {
            JSONValue(Base64.encode(Array(pem.utf8)))
        }
    }

    private static func hash(_ digest: Digest) -> JSONValue {
        ["algorithm": JSONValue(digest.algorithm.rawValue), "value": JSONValue(digest.hex)]
    }
}

// MARK: - Rekor v1

extension LogEntryDraft {
    /// `hashedrekord 0.0.1`: a signature over something of which the digest is known.
    package static func hashedRekord(_ digest: Digest, signature: [UInt8], verifier: Verifier) -> Self {
        let spec: JSONValue = [
            "data": ["hash": hash(digest)],
            "signature": [
                "content": JSONValue(Base64.encode(signature)),
                "publicKey": ["content": verifier.encodedPEM],
            ],
        ]
        return Self(kind: "hashedrekord", version: "0.0.1", spec: spec)
    }

    /// `dsse 0.0.1`: an envelope with its signatures, without the payload.
    package static func dsse(_ envelope: Envelope, verifier: Verifier) -> Self {
        let signatures = envelope.signatures.map { signature in
            ["signature": JSONValue(Base64.encode(signature.bytes)), "verifier": verifier.encodedPEM] as JSONValue
        }
        let spec: JSONValue = [
            "envelopeHash": hash(Digest(hashing: envelope.stored)),
            "payloadHash": hash(Digest(hashing: envelope.payload)),
            "signatures": .array(signatures),
        ]
        return Self(kind: "dsse", version: "0.0.1", spec: spec)
    }

    /// `intoto 0.0.1`: the digest of an envelope and a key; no signature is kept.
    package static func intoto001(_ envelope: Envelope, verifier: Verifier) -> Self {
        let spec: JSONValue = [
            "content": [
                "hash": hash(Digest(hashing: envelope.stored)),
                "payloadHash": hash(Digest(hashing: envelope.payload)),
            ],
            "publicKey": verifier.encodedPEM,
        ]
        return Self(kind: "intoto", version: "0.0.1", spec: spec)
    }

    /// `intoto 0.0.2`: an envelope without its payload; signatures are base64 of base64.
    package static func intoto002(_ envelope: Envelope, verifier: Verifier) -> Self {
        let signatures = envelope.signatures.map { signature in
            let once = Base64.encode(signature.bytes)
            return ["publicKey": verifier.encodedPEM, "sig": JSONValue(Base64.encode(Array(once.utf8)))] as JSONValue
        }
        let spec: JSONValue = [
            "content": [
                "envelope": ["payloadType": JSONValue(envelope.payloadType), "signatures": .array(signatures)],
                "hash": hash(Digest(hashing: envelope.stored)),
                "payloadHash": hash(Digest(hashing: envelope.payload)),
            ]
        ]
        return Self(kind: "intoto", version: "0.0.2", spec: spec)
    }
}

// MARK: - Rekor v2

extension LogEntryDraft {
    /// `hashedrekord 0.0.2`: the only kind that the second Rekor takes.
    ///
    /// - Parameters:
    ///   - digest: Of the artifact, or of an envelope's pre-authentication encoding.
    ///   - signature: The signature.
    ///   - verifier: Whose key made it.
    ///   - key: The key, for the name of its algorithm.
    /// - Returns: The body.
    package static func hashedRekord002(
        _ digest: Digest,
        signature: [UInt8],
        verifier: Verifier,
        key: SigningKey.Kind
    ) -> Self {
        var material: JSONObject
        switch verifier {
        case .certificate(let der):
            material = JSONObject([("x509Certificate", ["rawBytes": JSONValue(Base64.encode(der))])])
        case .publicKey(let der):
            material = JSONObject([("publicKey", ["rawBytes": JSONValue(Base64.encode(der))])])
        }
        material["keyDetails"] = JSONValue(key.publicKeyKind.registryName)
        let spec: JSONValue = [
            "hashedRekordV002": [
                "data": [
                    "algorithm": JSONValue(digest.algorithm.registryName),
                    "digest": JSONValue(Base64.encode(digest.bytes)),
                ],
                "signature": [
                    "content": JSONValue(Base64.encode(signature)),
                    "verifier": .object(material),
                ],
            ]
        ]
        return Self(kind: "hashedrekord", version: "0.0.2", spec: spec)
    }
}
