import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// The command `raireki distrust`.
struct DistrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distrust",
        abstract: "Note what is no longer believed.",
        discussion: """
            A distrust lies over the case like a sheet of glass: claims, verdicts and findings stay as they were \
            recorded. raireki blast tells what it comes to; verify, trace and report say that there is one.

            EXAMPLES
              raireki distrust add --runner 42 --between 2026-03-01 2026-03-15 --reason incident-7
              raireki distrust list
              raireki blast
              raireki distrust remove 1
            """,
        subcommands: [DistrustAddCommand.self, DistrustListCommand.self, DistrustRemoveCommand.self]
    )
}

/// The command `raireki distrust add`.
struct DistrustAddCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Note that a signer, key, runner, commit, layer or digest is no longer believed.",
        discussion: """
            Each value becomes an entry with its own number, and the custody log notes the run. A value that nothing in \
            the case matches is noted all the same, and said to match nothing: evidence may come later.

            EXAMPLES
              raireki distrust add --key cosign.pub --reason key-was-in-a-layer
              raireki distrust add --issuer https://gitlab.example.com --between 2026-03-01 .. --reason incident-7
            """
    )

    @OptionGroup(title: "No longer believed") var criteria: CriterionOptions
    @OptionGroup var windowOption: WindowOption

    @Option(help: ArgumentHelp("Why; whoever reads the case later needs it.", valueName: "text"))
    var reason: String

    @OptionGroup var caseOption: CaseOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        if criteria.given.isEmpty {
            throw ValidationError("Say what is distrusted: --identity, --key, --runner, --layer, --commit and so on.")
        }
        if reason.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) { throw ValidationError("--reason needs a reason.") }
    }

    func work(_ session: Session) throws -> ExitStatus {
        let custody = CustodyEntry("distrust add", session)
        let wanted = try criteria.criteria()
        return try caseOption.withCase(session) { caseFile in
            guard caseFile.access == .writing else { throw CaseError.readOnly(path: caseFile.path) }
            let known = try caseFile.read { try $0.distrusts() }
            let records = wanted.map { criterion in
                DistrustRecord(
                    kind: criterion.kind.rawValue,
                    value: criterion.value,
                    from: windowOption.window?.first,
                    to: windowOption.window?.last,
                    reason: reason,
                    addedAt: custody.time
                )
            }.filter { record in !known.contains { $0.meansTheSame(as: record) } }
            guard !records.isEmpty else {
                session.say("noted already")
                return .success
            }
            let stored = try caseFile.write { writer in
                let stored = try records.map { record in
                    var record = record
                    record.id = try writer.insert(record)
                    return record
                }
                custody.append(to: writer, result: [("distrusts", .array(stored.map { JSONValue($0.id) }))])
                return stored
            }
            try caseFile.read { reader in
                let search = ImageSearch(reader)
                for distrust in stored.compactMap({ Distrust($0) }) {
                    session.write(DistrustText.line(distrust) + "\n")
                    let matches = try search.matches(distrust.criterion).filter { $0.mayMeet(distrust.window) }
                    let images = Set(matches.map(\.image)).count
                    session.say(
                        images == 0
                            ? "nothing in the case matches it"
                            : "\(counted(images, "image")) matched; raireki blast follows it further"
                    )
                }
            }
            return .success
        }
    }
}

/// The command `raireki distrust list`.
struct DistrustListCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what is not believed.",
        discussion: """
            EXAMPLES
              raireki distrust list
              raireki distrust list --format json
            """
    )

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        try caseOption.withCaseToRead(session) { caseFile in
            let records = try caseFile.read { try $0.distrusts() }
            let distrusts = records.compactMap { Distrust($0) }
            switch formatOption.format {
            case .text:
                if distrusts.isEmpty { session.say("nothing is distrusted") }
                for distrust in distrusts { session.write(DistrustText.line(distrust) + "\n") }
            case .json:
                let entries = distrusts.map { BlastJSON.distrust($0) }
                session.write(
                    JSONValue.object(
                        JSONObject([
                            ("schema", JSONValue(Document.schema("distrusts"))), ("distrusts", .array(entries)),
                        ])
                    ).pretty + "\n"
                )
            }
            return .success
        }
    }
}

/// The command `raireki distrust remove`.
struct DistrustRemoveCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Believe something again.",
        discussion: """
            The custody log keeps that it was distrusted, and when that ended.

            EXAMPLES
              raireki distrust remove 1
            """
    )

    @Argument(help: "The numbers that raireki distrust list shows.")
    var numbers: [Int64]

    @OptionGroup var caseOption: CaseOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let custody = CustodyEntry("distrust remove", session)
        return try caseOption.withCase(session) { caseFile in
            guard caseFile.access == .writing else { throw CaseError.readOnly(path: caseFile.path) }
            try caseFile.write { writer in
                for number in numbers where try !writer.remove(distrust: number, at: custody.time) {
                    throw DistrustError.noSuchNumber(number)
                }
                custody.append(to: writer, result: [("distrusts", .array(numbers.map { JSONValue($0) }))])
            }
            session.say("\(counted(numbers.count, "entry", "entries")) removed")
            return .success
        }
    }
}

extension DistrustRecord {
    /// Whether both name the same thing for the same time, for whatever reason.
    fileprivate func meansTheSame(as other: DistrustRecord) -> Bool {
        kind == other.kind && value.hasSameBytes(as: other.value) && from == other.from && to == other.to
    }
}

/// What keeps questions about distrust from being answered.
enum DistrustError: Error, Equatable {
    /// Nothing was asked, and the case has noted nothing.
    case nothingDistrusted
    /// No entry has this number.
    case noSuchNumber(Int64)

    /// What is wrong, and what to do about it.
    var message: (String, [String]) {
        switch self {
        case .nothingDistrusted:
            (
                "nothing is distrusted",
                [
                    "raireki blast --identity NAME asks what would be affected",
                    "raireki distrust add notes what is distrusted",
                ]
            )
        case .noSuchNumber(let number): ("no distrust has the number: \(number)", ["raireki distrust list shows them"])
        }
    }
}
