internal import CaseIndex
package import Correlation
package import Cryptography

/// What is there and what is missing, image by image, and what to collect next.
package enum GapSection {
    static let anchor = "gaps"
    private static let rowLimit = 500

    package static func node(_ gaps: Gaps, address: (Digest) -> String? = { _ in nil }) -> HTMLNode {
        Section.major(
            anchor,
            "Gaps",
            [matrix(gaps, address), .newline, Section.minor("What to collect next", [advice(gaps)]), orphans(gaps)]
        )
    }

    private static func matrix(_ gaps: Gaps, _ address: (Digest) -> String?) -> HTMLNode {
        var table = HTMLTable(
            ["Image"] + GapCheck.allCases.map { heading($0) },
            columns: ["head"] + GapCheck.allCases.map { _ in "cell" },
            caption: "What there is about each image"
        )
        for row in gaps.rows.prefix(rowLimit) {
            let name = row.names.isEmpty ? row.image.short : row.names.joined(separator: ", ")
            let head = ImageIndex.link(.evidence(name), address(row.image))
            table.add([head] + GapCheck.allCases.map { cell(row.states[$0] ?? .notApplicable) })
        }
        return .sequence([
            HTMLNode(
                "p",
                [.class("legend")],
                [
                    Badge.node("✓", .good), .text(" there, "), Badge.node("–", .doubtful), .text(" missing, "),
                    Badge.node("✗", .bad), .text(" there, and does not hold, "), Badge.node("·", .quiet),
                    .text(" not asked for."),
                ]
            ),
            Section.scrolling("What there is about each image", [table.node]),
            Cut.note(gaps.rows.count, of: rowLimit, "image"),
        ])
    }

    /// The heading of a column as words are written.
    private static func heading(_ check: GapCheck) -> String {
        check == .run ? "CI record" : check.heading.prefix(1) + check.heading.dropFirst().lowercased()
    }

    private static func cell(_ state: GapState) -> HTMLNode {
        let (mark, word, tone): (String, String, Tone) =
            switch state {
            case .present: ("✓", "there", .good)
            case .missing: ("–", "missing", .doubtful)
            case .failed: ("✗", "does not hold", .bad)
            case .notApplicable: ("·", "not asked for", .quiet)
            }
        return HTMLNode(
            "span",
            [.class("badge \(tone.className)")],
            [
                HTMLNode("span", [HTMLAttribute("aria-hidden", "true")], mark),
                HTMLNode("span", [.class("unseen")], word),
            ]
        )
    }

    private static func advice(_ gaps: Gaps) -> HTMLNode {
        guard !gaps.gaps.isEmpty else { return HTMLNode("p", [], "Nothing is missing.") }
        var table = HTMLTable(
            ["Gap", "How often", "What to do"],
            columns: ["fact", "number", "wide"],
            caption: "What is missing, and what to collect"
        )
        for (kind, count) in gaps.summary {
            table.add([
                .text(kind.rawValue), .text(Count.grouped(count)),
                .sequence([.text(kind.advice), examples(gaps.gaps.filter { $0.kind == kind })]),
            ])
        }
        return table.node
    }

    private static func examples(_ gaps: [Gap]) -> HTMLNode {
        let shown = gaps.prefix(3).map { gap in
            HTMLNode("div", [.class("source")], [.evidence(gap.what)])
        }
        let more = gaps.count - shown.count
        let rest = more > 0 ? [HTMLNode("div", [.class("note")], "and \(Count.grouped(more)) more")] : []
        return .sequence(shown + rest)
    }

    private static func orphans(_ gaps: Gaps) -> HTMLNode {
        let orphans = gaps.gaps.filter(\.kind.isOrphan)
        guard !orphans.isEmpty else { return .empty }
        var table = HTMLTable(
            ["Kind", "Over", "What"],
            columns: ["fact", "wide", "plain"],
            caption: "What has no image"
        )
        for gap in orphans.prefix(rowLimit) {
            table.add([
                .text(gap.kind.rawValue), HTMLNode("code", [], gap.subject.map { "\($0)" } ?? ""), .evidence(gap.what),
            ])
        }
        return Section.minor(
            "What stands without an image",
            [table.node, Cut.note(orphans.count, of: rowLimit, "orphan")]
        )
    }
}
