import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// The command `raireki commits`.
struct CommitsCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "commits",
        abstract: "Look at commits of the case's repositories.",
        discussion: """
            Shows who made a commit and when, as it says itself, its parents, the repositories of the case that hold it, \
            the references from which it can be reached, and whether its signature holds (raireki verify judges those). \
            Without an argument, the newest commits.

            Repositories come into the case with raireki import: bare, a working tree, a partial clone, or a bundle. \
            Nothing of their configuration is read.

            EXAMPLES
              raireki commits
              raireki commits 4d329c75e7ec
              raireki commits 4d329c75e7ec --format json | jq -r '.commits[].repositories[].references[]'
            """
    )

    @Argument(help: "Commits: their names, or at least 7 of their digits.")
    var commits: [String] = []

    @Option(help: ArgumentHelp("How many of the newest commits are listed.", valueName: "number"))
    var limit = 20

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("Give a number above 0 to --limit.") }
    }

    func work(_ session: Session) throws -> ExitStatus {
        try caseOption.withCase(session) { caseFile in
            try caseFile.read { reader in
                commits.isEmpty ? try list(reader, session) : try show(reader, session)
            }
        }
        return .success
    }

    private func list(_ reader: CaseReader, _ session: Session) throws {
        let newest = try reader.latestCommits(limit: limit)
        switch formatOption.format {
        case .text: session.write(CommitText.list(newest, session.style))
        case .json: session.write(CommitJSON.list(newest).pretty + "\n")
        }
        let total = try reader.repositories().map(\.commits).reduce(0, +)
        if total > newest.count { session.say("the newest \(newest.count) of \(total); --limit gives more") }
    }

    private func show(_ reader: CaseReader, _ session: Session) throws {
        let histories = try RepositoryHistories(reader)
        let found = try commits.map { try CommitDossier(try CommitName.resolve($0, reader), histories, reader) }
        switch formatOption.format {
        case .text: session.write(CommitText.page(found, session.style))
        case .json: session.write(CommitJSON.document(found).pretty + "\n")
        }
    }
}
