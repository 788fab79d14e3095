import ArgumentParser

/// The command `raireki manual`.
struct ManualCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Write the manual page of a command, or all of them into a folder.",
        discussion: """
            The pages say what --help says, in the form that man(1) reads. Nothing is installed unless --output names \
            the folder.

            EXAMPLES
              raireki manual | man -l -
              raireki manual check claims | man -l -
              raireki manual --output ~/.local/share/man/man1
            """
    )

    @Argument(
        help: ArgumentHelp("The command; raireki itself when none is given.", valueName: "command"),
        completion: .custom { _, _, _ in CommandHelp.program()?.subcommands.compactMap(\.path.last) ?? [] }
    )
    var words: [String] = []

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp(
            "Write every page into this folder, which is made where it is not there.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var output: String?

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        guard output == nil || words.isEmpty else {
            throw ValidationError("--output writes every page; give no command with it.")
        }
    }

    func work(_ session: Session) throws -> ExitStatus {
        guard let program = CommandHelp.program() else { throw CommandError.noHelp }
        guard let output else {
            guard let help = program.command(words) else {
                throw CommandError.noSuchCommand(words.joined(separator: " "))
            }
            session.write(Self.page(help, program).text)
            return .success
        }
        let folder = try ReportFolder(output)
        let pages = program.all.map { Self.page($0, program) }
        for page in pages {
            session.detail("writing \(folder.path(page.fileName))")
            try folder.write(page.text, to: page.fileName)
        }
        session.say("\(counted(pages.count, "page")) written to \(ErrorMessages.shown(output))")
        return .success
    }

    private static func page(_ help: CommandHelp, _ program: CommandHelp) -> ManualPage {
        ManualPage(help, of: program, version: Raireki.version, date: Raireki.versionDate)
    }
}
