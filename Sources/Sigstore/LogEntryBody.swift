internal import Cryptography
internal import StrictJSON

/// What the body of a log entry says was logged.
package struct LogEntryBody: Hashable, Sendable {
    /// The kind that the body states.
    let kind: String
    /// The version that the body states.
    let version: String
    /// The digest of what was signed, and what it is a digest of.
    let digests: [LoggedDigest]
    /// The signatures that it holds; empty for `intoto 0.0.1`, which holds none.
    let signatures: [[UInt8]]
    /// Whether this kind holds signatures at all.
    let holdsSignatures: Bool
    /// The certificates or keys that it names.
    let verifiers: [LoggedVerifier]

    /// A digest in an entry.
    struct LoggedDigest: Hashable, Sendable {
        let subject: DigestSubject
        let digest: Digest
    }

    /// What a digest in an entry is taken of.
    enum DigestSubject: Hashable, Sendable {
        /// The message, or for Rekor v2 the pre-authentication encoding.
        case message
        /// The decoded payload of an envelope.
        case payload
        /// The envelope's JSON as it was uploaded, which only a stored layer preserves.
        case envelope
    }

    /// Who an entry says signed.
    enum LoggedVerifier: Hashable, Sendable {
        case certificate([UInt8])
        case publicKey([UInt8])
    }

    /// Why a body cannot be read.
    package enum Failure: Error, Hashable, Sendable {
        case notJSON(String)
        case malformed(member: String)
        case unsupported(kind: String, version: String)
    }

    /// Reads a body.
    ///
    /// - Throws: ``Failure``.
    package init(_ bytes: [UInt8]) throws(Failure) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON("\(error)")
        }
        guard let kind = json["kind"]?.string else { throw .malformed(member: "kind") }
        guard let version = json["apiVersion"]?.string else { throw .malformed(member: "apiVersion") }
        guard let spec = json["spec"], spec.object != nil else { throw .malformed(member: "spec") }
        let fields: Fields
        switch (kind, version) {
        case ("hashedrekord", "0.0.1"): fields = try Fields(hashedRekord: spec)
        case ("rekord", "0.0.1"): fields = try Fields(hashedRekord: spec)
        case ("dsse", "0.0.1"): fields = try Fields(dsse: spec)
        case ("intoto", "0.0.1"): fields = try Fields(intotoV1: spec)
        case ("intoto", "0.0.2"): fields = try Fields(intotoV2: spec)
        case ("hashedrekord", "0.0.2"): fields = try Fields(hashedRekordV2: spec)
        default: throw .unsupported(kind: kind, version: version)
        }
        self.kind = kind
        self.version = version
        digests = fields.digests
        signatures = fields.signatures
        holdsSignatures = kind != "intoto" || version != "0.0.1"
        verifiers = fields.verifiers
    }
}

/// The parts of an entry that matter, read from the `spec` of one kind each.
private struct Fields {
    var digests: [LogEntryBody.LoggedDigest] = []
    var signatures: [[UInt8]] = []
    var verifiers: [LogEntryBody.LoggedVerifier] = []

    /// More signatures than any envelope has.
    private static let maximumSignatures = 100

    /// Rekor v1 `hashedrekord 0.0.1` and, alike where it matters, `rekord 0.0.1`.
    init(hashedRekord spec: JSONValue) throws(LogEntryBody.Failure) {
        digests = [try Self.digest(spec["data"]?["hash"], of: .message, "spec.data.hash")]
        signatures = [try Self.bytes(spec["signature"]?["content"], "spec.signature.content")]
        verifiers = [try Self.pem(spec["signature"]?["publicKey"]?["content"], "spec.signature.publicKey.content")]
    }

    /// Rekor v1 `dsse 0.0.1`.
    init(dsse spec: JSONValue) throws(LogEntryBody.Failure) {
        digests = [
            try Self.digest(spec["payloadHash"], of: .payload, "spec.payloadHash"),
            try Self.digest(spec["envelopeHash"], of: .envelope, "spec.envelopeHash"),
        ]
        guard let list = spec["signatures"]?.array, list.count <= Self.maximumSignatures else {
            throw .malformed(member: "spec.signatures")
        }
        for entry in list {
            signatures.append(try Self.bytes(entry["signature"], "spec.signatures.signature"))
            verifiers.append(try Self.pem(entry["verifier"], "spec.signatures.verifier"))
        }
    }

