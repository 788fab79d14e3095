internal import CaseIndex
package import Correlation
package import Cryptography

/// What happened, and which clocks contradict one another.
package enum TimelineSection {
    /// More events than this are counted, not shown.
    static let eventLimit = 400

    /// The timeline of a case or image, as an ordered list; nothing when nothing states a time.
    package static func list(_ timeline: Timeline, of subject: String, names: [Digest: String]) -> HTMLNode {
        guard !timeline.events.isEmpty else { return .empty }
        let events = shown(timeline)
        let words = Dictionary(timeline.events.map { ($0.id, $0) }) { first, _ in first }
        var previous: Timestamp?
        let items = events.map { event -> HTMLNode in
            defer { if !event.isPlaceholder { previous = event.time } }
            return item(event, after: previous, words, names)
        }
        let count = timeline.conflictCount
        let state =
            count == 0
            ? Badge.node("✓ the clocks agree", .good)
            : Badge.node("✗ \(Count.text(count, "event")) that cannot agree with another", .bad)
        return .sequence([
            HTMLNode("p", [], [state]), TimelinePicture(timeline.events, of: subject).node,
            HTMLNode("ol", [.class("timeline")], items),
            Cut.note(timeline.events.count, of: events.count, "event"),
        ])
    }

    /// All of them, or those that contradict and then the youngest.
    private static func shown(_ timeline: Timeline) -> [TimelineEvent] {
        guard timeline.events.count > eventLimit else { return timeline.events }
        let marked = Set(timeline.events.filter { !$0.conflicts.isEmpty }.prefix(eventLimit / 2).map(\.id))
        let rest = Set(
            timeline.events.reversed().filter { !marked.contains($0.id) }.prefix(eventLimit - marked.count).map(\.id)
        )
        return timeline.events.filter { marked.contains($0.id) || rest.contains($0.id) }
    }

    private static func item(
        _ event: TimelineEvent,
        after previous: Timestamp?,
        _ words: [String: TimelineEvent],
        _ names: [Digest: String]
    ) -> HTMLNode {
        let tone: Tone = event.conflicts.isEmpty ? event.basis.tone : .bad
        let gap = previous.flatMap { $0 < event.time ? Elapsed.words($0, event.time) : nil }
        let conflicts = event.conflicts.prefix(4).map { conflict in
            let other = words[conflict.other].map { " (\($0.kind.words) \($0.time))" } ?? ""
            return HTMLNode("div", [.class("objection")], "✗ \(conflict.words)\(other)")
        }
        let images = event.images.count > 1 ? event.images.compactMap { names[$0] } : []
        return HTMLNode(
            "li",
            [.class(tone.className)],
            [
                HTMLNode("time", [HTMLAttribute("datetime", "\(event.time)")], "\(event.time)"),
                gap.map { HTMLNode("span", [.class("gap")], "+ \($0)") } ?? .empty,
                HTMLNode(
                    "div",
                    [],
                    [
                        HTMLNode("strong", [], event.kind.words), .text(" "), Badge.basis(event.basis),
                        event.isPlaceholder ? Badge.node("set, not measured", .quiet) : .empty,
                        HTMLNode("div", [.class("what")], [.evidence(event.what)]),
                        images.isEmpty
                            ? .empty
                            : HTMLNode(
                                "div",
                                [.class("source")],
                                [.text("of "), .evidence(images.joined(separator: ", "))]
                            ),
                    ] + conflicts
                ),
            ]
        )
    }
}
