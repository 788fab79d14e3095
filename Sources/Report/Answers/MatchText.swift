internal import CaseIndex
package import Correlation
package import Cryptography
package import StrictJSON

/// Images that were found, with the records by which they were.
package enum MatchText {
    /// The page for people: an image a block, a match a line.
    ///
    /// - Parameters:
    ///   - hits: The images.
    ///   - names: The names of each.
    ///   - style: How the page is laid out.
    /// - Returns: Safe text that ends with a newline, or nothing.
    package static func page(_ hits: [ImageHit], names: [Digest: [String]], _ style: TextStyle) -> String {
        hits.map { hit in
            let title = TextCell(evidence: (names[hit.image] ?? []).joined(separator: ", "), .strong)
            let heading = title.text.isEmpty ? "" : style.paint(title.text, .strong) + "\n"
            let unknown = hit.isTimeUnknown ? "  nobody says when that was\n" : ""
            return heading + "\(hit.image)\n" + unknown + table(hit.matches, style)
        }.joined(separator: "\n")
    }

    private static func table(_ matches: [ImageMatch], _ style: TextStyle) -> String {
        var table = TextTable(indentation: 2)
        for match in matches { table.add(cells(match)) }
        return table.lines(style).map { $0 + "\n" }.joined()
    }

    /// One match as cells.
    static func cells(_ match: ImageMatch) -> [TextCell] {
        [
            TextCell(match.criterion.value.isEmpty ? "signed" : match.criterion.kind.rawValue, .quiet),
            TextCell(evidence: match.value),
            TextCell(evidence: match.place),
            TextCell(match.basis.rawValue, match.basis.tone),
            TextCell(time(match.time)),
            TextCell(match.records.joined(separator: " "), .quiet),
        ]
    }

    /// When it was, and how certain that is.
    static func time(_ time: MatchTime?) -> String {
        guard let time else { return "time unknown" }
        let span = time.first == time.last ? "\(time.first)" : "\(time.first) – \(time.last)"
        return "\(span) (\(time.basis.rawValue))"
    }

    /// One match as JSON.
    package static func json(_ match: ImageMatch) -> JSONValue {
        .members([
            ("criterion", JSONValue(match.criterion.value.isEmpty ? "time" : match.criterion.kind.rawValue)),
            ("value", JSONValue(match.value)),
            ("place", JSONValue(match.place)),
            ("basis", JSONValue(match.basis.rawValue)),
            ("records", .strings(match.records)),
            ("signature", JSONValue(match.signatureID)),
            (
                "time",
                match.time.map { time in
                    .members([
                        ("from", JSONValue("\(time.first)")), ("to", JSONValue("\(time.last)")),
                        ("basis", JSONValue(time.basis.rawValue)), ("record", JSONValue(time.record)),
                    ])
                } ?? .null
            ),
        ])
    }

    /// The document behind `find images --format json`.
    package static func document(_ hits: [ImageHit], names: [Digest: [String]]) -> JSONValue {
        let images = hits.map { hit -> JSONValue in
            .members([
                ("image", JSONValue("\(hit.image)")), ("names", .strings(names[hit.image] ?? [])),
                ("timeUnknown", .bool(hit.isTimeUnknown)), ("matches", .array(hit.matches.map(json))),
            ])
        }
        return Document.make("found-images", [("images", .array(images))])
    }
}
