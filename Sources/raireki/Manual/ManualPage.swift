/// The manual page of one command, in the language of man(7), made of what its help says.
struct ManualPage {
    private let help: CommandHelp
    private let program: CommandHelp
    /// Which release it describes.
    private let version: String
    /// The day of that release, as in 2026-11-25.
    private let date: String

    init(_ help: CommandHelp, of program: CommandHelp, version: String, date: String) {
        self.help = help
        self.program = program
        self.version = version
        self.date = date
    }

    /// The name of the page: `raireki-check-claims`.
    var name: String { help.path.joined(separator: "-") }

    /// The file's name: `raireki-check-claims.1`.
    var fileName: String { "\(name).1" }

    var text: String {
        var page = RoffText()
        page.request("TH", RoffText.literal(name.uppercased()), "1", date, "raireki \(version)", "Raireki manual")
        // Not justified: long words without a blank, such as addresses, would tear lines apart.
        page.leftAligned()
        page.request("SH", "NAME")
        page.line(RoffText.literal(name) + " \\- " + RoffText.escaped(Self.withoutFullStop(help.abstract)))
        page.request("SH", "SYNOPSIS")
        synopsis(&page)
        page.request("SH", "DESCRIPTION")
        page.line(RoffText.escaped(help.abstract))
        let discussion = HelpDiscussion(help.discussion)
        for block in discussion.opening { add(block, to: &page) }
        commands(&page)
        arguments(&page)
        for section in discussion.sections {
            page.request("SH", RoffText.escaped(section.title))
            for block in section.blocks { add(block, to: &page) }
        }
        if !discussion.sections.contains(where: { $0.title == "EXIT STATUS" }) { exitStatus(&page) }
        environment(&page)
        seeAlso(&page)
        return page.text
    }

    private func add(_ block: HelpDiscussion.Block, to page: inout RoffText) {
        switch block {
        case .paragraph(let text): page.paragraph(text)
        case .verbatim(let lines): page.verbatim(lines)
        }
    }

    private func synopsis(_ page: inout RoffText) {
        var parts = [RoffText.bold(help.path.joined(separator: " "))]
        if !help.subcommands.isEmpty {
            parts += [RoffText.italic("command"), "[" + RoffText.italic("argument") + " ...]"]
        } else {
            parts.append("[" + RoffText.italic("option") + " ...]")
            for argument in help.arguments where argument.kind == .option && !argument.isOptional {
                parts.append(RoffText.bold(argument.names.last ?? "") + " " + RoffText.italic(argument.valueName))
            }
            for argument in help.arguments where argument.kind == .positional {
                let value = RoffText.italic(argument.valueName) + (argument.isRepeating ? " ..." : "")
                parts.append(argument.isOptional ? "[\(value)]" : value)
            }
        }
        page.line(parts.joined(separator: " "))
    }

    private func commands(_ page: inout RoffText) {
        guard !help.subcommands.isEmpty else { return }
        page.request("SH", "COMMANDS")
        for command in help.subcommands {
            page.request("TP")
            page.line(RoffText.bold(command.path.joined(separator: " ")))
            page.line(RoffText.escaped(command.abstract))
        }
    }

    private func arguments(_ page: inout RoffText) {
        let positional = help.arguments.filter { $0.kind == .positional }
        if !positional.isEmpty { page.request("SH", "ARGUMENTS") }
        for argument in positional { entry(argument, RoffText.italic(argument.valueName), &page) }
        let options = help.arguments.filter { $0.kind != .positional }
        if !options.isEmpty { page.request("SH", "OPTIONS") }
        var titles: [String?] = []
        for option in options where !titles.contains(option.section) { titles.append(option.section) }
        // Those that belong to no group come first.
        for title in titles.filter({ $0 == nil }) + titles.filter({ $0 != nil }) {
            if let title { page.request("SS", RoffText.escaped(title)) }
            for option in options where option.section == title {
                let names = option.names.map(RoffText.bold).joined(separator: ", ")
                let value = option.kind == .option ? " " + RoffText.italic(option.valueName) : ""
                entry(option, names + value, &page)
            }
        }
    }

    private func entry(_ argument: CommandHelp.Argument, _ title: String, _ page: inout RoffText) {
        page.request("TP")
        page.line(title)
        var text = argument.abstract
        if !argument.values.isEmpty { text += " One of: \(argument.values.joined(separator: ", "))." }
        if let value = argument.defaultValue, argument.kind != .flag { text += " Default: \(value)." }
        page.line(RoffText.escaped(text))
        if let discussion = argument.discussion, !discussion.isEmpty {
            page.request("IP")
            page.line(RoffText.escaped(discussion))
        }
    }

    private func exitStatus(_ page: inout RoffText) {
        page.request("SH", "EXIT STATUS")
        let known: [ExitStatus] = [.success, .finding, .failure]
        for (number, meaning) in known.map({ ($0.rawValue, $0.meaning) }) + [(64, "the arguments are not understood")] {
            page.request("TP")
            page.line(RoffText.bold("\(number)"))
            page.line(RoffText.escaped(meaning))
        }
    }

    private func environment(_ page: inout RoffText) {
        var variables: [(String, String)] = []
        if help.arguments.contains(where: { $0.names.contains("--case") }) || help.path.count == 1 {
            variables.append(("RAIREKI_CASE", "The case file, where --case names none."))
        }
        variables += [
            ("NO_COLOR", "When set and not empty, nothing is coloured, unless --color asks for it."),
            ("CLICOLOR_FORCE", "When set and not 0, text is coloured in a pipe or file as well."),
            ("COLUMNS", "The width of text that does not go to a terminal."),
        ]
        page.request("SH", "ENVIRONMENT")
        for (name, meaning) in variables {
            page.request("TP")
            page.line(RoffText.bold(name))
            page.line(RoffText.escaped(meaning))
        }
    }

    private func seeAlso(_ page: inout RoffText) {
        let parent = help.path.dropLast()
        let above = parent.isEmpty ? [] : [Array(parent)]
        let beside = parent.isEmpty ? [] : program.command(parent.dropFirst())?.subcommands.map(\.path) ?? []
        let pages = above + (parent.count > 1 ? beside.filter { $0 != help.path } : []) + help.subcommands.map(\.path)
        guard !pages.isEmpty else { return }
        page.request("SH", "SEE ALSO")
        page.line(pages.map { RoffText.bold($0.joined(separator: "-")) + "(1)" }.joined(separator: ", "))
    }

    private static func withoutFullStop(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
