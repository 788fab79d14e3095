internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// What rules concluded when they last ran.
enum FindingsPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        let view = try ListView(.findings, request, sources.reader, shown: ["severity", "rule", "image", "message"])
        let counts = try sources.reader.counts(of: "rule", in: .findings)
        return Page(
            title: "Findings",
            lead:
                "As raireki trace and raireki check claims recorded them; the page of an image applies the rules anew.",
            place: .findings
        ) {
            let rules = counts.map { rule in
                HTMLNode(
                    "li",
                    [],
                    [
                        Link.node(Address.make(["findings"], [("rule", rule.value)]), [.evidence(rule.value)]),
                        .text(" \(Count.grouped(rule.count))"),
                    ]
                )
            }
            let explanation = request.value("rule").flatMap { Rules.rule($0)?.explanation }
            let hint =
                view.rows.total == 0 && request.parameters.isEmpty
                ? HTMLNode(
                    "p",
                    [.class("notice")],
                    "Nothing is recorded: raireki check claims --all applies every rule."
                )
                : .empty
            return [
                hint, HTMLNode("ul", [.class("choices")], rules),
                explanation.map { HTMLNode("p", [.class("notice")], $0) } ?? .empty,
            ] + view.nodes(noun: "finding") { _, _ in nil }
        } document: {
            view.document([("rules", .members(counts.map { ($0.value, JSONValue($0.count)) }))])
        }
    }
}
