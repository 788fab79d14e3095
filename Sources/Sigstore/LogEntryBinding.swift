internal import Attestation
internal import Cryptography

/// Compares a log entry's body with what it should be about: no entry of another artifact, signature or key may pass.
struct LogEntryBinding {
    let kind, digest, signature, key: CheckOutcome
    /// The body, when it could be read.
    let body: LogEntryBody?

    init(_ entry: TransparencyLogEntry, entity: SignedEntity, artifact: Artifact, signer: Signer) {
        let read = Self.body(entry)
        kind = read.outcome
        body = read.body
        guard let body else {
            let unread = CheckOutcome.notPerformed(.earlierFailure, "the log entry's body was not read")
            (digest, signature, key) = (unread, unread, unread)
            return
        }
        digest = Self.digest(body, entity: entity, artifact: artifact)
        signature = Self.signature(body, entity: entity)
        key = Self.key(body, signer: signer)
    }

    private static func body(_ entry: TransparencyLogEntry) -> (outcome: CheckOutcome, body: LogEntryBody?) {
        let body: LogEntryBody
        do {
            body = try LogEntryBody(entry.canonicalizedBody)
        } catch {
            switch error {
            case .unsupported(let kind, let version):
                return (.notPerformed(.unsupportedEntry, "log entries of kind \(kind) \(version)"), nil)
            case .malformed(let member): return (.failed(.entryMalformed, "the entry's \(member) is not valid"), nil)
            case .notJSON(let reason): return (.failed(.entryMalformed, "the entry's body is not JSON: \(reason)"), nil)
            }
        }
        // cosign's annotations do not state the kind.
        guard entry.kind.isEmpty || entry.kind == body.kind && entry.version == body.version else {
            let stated = "\(entry.kind) \(entry.version)"
            return (.failed(.entryKind, "stated as \(stated), the body is \(body.kind) \(body.version)"), body)
        }
        return (.passed("\(body.kind) \(body.version)"), body)
    }

    private static func digest(_ body: LogEntryBody, entity: SignedEntity, artifact: Artifact) -> CheckOutcome {
        var outcome: CheckOutcome?
        for logged in body.digests {
            let compared = digest(logged, entity: entity, artifact: artifact)
            outcome = outcome.map { $0.combined(with: compared) } ?? compared
        }
        return outcome ?? .failed(.entryMalformed, "the entry holds no digest")
    }

    private static func digest(
        _ logged: LogEntryBody.LoggedDigest,
        entity: SignedEntity,
        artifact: Artifact
    ) -> CheckOutcome {
        let algorithm = logged.digest.algorithm
        let actual: Digest?
        switch (entity.content, logged.subject) {
        case (.message, .message):
            actual = artifact.digest(algorithm)
            guard actual != nil else {
                return .notPerformed(.noArtifact, "the entry holds a \(algorithm.rawValue) digest")
            }
        case (.envelope(let envelope, _), .message):
            actual = Digest(hashing: envelope.preAuthenticationEncoding, algorithm)
        case (.envelope(let envelope, _), .payload): actual = Digest(hashing: envelope.payload, algorithm)
        case (.envelope(_, let stored?), .envelope): actual = stored
        case (.envelope, .envelope):
            return .notApplicable("the envelope's own bytes are not preserved in a bundle")
        case (.message, _): return .failed(.entryDigest, "an entry of an envelope, for a signature over an artifact")
        }
        guard actual == logged.digest else {
            return .failed(.entryDigest, "logged \(logged.digest), found \(actual.map { "\($0)" } ?? "nothing")")
        }
        return .passed("\(logged.digest)")
    }

    private static func signature(_ body: LogEntryBody, entity: SignedEntity) -> CheckOutcome {
        guard body.holdsSignatures else {
            guard case .envelope(_, storedDigest: .some) = entity.content else {
                return .notPerformed(.unsupportedEntry, "this kind of entry does not name the signature")
            }
            return .notApplicable("this kind of entry holds the envelope's digest instead")
        }
        guard let signature = entity.signature else {
            return .notPerformed(.earlierFailure, "there is not exactly one signature to compare")
        }
        guard body.signatures == [signature] else {
            return .failed(.entrySignature, "the entry was made for another signature")
        }
        return .passed("the entry holds this signature")
    }

    private static func key(_ body: LogEntryBody, signer: Signer) -> CheckOutcome {
        guard let verifier = body.verifiers.first, body.verifiers.count == 1 else {
            return .failed(.entryMalformed, "the entry does not name exactly one certificate or key")
        }
        switch (verifier, signer) {
        case (.certificate(let der), .certificate(let certificate)):
            guard der == certificate.der else {
                return .failed(.entryCertificate, "the entry was made for another certificate")
            }
            return .passed("the entry names this certificate")
        case (.publicKey(let der), .key(let key)):
            guard der == key.publicKey.subjectPublicKeyInfo else {
                return .failed(.entryCertificate, "the entry was made for another key")
            }
            return .passed("the entry names this key")
        case (_, .unknown(let outcome)): return outcome
        default: return .failed(.entryCertificate, "the entry names a certificate where a key signed, or the reverse")
        }
    }
}

/// Who made the signature, as far as the material and the policy say.
enum Signer {
    case certificate(Certificate)
    case key(ManagedKey)
    /// Nobody who is known; the outcome says why.
    case unknown(CheckOutcome)

    /// The key that must have signed.
    var publicKey: PublicKey? {
        switch self {
        case .certificate(let certificate): certificate.publicKey
        case .key(let key): key.publicKey
        case .unknown: nil
        }
    }
}
