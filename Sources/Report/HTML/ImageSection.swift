package import CaseIndex
internal import Correlation
internal import Cryptography

/// One image on the page: verdict and picture first, then everything they rest on.
package enum ImageSection {
    package static func node(_ dossier: ImageDossier, anchor: String) -> HTMLNode {
        let trace = dossier.trace
        return HTMLNode(
            "section",
            [.class("image"), HTMLAttribute("id", anchor), HTMLAttribute("aria-labelledby", "\(anchor)-title")],
            [
                verdict(trace, anchor), .newline, pictures(trace), .newline, findings(trace), .newline,
                ClaimSection.node(trace), .newline, CommitSection.node(trace), .newline, RunSection.node(trace),
                .newline, SignatureSection.node(dossier), .newline, timeline(dossier), .newline, content(trace),
                .newline, WarningTable.node(dossier.warnings, title: "Warnings about this image"), .newline,
            ]
        )
    }

    private static func verdict(_ trace: Trace, _ anchor: String) -> HTMLNode {
        let (title, sentence) = Wording.standing(trace.standing)
        let grave = trace.findings.count { $0.severity != .note }
        let name = ImageTitle.text(trace)
        return HTMLNode(
            "div",
            [.class("verdict \(trace.standing.tone.className)")],
            [
                HTMLNode("h2", [HTMLAttribute("id", "\(anchor)-title")], [.evidence(name.name)]),
                HTMLNode("p", [.class("word")], "\(trace.standing.mark) \(title)"),
                name.isStated ? .empty : HTMLNode("p", [.class("note")], ImageTitle.remark),
                HTMLNode("p", [.class("digest")], [HTMLNode("code", [], "\(trace.image)")]),
                HTMLNode("p", [.class("sentence")], sentence),
                HTMLNode(
                    "p",
                    [.class("counts")],
                    "\(counted(trace.signatures.count, "signature")) · \(counted(grave, "finding")) · "
                        + "content \(trace.graph.outcome.rawValue)"
                ),
            ]
        )
    }

    private static func counted(_ number: Int, _ noun: String) -> String {
        switch number {
        case 0: "no \(noun)s"
        case 1: "1 \(noun)"
        default: "\(number) \(noun)s"
        }
    }

    /// The best founded chain in both layouts; the page shows the one that fits.
    private static func pictures(_ trace: Trace) -> HTMLNode {
        guard let chain = trace.chains.first else { return .empty }
        let others = trace.chains.count - 1
        let caption =
            others == 0
            ? "The way back from the image to its source, with what each step rests on."
            : "The way back along the best founded of \(others + 1) signatures, with what each step rests on."
        return HTMLNode(
            "figure",
            [],
            [
                ChainPicture(chain: chain, layout: .wide).node, ChainPicture(chain: chain, layout: .narrow).node,
                HTMLNode("figcaption", [], caption),
            ]
        )
    }

    private static func findings(_ trace: Trace) -> HTMLNode {
        guard !trace.findings.isEmpty else { return .empty }
        let items = trace.findings.map { finding in
            HTMLNode(
                "li",
                [.class(finding.severity.tone.className)],
                [
                    Badge.severity(finding.severity), .text(" "), HTMLNode("strong", [], finding.rule),
                    HTMLNode("p", [], finding.message),
                    HTMLNode("p", [.class("note")], Rules.rule(finding.rule)?.explanation ?? ""),
                    HTMLNode("p", [.class("note")], [.text("rests on "), HTMLNode("code", [], finding.records)]),
                ]
            )
        }
        return HTMLNode(
            "section",
            [],
            [HTMLNode("h3", [], "Findings"), HTMLNode("ul", [.class("findings")], items)]
        )
    }

    private static func timeline(_ dossier: ImageDossier) -> HTMLNode {
        guard let timeline = dossier.timeline, !timeline.events.isEmpty else { return .empty }
        let list = TimelineSection.list(timeline, of: "image \(dossier.trace.image.short)", names: [:])
        return Section.minor("What happened when", [list])
    }

    private static func content(_ trace: Trace) -> HTMLNode {
        var table = HTMLTable(
            ["Part", "Digest", "Size", "Bytes"],
            columns: ["fact", "wide", "number", "word"],
            caption: "The image's parts"
        )
        for descriptor in trace.graph.descriptors {
            let isMatched = descriptor.outcome == .matched
            table.add(
                [
                    .text(descriptor.kind.rawValue), HTMLNode("code", [], "\(descriptor.target)"),
                    .text(descriptor.size.map { Count.grouped(Int(clamping: $0)) } ?? ""),
                    Badge.node("\(isMatched ? "✓" : "✗") \(descriptor.outcome.rawValue)", isMatched ? .good : .bad),
                ],
                class: isMatched ? "" : "alarm"
            )
        }
        return HTMLNode(
            "section",
            [],
            [
                HTMLNode("h3", [], "Content"), HTMLNode("p", [], "\(Wording.content(trace.graph.outcome))."),
                table.node,
            ]
        )
    }
}

/// What import noticed, as a table.
package enum WarningTable {
    package static func node(_ warnings: [WarningRecord], title: String, limit: Int = 500) -> HTMLNode {
        var table = HTMLTable(["Weight", "Code", "What"], columns: ["word", "fact", "plain"])
        for warning in warnings.prefix(limit) {
            let tone: Tone = warning.severity == .recovered ? .quiet : .bad
            table.add([
                Badge.node(warning.severity.rawValue, tone), .evidence(warning.code),
                .sequence([HTMLNode("code", [], warning.path), .text(" \(warning.message)")]),
            ])
        }
        guard !table.isEmpty else { return .empty }
        return Section.minor(title, [table.node, Cut.note(warnings.count, of: limit, "warning")])
    }
}
