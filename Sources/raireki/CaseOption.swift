import ArgumentParser
internal import CaseIndex

/// Which case a command works on.
struct CaseOption: ParsableArguments {
    @Option(
        name: .customLong("case"),
        help: ArgumentHelp(
            "The case file (default: $RAIREKI_CASE, else case.raireki).",
            valueName: "file"
        ),
        completion: .file(extensions: ["raireki"])
    )
    var file: String?

    /// The path: the option, else the environment, else the default.
    func path(_ session: Session) -> String {
        Self.path(file, session.environment)
    }

    /// The path that an option and an environment name together.
    static func path(_ file: String?, _ environment: [String: String]) -> String {
        if let file { return file }
        let stated = environment["RAIREKI_CASE"] ?? ""
        return stated.isEmpty ? "case.raireki" : stated
    }

    /// Opens the case for reading alone, works on it, and closes it whatever happens.
    func reading<Result>(_ session: Session, _ body: (CaseFile) throws -> Result) throws -> Result {
        try Self.closing(try CaseFile.openReadOnly(path(session)), session, body)
    }

    /// Opens the case, works on it, and closes it whatever happens; what is only asked is not stored.
    func withCase<Result>(
        _ session: Session,
        isOnlyAsked: Bool = false,
        _ body: (CaseFile) throws -> Result
    ) throws -> Result {
        let path = path(session)
        return try Self.closing(try isOnlyAsked ? CaseFile.openForJudging(path) : CaseFile.open(path), session, body)
    }

    /// The same for commands that only look: nothing is written, not even what SQLite would write to open it.
    func withCaseToRead<Result>(_ session: Session, _ body: (CaseFile) throws -> Result) throws -> Result {
        try Self.closing(try CaseFile.openReadOnly(path(session)), session, body)
    }

    /// The same for a case that need not exist yet.
    func withNewCase<Result>(_ session: Session, _ body: (CaseFile) throws -> Result) throws -> Result {
        try Self.closing(try CaseFile.openOrCreate(path(session)), session, body)
    }

    private static func closing<Result>(
        _ file: CaseFile,
        _ session: Session,
        _ body: (CaseFile) throws -> Result
    ) throws -> Result {
        session.detail("case: \(file.path), opened for \(file.access)")
        let result: Result
        do {
            result = try body(file)
        } catch {
            try? file.close()
            throw error
        }
        try file.close()
        return result
    }
}

extension CaseFile {
    /// Says that what was concluded is gone with the end of the command.
    func tellWhenNothingIsStored(_ session: Session) {
        guard access == .judging else { return }
        session.say("note: the case is read-only: what was concluded is not stored, nor is this run in its custody log")
    }
}

/// In which form a command prints.
struct FormatOption: ParsableArguments {
    /// Text for people, or a document with a versioned schema.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(help: "The form of the output: a table for people, or a JSON document whose first member names its schema.")
    var format: Format = .text
}
