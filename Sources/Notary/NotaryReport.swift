package import Cryptography

/// Everything that was checked about one Notary Project signature, with an outcome for every check.
///
/// The initialiser takes every outcome, so that a check that is forgotten does not compile.
package struct NotaryReport: Hashable, Sendable {
    /// The payload is of the type that the specification gives.
    package let contentType: NotaryOutcome
    /// Every critical attribute is known, and what must be critical is.
    package let criticalAttributes: NotaryOutcome
    /// The signing scheme is known, and its time is stated.
    package let signingScheme: NotaryOutcome
    /// The algorithm is the one that belongs to the signer's key.
    package let algorithm: NotaryOutcome
    /// Each certificate meets the specification's requirements for its place.
    package let certificateProfile: NotaryOutcome
    /// The certificates form one chain from the signer to a root.
    package let certificateChain: NotaryOutcome
    /// The signature holds over payload and signed attributes.
    package let signature: NotaryOutcome
    /// The payload is a descriptor.
    package let payload: NotaryOutcome
    /// It is the artifact's.
    package let subject: NotaryOutcome
    /// The chain holds a certificate of the trust store.
    package let certificatePath: NotaryOutcome
    /// The timestamp holds.
    package let timestamp: NotaryOutcome
    /// Every certificate of the chain was valid at the time that counts.
    package let certificateValidity: NotaryOutcome
    /// The artifact may still be used.
    package let expiry: NotaryOutcome
    /// What was proven.
    package let proof: NotaryProof

    /// The checks by name, in the order in which they are made.
    package var checks: [(name: String, outcome: NotaryOutcome)] {
        [
            ("content-type", contentType), ("critical-attributes", criticalAttributes),
            ("signing-scheme", signingScheme), ("algorithm", algorithm), ("certificate-profile", certificateProfile),
            ("certificate-chain", certificateChain), ("signature", signature), ("payload", payload),
            ("subject", subject), ("certificate-path", certificatePath), ("timestamp", timestamp),
            ("certificate-validity", certificateValidity), ("expiry", expiry),
            // Nothing is ever asked of anybody; whoever reads the checks is to know that.
            ("revocation", .notApplicable("unknown: revocation is asked for over the network, which is never used")),
        ]
    }

    /// Whether every check passed or had nothing to check.
    package var isAuthentic: Bool {
        checks.allSatisfy { !$0.outcome.isObstacle }
    }
}

/// What a verified signature proves.
package struct NotaryProof: Hashable, Sendable {
    /// The signer's certificate, when it could be read.
    package var certificate: Certificate?
    /// When it was signed: by a timestamp, or by a signing authority; nil when nothing proves it.
    package var time: Timestamp?
    /// Whether a timestamp authority vouches for that time.
    package var isTimestamped = false
}