    /// Rekor v1 `intoto 0.0.1`: the envelope's hash and one key, no signature.
    init(intotoV1 spec: JSONValue) throws(LogEntryBody.Failure) {
        digests = [try Self.digest(spec["content"]?["hash"], of: .envelope, "spec.content.hash")]
        if let payload = spec["content"]?["payloadHash"] {
            digests.append(try Self.digest(payload, of: .payload, "spec.content.payloadHash"))
        }
        verifiers = [try Self.pem(spec["publicKey"], "spec.publicKey")]
    }

    /// Rekor v1 `intoto 0.0.2`: signatures are base64 of base64.
    init(intotoV2 spec: JSONValue) throws(LogEntryBody.Failure) {
        let content = spec["content"]
        digests = [
            try Self.digest(content?["payloadHash"], of: .payload, "spec.content.payloadHash"),
            try Self.digest(content?["hash"], of: .envelope, "spec.content.hash"),
        ]
        guard let list = content?["envelope"]?["signatures"]?.array, list.count <= Self.maximumSignatures else {
            throw .malformed(member: "spec.content.envelope.signatures")
        }
        for entry in list {
            let once = try Self.bytes(entry["sig"], "spec.content.envelope.signatures.sig")
            guard let twice = Base64.decode(once) else {
                throw .malformed(member: "spec.content.envelope.signatures.sig")
            }
            signatures.append(twice)
            verifiers.append(try Self.pem(entry["publicKey"], "spec.content.envelope.signatures.publicKey"))
        }
    }

    /// Rekor v2 `hashedrekord 0.0.2`.
    init(hashedRekordV2 spec: JSONValue) throws(LogEntryBody.Failure) {
        let record = spec["hashedRekordV002"]
        let bytes = try Self.bytes(record?["data"]?["digest"], "spec.hashedRekordV002.data.digest")
        guard let name = record?["data"]?["algorithm"]?.string, let algorithm = DigestAlgorithm(registryName: name),
            let digest = Digest(algorithm, bytes)
        else { throw .malformed(member: "spec.hashedRekordV002.data") }
        digests = [.init(subject: .message, digest: digest)]
        signatures = [try Self.bytes(record?["signature"]?["content"], "spec.hashedRekordV002.signature.content")]
        let verifier = record?["signature"]?["verifier"]
        if let certificate = verifier?["x509Certificate"]?["rawBytes"] {
            verifiers = [.certificate(try Self.bytes(certificate, "spec.hashedRekordV002.signature.verifier"))]
        } else {
            let key = verifier?["publicKey"]?["rawBytes"]
            verifiers = [.publicKey(try Self.bytes(key, "spec.hashedRekordV002.signature.verifier"))]
        }
    }

    private static func bytes(_ value: JSONValue?, _ member: String) throws(LogEntryBody.Failure) -> [UInt8] {
        guard let text = value?.string, let bytes = Base64.decode(text), !bytes.isEmpty
        else { throw .malformed(member: member) }
        return bytes
    }

    private static func digest(
        _ value: JSONValue?,
        of subject: LogEntryBody.DigestSubject,
        _ member: String
    ) throws(LogEntryBody.Failure) -> LogEntryBody.LoggedDigest {
        guard let algorithm = value?["algorithm"]?.string, let hex = value?["value"]?.string,
            let digest = try? Digest(parsing: "\(algorithm):\(hex)")
        else { throw .malformed(member: member) }
        return .init(subject: subject, digest: digest)
    }

    /// Base64 of a PEM certificate or public key.
    private static func pem(
        _ value: JSONValue?,
        _ member: String
    ) throws(LogEntryBody.Failure) -> LogEntryBody.LoggedVerifier {
        let text = String(decoding: try bytes(value, member), as: UTF8.self)
        guard let blocks = try? PEMBlock.parse(text), let block = blocks.first else { throw .malformed(member: member) }
        switch block.label {
        case "CERTIFICATE": return .certificate(block.content)
        case "PUBLIC KEY" where blocks.count == 1: return .publicKey(block.content)
        default: throw .malformed(member: member)
        }
    }
}

extension DigestAlgorithm {
    /// The algorithm that protobuf-specs' `HashAlgorithm` names so; nil for those that nothing may rest on.
    package init?(registryName name: String) {
        let known = Self.allCases.first { $0.registryName.hasSameBytes(as: name) }
        guard let known else { return nil }
        self = known
    }

    /// The name in protobuf-specs' `HashAlgorithm`.
    package var registryName: String {
        switch self {
        case .sha256: "SHA2_256"
        case .sha384: "SHA2_384"
        case .sha512: "SHA2_512"
        }
    }
}
