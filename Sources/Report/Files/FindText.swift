package import CaseIndex
internal import Cryptography
package import Filesystem
internal import Presentation
package import StrictJSON

/// What was found of a file, for people and as JSON.
package enum FindText {
    /// One member with every image that has it; ends with a newline.
    package static func hit(_ hit: FileHit, _ style: TextStyle) -> String {
        var lines = [
            style.paint(FileLine.shown(hit.entry.entry.path), .strong),
            "  " + FileLine.text(hit.entry.entry, showsDigest: true, content: hit.entry.entry.content),
            "  in layer \(hit.layer.digest), member \(hit.entry.position + 1)",
        ]
        if hit.images.isEmpty { lines.append("  " + style.paint("no image in the case has this layer", .doubtful)) }
        for occurrence in hit.images { lines += self.lines(occurrence, style) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What became of a file in one image.
    package static func lines(_ occurrence: FileOccurrence, _ style: TextStyle) -> [String] {
        let image = occurrence.image
        let name = image.names.isEmpty ? "" : EscapedText(image.names.joined(separator: ", "), limit: 400).text + "  "
        let fate = occurrence.fate.remark(by: occurrence.endedBy?.number)
        var lines = [
            "    \(name)\(image.digest)",
            "      \(style.paint(fate, occurrence.fate.tone)); "
                + "layer \(occurrence.layer.number) \(occurrence.act.rawValue) it" + step(occurrence.layer.step),
        ]
        if let ended = occurrence.endedBy, ended.number != occurrence.layer.number {
            lines.append("      layer \(ended.number) is \(ended.digest)" + step(ended.step))
        }
        lines += SignerText.lines(image.signers).map { "      " + $0 }
        return lines
    }

    /// The step that made a layer, behind a colon.
    package static func step(_ step: BuildStep?) -> String {
        guard let text = step?.createdBy else { return "" }
        return ": " + EscapedText(text, limit: 200).text
    }

    /// The layers in which a search cannot look, or not everywhere, in one sentence without a full stop.
    package static func gaps(_ gaps: LayerGaps) -> String {
        let absent = "the files of \(Count.text(gaps.absent, "layer")) are not in the case"
        let partial = "the files of \(Count.text(gaps.partial, "layer")) are only in part in the case"
        return [gaps.absent > 0 ? absent : nil, gaps.partial > 0 ? partial : nil].compactMap { $0 }
            .joined(separator: "; ")
    }

    /// One member with every image that has it.
    package static func json(_ hit: FileHit) -> JSONValue {
        FileJSON.entry(
            hit.entry.entry,
            content: hit.entry.entry.content,
            [("layer", JSONValue("\(hit.layer.digest)")), ("position", JSONValue(hit.entry.position))]
        ).appending([("images", .array(hit.images.map { json($0) }))])
    }

    /// What became of a file in one image.
    package static func json(_ occurrence: FileOccurrence) -> JSONValue {
        .members([
            ("image", JSONValue("\(occurrence.image.digest)")),
            ("names", .strings(occurrence.image.names)),
            ("state", JSONValue(occurrence.fate.group.rawValue)),
            ("fate", JSONValue(occurrence.fate.rawValue)),
            ("act", JSONValue(occurrence.act.rawValue)),
            ("layer", FileJSON.brief(occurrence.layer)),
            ("endedBy", occurrence.endedBy.map { FileJSON.brief($0) } ?? .null),
            ("signers", SignerText.json(occurrence.image.signers)),
        ])
    }
}

extension JSONValue {
    /// An object with further members behind its own.
    func appending(_ members: [(String, JSONValue)]) -> JSONValue {
        guard case .object(var object) = self else { return self }
        for (name, value) in members { object[name] = value }
        return .object(object)
    }
}

extension FileFate {
    var tone: Tone {
        switch group {
        case .visible: .good
        case .shadowed, .deleted: .doubtful
        case .marker: .quiet
        }
    }
}
