import ArgumentParser

/// How a command talks; these mean the same on every command.
struct MannerOptions: ParsableArguments {
    @Flag(
        name: [.short, .long],
        help: "Say nothing but errors and the answer asked for; the exit status tells the rest."
    )
    var quiet = false

    @Flag(name: [.short, .long], help: "Say on standard error what is read, and what is decided by it.")
    var verbose = false

    @Option(
        help: ArgumentHelp(
            """
            Whether text is coloured: auto is on a terminal, unless NO_COLOR is set, and elsewhere when CLICOLOR_FORCE is.
            """,
            valueName: "when"
        )
    )
    var color: ColorChoice = .auto

    @Flag(help: "Show long values (digests, identities, addresses) whole; tables then fold them.")
    var noTrunc = false

    func validate() throws {
        guard !(quiet && verbose) else { throw ValidationError("Give --quiet or --verbose, not both.") }
    }

    /// What is chosen.
    var manner: Manner {
        Manner(loudness: quiet ? .quiet : verbose ? .verbose : .normal, color: color, showsWhole: noTrunc)
    }
}

extension ColorChoice: ExpressibleByArgument {}
