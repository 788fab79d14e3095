public import Attestation
internal import Cryptography

/// A Sigstore bundle (protobuf-specs, `Bundle`): a signature with everything needed to verify it, not yet believed.
public struct SigstoreBundle: Hashable, Sendable {
    /// The version that the media type states.
    public let version: BundleVersion
    /// The certificate, key hint or chain.
    public let keyMaterial: KeyMaterial
    /// The log entries.
    public let logEntries: [TransparencyLogEntry]
    /// RFC 3161 timestamp responses in DER.
    public let timestamps: [[UInt8]]
    /// What is signed.
    public let content: Content

    /// Which key signed.
    public enum KeyMaterial: Hashable, Sendable {
        /// One leaf certificate in DER.
        case certificate([UInt8])
        /// A chain in DER, leaf first (before v0.3).
        case certificateChain([[UInt8]])
        /// A hint which key signed.
        case publicKey(hint: String)
    }

    /// What is signed.
    public enum Content: Hashable, Sendable {
        /// A signature over the artifact itself.
        case messageSignature(digestAlgorithm: String, digest: [UInt8], signature: [UInt8])
        /// A signed statement.
        case envelope(Envelope)
    }

    /// No bundle is larger, in bytes.
    public static let maximumBytes = 16 << 20

    /// Reads a bundle strictly; members that its message does not define are refused.
    ///
    /// - Throws: ``FormatError``.
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        let bundle = try ProtobufMessage(parsing: bytes, limit: Self.maximumBytes, path: "bundle")
        try bundle.allowOnly(["mediaType", "verificationMaterial", "messageSignature", "dsseEnvelope"])
        let mediaType = try bundle.string("mediaType")
        guard let version = BundleVersion(mediaType: mediaType) else { throw .unknownMediaType(mediaType) }
        self.version = version
        guard let material = try bundle.message("verificationMaterial") else {
            throw .malformed(path: "bundle.verificationMaterial", expected: "a message")
        }
        try material.allowOnly([
            "publicKey", "x509CertificateChain", "certificate", "tlogEntries", "timestampVerificationData",
        ])
        keyMaterial = try Self.keyMaterial(material)
        var entries: [TransparencyLogEntry] = []
        for entry in try material.messages("tlogEntries", limit: TransparencyLogEntry.maximumCount) {
            entries.append(try TransparencyLogEntry(entry))
        }
        logEntries = entries
        timestamps = try Self.timestamps(material)
        content = try Self.content(bundle)
    }

    private static func keyMaterial(_ material: ProtobufMessage) throws(FormatError) -> KeyMaterial {
        let names = ["publicKey", "x509CertificateChain", "certificate"]
        let key = try material.message("publicKey")
        let chain = try material.message("x509CertificateChain")
        let certificate = try material.message("certificate")
        switch (key, chain, certificate) {
        case (let key?, nil, nil):
            try key.allowOnly(["hint"])
            return .publicKey(hint: try key.string("hint"))
        case (nil, nil, let certificate?):
            try certificate.allowOnly(["rawBytes"])
            let der = try certificate.bytes("rawBytes")
            guard !der.isEmpty else {
                throw .malformed(path: "\(certificate.path).rawBytes", expected: "a certificate")
            }
            return .certificate(der)
        case (nil, let chain?, nil):
            try chain.allowOnly(["certificates"])
            var list: [[UInt8]] = []
            for certificate in try chain.messages("certificates", limit: 32) {
                try certificate.allowOnly(["rawBytes"])
                list.append(try certificate.bytes("rawBytes"))
            }
            guard !list.isEmpty else { throw .malformed(path: "\(chain.path).certificates", expected: "a certificate") }
            return .certificateChain(list)
        default: throw .notExactlyOne(path: material.path, of: names)
        }
    }

    private static func timestamps(_ material: ProtobufMessage) throws(FormatError) -> [[UInt8]] {
        guard let data = try material.message("timestampVerificationData") else { return [] }
        try data.allowOnly(["rfc3161Timestamps"])
        var result: [[UInt8]] = []
        for timestamp in try data.messages("rfc3161Timestamps", limit: TransparencyLogEntry.maximumCount) {
            try timestamp.allowOnly(["signedTimestamp"])
            result.append(try timestamp.bytes("signedTimestamp"))
        }
        return result
    }

    private static func content(_ bundle: ProtobufMessage) throws(FormatError) -> Content {
        let message = try bundle.message("messageSignature")
        let envelope = try bundle.message("dsseEnvelope")
        switch (message, envelope) {
        case (let message?, nil):
            try message.allowOnly(["messageDigest", "signature"])
            let digest = try message.message("messageDigest")
            try digest?.allowOnly(["algorithm", "digest"])
            return .messageSignature(
                digestAlgorithm: try digest?.string("algorithm") ?? "",
                digest: try digest?.bytes("digest") ?? [],
                signature: try message.bytes("signature")
            )
        case (nil, let envelope?): return .envelope(try Self.envelope(envelope))
        default: throw .notExactlyOne(path: bundle.path, of: ["messageSignature", "dsseEnvelope"])
        }
    }
}

extension SigstoreBundle {
    private static func envelope(_ message: ProtobufMessage) throws(FormatError) -> Envelope {
        try message.allowOnly(["payload", "payloadType", "signatures"])
        var signatures: [Envelope.Signature] = []
        for signature in try message.messages("signatures", limit: Envelope.maximumSignatures) {
            try signature.allowOnly(["sig", "keyid"])
            signatures.append(
                Envelope.Signature(keyID: try signature.string("keyid"), bytes: try signature.bytes("sig"))
            )
        }
        return Envelope(
            payloadType: try message.string("payloadType"),
            payload: try message.bytes("payload"),
            signatures: signatures
        )
    }
}

/// The versions of the bundle format.
public enum BundleVersion: String, Hashable, Sendable, CaseIterable, Comparable {
    /// A signed entry timestamp for every log entry.
    case v01 = "0.1"
    /// An inclusion proof for every log entry.
    case v02 = "0.2"
    /// As 0.2, and a single certificate instead of a chain.
    case v03 = "0.3"

    /// The version of a media type; nil for an unknown one.
    public init?(mediaType: String) {
        let known: [(String, BundleVersion)] = [
            ("application/vnd.dev.sigstore.bundle+json;version=0.1", .v01),
            ("application/vnd.dev.sigstore.bundle+json;version=0.2", .v02),
            ("application/vnd.dev.sigstore.bundle+json;version=0.3", .v03),
            ("application/vnd.dev.sigstore.bundle.v0.3+json", .v03),
        ]
        // As bytes: Unicode has a second character that equals the semicolon.
        guard let match = known.first(where: { $0.0.hasSameBytes(as: mediaType) }) else { return nil }
        self = match.1
    }

    /// By number.
    public static func < (left: BundleVersion, right: BundleVersion) -> Bool {
        left.rawValue < right.rawValue
    }
}
