import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// The command `raireki report`.
struct ReportCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the provenance report.",
        discussion: """
            Renders what import, verify and trace have stored; it judges nothing itself. The HTML report is one file \
            without scripts and without anything to load, and can be printed. The same case gives the same bytes.

            EXAMPLES
              raireki report -o report.html
              raireki report app:1.0 --format markdown
              raireki report --format json -o report.json
            """
    )

    /// The forms of a report.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case html, json, markdown
    }

    @Argument(help: "Images: digests, at least 7 digits of one, or names; every image when none is given.")
    var images: [String] = []

    @Option(help: "The form of the report.")
    var format: Format = .html

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("Where to write it; standard output when not given.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @OptionGroup var caseOption: CaseOption

    func work(_ session: Session) throws -> ExitStatus {
        let (dossier, incomplete) = try caseOption.reading(session) { caseFile in
            let dossier = try CaseDossier(of: try ImageName.resolve(images, in: caseFile), in: caseFile)
            let incomplete = try caseFile.read { reader in
                try reader.tellOfDistrust(session)
                return try IncompleteImport(reader)
            }
            return (dossier, incomplete)
        }
        guard !dossier.images.isEmpty else { throw CommandError.noImages }
        let text = render(dossier)
        if let output {
            try OutputFile.write(text, to: output)
            session.say(
                "\(dossier.images.count == 1 ? "report" : "report of \(dossier.images.count) images") written to \(output)"
            )
        } else {
            session.write(text)
        }
        let isClean = !dossier.images.contains { $0.trace.hasFindings } && dossier.grave.isEmpty
        return incomplete.status(session, otherwise: isClean ? .success : .finding)
    }

    private func render(_ dossier: CaseDossier) -> String {
        switch format {
        case .html: ProvenancePage.html(dossier, tool: Self.tool)
        case .markdown: ProvenanceMarkdown.text(dossier, tool: Self.tool)
        case .json: CaseJSON.report(dossier).pretty + "\n"
        }
    }

    private static let tool = "raireki \(Raireki.version)"
}
