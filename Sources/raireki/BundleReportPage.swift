internal import Cryptography
internal import Presentation
internal import Sigstore
internal import StrictJSON

/// What `verify-bundle` prints: every check with its outcome, and who signed.
struct BundleReportPage {
    private let report: VerificationReport
    private let checks: [(name: String, outcome: CheckOutcome)]

    init(_ report: VerificationReport) {
        self.report = report
        checks = report.cryptographicChecks + [("identity", report.identity)]
    }

    var text: String {
        let width = checks.map(\.name.count).max() ?? 0
        let lines = checks.map { check in
            let word = Self.words(check.outcome)
            let name = check.name + String(repeating: " ", count: width - check.name.count)
            let reason = word.reason.map { "\($0): " } ?? ""
            return "\(word.mark) \(name)  \(reason)\(EscapedText(word.detail, limit: 2_000))"
        }
        return lines.joined(separator: "\n") + "\n"
    }

    var json: JSONValue {
        let list = checks.map { check -> JSONValue in
            let word = Self.words(check.outcome)
            return [
                "name": JSONValue(check.name), "outcome": JSONValue(word.outcome),
                "reason": JSONValue(word.reason), "detail": JSONValue(word.detail),
            ]
        }
        return [
            "schema": "urn:raireki:bundle-verification:1",
            "verified": .bool(report.isVerified),
            "authentic": .bool(report.isAuthentic),
            "identity": JSONValue(report.proof.identity),
            "issuer": JSONValue(report.proof.identityIssuer),
            "signedAt": JSONValue(report.proof.times.first?.time.description),
            "strength": JSONValue(report.proof.strength.rawValue),
            "checks": .array(list),
        ]
    }

    private static func words(
        _ outcome: CheckOutcome
    ) -> (mark: String, outcome: String, reason: String?, detail: String) {
        switch outcome {
        case .passed(let detail): ("✓", "passed", nil, detail)
        case .failed(let reason): ("✗", "failed", reason.code.rawValue, reason.detail)
        case .notApplicable(let detail): ("·", "not-applicable", nil, detail)
        case .notPerformed(let missing): ("?", "not-performed", missing.code.rawValue, missing.detail)
        }
    }
}
