internal import Attestation
package import Cryptography
package import Sigstore

extension SigningServices {
    /// Signs an artifact's bytes into a bundle.
    ///
    /// - Throws: ``CryptographyError``.
    package mutating func signBlob(
        _ artifact: [UInt8],
        with credential: SigningCredential,
        version: BundleVersion = .v03,
        plan: SigningPlan = SigningPlan(),
        at time: Timestamp
    ) throws(CryptographyError) -> BundleDraft {
        let digest = Digest(hashing: artifact, credential.key.kind.hash ?? .sha256)
        let signature = try credential.key.sign(artifact)
        let entry: LoggedEntry?
        switch plan.log {
        case .none: entry = nil
        case .first:
            let body = LogEntryDraft.hashedRekord(digest, signature: signature, verifier: credential.verifier)
            entry = try logFirst(body, at: time)
        case .second: entry = try log(digest, signature, with: credential, at: time)
        }
        return try draft(
            .message(digest: digest, signature: signature),
            signature,
            entry,
            with: credential,
            version: version,
            plan: plan,
            at: time
        )
    }

    /// Signs a statement into a bundle.
    ///
    /// - Throws: ``CryptographyError``.
    package mutating func signStatement(
        _ statement: [UInt8],
        with credential: SigningCredential,
        payloadType: String = Envelope.inTotoPayloadType,
        version: BundleVersion = .v03,
        plan: SigningPlan = SigningPlan(),
        at time: Timestamp
    ) throws(CryptographyError) -> BundleDraft {
        let envelope = try Envelope(signing: statement, payloadType: payloadType, with: credential.key)
        let signature = envelope.signatures[0].bytes
        let entry: LoggedEntry?
        switch plan.log {
        case .none: entry = nil
        case .first:
            entry = try logFirst(plan.body(envelope, verifier: credential.verifier), at: time)
        case .second:
            let hash = credential.key.kind.hash ?? .sha512
            let digest = Digest(hashing: envelope.preAuthenticationEncoding, hash)
            entry = try log(digest, signature, with: credential, at: time)
        }
        return try draft(
            .envelope(envelope),
            signature,
            entry,
            with: credential,
            version: version,
            plan: plan,
            at: time
        )
    }

    private mutating func log(
        _ digest: Digest,
        _ signature: [UInt8],
        with credential: SigningCredential,
        at time: Timestamp
    ) throws(CryptographyError) -> LoggedEntry {
        let body = LogEntryDraft.hashedRekord002(
            digest,
            signature: signature,
            verifier: credential.verifier,
            key: credential.key.kind
        )
        return try logSecond(body, at: time)
    }

    private mutating func draft(
        _ content: BundleDraft.Content,
        _ signature: [UInt8],
        _ entry: LoggedEntry?,
        with credential: SigningCredential,
        version: BundleVersion,
        plan: SigningPlan,
        at time: Timestamp
    ) throws(CryptographyError) -> BundleDraft {
        let material: BundleDraft.Material
        switch credential.verifier {
        case .certificate(let der):
            material = version == .v03 ? .certificate(der) : .chain([der] + chain.dropLast())
        case .publicKey: material = .publicKey(hint: Base64.encode(credential.key.keyID))
        }
        return BundleDraft(
            version: version,
            material: material,
            entries: entry.map { [$0] } ?? [],
            timestamps: plan.isStamped ? [try stamp(signature, at: time)] : [],
            content: content
        )
    }
}
