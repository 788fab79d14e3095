internal import CaseIndex
internal import Correlation

/// The table of claims: a row a fact, with every value, who says it and what that rests on.
enum ClaimSection {
    static func node(_ trace: Trace) -> HTMLNode {
        guard !trace.rows.isEmpty else { return .empty }
        var table = HTMLTable(
            ["Fact", "Verdict", "What is said, by whom, on which basis"],
            columns: ["fact", "word", "plain"],
            caption: "What the sources say"
        )
        for row in trace.rows {
            table.add(
                [.text(Wording.fact(row.fact)), Badge.row(row.verdict), values(row)],
                class: row.verdict == .contradicts ? "alarm" : ""
            )
        }
        return HTMLNode(
            "section",
            [],
            [HTMLNode("h3", [], "What the sources say"), table.node, legend]
        )
    }

    /// Equal values together, each with its sources.
    private static func values(_ row: FactRow) -> HTMLNode {
        var groups: [(value: TracedValue, sources: [TracedValue])] = []
        for value in row.values {
            if let index = groups.firstIndex(where: { $0.value.saysTheSame(as: value) }) {
                groups[index].sources.append(value)
            } else {
                groups.append((value, [value]))
            }
        }
        let nodes = groups.map { group in
            HTMLNode(
                "div",
                [.class("said")],
                [HTMLNode("code", [.class("value")], [.evidence(group.value.claim.value)])]
                    + group.sources.map(source)
            )
        }
        let note = row.lacksCounterpart ? [HTMLNode("p", [.class("note")], Wording.noCounterpart)] : []
        return .sequence(nodes + note)
    }

    private static func source(_ value: TracedValue) -> HTMLNode {
        let aspect = value.value.aspect == .itself ? "" : " (\(value.value.aspect.rawValue))"
        return HTMLNode(
            "div",
            [.class("source")],
            [
                Badge.basis(value.basis), .text(" \(Wording.speaker(value.claim.speaker)) "),
                ClaimKey.extensionName(value.claim).map { .text("\($0) ") } ?? .empty,
                HTMLNode("code", [], [.evidence(value.claim.key)]), .text(aspect),
            ]
        )
    }

    private static let legend = HTMLNode(
        "p",
        [.class("legend")],
        [
            Badge.basis(.certificateAttested), .text(" the certificate authority vouches for it, "),
            Badge.basis(.logAttested), .text(" a transparency log does, "),
            Badge.basis(.signerAsserted), .text(" only whoever signed says so, "),
            Badge.basis(.unsigned), .text(" nobody signed it, "),
            Badge.basis(.unverified), .text(" it stands in the material of a signature that is not authentic."),
        ]
    )
}

extension TracedValue {
    /// Whether two values are shown as one: the same bytes about the same side of a fact.
    fileprivate func saysTheSame(as other: TracedValue) -> Bool {
        value.aspect == other.value.aspect && claim.value.utf8.elementsEqual(other.claim.value.utf8)
    }
}
