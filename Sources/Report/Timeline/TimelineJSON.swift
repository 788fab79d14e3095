package import Correlation
internal import Cryptography
package import StrictJSON

/// A timeline as a document.
package enum TimelineJSON {
    /// The document behind `timeline --format json`, and the timeline in an image's document.
    package static func document(_ timeline: Timeline) -> JSONValue {
        Document.make(
            "timeline",
            [
                ("events", .array(timeline.events.map(event))),
                ("conflicting", JSONValue(timeline.conflictCount)),
            ]
        )
    }

    /// Writes the same document piece by piece.
    ///
    /// - Throws: Whatever `put` throws.
    package static func write(_ timeline: Timeline, to put: @escaping ReportSink) throws {
        var sink = BufferedSink(put)
        let head = [("schema", JSONValue(Document.schema("timeline")))]
        var pieces = try JSONPieces(head, list: "events") { try sink.write($0) }
        for event in timeline.events { try pieces.add(Self.event(event)) }
        try pieces.finish([("conflicting", JSONValue(timeline.conflictCount))])
        try sink.flush()
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
