public import Attestation
public import Cryptography

/// A signature with its material, whatever carried it.
public struct SignedEntity: Hashable, Sendable {
    /// What carried it: the form decides what must be there.
    public let carrier: Carrier
    /// What is signed.
    public let content: Content
    /// Which key signed, when the carrier says so.
    public let keyMaterial: KeyMaterial?
    /// The log entries.
    public let logEntries: [TransparencyLogEntry]
    /// RFC 3161 responses in DER.
    public let timestamps: [[UInt8]]
    /// The bytes that those responses stamp.
    public let timestampedBytes: [UInt8]

    /// What carried a signature.
    public enum Carrier: Hashable, Sendable {
        /// A Sigstore bundle.
        case bundle(BundleVersion)
        /// The annotations of a layer (cosign's first storage format).
        case cosignAnnotations
    }

    /// What is signed.
    public enum Content: Hashable, Sendable {
        /// The artifact itself, with the digest that the carrier states, if it states one.
        case message(signature: [UInt8], digestHint: DigestHint?)
        /// A statement in an envelope; the digest of the envelope's own bytes where they were preserved.
        case envelope(Envelope, storedDigest: Digest?)
    }

    /// A digest that a carrier states without signing it.
    public struct DigestHint: Hashable, Sendable {
        /// The algorithm in protobuf-specs' word, for example `SHA2_256`.
        public let algorithm: String
        /// The digest.
        public let digest: [UInt8]
    }

    /// Which key signed.
    public enum KeyMaterial: Hashable, Sendable {
        /// A leaf certificate in DER, and whether a chain came with it.
        case certificate([UInt8], chainLength: Int)
        /// A key that the verifier must know; the hint may be empty.
        case publicKey(hint: String)
    }

    /// The entity that a bundle holds.
    public init(_ bundle: SigstoreBundle) {
        carrier = .bundle(bundle.version)
        switch bundle.keyMaterial {
        case .certificate(let der): keyMaterial = .certificate(der, chainLength: 0)
        case .certificateChain(let chain): keyMaterial = .certificate(chain[0], chainLength: chain.count)
        case .publicKey(let hint): keyMaterial = .publicKey(hint: hint)
        }
        logEntries = bundle.logEntries
        timestamps = bundle.timestamps
        switch bundle.content {
        case .messageSignature(let algorithm, let digest, let signature):
            let hint = digest.isEmpty ? nil : DigestHint(algorithm: algorithm, digest: digest)
            content = .message(signature: signature, digestHint: hint)
            timestampedBytes = signature
        case .envelope(let envelope):
            content = .envelope(envelope, storedDigest: nil)
            timestampedBytes = envelope.signatures.first?.bytes ?? []
        }
    }

    /// An entity from its parts.
    public init(
        carrier: Carrier,
        content: Content,
        keyMaterial: KeyMaterial?,
        logEntries: [TransparencyLogEntry],
        timestamps: [[UInt8]],
        timestampedBytes: [UInt8]
    ) {
        self.carrier = carrier
        self.content = content
        self.keyMaterial = keyMaterial
        self.logEntries = logEntries
        self.timestamps = timestamps
        self.timestampedBytes = timestampedBytes
    }

    /// The signature that log entries and keys are compared with; nil when there is not exactly one.
    var signature: [UInt8]? {
        switch content {
        case .message(let signature, _): signature
        case .envelope(let envelope, _): envelope.signatures.count == 1 ? envelope.signatures[0].bytes : nil
        }
    }
}

/// What a signature is said to be of.
public enum Artifact: Hashable, Sendable {
    /// The bytes.
    case bytes([UInt8])
    /// Only the digest is known.
    case digest(Digest)
    /// Several digests of the same bytes are known, for example of a file that was read as a stream.
    case digests([Digest])

    /// The digest in an algorithm; nil when it cannot be computed.
    public func digest(_ algorithm: DigestAlgorithm) -> Digest? {
        switch self {
        case .bytes(let bytes): Digest(hashing: bytes, algorithm)
        case .digest(let digest): digest.algorithm == algorithm ? digest : nil
        case .digests(let digests): digests.first { $0.algorithm == algorithm }
        }
    }
}
