internal import CaseIndex
internal import Presentation

/// Evidence of which a part is not in the case yet: its import was killed, or is still at work.
///
/// Whatever is concluded from such a case may change when the rest is there, and so nothing passes as whole.
struct IncompleteImport {
    /// Where the evidence was read from.
    let paths: [String]

    init(_ reader: CaseReader) throws {
        paths = try reader.incompleteSources()
    }

    /// Says so, and what to do; answers the status that at best remains.
    func status(_ session: Session, otherwise status: ExitStatus) -> ExitStatus {
        guard !paths.isEmpty else { return status }
        for path in paths { session.say("import incomplete: \(EscapedText(path, limit: 1_000).text)") }
        session.say("hint: raireki import reads it again and ends what was begun")
        return status == .success ? .finding : status
    }
}
