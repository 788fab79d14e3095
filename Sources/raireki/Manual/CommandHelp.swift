import ArgumentParser
internal import StrictJSON

/// What the help says of one command, as data: the argument parser's own description of the program.
struct CommandHelp {
    /// One argument or option.
    struct Argument {
        enum Kind: String {
            case positional, option, flag
        }

        let kind: Kind
        /// With their dashes, short ones first; none for a positional.
        let names: [String]
        let valueName: String
        let section: String?
        let abstract: String
        let discussion: String?
        let defaultValue: String?
        let values: [String]
        let isOptional: Bool
        let isRepeating: Bool
    }

    /// The words that call it, the program's name first.
    let path: [String]
    let abstract: String
    let discussion: String
    let arguments: [Argument]
    let subcommands: [CommandHelp]

    /// The whole program's; nil when the argument parser describes it in another form than is known.
    static func program() -> CommandHelp? {
        let document = try? JSONValue(parsing: Array(Raireki._dumpHelp().utf8))
        return document?["command"].flatMap { CommandHelp($0, below: []) }
    }

    /// This command and all below it.
    var all: [CommandHelp] {
        [self] + subcommands.flatMap(\.all)
    }

    /// The command that words call from here.
    func command(_ words: some Sequence<String>) -> CommandHelp? {
        var found: CommandHelp? = self
        for word in words { found = found?.subcommands.first { $0.path.last == word } }
        return found
    }

    private init?(_ value: JSONValue, below path: [String]) {
        guard let name = value["commandName"]?.string else { return nil }
        self.path = path + [name]
        abstract = value["abstract"]?.string ?? ""
        discussion = value["discussion"]?.string ?? ""
        arguments = (value["arguments"]?.array ?? []).compactMap { Argument($0) }
        let own = path + [name]
        // The parser's own command that prints help.
        let below = (value["subcommands"]?.array ?? []).filter { $0["commandName"]?.string != "help" }
        subcommands = below.compactMap { CommandHelp($0, below: own) }
    }
}

extension CommandHelp.Argument {
    fileprivate init?(_ value: JSONValue) {
        guard let kind = value["kind"]?.string.flatMap(Kind.init), value["shouldDisplay"]?.bool != false
        else { return nil }
        self.kind = kind
        names = (value["names"]?.array ?? []).compactMap { name in
            name["name"]?.string.map { (name["kind"]?.string == "long" ? "--" : "-") + $0 }
        }
        valueName = value["valueName"]?.string ?? "value"
        section = value["sectionTitle"]?.string
        abstract = value["abstract"]?.string ?? ""
        discussion = value["discussion"]?.string
        defaultValue = value["defaultValue"]?.string
        values = (value["allValues"]?.array ?? []).compactMap(\.string)
        isOptional = value["isOptional"]?.bool ?? false
        isRepeating = value["isRepeating"]?.bool ?? false
    }
}
