import ArgumentParser
internal import CaseIndex
internal import Report
internal import StrictJSON

/// The command `raireki case`.
struct CaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case",
        abstract: "Look at the case itself.",
        subcommands: [CaseInfoCommand.self, CaseVerifyCommand.self, CaseSealCommand.self]
    )
}

/// The command `raireki case info`.
struct CaseInfoCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Show what the case holds, what import noticed, and whether the custody log is unbroken.",
        discussion: """
            Each run of import, verify and trace is a record of the custody log, bound to the record before it by its \
            hash. A broken chain means that somebody changed the log: exit status 1, as for evidence that was lost or \
            contradicts itself; raireki case verify finds changes of anything else too.

            The content digest is that of what the case says, whatever the numbers of its rows and the times at which \
            it was written: two cases with the same evidence and the same conclusions have the same.

            EXAMPLES
              raireki case info
              raireki case info --format json | jq .custody
            """
    )

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let (dossier, content, incomplete) = try caseOption.reading(session) { caseFile in
            let dossier = try CaseDossier(of: [], in: caseFile)
            return try caseFile.read { reader in
                let digest = try ProgressBar.during(session, "adding up", of: .things("rows")) { bar in
                    try reader.contentDigest { bar.show($0, of: $1) }
                }
                return (dossier, digest, try IncompleteImport(reader))
            }
        }
        switch formatOption.format {
        case .text: session.write(CaseText.info(dossier, contentDigest: content, session.style))
        case .json: session.write(CaseJSON.info(dossier, contentDigest: content).pretty + "\n")
        }
        let isWhole = dossier.firstBrokenActivity == nil && dossier.incompleteSources.isEmpty
        return incomplete.status(session, otherwise: isWhole && dossier.grave.isEmpty ? .success : .finding)
    }
}
