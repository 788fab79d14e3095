package import CaseIndex
internal import Correlation
package import Cryptography

/// Pages that look at a case without judging.
package enum CaseText {
    /// The images of a case, a line each.
    package static func images(_ entries: [ImageEntry], _ style: TextStyle) -> String {
        guard !entries.isEmpty else { return "no images\n" }
        var table = TextTable(["DIGEST", "NAMES", "PLATFORMS", "SIGNATURES"])
        for entry in entries {
            table.add([
                TextCell(
                    "\(entry.digest.algorithm.rawValue):\(style.brief(entry.digest.hex))",
                    entry.isPresent ? .plain : .bad
                ),
                TextCell(evidence: entry.names.joined(separator: ", ")),
                TextCell(evidence: entry.realPlatforms.joined(separator: ", ")),
                TextCell("\(entry.signatureCount)" + (entry.isPresent ? "" : " (the image itself is missing)")),
            ])
        }
        return table.lines(style).joined(separator: "\n") + "\n"
    }

    /// What a case holds.
    package static func info(_ dossier: CaseDossier, contentDigest: Digest, _ style: TextStyle) -> String {
        var counts = TextTable()
        for (name, count) in dossier.counts.rows { counts.add([TextCell(name), TextCell("\(count)")]) }
        var lines = [style.paint(TextCell(evidence: dossier.path).text, .strong)] + counts.lines(style) + [""]
        var sources = TextTable(["EVIDENCE", "KIND", "DIGEST", "IMPORTED"])
        for source in dossier.sources {
            sources.add([
                TextCell(evidence: source.path),
                TextCell(evidence: source.kind + (source.isComplete ? "" : " (not read to its end)")),
                TextCell("\(source.digest)"),
                TextCell("\(source.importedAt)"),
            ])
        }
        lines += sources.lines(style) + [""]
        let warnings = ShowText.warningTable(dossier.warnings).lines(style)
        if !warnings.isEmpty { lines += [style.paint("WARNINGS", .quiet)] + warnings + [""] }
        lines += custody(dossier, style) + TextFolding.fold("content digest \(contentDigest)", width: style.width)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func custody(_ dossier: CaseDossier, _ style: TextStyle) -> [String] {
        var table = TextTable(["RUN", "AT", "COMMAND", "HASH"])
        for activity in dossier.activities {
            table.add([
                TextCell("\(activity.id)"),
                TextCell("\(activity.startedAt)"),
                TextCell(evidence: CommandText.line(activity)),
                TextCell(evidence: style.brief(activity.hash)),
            ])
        }
        let state =
            dossier.firstBrokenActivity.map { style.paint("custody log broken at run \($0)", .bad) }
            ?? style.paint("custody log unbroken", .good)
        return table.lines(style) + [state]
    }
}

extension ImageEntry {
    /// Platforms without the one under which BuildKit lists its attestations.
    var realPlatforms: [String] {
        platforms.filter { !$0.utf8.elementsEqual("unknown/unknown".utf8) }
    }
}

extension CaseCounts {
    /// Names with counts, in the order of work.
    var rows: [(String, Int)] {
        [
            ("sources", sources), ("artifacts", artifacts), ("names", references), ("signatures", signatures),
            ("claims", claims), ("verdicts", verdicts), ("findings", findings), ("warnings", warnings),
        ]
    }
}
