internal import CaseIndex
package import Correlation
internal import Cryptography
package import StrictJSON

/// What names stood for.
package enum TagText {
    /// The page for people: a name a block, what it stood for a line.
    package static func page(_ histories: [TagHistory], _ style: TextStyle) -> String {
        histories.map { history in
            let name = TextCell(evidence: history.name).text
            let mark = history.hasMoved ? "  " + style.paint("moved", .bad) : ""
            var table = TextTable(indentation: 2)
            for sighting in history.sightings {
                table.add([
                    TextCell("\(sighting.digest)"), TextCell(words(sighting)),
                    TextCell(sighting.notBefore.map { "not before \(MatchText.time($0))" } ?? "", .quiet),
                    TextCell(evidence: sighting.path, .quiet),
                ])
            }
            return style.paint(name, .strong) + mark + "\n" + table.lines(style).map { $0 + "\n" }.joined()
        }.joined(separator: "\n")
    }

    private static func words(_ sighting: TagSighting) -> String {
        switch sighting.kind {
        case .current: "seen \(sighting.seenAt)"
        case .earlier: "earlier, before \(sighting.seenAt)"
        case .listed: "listed \(sighting.seenAt)"
        }
    }

    /// The document behind `tags --format json`.
    package static func document(_ histories: [TagHistory]) -> JSONValue {
        let tags = histories.map { history -> JSONValue in
            let sightings = history.sightings.map { sighting -> JSONValue in
                .members([
                    ("digest", JSONValue("\(sighting.digest)")), ("how", JSONValue(sighting.kind.rawValue)),
                    ("seenAt", JSONValue("\(sighting.seenAt)")), ("source", JSONValue(sighting.sourceID)),
                    ("path", JSONValue(sighting.path)),
                    ("notBefore", JSONValue(sighting.notBefore?.first.description)),
                    ("notBeforeBasis", JSONValue(sighting.notBefore?.basis.rawValue)),
                ])
            }
            return .members([
                ("name", JSONValue(history.name)), ("moved", .bool(history.hasMoved)), ("sightings", .array(sightings)),
            ])
        }
        return Document.make("tags", [("tags", .array(tags))])
    }
}
