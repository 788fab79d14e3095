internal import Attestation
internal import Cryptography

/// Verifies the signature itself, and that what is signed is said of the artifact.
struct ContentChecks {
    let outcomes: ContentOutcomes

    init(entity: SignedEntity, artifact: Artifact, claim: SubjectClaim?, signer: Signer) {
        let signature = Self.signature(entity: entity, artifact: artifact, signer: signer)
        let said: (statement: CheckOutcome, subject: CheckOutcome)
        switch entity.content {
        case .envelope(let envelope, _): said = Self.statement(envelope, artifact: artifact)
        case .message(_, let hint): said = Self.message(hint, artifact: artifact, claim: claim)
        }
        outcomes = ContentOutcomes(signature: signature, statement: said.statement, subject: said.subject)
    }

    private static func signature(entity: SignedEntity, artifact: Artifact, signer: Signer) -> CheckOutcome {
        guard let signature = entity.signature else {
            return .notPerformed(.earlierFailure, "an envelope must have exactly one signature")
        }
        guard let key = signer.publicKey else {
            if case .unknown(let outcome) = signer { return outcome }
            return .notPerformed(.noKey, "no key is known")
        }
        let signed: Artifact
        switch entity.content {
        case .envelope(let envelope, _): signed = .bytes(envelope.preAuthenticationEncoding)
        case .message: signed = artifact
        }
        return verify(signature, over: signed, key: key)
    }

    /// Tries the key's own algorithm, then those that older clients used with it.
    private static func verify(_ signature: [UInt8], over signed: Artifact, key: PublicKey) -> CheckOutcome {
        for algorithm in key.kind.acceptedAlgorithms {
            let holds: Bool
            if case .bytes(let bytes) = signed {
                holds = key.isValid(signature: signature, for: bytes, algorithm: algorithm)
            } else if let hash = algorithm.digest {
                guard let digest = signed.digest(hash) else { continue }
                holds = key.isValid(signature: signature, digest: digest, algorithm: algorithm)
            } else {
                return .notPerformed(.noArtifact, "Ed25519 signs the artifact itself, not its digest")
            }
            if holds { return .passed("\(key.kind.name) over \(algorithm.digest?.rawValue ?? "the message")") }
        }
        return .failed(.signatureInvalid, "the \(key.kind.name) key did not make this signature over this content")
    }

    private static func statement(
        _ envelope: Envelope,
        artifact: Artifact
    ) -> (statement: CheckOutcome, subject: CheckOutcome) {
        let unread = CheckOutcome.notPerformed(.earlierFailure, "there is no statement to read")
        guard envelope.payloadType.hasSameBytes(as: Envelope.inTotoPayloadType) else {
            return (.failed(.payloadType, "the payload type is \(envelope.payloadType)"), unread)
        }
        let statement: Statement
        do {
            statement = try Statement(parsing: envelope.payload)
        } catch {
            return (.failed(.statementMalformed, "the payload is not an in-toto statement: \(error)"), unread)
        }
        return (.passed(statement.predicateType), subject(statement, artifact: artifact))
    }

    private static func subject(_ statement: Statement, artifact: Artifact) -> CheckOutcome {
        guard !statement.subjects.isEmpty else { return .failed(.subjectNone, "the statement has no subject") }
        for algorithm in DigestAlgorithm.allCases {
            guard let digest = artifact.digest(algorithm) else { continue }
            let named = statement.subjects.contains { $0.names(algorithm: algorithm.rawValue, hex: digest.hex) }
            if named { return .passed("\(digest)") }
        }
        let count = statement.subjects.count
        return .failed(
            .subjectMismatch,
            "none of the \(count) subjects is \(artifact.digest(.sha256).map { "\($0)" } ?? "it")"
        )
    }

    private static func message(
        _ hint: SignedEntity.DigestHint?,
        artifact: Artifact,
        claim: SubjectClaim?
    ) -> (statement: CheckOutcome, subject: CheckOutcome) {
        if let claim { return (claim.form, claim.subject) }
        let statement = CheckOutcome.notApplicable("the artifact itself is signed")
        guard let hint else { return (statement, .notApplicable("the bundle states no digest")) }
        guard let algorithm = DigestAlgorithm(registryName: hint.algorithm), let digest = artifact.digest(algorithm)
        else {
            return (statement, .notPerformed(.noArtifact, "the bundle states a digest of \(hint.algorithm)"))
        }
        guard digest.bytes == hint.digest else {
            return (statement, .failed(.digestHint, "the bundle states another digest than the artifact's"))
        }
        return (statement, .passed("\(digest)"))
    }
}

/// What a signed payload other than a statement says it is about; cosign's simple signing is one.
public struct SubjectClaim: Hashable, Sendable {
    /// Whether the payload has the right form and type.
    public let form: CheckOutcome
    /// Whether it names the artifact in question.
    public let subject: CheckOutcome

    /// A claim from its outcomes.
    public init(form: CheckOutcome, subject: CheckOutcome) {
        self.form = form
        self.subject = subject
    }
}

extension PublicKeyKind {
    /// The algorithms that signatures under such a key may use, the usual one first; the pairs of a larger curve with
    /// SHA-256 are deprecated but stand in old entries.
    var acceptedAlgorithms: [SignatureAlgorithm] {
        switch self {
        case .ecdsaP256: [.ecdsa(.sha256)]
        case .ecdsaP384: [.ecdsa(.sha384), .ecdsa(.sha256)]
        case .ecdsaP521: [.ecdsa(.sha512), .ecdsa(.sha256)]
        case .rsa: [.rsaPKCS1(.sha256), .rsaPSS(.sha256)]
        case .ed25519: [.ed25519, .ed25519ph]
        }
    }

    /// The usual name.
    var name: String {
        switch self {
        case .ecdsaP256: "ECDSA P-256"
        case .ecdsaP384: "ECDSA P-384"
        case .ecdsaP521: "ECDSA P-521"
        case .rsa(let bits): "RSA-\(bits)"
        case .ed25519: "Ed25519"
        }
    }
}
