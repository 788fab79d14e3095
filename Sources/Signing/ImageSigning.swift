package import Attestation
package import Cryptography
internal import OCI

extension SigningServices {
    /// Signs an image as cosign 2 does: a simple-signing payload in a layer.
    ///
    /// - Throws: ``CryptographyError``.
    package mutating func signImage(
        _ payload: SimpleSigningDraft,
        with credential: SigningCredential,
        plan: SigningPlan = SigningPlan(),
        at time: Timestamp
    ) throws(CryptographyError) -> SignatureLayer {
        let blob = payload.bytes
        let signature = try credential.key.sign(blob, hash: credential.key.kind.simpleSigningHash)
        let digest = Digest(hashing: blob)
        let body = LogEntryDraft.hashedRekord(digest, signature: signature, verifier: credential.verifier)
        return SignatureLayer(
            mediaType: .simpleSigning,
            blob: blob,
            signature: signature,
            verifier: credential.verifier,
            chain: chain,
            entry: plan.log == .first ? try logFirst(body, at: time) : nil,
            timestamp: plan.isStamped ? try stamp(signature, at: time) : nil
        )
    }

    /// Attests an image as cosign 2 does: an envelope in a layer.
    ///
    /// - Parameters:
    ///   - statement: The in-toto statement.
    ///   - predicateType: Its predicate type, for the layer's annotation.
    ///   - credential: Who signs.
    ///   - plan: Which proofs it gets.
    ///   - time: When it is signed.
    /// - Returns: The layer.
    /// - Throws: ``CryptographyError``.
    package mutating func attestImage(
        _ statement: [UInt8],
        predicateType: String,
        with credential: SigningCredential,
        plan: SigningPlan = SigningPlan(),
        at time: Timestamp
    ) throws(CryptographyError) -> SignatureLayer {
        let envelope = try Envelope(signing: statement, with: credential.key)
        let body = plan.body(envelope, verifier: credential.verifier)
        // The layer says no signature of its own, so the whole envelope is stamped.
        let timestamp = plan.isStamped ? try stamp(envelope.stored, at: time) : nil
        var layer = SignatureLayer(
            mediaType: .dsseEnvelope,
            blob: envelope.stored,
            signature: [],
            verifier: credential.verifier,
            chain: chain,
            entry: plan.log == .first ? try logFirst(body, at: time) : nil,
            timestamp: timestamp
        )
        layer["predicateType"] = predicateType
        return layer
    }
}

extension SigningPlan {
    /// The entry of an envelope in a log of the first generation.
    package func body(_ envelope: Envelope, verifier: LogEntryDraft.Verifier) -> LogEntryDraft {
        switch envelopeEntry {
        case .dsse001: .dsse(envelope, verifier: verifier)
        case .intoto001: .intoto001(envelope, verifier: verifier)
        case .intoto002: .intoto002(envelope, verifier: verifier)
        }
    }
}

extension SigningKey.Kind {
    /// Payloads are signed over SHA-256 whatever the curve; Ed25519 hashes inside.
    fileprivate var simpleSigningHash: DigestAlgorithm? {
        self == .ed25519 ? nil : .sha256
    }
}
