/// What one check came to.
public enum CheckOutcome: Hashable, Sendable {
    /// It holds; the text says what was compared.
    case passed(String)
    /// It does not hold.
    case failed(FailureReason)
    /// There is nothing to check, and the policy does not ask for it.
    case notApplicable(String)
    /// It was needed but could not be made.
    case notPerformed(MissingMaterial)

    /// Whether it stands in the way of calling the signature verified.
    public var isObstacle: Bool {
        switch self {
        case .failed, .notPerformed: true
        case .passed, .notApplicable: false
        }
    }

    /// Fails with a code and a sentence.
    static func failed(_ code: FailureCode, _ detail: String) -> CheckOutcome {
        .failed(FailureReason(code: code, detail: detail))
    }

    /// Could not be made, for want of something.
    static func notPerformed(_ code: MissingMaterial.Code, _ detail: String) -> CheckOutcome {
        .notPerformed(MissingMaterial(code: code, detail: detail))
    }

    /// The worse of two: a failure before a missing piece, before a pass, before nothing to check.
    func combined(with other: CheckOutcome) -> CheckOutcome {
        rank > other.rank || (rank == other.rank && rank > 0) ? self : other
    }

    private var rank: Int {
        switch self {
        case .failed: 3
        case .notPerformed: 2
        case .passed: 1
        case .notApplicable: 0
        }
    }
}

/// Why a check does not hold.
public struct FailureReason: Hashable, Sendable {
    /// The kind of failure, stable from version to version.
    public let code: FailureCode
    /// One sentence about this case; it may quote evidence and must be escaped before it is shown.
    public let detail: String

    /// A reason from its parts.
    public init(code: FailureCode, detail: String) {
        self.code = code
        self.detail = detail
    }
}

/// What was missing for a check.
public struct MissingMaterial: Hashable, Sendable {
    /// The kind of thing, stable from version to version.
    public let code: Code
    /// One sentence about this case.
    public let detail: String

    /// The kinds of things that can be missing.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// No key was given, and the signature names none that is trusted.
        case noKey = "key.not-given"
        /// The trusted root does not know the log.
        case unknownLog = "tlog.unknown-log"
        /// The trusted root does not know any log that issued a certificate timestamp.
        case unknownCertificateLog = "sct.unknown-log"
        /// The trusted root has no timestamp authority.
        case noTimestampAuthority = "tsa.unknown-authority"
        /// The artifact's bytes are needed, but only its digest is known.
        case noArtifact = "artifact.not-given"
        /// An entry of a kind that is no longer, or not yet, supported.
        case unsupportedEntry = "tlog.unsupported-entry"
        /// An algorithm that this version cannot verify.
        case unsupportedAlgorithm = "algorithm.unsupported"
        /// An earlier check failed, without which this one has no meaning.
        case earlierFailure = "earlier-check-failed"
    }

    /// Missing material from its parts.
    public init(code: Code, detail: String) {
        self.code = code
        self.detail = detail
    }
}

/// The ways in which a check can fail; the words are part of the interface.
public enum FailureCode: String, Hashable, Sendable, CaseIterable {
    // Form
    case materialMissing = "material.missing"
    case materialKind = "material.kind"
    case promiseMissing = "tlog.promise-missing"
    case proofMissing = "tlog.proof-missing"
    case keyHint = "key.hint"
    case chainInBundle = "material.chain-not-allowed"
    case signatureCount = "dsse.signature-count"
    case payloadType = "dsse.payload-type"
    case statementMalformed = "statement.malformed"
    // Signature and what it is said of
    case signatureInvalid = "signature.invalid"
    case digestHint = "digest.hint-mismatch"
    case subjectMismatch = "subject.mismatch"
    case subjectNone = "subject.none"
    case claimDigest = "claim.digest"
    case claimType = "claim.type"
    case claimMalformed = "claim.malformed"
    case keyValidity = "key.outside-validity"
    // Transparency log
    case entryMissing = "tlog.entry-missing"
    case entryMalformed = "tlog.entry-malformed"
    case entryKind = "tlog.kind-mismatch"
    case entryDigest = "tlog.artifact-mismatch"
    case entrySignature = "tlog.signature-mismatch"
    case entryCertificate = "tlog.certificate-mismatch"
    case entryIndex = "tlog.index-mismatch"
    case promiseInvalid = "set.signature"
    case logValidity = "tlog.outside-validity"
    case rootMismatch = "checkpoint.root-mismatch"
    case sizeMismatch = "checkpoint.size-mismatch"
    case proofInvalid = "tlog.inclusion-proof"
    case checkpointMalformed = "checkpoint.malformed"
    case checkpointSignature = "checkpoint.signature"
    case checkpointSigner = "checkpoint.signer"
    case checkpointOrigin = "checkpoint.origin"
    case tooFewLogs = "threshold.distinct-logs"
    case duplicateEntry = "tlog.duplicate-entry"
    case witnessSignature = "witness.signature"
    case tooFewWitnesses = "threshold.distinct-witnesses"
    case sameOperator = "threshold.same-operator"
    // Times
    case timestampMalformed = "tsa.malformed"
    case timestampImprint = "tsa.imprint"
    case timestampSigner = "tsa.signer"
    case timestampUsage = "tsa.eku"
    case timestampSignature = "tsa.signature"
    case timestampPath = "tsa.chain"
    case timestampValidity = "tsa.outside-validity"
    case timestampDuplicate = "tsa.duplicate"
    case tooFewTimestamps = "threshold.distinct-timestamps"
    case noTrustedTime = "time.none"
    case unsignedTime = "time.unsigned"
    case timeAfterReference = "time.after-reference"
    // Certificate
    case certificateMalformed = "cert.malformed"
    case pathUntrusted = "chain.untrusted"
    case authorityValidity = "chain.authority-outside-validity"
    case certificateExpired = "cert.outside-validity"
    case chainExpired = "chain.expired-at-signing-time"
    case keyUsage = "cert.usage"
    case identityCount = "identity.san-count"
    case issuerConflict = "cert.issuer-conflict"
    case certificateTimestampMissing = "sct.missing"
    case certificateTimestampMalformed = "sct.malformed"
    case certificateTimestampSignature = "sct.signature"
    case certificateLogValidity = "sct.log-outside-validity"
    case tooFewCertificateTimestamps = "threshold.distinct-certificate-logs"
    // Expectation
    case identityMismatch = "identity.san"
    case issuerMismatch = "identity.issuer"
    case extensionMismatch = "cert.oid"
    case annotationMissing = "claim.annotation-missing"
    case annotationMismatch = "claim.annotation-mismatch"
    case policySigner = "policy.signer"
}
