internal import Attestation
internal import Cryptography
internal import StrictJSON

/// The annotations in which cosign's first storage format keeps a signature's material (cosign, `SIGNATURE_SPEC.md`).
public enum CosignAnnotation {
    /// Base64 of the raw signature; empty for attestations, whose envelope holds it.
    public static let signature = "dev.cosignproject.cosign/signature"
    /// The leaf certificate in PEM.
    public static let certificate = "dev.sigstore.cosign/certificate"
    /// Further certificates in PEM; hints, never anchors.
    public static let chain = "dev.sigstore.cosign/chain"
    /// The log entry with its signed entry timestamp, as JSON.
    public static let bundle = "dev.sigstore.cosign/bundle"
    /// The RFC 3161 response, as JSON.
    public static let timestamp = "dev.sigstore.cosign/rfc3161timestamp"
}

extension SignedEntity {
    /// The entity that a simple-signing layer and its annotations hold.
    ///
    /// - Throws: ``FormatError``.
    public init(simpleSigningAnnotations annotations: [String: String]) throws(FormatError) {
        guard let text = annotations[CosignAnnotation.signature] else {
            throw .malformed(path: CosignAnnotation.signature, expected: "an annotation")
        }
        // Signatures attached by hand are often folded as OpenSSL folds base64.
        guard let signature = Base64.decodeFolded(text) else {
            throw .malformed(path: CosignAnnotation.signature, expected: "base64")
        }
        let material = try CosignMaterial(annotations)
        self.init(
            carrier: .cosignAnnotations,
            content: .message(signature: signature, digestHint: nil),
            keyMaterial: material.keyMaterial,
            logEntries: material.logEntries,
            timestamps: material.timestamps,
            timestampedBytes: signature
        )
    }

    /// The entity that an attestation layer and its annotations hold.
    ///
    /// - Parameters:
    ///   - layer: The layer's bytes: a DSSE envelope.
    ///   - annotations: The annotations of the layer's descriptor.
    /// - Throws: ``FormatError``.
    public init(attestation layer: [UInt8], annotations: [String: String]) throws(FormatError) {
        let envelope: Envelope
        do {
            envelope = try Envelope(parsing: layer)
        } catch {
            throw .malformed(path: "layer", expected: "a DSSE envelope (\(error))")
        }
        let material = try CosignMaterial(annotations)
        self.init(
            carrier: .cosignAnnotations,
            content: .envelope(envelope, storedDigest: Digest(hashing: layer)),
            keyMaterial: material.keyMaterial,
            logEntries: material.logEntries,
            timestamps: material.timestamps,
            timestampedBytes: layer
        )
    }
}

/// What the annotations hold beside the signature.
private struct CosignMaterial {
    let keyMaterial: SignedEntity.KeyMaterial?
    let logEntries: [TransparencyLogEntry]
    let timestamps: [[UInt8]]

    init(_ annotations: [String: String]) throws(FormatError) {
        keyMaterial = try Self.certificate(annotations)
        logEntries = try Self.logEntry(annotations[CosignAnnotation.bundle]).map { [$0] } ?? []
        timestamps = try Self.timestamp(annotations[CosignAnnotation.timestamp]).map { [$0] } ?? []
    }

    /// Only a certificate block counts: a bare key here must never stand in for an identity.
    private static func certificate(_ annotations: [String: String]) throws(FormatError) -> SignedEntity.KeyMaterial? {
        guard let text = annotations[CosignAnnotation.certificate], !text.isEmpty else { return nil }
        guard let blocks = try? PEMBlock.parse(text), let leaf = blocks.first,
            blocks.allSatisfy({ $0.label == "CERTIFICATE" })
        else { throw .malformed(path: CosignAnnotation.certificate, expected: "a PEM certificate") }
        let chain = annotations[CosignAnnotation.chain].flatMap { try? PEMBlock.parse($0) } ?? []
        return .certificate(leaf.content, chainLength: chain.count)
    }

    private static func logEntry(_ text: String?) throws(FormatError) -> TransparencyLogEntry? {
        guard let text, !text.isEmpty else { return nil }
        let path = CosignAnnotation.bundle
        guard let json = try? JSONValue(parsing: Array(text.utf8)) else {
            throw .malformed(path: path, expected: "JSON")
        }
        if json.isNull { return nil }
        guard let promise = json["SignedEntryTimestamp"]?.string.flatMap({ Base64.decode($0) }) else {
            throw .malformed(path: "\(path).SignedEntryTimestamp", expected: "base64")
        }
        let payload = json["Payload"]
        guard let body = payload?["body"]?.string.flatMap({ Base64.decode($0) }) else {
            throw .malformed(path: "\(path).Payload.body", expected: "base64")
        }
        guard let logID = payload?["logID"]?.string.flatMap({ Hexadecimal.decode($0) }) else {
            throw .malformed(path: "\(path).Payload.logID", expected: "hexadecimal digits")
        }
        guard let time = payload?["integratedTime"]?.int64, let index = payload?["logIndex"]?.int64, index >= 0 else {
            throw .malformed(path: "\(path).Payload", expected: "integers")
        }
        return TransparencyLogEntry(
            logIndex: index,
            logID: logID,
            kind: "",
            version: "",
            integratedTime: time,
            inclusionPromise: promise,
            inclusionProof: nil,
            canonicalizedBody: body
        )
    }

    private static func timestamp(_ text: String?) throws(FormatError) -> [UInt8]? {
        guard let text, !text.isEmpty else { return nil }
        guard let json = try? JSONValue(parsing: Array(text.utf8)) else {
            throw .malformed(path: CosignAnnotation.timestamp, expected: "JSON")
        }
        if json.isNull { return nil }
        guard let response = json["SignedRFC3161Timestamp"]?.string.flatMap({ Base64.decode($0) }) else {
            throw .malformed(path: CosignAnnotation.timestamp, expected: "base64")
        }
        return response
    }
}
