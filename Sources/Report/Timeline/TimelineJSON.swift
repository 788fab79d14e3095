package import Correlation
internal import Cryptography
package import StrictJSON

/// A timeline as a document.
package enum TimelineJSON {
    /// The document behind `timeline --format json`.
    package static func document(_ timeline: Timeline) -> JSONValue {
        Document.make(
            "timeline",
            [
                ("events", .array(timeline.events.map(event))),
                ("conflicting", JSONValue(timeline.conflictCount)),
            ]
        )
    }

    private static func event(_ event: TimelineEvent) -> JSONValue {
        .members([
            ("id", JSONValue(event.id)),
            ("time", JSONValue("\(event.time)")),
            ("event", JSONValue(event.kind.rawValue)),
            ("what", JSONValue(event.what)),
            ("basis", JSONValue(event.basis.rawValue)),
            ("record", JSONValue(event.record)),
            ("images", .strings(event.images.map { "\($0)" })),
            ("placeholder", .bool(event.isPlaceholder)),
            (
                "conflicts",
                .array(
                    event.conflicts.map { conflict in
                        .members([
                            ("code", JSONValue(conflict.code)), ("with", JSONValue(conflict.other)),
                            ("words", JSONValue(conflict.words)),
                        ])
                    }
                )
            ),
        ])
    }
}
