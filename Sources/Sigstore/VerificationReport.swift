public import Cryptography

/// Everything that was checked about one signature, with an outcome for every check.
///
/// The initialiser takes every outcome, so that a check that is forgotten does not compile.
public struct VerificationReport: Hashable, Sendable {
    /// The material has the form that its carrier asks for.
    public let form: CheckOutcome
    /// The signature holds over the content.
    public let signature: CheckOutcome
    /// The payload is a statement, or a claim, of the right type.
    public let statement: CheckOutcome
    /// What is signed is said of the artifact in question.
    public let subject: CheckOutcome
    /// The log entry is of a known kind, and its body says the same as its carrier.
    public let entryKind: CheckOutcome
    /// The log entry's digest is the content's.
    public let entryDigest: CheckOutcome
    /// The log entry's signature is this signature.
    public let entrySignature: CheckOutcome
    /// The log entry names this certificate or key.
    public let entryKey: CheckOutcome
    /// The log's signed entry timestamp holds.
    public let inclusionPromise: CheckOutcome
    /// The proof leads from the entry to the root.
    public let inclusionProof: CheckOutcome
    /// The log signed that root.
    public let checkpoint: CheckOutcome
    /// The log's key was valid at the time of the entry.
    public let logValidity: CheckOutcome
    /// As many distinct logs as asked for hold the signature.
    public let logThreshold: CheckOutcome
    /// Known witnesses cosigned the checkpoint, as many as asked for.
    public let witnesses: CheckOutcome
    /// RFC 3161 timestamps hold.
    public let timestamps: CheckOutcome
    /// At least one time of signing is proven.
    public let trustedTime: CheckOutcome
    /// The certificate leads to an authority of the trusted root.
    public let certificatePath: CheckOutcome
    /// That authority was valid at every proven time.
    public let authorityValidity: CheckOutcome
    /// Every certificate of the path was valid at every proven time.
    public let certificateValidity: CheckOutcome
    /// The certificate is one for signing code, with one name.
    public let certificateProfile: CheckOutcome
    /// Certificate transparency logs vouch for the certificate.
    public let certificateTimestamp: CheckOutcome
    /// The key may have signed at that time.
    public let keyValidity: CheckOutcome
    /// The signer is who was expected.
    public let identity: CheckOutcome
    /// What was proven.
    public let proof: ProvenFacts

    /// A report of all its outcomes.
    init(
        form: CheckOutcome,
        content: ContentOutcomes,
        log: LogOutcomes,
        time: TimeOutcomes,
        certificate: CertificateOutcomes,
        keyValidity: CheckOutcome,
        identity: CheckOutcome,
        proof: ProvenFacts
    ) {
        self.form = form
        signature = content.signature
        statement = content.statement
        subject = content.subject
        entryKind = log.kind
        entryDigest = log.digest
        entrySignature = log.signature
        entryKey = log.key
        inclusionPromise = log.promise
        inclusionProof = log.proof
        checkpoint = log.checkpoint
        logValidity = log.validity
        logThreshold = log.threshold
        witnesses = log.witnesses
        timestamps = time.timestamps
        trustedTime = time.trustedTime
        certificatePath = certificate.path
        authorityValidity = certificate.authorityValidity
        certificateValidity = certificate.validity
        certificateProfile = certificate.profile
        certificateTimestamp = certificate.timestamp
        self.keyValidity = keyValidity
        self.identity = identity
        self.proof = proof
    }

    /// The checks that cryptography decides, by name, in the order in which they are made.
    public var cryptographicChecks: [(name: String, outcome: CheckOutcome)] {
        [
            ("form", form), ("log-entry-kind", entryKind), ("log-entry-digest", entryDigest),
            ("log-entry-signature", entrySignature), ("log-entry-key", entryKey),
            ("inclusion-promise", inclusionPromise), ("inclusion-proof", inclusionProof),
            ("checkpoint", checkpoint), ("log-validity", logValidity), ("log-threshold", logThreshold),
            ("witness", witnesses), ("timestamp", timestamps), ("trusted-time", trustedTime),
            ("certificate-path", certificatePath),
            ("authority-validity", authorityValidity), ("certificate-validity", certificateValidity),
            ("certificate-profile", certificateProfile), ("certificate-timestamp", certificateTimestamp),
            ("key-validity", keyValidity), ("signature", signature), ("statement", statement), ("subject", subject),
        ]
    }

    /// Whether every cryptographic check passed or had nothing to check.
    public var isAuthentic: Bool {
        cryptographicChecks.allSatisfy { !$0.outcome.isObstacle }
    }

    /// Whether it is authentic and the signer is who was expected.
    public var isVerified: Bool {
        isAuthentic && !identity.isObstacle
    }

    /// Every reason why it is not verified.
    public var failures: [FailureReason] {
        (cryptographicChecks.map(\.outcome) + [identity]).compactMap { outcome in
            if case .failed(let reason) = outcome { reason } else { nil }
        }
    }
}

/// What a verified signature proves.
public struct ProvenFacts: Hashable, Sendable {
    /// The certificate that signed.
    public var certificate: Certificate?
    /// The key that signed.
    public var publicKey: PublicKey?
    /// The certificate's name; nil without a certificate or with other than one name.
    public var identity: String?
    /// Who vouches for that name.
    public var identityIssuer: String?
    /// The proven times, each with its source.
    public var times: [ProvenTime] = []
    /// How strong the proof is.
    public var strength: ProofStrength = .none

    /// A proven time of signing.
    public struct ProvenTime: Hashable, Sendable {
        /// The moment.
        public let time: Timestamp
        /// Who vouches for it.
        public let source: Source
    }

    /// Who vouches for a time.
    public enum Source: String, Hashable, Sendable {
        /// A log's signed entry timestamp.
        case inclusionPromise = "inclusion-promise"
        /// An RFC 3161 timestamp authority.
        case timestamp
    }
}

/// How strong a proof is, weakest first.
public enum ProofStrength: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Nothing is proven.
    case none
    /// A key signed; when is not known.
    case keyOnly = "key-only"
    /// A certificate signed; when is not known.
    case certificateWithoutTime = "certificate-without-time"
    /// A log promised inclusion and vouches for the time.
    case inclusionPromise = "inclusion-promise"
    /// A log proves inclusion under a checkpoint that it signed.
    case inclusionProof = "inclusion-proof"
    /// A log proves inclusion, and a timestamp authority vouches for the time.
    case timestamped
    /// A log proves inclusion under a checkpoint that a known witness cosigned: not even the log alone could pretend it.
    case witnessed

    /// By strength.
    public static func < (left: ProofStrength, right: ProofStrength) -> Bool {
        rank(left) < rank(right)
    }

    private static func rank(_ strength: ProofStrength) -> Int {
        allCases.firstIndex(of: strength) ?? 0
    }
}

/// Outcomes about what is signed.
struct ContentOutcomes {
    let signature, statement, subject: CheckOutcome
}

/// Outcomes about the log entries, all of them together.
struct LogOutcomes {
    let kind, digest, signature, key, promise, proof, checkpoint, validity, threshold, witnesses: CheckOutcome
}

/// Outcomes about times.
struct TimeOutcomes {
    let timestamps, trustedTime: CheckOutcome
}

/// Outcomes about the certificate.
struct CertificateOutcomes {
    let path, authorityValidity, validity, profile, timestamp: CheckOutcome
}
