internal import CaseIndex
internal import Correlation

/// The case at a glance: what the images come to, in numbers and as a bar.
enum SummarySection {
    static let anchor = "summary"

    static func node(_ heading: CaseDossier, _ lines: [ImageLine]) -> HTMLNode {
        let tallies = Standing.allCases.map { standing in (standing, lines.count { $0.standing == standing }) }
            .filter { $0.1 > 0 }.sorted { $0.0.gravity < $1.0.gravity }
        return Section.major(
            anchor,
            "Summary",
            [
                HTMLNode("p", [.class("lead")], sentence(lines)), .newline, bar(tallies, of: lines.count), .newline,
                HTMLNode("ul", [.class("tally")], tallies.map { tally($0.0, $0.1) }), .newline,
                facts(heading, lines), state(heading),
            ]
        )
    }

    private static func sentence(_ lines: [ImageLine]) -> String {
        let alarming = lines.count { $0.standing.tone == .bad }
        let doubtful = lines.count { $0.standing.tone == .doubtful }
        if alarming == 0, doubtful == 0 { return "Nothing speaks against \(Count.text(lines.count, "image"))." }
        var parts: [String] = []
        if alarming > 0 { parts.append("\(Count.grouped(alarming)) must not be relied on") }
        if doubtful > 0 { parts.append("\(Count.grouped(doubtful)) cannot be decided on what is at hand") }
        return "Of \(Count.text(lines.count, "image")), \(parts.joined(separator: ", and "))."
    }

    private static func tally(_ standing: Standing, _ count: Int) -> HTMLNode {
        let (title, sentence) = Wording.standing(standing)
        return HTMLNode(
            "li",
            [.class(standing.tone.className)],
            [
                HTMLNode("span", [.class("number")], Count.grouped(count)),
                HTMLNode("span", [.class("name")], "\(standing.mark) \(title)"),
                HTMLNode("span", [.class("note")], sentence),
            ]
        )
    }

    /// The proportions; whoever cannot see them has the numbers below.
    private static func bar(_ tallies: [(Standing, Int)], of total: Int) -> HTMLNode {
        let width = 1000
        var x = 0
        let pieces = tallies.enumerated().map { index, tally -> HTMLNode in
            let isLast = index == tallies.count - 1
            let share = isLast ? width - x : max(6, width * tally.1 / max(total, 1))
            defer { x = min(x + share, width - 6) }
            return HTMLNode(
                "rect",
                [
                    .class(tally.0.tone.className), HTMLAttribute("x", "\(x)"), HTMLAttribute("y", "0"),
                    HTMLAttribute("width", "\(max(share - 3, 3))"), HTMLAttribute("height", "10"),
                ],
                []
            )
        }
        return HTMLNode(
            "svg",
            [
                .class("bar"), HTMLAttribute("viewBox", "0 0 \(width) 10"), HTMLAttribute("aria-hidden", "true"),
                HTMLAttribute("preserveAspectRatio", "none"),
            ],
            pieces
        )
    }

    private static func facts(_ heading: CaseDossier, _ lines: [ImageLine]) -> HTMLNode {
        var facts = HTMLFacts()
        let times = lines.compactMap(\.signedAt)
        facts.add(
            "Evidence",
            .text(Count.text(heading.sources.count, "piece of evidence", plural: "pieces of evidence"))
        )
        facts.add(
            "Signatures",
            .text(
                Count.text(
                    lines.reduce(0) { $0 + $1.signatureCount },
                    "signature or attestation",
                    plural: "signatures and attestations"
                )
            )
        )
        facts.add("Findings", .text(Count.text(lines.reduce(0) { $0 + $1.graveCount }, "finding")))
        if let first = times.min(), let last = times.max() {
            facts.add("Signed between", .text(first == last ? "\(first)" : "\(first) and \(last)"))
        }
        return facts.node
    }

    /// What keeps the report from being whole.
    private static func state(_ heading: CaseDossier) -> HTMLNode {
        var items: [HTMLNode] = []
        for source in heading.incompleteSources.prefix(20) {
            items.append(
                HTMLNode(
                    "li",
                    [],
                    [
                        Badge.node("! import incomplete", .bad), .text(" "),
                        HTMLNode("code", [], [.evidence(source.path)]),
                        .text(": what is concluded here may change when it is read to its end."),
                    ]
                )
            )
        }
        if let broken = heading.firstBrokenActivity {
            items.append(
                HTMLNode(
                    "li",
                    [],
                    [Badge.node("✗ custody", .bad), .text(" the custody log is broken at run \(broken).")]
                )
            )
        }
        if !heading.grave.isEmpty {
            let count = Count.text(heading.grave.count, "warning")
            items.append(
                HTMLNode(
                    "li",
                    [],
                    [
                        Badge.node("! evidence", .bad), .text(" "),
                        HTMLNode("a", [HTMLAttribute("href", "#\(CaseSection.anchor)")], count),
                        .text(" of import by which evidence was lost or contradicts itself."),
                    ]
                )
            )
        }
        return items.isEmpty ? .empty : HTMLNode("ul", [.class("state")], items)
    }
}

extension Standing {
    /// A sign that says the same as the colour.
    var mark: String {
        switch tone {
        case .good: "✓"
        case .bad: "✗"
        case .doubtful: "!"
        case .plain, .strong, .quiet: "·"
        }
    }
}
