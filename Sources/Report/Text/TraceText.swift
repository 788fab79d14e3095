internal import CaseIndex
package import Correlation
internal import Cryptography

/// The way back from images, for people: the chain, the claims with their bases, the findings.
package enum TraceText {
    /// The page, ending with a newline.
    package static func page(_ traces: [Trace], _ style: TextStyle) -> String {
        let blocks = traces.map { block($0, style).joined(separator: "\n") }
        return blocks.joined(separator: "\n\n") + (blocks.isEmpty ? "" : "\n")
    }

    private static func block(_ trace: Trace, _ style: TextStyle) -> [String] {
        var lines = ImageHeading.lines(trace, style) + ImageHeading.standing(trace, style)
        if let chain = trace.chains.first { lines += [""] + chainLines(chain, style) }
        if trace.chains.count > 1 {
            lines.append(style.paint("along the best founded of \(trace.chains.count) signatures", .quiet))
        }
        if !trace.rows.isEmpty { lines += [""] + claimLines(trace, style) }
        if !trace.commits.isEmpty { lines += [""] + CommitText.lines(trace.commits, style) }
        if !trace.runs.isEmpty { lines += [""] + RunText.lines(trace.runs, style) }
        return lines + findingLines(trace.findings, style)
    }

    private static func chainLines(_ chain: ProvenanceChain, _ style: TextStyle) -> [String] {
        var table = TextTable()
        for (index, link) in chain.links.enumerated() {
            let arrow = index == 0 ? "" : "└─ "
            table.add([
                TextCell(arrow + link.station.rawValue, .strong),
                TextCell(evidence: [link.value, link.detail].compactMap(\.self).joined(separator: "  ")),
                TextCell(link.basis.rawValue, link.basis.tone),
            ])
            if let objection = link.objection { table.add([TextCell(""), TextCell(evidence: objection, .bad)]) }
        }
        return table.lines(style)
    }

    private static func claimLines(_ trace: Trace, _ style: TextStyle) -> [String] {
        var table = TextTable(["FACT", "VERDICT", "VALUE", "SAID BY", "BASIS"])
        for row in trace.rows {
            for (index, value) in row.values.enumerated() {
                let isFirst = index == 0
                table.add([
                    TextCell(isFirst ? Wording.fact(row.fact) : "", .strong),
                    TextCell(isFirst ? Wording.row(row.verdict) : "", row.verdict.tone),
                    TextCell(evidence: row.repeats(index) ? "″" : value.claim.value),
                    TextCell(evidence: Self.source(value)),
                    TextCell(value.basis.rawValue, value.basis.tone),
                ])
            }
            if row.lacksCounterpart { table.add(["", "", Wording.noCounterpart].map { TextCell($0, .quiet) }) }
        }
        return table.lines(style)
    }

    private static func source(_ value: TracedValue) -> String {
        let aspect = value.value.aspect == .itself ? "" : " (\(value.value.aspect.rawValue))"
        return "\(Wording.speaker(value.claim.speaker)) \(ClaimKey.short(value.claim))\(aspect)"
    }

    static func findingLines(_ findings: [FindingRecord], _ style: TextStyle) -> [String] {
        guard !findings.isEmpty else { return ["", style.paint("no findings", .good)] }
        var table = TextTable()
        for finding in findings {
            table.add([
                TextCell(finding.severity.rawValue, finding.severity.tone),
                TextCell(finding.rule),
                TextCell(finding.message),
            ])
        }
        return [""] + table.lines(style)
    }
}

extension FactRow {
    /// Whether a value is the same bytes as the one above it.
    fileprivate func repeats(_ index: Int) -> Bool {
        index > 0 && values[index].claim.value.utf8.elementsEqual(values[index - 1].claim.value.utf8)
    }
}

extension Basis {
    var tone: Tone {
        switch self {
        case .contentAddressed, .certificateAttested, .logAttested, .timestampAttested, .custody: .good
        case .signerAsserted, .git, .record, .unsigned: .doubtful
        case .unverified: .bad
        }
    }
}

extension RowVerdict {
    var tone: Tone {
        switch self {
        case .agrees: .good
        case .contradicts: .bad
        case .onlyAsserted, .unverified: .doubtful
        case .singleSource: .plain
        }
    }
}

extension FindingSeverity {
    var tone: Tone {
        switch self {
        case .error: .bad
        case .warning: .doubtful
        case .note: .quiet
        }
    }
}
