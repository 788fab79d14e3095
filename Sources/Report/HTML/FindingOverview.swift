internal import CaseIndex
internal import Correlation

/// What the rules concluded over all images: a row a rule.
enum FindingOverview {
    static let anchor = "findings"

    /// More images than this are counted, not named.
    private static let named = 6

    static func node(_ lines: [ImageLine], address: (ImageLine) -> String?) -> HTMLNode {
        var groups: [String: [ImageLine]] = [:]
        for line in lines {
            for rule in Set(line.findings.map(\.rule)) { groups[rule, default: []].append(line) }
        }
        let rules = Rules.all.filter { groups[$0.id] != nil }
        guard !rules.isEmpty else {
            return Section.major(anchor, "Findings", [HTMLNode("p", [], "No rule has found anything.")])
        }
        var table = HTMLTable(
            ["Weight", "Rule", "What it means", "Images"],
            columns: ["word", "name", "wide", "wide"],
            caption: "What the rules concluded, over all images"
        )
        for rule in rules.sorted(by: { Self.rank($0.severity) < Self.rank($1.severity) }) {
            let own = groups[rule.id] ?? []
            table.add([
                Badge.severity(rule.severity), HTMLNode("strong", [], rule.id), .text(rule.explanation),
                images(own, address),
            ])
        }
        return Section.major(anchor, "Findings", [table.node])
    }

    private static func rank(_ severity: FindingSeverity) -> Int {
        FindingSeverity.allCases.firstIndex(of: severity) ?? 0
    }

    private static func images(_ lines: [ImageLine], _ address: (ImageLine) -> String?) -> HTMLNode {
        var nodes = lines.prefix(named).map { line in
            let name = HTMLNode.evidence(line.name)
            return HTMLNode(
                "div",
                [],
                [address(line).map { HTMLNode("a", [HTMLAttribute("href", $0)], [name]) } ?? name]
            )
        }
        if lines.count > named {
            nodes.append(HTMLNode("div", [.class("note")], "and \(Count.grouped(lines.count - named)) more"))
        }
        return .sequence(nodes)
    }
}
