internal import CaseIndex
internal import Correlation
internal import Cryptography

/// The provenance report as Markdown, for issues and wikis.
package enum ProvenanceMarkdown {
    /// The text; `tool` is name and version of the program.
    package static func text(_ dossier: CaseDossier, tool: String) -> String {
        opening(dossier, tool) + dossier.images.map { "\n" + section($0).joined(separator: "\n") + "\n" }.joined()
            + closing(dossier)
    }

    /// Writes the text for a case of any size.
    ///
    /// - Parameters:
    ///   - stream: The case.
    ///   - tool: Name and version of the program.
    ///   - put: Where the text goes.
    ///   - each: Called for every image.
    /// - Throws: ``CaseError``, and whatever `put` throws.
    package static func write(
        _ stream: DossierStream,
        tool: String,
        to put: ReportSink,
        each: (ImageDossier) -> Void
    ) throws {
        try put(opening(stream.heading, tool))
        try stream.forEach { dossier in
            each(dossier)
            try put("\n" + section(dossier).joined(separator: "\n") + "\n")
        }
        try put(closing(stream.heading))
    }

    private static func opening(_ dossier: CaseDossier, _ tool: String) -> String {
        "# Provenance report\n\nCase \(MarkdownText.code(dossier.path)), \(tool).\n"
    }

    private static func closing(_ dossier: CaseDossier) -> String {
        "\n" + custody(dossier).joined(separator: "\n") + "\n"
    }

    private static func section(_ dossier: ImageDossier) -> [String] {
        let trace = dossier.trace
        let name = ImageTitle.text(trace)
        let (title, sentence) = Wording.standing(trace.standing)
        var lines = [
            "## \(MarkdownText.escape(name.name))", "", "**\(title).** \(sentence)", "",
            "- digest: \(MarkdownText.code("\(trace.image)"))",
            "- content: \(trace.graph.outcome.rawValue)",
        ]
        if let chain = trace.chains.first {
            let stations = chain.links.map { "\($0.station.rawValue) (\($0.basis.rawValue))" }
            lines.append("- chain: " + stations.joined(separator: " → "))
        }
        lines += findings(trace) + claims(trace) + ProvenanceMarkdown.sources(trace)
        for signature in trace.signatures { lines += [""] + checks(signature) }
        return lines
    }

    private static func findings(_ trace: Trace) -> [String] {
        guard !trace.findings.isEmpty else { return ["", "No findings."] }
        let items = trace.findings.map {
            "- **\($0.severity.rawValue)** \($0.rule): \(MarkdownText.escape(alreadyShown: $0.message))"
        }
        return ["", "### Findings", ""] + items
    }

    private static func claims(_ trace: Trace) -> [String] {
        guard !trace.rows.isEmpty else { return [] }
        var lines = ["", "### Claims", "", "| fact | verdict | value | said by | basis |", "|---|---|---|---|---|"]
        for row in trace.rows {
            for (index, value) in row.values.enumerated() {
                let heading = index == 0 ? "\(Wording.fact(row.fact)) | \(Wording.row(row.verdict))" : " | "
                let source = "\(Wording.speaker(value.claim.speaker)) \(MarkdownText.code(value.claim.key))"
                lines.append(
                    "| \(heading) | \(MarkdownText.code(value.claim.value)) | \(source) | \(value.basis.rawValue) |"
                )
            }
        }
        return lines
    }

    /// What repositories and CI records know of the commits and jobs that are named.
    private static func sources(_ trace: Trace) -> [String] {
        let commits = trace.commits.map { commit in
            (commit.name, commit.basis, CommitText.rows(commit).map { ($0.0, $0.1.text) })
        }
        let runs = trace.runs.map { (RunText.title($0), $0.basis, RunText.rows($0)) }
        return (commits + runs).flatMap { title, basis, rows in
            ["", "### \(MarkdownText.code(title)) (\(basis.rawValue))", ""]
                + rows.map { "- \($0.0): \(MarkdownText.code($0.1))" }
        }
    }

    private static func checks(_ signature: TracedSignature) -> [String] {
        let verdict = signature.verdict
        var lines = [
            "### \(Wording.kind(signature.record)) \(signature.record.id.prefix(12))", "",
            "Authentic: \(Wording.authentic(verdict)). Trusted: \(Wording.trusted(verdict)).",
        ]
        if let identity = verdict?.identity { lines.append("Signed by \(MarkdownText.code(identity)).") }
        guard !signature.checks.isEmpty else { return lines }
        lines += ["", "| check | outcome | reason |", "|---|---|---|"]
        for check in signature.checks {
            let reason = [check.reason, check.detail].compactMap(\.self).joined(separator: ": ")
            lines.append(
                "| \(MarkdownText.escape(check.name)) | \(Wording.outcome(check.outcome)) | "
                    + "\(MarkdownText.escape(alreadyShown: reason)) |"
            )
        }
        return lines
    }

    private static func custody(_ dossier: CaseDossier) -> [String] {
        var lines = ["## Custody", "", "| run | at | command | hash |", "|---|---|---|---|"]
        for activity in dossier.activities {
            let command = MarkdownText.code(CommandText.line(activity))
            lines.append(
                "| \(activity.id) | \(activity.startedAt) | \(command) | \(MarkdownText.code(activity.hash)) |"
            )
        }
        return lines
    }
}
