internal import CaseIndex

/// Why a value may be relied on, from what was verified.
package enum Basis: String, Hashable, Sendable, CaseIterable {
    /// The digest of the bytes says it.
    case contentAddressed = "content-addressed"
    /// A certificate authority put it into a certificate that was verified.
    case certificateAttested = "certificate-attested"
    /// A transparency log states it, and its signature was verified.
    case logAttested = "log-attested"
    /// A timestamp authority states it, and its signature was verified.
    case timestampAttested = "timestamp-attested"
    /// Whoever holds the signing key says it; the signature was verified, the content was not.
    case signerAsserted = "signer-asserted"
    /// A repository of the case holds it: nobody vouches for the repository, but a commit's name covers its content.
    case git
    /// A CI service recorded it; nobody signs such records.
    case record = "ci-record"
    /// Raireki itself noted it while it worked on the case.
    case custody
    /// Nobody signed it.
    case unsigned
    /// It stands in the material of a signature that has no authentic verdict.
    case unverified

    /// Whether somebody other than the signer vouches for it.
    package var isAttested: Bool {
        switch self {
        case .contentAddressed, .certificateAttested, .logAttested, .timestampAttested: true
        case .signerAsserted, .git, .record, .custody, .unsigned, .unverified: false
        }
    }
}

extension Speaker {
    /// What a claim of this speaker rests on once the signature in whose material it stands is authentic.
    var basisWhenAuthentic: Basis {
        switch self {
        case .certificate: .certificateAttested
        case .logEntry: .logAttested
        case .timestamp: .timestampAttested
        case .signedAnnotation, .statement, .payload, .signedAttribute: .signerAsserted
        case .unsignedStatement, .label, .configuration, .manifestAnnotation, .carrierAnnotation, .unsignedAttribute:
            .unsigned
        }
    }
}
