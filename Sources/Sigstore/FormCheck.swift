internal import Attestation
internal import Cryptography

/// Checks that the material has what its carrier asks for, and finds out who signed.
struct FormCheck {
    let outcome: CheckOutcome

    init(_ entity: SignedEntity, policy: VerificationPolicy) {
        outcome = Self.signatureForm(entity) ?? Self.chain(entity) ?? Self.entries(entity) ?? Self.passed(entity)
    }

    private static func signatureForm(_ entity: SignedEntity) -> CheckOutcome? {
        switch entity.content {
        case .envelope(let envelope, _) where envelope.signatures.count != 1:
            .failed(.signatureCount, "the envelope has \(envelope.signatures.count) signatures instead of one")
        case .message(let signature, _) where signature.isEmpty:
            .failed(.materialMissing, "the signature is empty")
        case .envelope(let envelope, _): keyHint(entity, keyID: envelope.signatures[0].keyID)
        default: nil
        }
    }

    /// Neither the bundle's hint nor the envelope's is signed; where both name a key, it must be the same one.
    private static func keyHint(_ entity: SignedEntity, keyID: String) -> CheckOutcome? {
        guard case .publicKey(let hint) = entity.keyMaterial, !hint.isEmpty, !keyID.isEmpty,
            !hint.hasSameBytes(as: keyID)
        else { return nil }
        return .failed(.keyHint, "the bundle names the key \(hint), its envelope \(keyID)")
    }

    /// From version 0.3 a bundle holds the leaf alone (protobuf-specs, `VerificationMaterial`).
    private static func chain(_ entity: SignedEntity) -> CheckOutcome? {
        guard case .bundle(.v03) = entity.carrier, case .certificate(_, let length) = entity.keyMaterial, length > 0
        else { return nil }
        return .failed(.chainInBundle, "a bundle of version 0.3 may not hold a chain of certificates")
    }

    private static func entries(_ entity: SignedEntity) -> CheckOutcome? {
        for entry in entity.logEntries {
            let hasPromise = entry.inclusionPromise != nil
            let hasProof = entry.inclusionProof.map { !$0.checkpoint.isEmpty } ?? false
            switch entity.carrier {
            case .bundle(.v01), .cosignAnnotations:
                guard hasPromise else {
                    return .failed(.promiseMissing, "a log entry has no signed entry timestamp")
                }
            case .bundle:
                guard hasProof else {
                    return .failed(.proofMissing, "a log entry has no inclusion proof with a checkpoint")
                }
            }
        }
        return nil
    }

    private static func passed(_ entity: SignedEntity) -> CheckOutcome {
        switch entity.carrier {
        case .bundle(let version): .passed("bundle of version \(version.rawValue)")
        case .cosignAnnotations: .passed("cosign's annotations")
        }
    }

    /// Who signed: the certificate that came along, else a key that the policy names.
    func signer(entity: SignedEntity, artifact: Artifact, policy: VerificationPolicy) -> Signer {
        switch entity.keyMaterial {
        case .certificate(let der, _):
            do {
                return .certificate(try Certificate(der: der))
            } catch {
                return .unknown(.failed(.certificateMalformed, "the certificate cannot be read: \(error)"))
            }
        case .publicKey(let hint): return Self.managedKey(entity, hint: hint, artifact: artifact, policy: policy)
        case nil: return Self.managedKey(entity, hint: "", artifact: artifact, policy: policy)
        }
    }

    /// Of the policy's keys the one that made the signature; when none did, the first, so that the signature check
    /// says so.
    ///
    /// The hint is not signed and decides nothing.
    private static func managedKey(
        _ entity: SignedEntity,
        hint: String,
        artifact: Artifact,
        policy: VerificationPolicy
    ) -> Signer {
        guard let first = policy.keys.first else {
            let named = hint.isEmpty ? "" : " (the signature names \(hint))"
            return .unknown(.notPerformed(.noKey, "a key signed, and no key was given\(named)"))
        }
        guard policy.keys.count > 1 else { return .key(first) }
        let signing = policy.keys.first { key in
            let checks = ContentChecks(entity: entity, artifact: artifact, claim: nil, signer: .key(key))
            if case .passed = checks.outcomes.signature { return true }
            return false
        }
        return .key(signing ?? first)
    }
}
