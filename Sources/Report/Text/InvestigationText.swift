internal import CaseIndex
package import Correlation

/// The short answer about images, for people: what each comes to, where it came from, and what does not agree.
package enum InvestigationText {
    /// The page, ending with a newline.
    package static func page(_ traces: [Trace], _ style: TextStyle) -> String {
        traces.map { block($0, style).joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    /// From the certificate on: what comes before is said by the heading.
    private static let stations: Set<ChainLink.Station> = [.certificate, .job, .pipeline, .commit]

    private static func block(_ trace: Trace, _ style: TextStyle) -> [String] {
        var lines = ImageHeading.lines(trace, style) + ImageHeading.standing(trace, style)
        var table = TextTable(indentation: 2)
        for link in trace.chains.first?.links ?? [] where stations.contains(link.station) {
            table.add([
                TextCell(link.station == .certificate ? "signed by" : link.station.rawValue, .strong),
                TextCell(evidence: [link.value, link.detail].compactMap(\.self).joined(separator: "  ")),
                TextCell(link.basis.rawValue, link.basis.tone),
            ])
            if let objection = link.objection { table.add([TextCell(""), TextCell(evidence: objection, .bad)]) }
        }
        var findings = TextTable(indentation: 2)
        for finding in trace.findings {
            findings.add([TextCell(finding.severity.rawValue, finding.severity.tone), TextCell(finding.message)])
        }
        lines += table.lines(style) + findings.lines(style)
        return lines
    }
}
