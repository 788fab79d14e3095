package import Cryptography
internal import GRDB

/// What verification concluded about one signature.
package struct VerdictRecord: Hashable, Sendable {
    /// The signature.
    package var signatureID: String
    /// The artifact it was judged for.
    package var subject: Digest
    /// Every cryptographic check passed.
    package var isAuthentic: Bool
    /// Authentic and as expected; nil when no expectation was given.
    package var isTrusted: Bool?
    /// Who signed, from the certificate or key that was checked.
    package var identity: String?
    /// Who vouches for that identity.
    package var identityIssuer: String?
    /// The earliest verified time of the signature.
    package var signedAt: Timestamp?
    /// How strong the proof is, in one word.
    package var strength: String
    /// Name and digest of the trusted root, or the key, that it was judged with.
    package var trustedRoot: String
    /// The expectation, as canonical JSON.
    package var policy: String

    package init(
        signatureID: String,
        subject: Digest,
        isAuthentic: Bool,
        isTrusted: Bool?,
        identity: String?,
        identityIssuer: String?,
        signedAt: Timestamp?,
        strength: String,
        trustedRoot: String,
        policy: String
    ) {
        self.signatureID = signatureID
        self.subject = subject
        self.isAuthentic = isAuthentic
        self.isTrusted = isTrusted
        self.identity = identity
        self.identityIssuer = identityIssuer
        self.signedAt = signedAt
        self.strength = strength
        self.trustedRoot = trustedRoot
        self.policy = policy
    }
}

/// What one check came to.
package enum CheckOutcomeWord: String, Hashable, Sendable, CaseIterable {
    /// It holds.
    case passed
    /// It does not hold.
    case failed
    /// There is nothing to check, and nothing asks for it.
    case notApplicable = "not-applicable"
    /// It was needed but could not be made.
    case notPerformed = "not-performed"
}

/// One check of one verdict.
package struct CheckRecord: Hashable, Sendable {
    /// The signature.
    package var signatureID: String
    /// Its place in the order of checking.
    package var position: Int
    /// What was checked, for example `inclusion-proof`.
    package var name: String
    /// What it came to.
    package var outcome: CheckOutcomeWord
    /// A stable word for why it failed or was not performed.
    package var reason: String?
    /// One sentence, escaped for people.
    package var detail: String

    package init(
        signatureID: String,
        position: Int,
        name: String,
        outcome: CheckOutcomeWord,
        reason: String?,
        detail: String
    ) {
        self.signatureID = signatureID
        self.position = position
        self.name = name
        self.outcome = outcome
        self.reason = reason
        self.detail = detail
    }
}

/// How much a finding weighs.
package enum FindingSeverity: String, Hashable, Sendable, CaseIterable {
    /// Two sources contradict each other, or content is not what was signed.
    case error
    /// Something an investigator should look at.
    case warning
    /// Worth knowing.
    case note
}

/// What a rule concluded, with the records it rests on.
package struct FindingRecord: Hashable, Sendable {
    /// The rule's id, for example `commit-contradiction`.
    package var rule: String
    /// How much it weighs.
    package var severity: FindingSeverity
    /// The image.
    package var subject: Digest
    /// One sentence, escaped for people.
    package var message: String
    /// The records it rests on, as a JSON array of `table:key`.
    package var records: String

    package init(rule: String, severity: FindingSeverity, subject: Digest, message: String, records: String) {
        self.rule = rule
        self.severity = severity
        self.subject = subject
        self.message = message
        self.records = records
    }
}

/// One run of the tool on this case; records form a chain of hashes.
package struct ActivityRecord: Hashable, Sendable {
    /// Its number in the chain, from 1.
    package var id: Int64
    /// When it began.
    package var startedAt: Timestamp
    /// The command.
    package var verb: String
    /// Its arguments, as a JSON array.
    package var arguments: String
    /// The version of the tool.
    package var toolVersion: String
    /// What came of it, as a JSON object.
    package var result: String
    /// The digest of the whole content as the run left it, in hexadecimal digits.
    package var content: String
    /// The hash of the record before, 64 zeros for the first.
    package var previousHash: String
    /// SHA-256 over everything above.
    package var hash: String
}
