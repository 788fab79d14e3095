import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// The command `raireki blast`.
struct BlastCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "blast",
        abstract: "Show what is affected when something is taken for compromised.",
        discussion: """
            Asks what would have to be distrusted: every image that the given signer, key, runner, commit, layer or \
            digest touched, and everything made from those: images built on them (by layers, by their uncompressed \
            bytes, or as an unsigned annotation says), images that took over a layer that they added, the indexes that \
            list them. Each comes with its chain of reasons back to the record that matched.

            Without options it asks about what raireki distrust add has noted. Nothing recorded is changed, and no \
            verdict: this is a question. With --between only what happened in that time counts; what nobody dates is \
            taken for affected, and said to be.

            The order of rebuilding puts bases before what is built on them. --deny-list writes the digests as \
            comma-separated values for an admission controller.

            Exit status 1 says that something is affected.

            EXAMPLES
              raireki blast
              raireki blast --runner 42 --between 2026-03-01 2026-03-15
              raireki blast --key cosign.pub --deny-list deny.csv --format json
            """
    )

    @OptionGroup(title: "Taken for compromised") var criteria: CriterionOptions
    @OptionGroup var windowOption: WindowOption

    @Option(
        help: ArgumentHelp("Write the affected digests to this file (CSV).", valueName: "file"),
        completion: .file(extensions: ["csv"])
    )
    var denyList: String?

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        if criteria.given.isEmpty, windowOption.window != nil {
            throw ValidationError("Say what --between is about: --identity, --runner, --key and so on.")
        }
    }

    func work(_ session: Session) throws -> ExitStatus {
        let asked = try criteria.criteria().map { criterion in
            Distrust(criterion, within: windowOption.window ?? TimeWindow(from: nil, to: nil))
        }
        return try caseOption.withCaseToRead(session) { caseFile in
            try caseFile.read { reader in
                let distrusts = try asked.isEmpty ? reader.distrusts().compactMap { Distrust($0) } : asked
                guard !distrusts.isEmpty else { throw DistrustError.nothingDistrusted }
                let blast = try Blast(distrusts, in: reader)
                switch formatOption.format {
                case .text: session.write(BlastText.page(blast, session.style))
                case .json: session.write(BlastJSON.document(blast).pretty + "\n")
                }
                if let denyList {
                    try OutputFile.write(BlastJSON.denyList(blast), to: denyList)
                    session.say("\(counted(blast.images.count, "digest")) written to \(ErrorMessages.shown(denyList))")
                }
                if blast.images.isEmpty {
                    for hint in try SearchHints.lines(distrusts.map(\.criterion), reader) {
                        session.say("hint: \(hint)")
                    }
                }
                let status: ExitStatus = blast.images.isEmpty ? .success : .finding
                return try IncompleteImport(reader).status(session, otherwise: status)
            }
        }
    }
}
