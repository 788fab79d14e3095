import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// The command `raireki find images`.
struct FindImagesCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "images",
        abstract: "Find images by who signed them, and by what they come from.",
        discussion: """
            An image must fit everything that is asked for. Each hit names the records that matched and what they rest \
            on: what a certificate attests, what only the signer says, what a CI service recorded (the job that the \
            image's documents name, then the service's record of that job), and what stands in a label that nobody \
            signed. What a signature says that is not authentic is unverified. Run verify first.

            With --between each match must fall into that time: a signature by its verified time, else by its \
            certificate's validity; a job by the service's record. What nobody dates is shown and said to be so.

            Exit status 0 says that something was found, 1 that nothing was, as grep does; 2 is trouble.

            EXAMPLES
              raireki find images --runner 42 --between 2026-03-01 2026-03-15
              raireki find images --identity https://gitlab.example.com/acme/app//.gitlab-ci.yml@refs/heads/main
              raireki find images --commit e4da3b7 --format json
              raireki find images --key cosign.pub --user mallory
              raireki find images --between 2026-03-01T08:00:00Z ..
            """
    )

    @OptionGroup(title: "Criteria") var criteria: CriterionOptions
    @OptionGroup var windowOption: WindowOption
    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        guard !criteria.given.isEmpty || windowOption.window != nil else {
            throw ValidationError("Say what to find: --runner, --identity, --commit and so on, or --between.")
        }
    }

    func work(_ session: Session) throws -> ExitStatus {
        let wanted = try criteria.criteria()
        return try caseOption.withCaseToRead(session) { caseFile in
            try caseFile.read { reader in
                let hits = try ImageSearch(reader, caseFile: caseFile).find(wanted, within: windowOption.window)
                let names = try caseFile.names(of: hits.map(\.image), in: reader)
                switch formatOption.format {
                case .text: session.write(MatchText.page(hits, names: names, session.style))
                case .json: session.write(MatchText.document(hits, names: names).pretty + "\n")
                }
                if hits.isEmpty {
                    session.say("no image in the case fits")
                    for hint in try SearchHints.lines(wanted, reader) { session.say("hint: \(hint)") }
                } else if formatOption.format == .text {
                    session.say(counted(hits.count, "image"))
                }
                return try IncompleteImport(reader).status(session, otherwise: hits.isEmpty ? .finding : .success)
            }
        }
    }
}

/// Why a search may have found nothing.
enum SearchHints {
    static func lines(_ wanted: [ImageCriterion], _ reader: CaseReader) throws -> [String] {
        var hints: [String] = []
        let kinds = Set(wanted.map(\.kind))
        if kinds.contains(.runner) || kinds.contains(.user), try reader.runCounts().jobs == 0 {
            hints.append("certificates name no runner and no person: import the jobs of the CI service")
        }
        if kinds.contains(.key) {
            hints.append("only a verdict tells which key signed: raireki verify --key FILE first")
        }
        if kinds.contains(.identity) { hints += listed("identity", try reader.identities(limit: 4)) }
        if kinds.contains(.issuer) { hints += listed("issuer", try reader.identityIssuers(limit: 4)) }
        return hints
    }

    private static func listed(_ noun: String, _ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }.prefix(4).map {
            "one \(noun) of the case is \(ErrorMessages.shown($0))"
        }
    }
}
