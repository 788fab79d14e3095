import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// The command `raireki show`.
struct ShowCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what the evidence holds of an image, without judging.",
        discussion: """
            Shows the image's manifests, configurations and layers with how their bytes compare, and every signature, \
            certificate and log entry that was found, where it was found.

            EXAMPLES
              raireki show app:1.0
              raireki show a74d89d --format json
            """
    )

    @Argument(help: "A digest, at least 7 digits of one, or a name.", completion: .imageNames)
    var image: String

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let dossier = try caseOption.reading(session) { caseFile in
            try CaseDossier(of: try ImageName.resolve([image], in: caseFile, session), in: caseFile)
        }
        for image in dossier.images {
            switch formatOption.format {
            case .text: session.write(ShowText.page(image, session.style))
            case .json: session.write(CaseJSON.show(image).pretty + "\n")
            }
        }
        return .success
    }
}
