internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Presentation

/// Checks and findings as JUnit's XML, for the gates of CI servers: a suite an image, a test a check.
package enum JUnitReport {
    /// Writes the document of a case of any size.
    ///
    /// - Throws: ``CaseError``, and whatever `put` throws.
    package static func write(
        _ stream: DossierStream,
        to put: ReportSink,
        each: (ImageDossier) -> Void
    ) throws {
        try put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"raireki\">\n")
        try stream.forEach { dossier in
            each(dossier)
            try put(suite(dossier))
        }
        try put("</testsuites>\n")
    }

    private static func suite(_ dossier: ImageDossier) -> String {
        let trace = dossier.trace
        let name = "\(ImageTitle.text(trace).name) \(trace.image)"
        let cases = [content(trace)] + trace.signatures.flatMap(checks) + rules(trace)
        let attributes: [(StaticString, String)] = [
            ("name", name), ("tests", "\(cases.count)"), ("failures", "\(cases.count { $0.outcome == .failure })"),
            ("errors", "0"), ("skipped", "\(cases.count { $0.outcome == .skipped })"),
        ]
        return "  <testsuite\(XMLText.attributes(attributes))>\n"
            + cases.map { $0.text(of: "\(trace.image)") }.joined() + "  </testsuite>\n"
    }

    private static func content(_ trace: Trace) -> TestCase {
        let outcome = trace.graph.outcome
        return TestCase(
            name: "content",
            outcome: outcome == .intact ? .passed : outcome == .altered ? .failure : .skipped,
            type: "content.\(outcome.rawValue)",
            message: Wording.content(outcome)
        )
    }

    private static func checks(_ signature: TracedSignature) -> [TestCase] {
        let id = signature.record.id.prefix(12)
        guard signature.verdict != nil else {
            return [
                TestCase(name: "signature \(id)", outcome: .skipped, type: "not-verified", message: "not verified yet")
            ]
        }
        return signature.checks.map { check in
            let outcome: TestCase.Outcome =
                switch check.outcome {
                case .passed: .passed
                case .failed: .failure
                case .notPerformed, .notApplicable: .skipped
                }
            let reason = check.reason ?? check.outcome.rawValue
            return TestCase(
                name: "signature \(id): \(check.name)",
                outcome: outcome,
                type: reason,
                message: check.detail.isEmpty ? reason : check.detail
            )
        }
    }

    /// A test a rule that weighs more than a note; findings of the same rule fail it together.
    private static func rules(_ trace: Trace) -> [TestCase] {
        Rules.all.filter { $0.severity != .note }.map { rule in
            let own = trace.findings.filter { $0.rule.utf8.elementsEqual(rule.id.utf8) }
            return TestCase(
                name: "rule \(rule.id)",
                outcome: own.isEmpty ? .passed : .failure,
                type: rule.severity.rawValue,
                message: own.map(\.message).joined(separator: "; ")
            )
        }
    }
}

/// One test of a suite.
private struct TestCase {
    let name: String
    let outcome: Outcome
    let type: String
    let message: String

    enum Outcome {
        case passed, failure, skipped
    }

    func text(of image: String) -> String {
        let opening = "    <testcase\(XMLText.attributes([("name", name), ("classname", image)]))"
        switch outcome {
        case .passed: return opening + "/>\n"
        case .skipped: return opening + "><skipped\(XMLText.attributes([("message", message)]))/></testcase>\n"
        case .failure:
            return opening + "><failure\(XMLText.attributes([("message", message), ("type", type)]))/></testcase>\n"
        }
    }
}

/// Text in XML 1.0: what it cannot carry, and what hides or moves, is shown as an escape.
enum XMLText {
    static func attributes(_ pairs: [(StaticString, String)]) -> String {
        pairs.map { " \($0.0)=\"\(escape($0.1))\"" }.joined()
    }

    static func escape(_ text: String) -> String {
        HTMLEscaping.escape(EscapedText(text, limit: 4_000).text)
    }
}
