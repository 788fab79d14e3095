package import Correlation
internal import Cryptography

/// A timeline for people: a line an event, and under it what it contradicts.
package enum TimelineText {
    /// The page, ending with a newline.
    package static func page(_ timeline: Timeline, _ style: TextStyle) -> String {
        guard !timeline.events.isEmpty else { return "nothing happened in this time\n" }
        let times = Dictionary(timeline.events.map { ($0.id, $0.time) }) { first, _ in first }
        var table = TextTable(["TIME", "", "WHAT", "BASIS", "RECORD"])
        for event in timeline.events {
            table.add([
                TextCell("\(event.time)", event.isPlaceholder ? .quiet : .plain),
                TextCell(event.kind.words, event.conflicts.isEmpty ? .plain : .bad),
                TextCell(evidence: event.what),
                TextCell(event.basis.rawValue, event.basis.tone),
                TextCell(short(event.record, style), .quiet),
            ])
            for conflict in event.conflicts {
                let when = times[conflict.other].map { " at \($0)" } ?? ""
                table.add([
                    TextCell(""), TextCell("contradicts", .bad),
                    TextCell("\(conflict.words): \(kind(conflict.other))\(when)", .bad), TextCell(""),
                    TextCell(short(record(conflict.other), style), .quiet),
                ])
            }
        }
        return table.lines(style).joined(separator: "\n") + "\n"
    }

    /// The kind of an event, by its id.
    private static func kind(_ id: String) -> String {
        let word = id.split(separator: " ").first.map(String.init) ?? id
        return EventKind(rawValue: word)?.words ?? word
    }

    private static func record(_ id: String) -> String {
        id.split(separator: " ").last.map(String.init) ?? id
    }

    /// Long keys are cut, unless they are to be whole.
    private static func short(_ record: String, _ style: TextStyle) -> String {
        record.utf8.count > 40 && !style.showsWhole ? String(record.prefix(40)) + "…" : record
    }
}
