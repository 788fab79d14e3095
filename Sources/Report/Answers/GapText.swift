package import Correlation
internal import Cryptography

/// What is missing, for people.
package enum GapText {
    /// The page: the matrix, then every gap under its kind, with what to collect.
    package static func page(_ gaps: Gaps, _ style: TextStyle) -> String {
        var lines = matrix(gaps.rows, style)
        for (kind, count) in gaps.summary {
            if !lines.isEmpty { lines.append("") }
            lines.append(style.paint("\(kind.rawValue) (\(count))", kind.tone))
            var table = TextTable(indentation: 2)
            for gap in gaps.gaps where gap.kind == kind {
                table.add([
                    TextCell(gap.subject.map { style.brief("\($0)", digits: shortDigest) } ?? "the case"),
                    TextCell(evidence: gap.what),
                ])
            }
            lines += table.lines(style)
            var advice = TextTable(indentation: 2)
            advice.add([TextCell("→ \(kind.advice)")])
            lines += advice.lines(style)
        }
        if gaps.gaps.isEmpty { lines += (lines.isEmpty ? [] : [""]) + ["nothing is missing"] }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func matrix(_ rows: [GapRow], _ style: TextStyle) -> [String] {
        guard !rows.isEmpty else { return [] }
        guard style.width >= matrixWidth else { return rows.flatMap { facts($0, style) } }
        var table = TextTable(["IMAGE", "NAME"] + GapCheck.allCases.map(\.heading))
        for row in rows {
            let states = GapCheck.allCases.map { row.states[$0] ?? .notApplicable }
            table.add(
                [
                    TextCell(style.brief("\(row.image)", digits: shortDigest)),
                    TextCell(evidence: row.names.joined(separator: ", ")),
                ]
                    + states.map { TextCell($0.word, $0.tone) }
            )
        }
        return table.lines(style)
    }

    /// A narrower terminal has no room for a column a check.
    private static let matrixWidth = 112

    /// The row of an image in words: what failed, what is missing, what is there.
    private static func facts(_ row: GapRow, _ style: TextStyle) -> [String] {
        let image = style.brief("\(row.image)", digits: shortDigest)
        let title = ([image] + row.names.map { TextCell(evidence: $0).text }).joined(separator: "  ")
        var table = TextTable(indentation: 2)
        for state in [GapState.failed, .missing, .present] {
            let checks = GapCheck.allCases.filter { row.states[$0] == state }.map { $0.heading.lowercased() }
            guard !checks.isEmpty else { continue }
            table.add([TextCell(state.word, state.tone), TextCell(checks.joined(separator: ", "))])
        }
        return TextFolding.fold(title, width: style.width) + table.lines(style)
    }

    /// The algorithm, and 12 digits.
    private static let shortDigest = 19
}

extension GapState {
    /// The word in the matrix.
    package var word: String {
        switch self {
        case .present: "yes"
        case .missing: "no"
        case .failed: "FAILED"
        case .notApplicable: "-"
        }
    }

    var tone: Tone {
        switch self {
        case .present: .good
        case .missing: .doubtful
        case .failed: .bad
        case .notApplicable: .quiet
        }
    }
}

extension GapKind {
    var tone: Tone {
        switch self {
        case .contentAltered, .notAuthentic, .notTrusted: .bad
        default: .doubtful
        }
    }
}
