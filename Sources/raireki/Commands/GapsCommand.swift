import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// The command `raireki gaps`.
struct GapsCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps",
        abstract: "Show what is missing, unsigned or orphaned, and what to collect next.",
        discussion: """
            A matrix of every image and what there ought to be about it: its content, a signature, a verdict, an \
            authentic and an expected signer, a trusted time, signed provenance, the commit in a repository of the case, \
            the job in a CI service's records. Then every gap with the records it rests on: missing bytes, unsigned \
            images, trust material that verification lacked, bases that are named and not there, and what stands alone: \
            signatures, attestations and log entries over digests that are not in the case. Under each kind stands what \
            to collect.

            Run verify first. Exit status 1 says that there are gaps.

            EXAMPLES
              raireki gaps
              raireki gaps app:1.0
              raireki gaps --format json | jq -r '.gaps[] | select(.kind == "unsigned") | .subject'
            """
    )

    @Argument(help: "Only these images: digests, at least 7 digits of one, or names.", completion: .imageNames)
    var images: [String] = []

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        try caseOption.withCaseToRead(session) { caseFile in
            let named = images.isEmpty ? nil : try ImageName.resolve(images, in: caseFile, session)
            let gaps = try ProgressBar.during(session, "looking", of: .things("images")) { bar in
                try caseFile.read { reader in
                    try Gaps(caseFile, reader, images: named) { bar.show(Int64($0), of: Int64($1)) }
                }
            }
            switch formatOption.format {
            case .text: session.write(GapText.page(gaps, session.style))
            case .json: session.write(GapJSON.document(gaps).pretty + "\n")
            }
            return gaps.gaps.isEmpty ? .success : .finding
        }
    }
}
