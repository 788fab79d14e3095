internal import CaseIndex
internal import Cryptography
internal import Git
internal import Presentation
internal import Report
internal import StrictJSON
internal import Verification

/// One run over the signatures of commits and tags, with the material that the options name.
struct CommitVerificationRun {
    let trust: TrustOptions
    /// The file of allowed signers.
    var allowedSigners: String?

    /// Judges every signed commit and tag of the case, and stores the verdicts.
    func run(_ caseFile: CaseFile, _ session: Session) throws -> CommitSummary {
        let stage = CommitStage(
            caseFile: caseFile,
            trust: try trust.material(session),
            allowedSigners: try allowedSigners.map { try Self.signers($0) },
            at: trust.time
        )
        return try ProgressBar.during(session, "verifying", of: .things("commits and tags")) { bar in
            try stage.run { bar.show(Int64($0), of: Int64($1)) }
        }
    }

    private static func signers(_ path: String) throws -> AllowedSigners {
        let bytes = try OutputFile.read(path, limit: AllowedSigners.maximumBytes)
        do {
            return try AllowedSigners(parsing: bytes)
        } catch AllowedSigners.Failure.line(let number, let reason) {
            throw CommandError.notAllowedSigners(path: path, reason: "line \(number): \(reason)")
        } catch {
            throw CommandError.notAllowedSigners(path: path, reason: "too large")
        }
    }
}

/// What the signatures of commits and tags came to.
struct CommitSignaturePage {
    private let summary: CommitSummary

    init(_ summary: CommitSummary) {
        self.summary = summary
    }

    /// Failures that are named; their number is always told.
    private static let shownFailures = 20

    /// Whether a signature does not hold.
    ///
    /// One that could not be judged is told, and no failure.
    var hasFailures: Bool { summary.count(.failed) > 0 }

    /// For people, in a line.
    var sentence: String {
        let total = summary.counts.values.reduce(0, +)
        return "\(counted(total, "signature")) of commits and tags: \(summary.count(.passed)) hold, "
            + "\(summary.count(.failed)) do not, \(summary.count(.notPerformed)) were not judged"
    }

    /// For the custody log.
    var result: [(String, JSONValue)] {
        [
            ("commitSignatures", JSONValue(summary.counts.values.reduce(0, +))),
            ("commitSignaturesFailed", JSONValue(summary.count(.failed))),
        ]
    }

    /// For people: a line for each kind of result, then those that failed.
    func text(_ style: TextStyle) -> String {
        var lines = ["commits and tags"]
        if summary.counts.isEmpty { lines.append("  none is signed") }
        for (kind, count) in summary.sorted {
            let reason = kind.reason.map { ": \(shown($0))" } ?? ""
            lines.append("  \(count) \(shown(kind.form)) \(Self.word(kind.outcome))\(reason)")
        }
        for failure in summary.failures.prefix(Self.shownFailures) {
            lines.append("  ✗ \(failure.kind) \(failure.name) \(shown(failure.reason ?? ""))")
        }
        if summary.count(.failed) > Self.shownFailures {
            lines.append("  and \(summary.count(.failed) - Self.shownFailures) more; raireki commits NAME shows one")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func shown(_ text: String) -> String {
        EscapedText(text, limit: 200).text
    }

    private static func word(_ outcome: CheckOutcomeWord) -> String {
        switch outcome {
        case .passed: "passed"
        case .failed: "failed"
        case .notApplicable: "not applicable"
        case .notPerformed: "not performed"
        }
    }

    /// For documents.
    var json: JSONValue {
        let kinds = summary.sorted.map { kind, count in
            [
                "form": JSONValue(kind.form), "outcome": JSONValue(kind.outcome.rawValue),
                "reason": kind.reason.map { JSONValue($0) } ?? .null, "count": JSONValue(count),
            ] as JSONValue
        }
        let failures = summary.failures.map { failure in
            [
                "name": JSONValue(failure.name), "kind": JSONValue(failure.kind),
                "reason": failure.reason.map { JSONValue($0) } ?? .null,
            ] as JSONValue
        }
        return ["results": .array(kinds), "failures": .array(failures)]
    }
}
