import ArgumentParser
internal import CaseIndex
internal import Report
internal import StrictJSON

/// The command `raireki check log`.
struct CheckLogCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Which log entries have no artifact, and which artifacts no log entry?",
        discussion: """
            Compares the entries of transparency logs in the case, those that came with signatures and those that were \
            imported alone, with the artifacts and signatures. An entry without an artifact was made for something that \
            nobody collected, or that somebody took away. A signature without an entry was never logged, as with a key of \
            one's own, or lost its proof. One index that signatures of different content state belongs to one of them at \
            most.

            Exit status 0 says that everything fits, 1 that something does not.

            EXAMPLES
              raireki check log
              raireki check log --format json | jq -r '.entriesWithoutArtifact[].digest'
            """
    )

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let (page, incomplete) = try caseOption.withCaseToRead(session) { caseFile in
            try caseFile.read { (try LogCheckPage($0), try IncompleteImport($0)) }
        }
        switch formatOption.format {
        case .text: session.write(page.text(session.style))
        case .json: session.write(page.json.pretty + "\n")
        }
        session.say(
            """
            \(counted(page.logged, "signature")) with a log entry, \(page.unlogged.count) without; \
            \(page.orphans.count) log \(page.orphans.count == 1 ? "entry" : "entries") without an artifact
            """
        )
        return incomplete.status(session, otherwise: page.isClean ? .success : .finding)
    }
}
