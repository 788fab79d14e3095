import ArgumentParser
internal import Correlation
internal import Report
internal import StrictJSON

/// The command `raireki rules`.
struct RulesCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "List the rules that find contradictions, or explain one.",
        discussion: """
            Each finding names the rule that made it. An error says that two sources cannot both be right, or that \
            bytes are not what was signed; a warning is something to look at; a note is worth knowing and does not \
            change the exit status.

            Of one rule it tells what it looks at, what a finding means, what would be an innocent cause, and what to \
            collect next.

            EXAMPLES
              raireki rules
              raireki rules commit-contradiction
              raireki rules --format json | jq -r '.rules[] | select(.severity == "error") | .id'
            """
    )

    @Argument(
        help: "The rule; all of them when none is given.",
        completion: .custom { _, _, _ in Rules.all.map(\.id) }
    )
    var rule: String?

    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let chosen = try rule.map { id in
            guard let known = Rules.rule(id) else { throw CommandError.noSuchRule(id) }
            return [known]
        }
        switch formatOption.format {
        case .json: session.write(RulesJSON.document(chosen ?? Rules.all).pretty + "\n")
        case .text:
            if let one = chosen?.first {
                session.write(RulesText.page(one, session.style))
            } else {
                session.write(RulesText.list(Rules.all, session.style))
            }
        }
        return .success
    }
}
