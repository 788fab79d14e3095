internal import CaseIndex
internal import Correlation
internal import Cryptography

/// The lines with which every text about an image begins.
enum ImageHeading {
    static func lines(_ trace: Trace, _ style: TextStyle) -> [String] {
        let title = ImageTitle.text(trace)
        let name = TextCell(evidence: title.name).text
        var lines = TextFolding.fold(name, width: style.width).map { style.paint($0, .strong) }
        if !title.isStated { lines.append(style.paint("(\(ImageTitle.remark))", .quiet)) }
        lines += TextFolding.fold("\(trace.image)", width: style.width)
        return lines
    }

    /// The verdict in one word and one sentence.
    static func standing(_ trace: Trace, _ style: TextStyle) -> [String] {
        let (title, sentence) = Wording.standing(trace.standing)
        var table = TextTable()
        table.add([TextCell(title.lowercased(), trace.standing.tone), TextCell(sentence)])
        return table.lines(style)
    }
}

extension Standing {
    var tone: Tone {
        switch self {
        case .trusted: .good
        case .authentic: .good
        case .altered, .contradicted, .notAuthentic, .notTrusted: .bad
        case .unsigned, .unverified: .doubtful
        }
    }
}
