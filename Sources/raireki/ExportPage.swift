internal import Export
internal import Report
internal import StrictJSON

/// What came of an export, for people and programs.
struct ExportPage {
    private let lines: [String]
    private let members: [(String, JSONValue)]

    init(_ outcome: PostgreSQLExport.Outcome, _ progress: ExportProgress) {
        let rows = "\(outcome.rows) rows in \(outcome.tables) tables"
        let server = ErrorMessages.shown(outcome.server)
        if outcome.isUnchanged {
            lines = ["unchanged: \(server) holds this state of the case: \(rows)"]
        } else {
            let kept = outcome.rows - outcome.sent
            let rate = "\(progress.rate(of: outcome.rows)) a second"
            lines = ["copied to \(server): \(rows), \(outcome.sent) sent, \(kept) were there, \(rate)"]
        }
        members =
            Self.members(outcome.exported, isUnchanged: outcome.isUnchanged) + [
                ("target", JSONValue(outcome.server)), ("tables", JSONValue(outcome.tables)),
                ("rows", JSONValue(outcome.rows)), ("rowsSent", JSONValue(outcome.sent)),
            ]
    }

    init(_ outcome: JSONLinesExport.Outcome, _ progress: ExportProgress, at path: String) {
        let what = "\(outcome.rows) rows in \(outcome.tables) tables, \(counted(outcome.files, "file"))"
        let folder = ErrorMessages.shown(path)
        lines = [
            outcome.isUnchanged
                ? "unchanged: \(folder) holds this state of the case: \(what)"
                : "written to \(folder): \(what), \(progress.rate(of: outcome.rows)) a second",
            "digest of SHA256SUMS: \(outcome.digest)",
        ]
        members =
            Self.members(outcome.exported, isUnchanged: outcome.isUnchanged) + [
                ("target", JSONValue(path)), ("tables", JSONValue(outcome.tables)),
                ("rows", JSONValue(outcome.rows)), ("files", JSONValue(outcome.files)),
                ("bytes", JSONValue(outcome.bytes)), ("digest", JSONValue("\(outcome.digest)")),
            ]
    }

    private static func members(_ exported: ExportedCase, isUnchanged: Bool) -> [(String, JSONValue)] {
        [
            ("schema", JSONValue(Document.schema("export-result"))), ("case", JSONValue(exported.id)),
            ("head", JSONValue(exported.head)), ("records", JSONValue(exported.records)),
            ("isUnchanged", .bool(isUnchanged)),
        ]
    }

    func write(_ format: FormatOption.Format, _ session: Session) {
        switch format {
        case .text: session.write(lines.map { $0 + "\n" }.joined())
        case .json: session.write(JSONValue.object(JSONObject(members)).pretty + "\n")
        }
    }

    /// What checking an export found.
    static func write(
        _ check: ExportFolder.Check,
        of export: ExportFolder,
        _ format: FormatOption.Format,
        _ session: Session
    ) {
        if format == .json {
            let document: JSONValue = [
                "schema": JSONValue(Document.schema("export-check")), "holds": .bool(check.holds),
                "case": JSONValue(export.caseID), "head": JSONValue(export.head), "files": JSONValue(check.files),
                "changed": .array(check.changed.map { JSONValue($0) }),
                "missing": .array(check.missing.map { JSONValue($0) }),
                "unlisted": .array(check.unlisted.map { JSONValue($0) }),
                "isSigned": check.isSigned.map { .bool($0) } ?? .null, "digest": JSONValue("\(check.digest)"),
            ]
            return session.write(document.pretty + "\n")
        }
        for name in check.changed { session.write("changed: \(ErrorMessages.shown(name))\n") }
        for name in check.missing { session.write("missing: \(ErrorMessages.shown(name))\n") }
        for name in check.unlisted { session.write("not in the list: \(ErrorMessages.shown(name))\n") }
        session.write("\(counted(check.files, "file")) as the list says, \(export.rows) rows\n")
        switch check.isSigned {
        case true?: session.write("the list is signed by the key\n")
        case false?: session.write("the list is not signed by the key\n")
        case nil:
            let note = check.hasSignature ? "its signature was not checked: give --public-key" : "it is not signed"
            session.say("note: the list can show what was changed only when it is itself what was handed over; \(note)")
        }
        session.write("digest of SHA256SUMS: \(check.digest)\n")
        session.say(check.holds ? "the export is whole" : "the export does not hold")
    }

    /// The questions by name.
    static func questions(_ session: Session) -> String {
        let width = Question.all.map(\.name.count).max() ?? 0
        return Question.all.map { question in
            "\(question.name)\(String(repeating: " ", count: width - question.name.count + 2))\(question.title)\n"
        }.joined()
    }
}
