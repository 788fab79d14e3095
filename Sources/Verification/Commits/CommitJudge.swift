package import CaseIndex
internal import Cryptography
internal import Git
internal import Presentation
internal import Sigstore

/// Judges the signature of one commit or tag.
struct CommitJudge {
    private let trust: TrustMaterial
    private let allowedSigners: AllowedSigners?
    private let cms: CMSCommitCheck
    private let time: Timestamp?

    init(trust: TrustMaterial, allowedSigners: AllowedSigners?, time: Timestamp?) {
        self.trust = trust
        self.allowedSigners = allowedSigners
        self.time = time
        cms = CMSCommitCheck(trust: trust, time: time)
    }

    /// Judges an object by its raw content.
    ///
    /// - Parameters:
    ///   - name: The object.
    ///   - kind: `commit` or `tag`.
    ///   - content: Its content; nil when it is not in the case.
    ///   - stated: The time at which it says that it was made.
    /// - Returns: The verdict with every check.
    func judge(_ name: String, kind: String, content: [UInt8]?, stated: Timestamp?) -> CommitVerification {
        var findings = CommitFindings()
        var form = SignatureForm.unknown
        if let content, let signature = Self.signature(of: content, kind: kind, isSHA256: name.utf8.count == 64) {
            form = signature.form
            switch signature.form {
            case .cms: cms.judge(signature, into: &findings)
            case .ssh:
                SSHCommitCheck(allowedSigners: allowedSigners, time: time ?? stated, isStated: time == nil)
                    .judge(signature, into: &findings)
            case .openPGP: OpenPGPCommitCheck.judge(signature, into: &findings)
            case .unknown:
                findings.add("form", .notPerformed, "signature.unknown-form", "a signature of an unknown form")
            }
        } else {
            findings.add("form", .failed, "object.missing", "the object with its signature is not in the case")
        }
        return verification(name, kind, form, findings)
    }

    private static func signature(of content: [UInt8], kind: String, isSHA256: Bool) -> ObjectSignature? {
        kind == "tag"
            ? ObjectSignature(tag: content, isSHA256: isSHA256) : ObjectSignature(commit: content, isSHA256: isSHA256)
    }

    private func verification(
        _ name: String,
        _ kind: String,
        _ form: SignatureForm,
        _ findings: CommitFindings
    ) -> CommitVerification {
        let worst = findings.worst
        let verdict = GitVerdictRecord(
            name: name,
            kind: kind,
            form: form.rawValue,
            outcome: worst?.outcome ?? .passed,
            reason: worst?.reason,
            isTrusted: findings.isTrusted.map { $0 && worst == nil },
            identity: findings.identity,
            identityIssuer: findings.issuer,
            signedAt: findings.signedAt,
            trustedRoot: form == .ssh ? "allowed signers" : trust.label
        )
        let checks = findings.checks.enumerated().map { position, check in
            GitCheckRecord(
                name: name,
                position: position,
                checkName: check.name,
                outcome: check.outcome,
                reason: check.reason,
                detail: check.detail
            )
        }
        return CommitVerification(verdict: verdict, checks: checks)
    }
}

/// What verification concluded about one commit or tag.
package struct CommitVerification: Sendable {
    /// The conclusion.
    package let verdict: GitVerdictRecord
    /// Every check it rests on.
    package let checks: [GitCheckRecord]
}

/// The checks of one signature as they are made, and what they tell of its signer.
struct CommitFindings {
    /// One check.
    struct Check {
        let name: String
        let outcome: CheckOutcomeWord
        let reason: String?
        let detail: String
    }

    private(set) var checks: [Check] = []
    /// Who signed.
    var identity: String?
    /// Who vouches for that.
    var issuer: String?
    /// The earliest verified time.
    var signedAt: Timestamp?
    /// Whether the signer is one who was named; nil when nobody was.
    var isTrusted: Bool?

    /// Characters of a detail that are kept.
    private static let maximumDetail = 1000

    mutating func add(_ name: String, _ outcome: CheckOutcomeWord, _ reason: String? = nil, _ detail: String) {
        // Details quote evidence; what is stored is safe to show.
        let shown = EscapedText(detail, limit: Self.maximumDetail).text
        checks.append(Check(name: name, outcome: outcome, reason: reason, detail: shown))
    }

    mutating func pass(_ name: String, _ detail: String) {
        add(name, .passed, nil, detail)
    }

    mutating func add(_ name: String, _ outcome: CheckOutcome) {
        switch outcome {
        case .passed(let text): add(name, .passed, nil, text)
        case .failed(let failure): add(name, .failed, failure.code.rawValue, failure.detail)
        case .notApplicable(let text): add(name, .notApplicable, nil, text)
        case .notPerformed(let missing): add(name, .notPerformed, missing.code.rawValue, missing.detail)
        }
    }

    /// The first check that failed, else the first that could not be made; nil when every one passed.
    var worst: Check? {
        checks.first { $0.outcome == .failed } ?? checks.first { $0.outcome == .notPerformed }
    }
}
