import ArgumentParser
internal import CaseIndex

/// The command `raireki serve`.
struct ServeCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Browse the case in a web browser on this machine.",
        discussion: """
            Shows the case as pages: images with their chain back to the commit, every check of every signature, signers, \
            pipelines, jobs, commits, timeline, graph, the files of each layer, two images side by side, findings, gaps, \
            what a stolen key would affect, tags, logs and custody. Every list sorts, filters and pages; every page has a \
            stable address, and a JSON twin under the same address with .json at the end of its path.

            It listens on 127.0.0.1 alone and prints an address with a token. The token works once: the browser that \
            opened it is known by a cookie until the server ends, and nobody else is let in. The case is only read, and \
            may lie on read-only media; when another command changes it meanwhile, the pages show that.

            The pages run no script, load nothing from elsewhere, and show what evidence says as text alone. The server is \
            a program of its own, raireki-serve, which must lie beside raireki: no other command holds code for sockets.

            Ctrl-C ends it. Exit status 0 then, 2 when the case or the port cannot be had.

            EXAMPLES
              raireki serve
              raireki serve --case incident.raireki --port 8000
            """
    )

    @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 takes any that is free.", valueName: "number"))
    var port = 0

    @OptionGroup var caseOption: CaseOption

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("Give a port from 0 to 65535 to --port.") }
    }

    func work(_ session: Session) throws -> ExitStatus {
        let path = caseOption.path(session)
        // Whatever is wrong with the case is said by this program, in its words.
        try caseOption.withCaseToRead(session) { _ in }
        try NeighbourProgram.become(
            "raireki-serve",
            ["--case", path, "--port", "\(port)", "--version", Raireki.version]
        )
    }
}
