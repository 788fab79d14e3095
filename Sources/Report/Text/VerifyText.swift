internal import CaseIndex
package import Correlation
internal import Cryptography

/// What verification concluded, for people: every signature with its verdict and every check with its reason.
package enum VerifyText {
    /// The page, ending with a newline.
    package static func page(_ traces: [Trace], _ style: TextStyle) -> String {
        let blocks = traces.map { block($0, style).joined(separator: "\n") }
        return blocks.joined(separator: "\n\n") + (blocks.isEmpty ? "" : "\n")
    }

    private static func block(_ trace: Trace, _ style: TextStyle) -> [String] {
        var lines = ImageHeading.lines(trace, style)
        var content = TextTable(indentation: 2)
        content.add([TextCell("content"), TextCell(Wording.content(trace.graph.outcome), trace.graph.outcome.tone)])
        if trace.signatures.isEmpty {
            content.add([TextCell("signatures"), TextCell("none in the evidence", .doubtful)])
        }
        lines += content.lines(style)
        for signature in trace.signatures { lines += [""] + signatureLines(signature, trace, style) }
        return lines
    }

    private static func signatureLines(_ signature: TracedSignature, _ trace: Trace, _ style: TextStyle) -> [String] {
        var title = "  \(Wording.kind(signature.record)) \(style.brief(signature.record.id))"
        if signature.record.subject != trace.image { title += " of \(style.brief(signature.record.subject.hex))" }
        let facts = SignatureFacts.table(signature)
        var checks = TextTable(indentation: 4)
        for check in signature.checks where check.outcome != .notApplicable {
            checks.add([
                TextCell(check.outcome.mark + " " + Wording.outcome(check.outcome), check.outcome.tone),
                TextCell(evidence: check.name),
                TextCell(detail(check)),
            ])
        }
        let idle = signature.checks.filter { $0.outcome == .notApplicable }.map(\.name)
        if !idle.isEmpty {
            let mark = CheckOutcomeWord.notApplicable.mark + " " + Wording.outcome(.notApplicable)
            checks.add([TextCell(mark, .quiet), TextCell(""), TextCell(evidence: idle.joined(separator: ", "))])
        }
        return [style.paint(title, .strong)] + facts.lines(style) + checks.lines(style)
    }

    private static func detail(_ check: CheckRecord) -> String {
        guard let reason = check.reason else { return check.detail }
        return check.detail.isEmpty ? reason : "\(reason): \(check.detail)"
    }
}

/// The facts of one signature, a line each.
enum SignatureFacts {
    static func table(_ signature: TracedSignature) -> TextTable {
        let verdict = signature.verdict
        var table = TextTable(indentation: 4)
        if let type = signature.record.predicateType { table.add([TextCell("predicate"), TextCell(evidence: type)]) }
        table.add([TextCell("authentic"), TextCell(Wording.authentic(verdict), tone(verdict?.isAuthentic))])
        table.add([TextCell("trusted"), TextCell(Wording.trusted(verdict), tone(verdict?.isTrusted))])
        if let identity = verdict?.identity { table.add([TextCell("signed by"), TextCell(evidence: identity)]) }
        if let issuer = verdict?.identityIssuer { table.add([TextCell("issuer"), TextCell(evidence: issuer)]) }
        if let time = verdict?.signedAt { table.add([TextCell("signed at"), TextCell("\(time)")]) }
        if let verdict { table.add([TextCell("proof"), TextCell(evidence: verdict.strength)]) }
        addStatements(of: signature, to: &table)
        return table
    }

    /// More of what a signer states than fits a page; the JSON form has all of it.
    private static let maximumStatements = 40

    /// Adds what the signer states beside what is signed, a line each: it is nobody's word but the signer's.
    static func addStatements(of signature: TracedSignature, to table: inout TextTable) {
        for statement in signature.statements.prefix(maximumStatements) {
            table.add([TextCell("signer states"), TextCell(evidence: "\(statement.key): \(statement.value)")])
        }
        let rest = signature.statements.count - maximumStatements
        if rest > 0 { table.add([TextCell(""), TextCell("and \(rest) more, in the JSON form")]) }
    }

    private static func tone(_ holds: Bool?) -> Tone {
        switch holds {
        case true: .good
        case false: .bad
        case nil: .doubtful
        }
    }
}

extension CheckOutcomeWord {
    var tone: Tone {
        switch self {
        case .passed: .good
        case .failed: .bad
        case .notApplicable: .quiet
        case .notPerformed: .doubtful
        }
    }

    /// The outcome in one character, so that it can be read without colour.
    var mark: String {
        switch self {
        case .passed: "✓"
        case .failed: "✗"
        case .notApplicable: "·"
        case .notPerformed: "?"
        }
    }
}

extension ContentOutcome {
    var tone: Tone {
        switch self {
        case .intact: .good
        case .incomplete: .doubtful
        case .altered: .bad
        }
    }
}
