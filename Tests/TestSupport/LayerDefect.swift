internal import Attestation
internal import Cryptography
internal import Signing
internal import Sigstore

/// One thing that is wrong with an otherwise good cosign layer, and the reasons for which it must be refused.
package struct LayerDefect: Sendable, CustomStringConvertible {
    /// What is wrong.
    package let description: String
    /// The words of all obstacles that verification must name; beside them only what follows from them.
    package let reasons: Set<String>
    private let construction: @Sendable (inout VirtualSigstore) throws -> SignedLayerCase

    private init(
        _ description: String,
        _ reasons: FailureCode...,
        make: @escaping @Sendable (inout VirtualSigstore) throws -> SignedLayerCase
    ) {
        self.description = description
        self.reasons = Set(reasons.map(\.rawValue))
        construction = make
    }

    /// The defective layer of a new instance.
    package func make() throws -> SignedLayerCase {
        var sigstore = try VirtualSigstore()
        return try construction(&sigstore)
    }

    /// Every defect.
    package static let all = [
        imageAnother, typeAnother, digestTwice, signatureEmpty, payloadFlipped, signatureFlipped, promiseFlipped,
        certificateAnother, bundleMissing,
        bundleAnother, attestationOfAnother, attestationRewritten, attestationSignedTwice,
    ]

    private static let image = Digest(hashing: Array("image".utf8))

    /// The payload names another image.
    package static let imageAnother = LayerDefect("payload for another image", .claimDigest) { sigstore in
        var result = try sigstore.signedImage(image)
        result.image = Digest(hashing: Array("another image".utf8))
        return result
    }

    /// The payload is of another type.
    package static let typeAnother = LayerDefect("payload of another type", .claimType) { sigstore in
        let credential = try sigstore.credential()
        return try resigned(&sigstore, with: credential, "cosign container image signature", by: "another signature")
    }

    /// The payload names two digests, the good one first: readers would disagree which counts.
    package static let digestTwice = LayerDefect("two digests in one payload", .claimMalformed) { sigstore in
        let credential = try sigstore.credential()
        let other = #""},"image":{"docker-manifest-digest":"sha256:00"},"type":""#
        return try resigned(&sigstore, with: credential, #""},"type":""#, by: other)
    }

    /// There is an annotation for the signature, and nothing in it.
    package static let signatureEmpty = LayerDefect(
        "empty signature",
        .materialMissing,
        .signatureInvalid,
        .entrySignature,
        .timestampImprint
    ) { sigstore in
        try rewritten(&sigstore, CosignAnnotation.signature) { _ in "" }
    }

    /// A byte of the payload was changed after signing: a space more.
    package static let payloadFlipped = LayerDefect(
        "payload changed after signing",
        .signatureInvalid,
        .entryDigest
    ) { sigstore in
        var result = try sigstore.signedImage(image)
        result.layer.blob.append(UInt8(ascii: " "))
        return result
    }

    /// Another signature than was logged and stamped.
    package static let signatureFlipped = LayerDefect(
        "flipped signature",
        .signatureInvalid,
        .entrySignature,
        .timestampImprint
    ) { sigstore in
        try rewritten(&sigstore, CosignAnnotation.signature) { text in
            var signature = Base64.decode(text) ?? []
            signature[signature.count - 1] ^= 1
            return Base64.encode(signature)
        }
    }

    /// The stated time was changed after the log had signed it.
    package static let promiseFlipped = LayerDefect("moved integrated time", .promiseInvalid) { sigstore in
        let time = sigstore.time.seconds
        return try rewritten(&sigstore, CosignAnnotation.bundle) { text in
            text.split(separator: "\(time)", maxSplits: 1).joined(separator: "\(time + 1)")
        }
    }

    /// The annotation holds another certificate for the same name.
    package static let certificateAnother = LayerDefect(
        "another certificate",
        .signatureInvalid,
        .entryCertificate
    ) { sigstore in
        let other = try sigstore.credential()
        return try rewritten(&sigstore, CosignAnnotation.certificate) { _ in other.verifier.pem }
    }

    /// Nothing says that the signature was logged.
    package static let bundleMissing = LayerDefect("no log entry", .entryMissing) { sigstore in
        try rewritten(&sigstore, CosignAnnotation.bundle) { _ in nil }
    }

    /// The log entry is of another signature (GHSA-8gw7-4j42-w388).
    package static let bundleAnother = LayerDefect(
        "log entry of another signature",
        .entryDigest,
        .entrySignature
    ) { sigstore in
        let credential = try sigstore.credential()
        let lent = try sigstore.signedImage(Digest(hashing: [1]), with: credential)
        var result = try sigstore.signedImage(image, with: credential)
        result.layer[CosignAnnotation.bundle] = lent.layer[CosignAnnotation.bundle]
        return result
    }

    /// The statement is about another image.
    package static let attestationOfAnother = LayerDefect("attestation of another image", .subjectMismatch) {
        sigstore in
        var result = try sigstore.attestedImage(image)
        result.image = Digest(hashing: Array("another image".utf8))
        return result
    }

    /// The envelope says the same in other bytes: the log and the timestamp authority saw different ones.
    package static let attestationRewritten = LayerDefect(
        "envelope in other bytes",
        .entryDigest,
        .timestampImprint
    ) { sigstore in
        var result = try sigstore.attestedImage(image)
        result.layer.blob.append(UInt8(ascii: "\n"))
        return result
    }

    /// Two keys signed one envelope; which of them answers for it nobody can say.
    package static let attestationSignedTwice = LayerDefect(
        "envelope with two signatures",
        .signatureCount,
        .entryDigest,
        .timestampImprint
    ) { sigstore in
        let credential = try sigstore.credential()
        var result = try sigstore.attestedImage(image, with: credential)
        let envelope = try Envelope(parsing: result.layer.blob)
        let second = try sigstore.credential().key.sign(envelope.preAuthenticationEncoding)
        result.layer.blob =
            Envelope(
                payloadType: envelope.payloadType,
                payload: envelope.payload,
                signatures: envelope.signatures + [Envelope.Signature(keyID: "", bytes: second)]
            ).stored
        return result
    }

    /// Another text in the payload, properly signed and logged.
    private static func resigned(
        _ sigstore: inout VirtualSigstore,
        with credential: SigningCredential,
        _ part: String,
        by other: String
    ) throws -> SignedLayerCase {
        var result = try sigstore.signedImage(image, with: credential)
        let text = String(decoding: result.layer.blob, as: UTF8.self)
        result.layer.blob = Array(text.split(separator: part, maxSplits: 1).joined(separator: other).utf8)
        let signature = try credential.key.sign(result.layer.blob)
        let digest = Digest(hashing: result.layer.blob)
        let body = LogEntryDraft.hashedRekord(digest, signature: signature, verifier: credential.verifier)
        let entry = try sigstore.authority.transparencyLog.append(body, at: sigstore.time)
        result.layer[CosignAnnotation.signature] = Base64.encode(signature)
        result.layer[CosignAnnotation.bundle] = entry.cosignAnnotation
        result.layer[CosignAnnotation.timestamp] = nil
        return result
    }

    private static func rewritten(
        _ sigstore: inout VirtualSigstore,
        _ name: String,
        _ change: (String) -> String?
    ) throws -> SignedLayerCase {
        var result = try sigstore.signedImage(image)
        result.layer[name] = change(result.layer[name] ?? "")
        return result
    }
}
