import ArgumentParser
internal import CaseIndex

/// The command `raireki check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Ask the whole case one question, with an exit status that answers it.",
        subcommands: [CheckClaimsCommand.self, CheckCommitsCommand.self, CheckLogCommand.self]
    )
}

/// Which images a check is of.
struct CheckedImagesOption: ParsableArguments {
    @Argument(help: "Images: digests, at least 7 digits of one, or names.", completion: .imageNames)
    var images: [String] = []

    @Flag(help: "Every image of the case.")
    var all = false

    func validate() throws {
        guard all == images.isEmpty else {
            throw ValidationError(
                all ? "Give images or --all, not both." : "Say which images: name them, or give --all."
            )
        }
    }
}

/// Which branches are protected.
struct ProtectedOption: ParsableArguments {
    @Option(
        name: .customLong("protected"),
        help: ArgumentHelp(
            """
            A branch that is protected, for example main; may be repeated. Without it, the branches that CI records call \
            protected, or else the one that each repository offers first.
            """,
            valueName: "branch"
        )
    )
    var branches: [String] = []

    /// Throws unless some repository of the case has each branch; a case without repositories has nothing to compare.
    ///
    /// - Throws: ``CommandError/noSuchBranch(_:)``, ``CaseError``.
    func check(_ reader: CaseReader) throws {
        let repositories = try reader.repositories().map(\.sourceID)
        guard !repositories.isEmpty else { return }
        for branch in branches {
            let isThere = try repositories.contains { try reader.gitReference("refs/heads/\(branch)", in: $0) != nil }
            guard isThere else { throw CommandError.noSuchBranch(branch) }
        }
    }
}
