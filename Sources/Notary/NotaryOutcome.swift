/// What one check of a Notary Project signature came to.
package enum NotaryOutcome: Hashable, Sendable {
    /// It holds; the text says what was compared.
    case passed(String)
    /// It does not hold; the sentence may quote the evidence.
    case failed(NotaryFailure, String)
    /// There is nothing to check.
    case notApplicable(String)
    /// It was needed but could not be made.
    case notPerformed(NotaryMissing, String)

    /// Whether it stands in the way of calling the signature authentic.
    package var isObstacle: Bool {
        switch self {
        case .failed, .notPerformed: true
        case .passed, .notApplicable: false
        }
    }
}

/// The ways in which a check can fail; the words are part of the interface, and those of Sigstore's checks where they
/// mean the same.
package enum NotaryFailure: String, Hashable, Sendable, CaseIterable {
    case contentType = "notary.content-type"
    case criticalMissing = "notary.critical-missing"
    case criticalUnknown = "notary.critical-unknown"
    case signingScheme = "notary.signing-scheme"
    case signingTime = "notary.signing-time"
    case algorithm = "notary.algorithm"
    case algorithmMismatch = "notary.algorithm-mismatch"
    case payload = "notary.payload-malformed"
    case expired = "notary.expired"
    case signature = "signature.invalid"
    case subject = "subject.mismatch"
    case certificateMalformed = "cert.malformed"
    case certificateUsage = "cert.usage"
    case chainBroken = "chain.broken"
    case chainUntrusted = "chain.untrusted"
    case certificateValidity = "cert.outside-validity"
    case timestampMalformed = "tsa.malformed"
    case timestampImprint = "tsa.imprint"
    case timestampSigner = "tsa.signer"
    case timestampUsage = "tsa.eku"
    case timestampSignature = "tsa.signature"
    case timestampPath = "tsa.chain"
    case timestampValidity = "tsa.outside-validity"
    case timeAfterReference = "time.after-reference"
    case identity = "identity.subject"
}

/// What was missing for a check.
package enum NotaryMissing: String, Hashable, Sendable, CaseIterable {
    /// No trust store was given, or none of the kind that the signing scheme asks for.
    case trustStore = "notary.trust-store-not-given"
    /// The trust store has no timestamp authority.
    case timestampAuthority = "tsa.unknown-authority"
    /// The signature asks for a plugin of another verifier.
    case plugin = "notary.verification-plugin"
    /// Nobody said as of when to judge.
    case time = "time.not-given"
    /// An earlier check failed, without which this one has no meaning.
    case earlierFailure = "earlier-check-failed"
}
