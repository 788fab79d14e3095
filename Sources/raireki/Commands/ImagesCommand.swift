import ArgumentParser
internal import CaseIndex
internal import Report
internal import StrictJSON

/// The command `raireki images`.
struct ImagesCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "images",
        abstract: "List the images of the case.",
        discussion: """
            Lists every image that the evidence holds, and every digest that a signature names although the image \
            itself is missing.

            EXAMPLES
              raireki images
              raireki images --format json | jq -r '.images[].digest'
            """
    )

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let (entries, incomplete) = try caseOption.reading(session) { caseFile in
            try caseFile.read { (try $0.images(), try IncompleteImport($0)) }
        }
        switch formatOption.format {
        case .text: session.write(CaseText.images(entries, session.style))
        case .json: session.write(CaseJSON.images(entries).pretty + "\n")
        }
        return incomplete.status(session, otherwise: .success)
    }
}
