import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// The command `raireki timeline`.
struct TimelineCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Show in what order things happened, and which clocks contradict one another.",
        discussion: """
            One stream of commits, pipelines, jobs, builds, history steps, files, certificates, log entries, timestamps \
            and imports, each with the record that states the time and what it rests on. Clocks may be five minutes \
            apart; what cannot be true even so is marked, with the other event: a commit that is younger than the \
            signature over what was built from it, a job that began before its pipeline was made, a file that is \
            younger than its image. Times before 1981 were set, not measured, and contradict nothing.

            Formats: text, json; timesketch-csv and timesketch-jsonl for Timesketch (the file's name must end with .csv \
            or .jsonl); bodyfile for mactime of The Sleuth Kit.

            Exit status 1 says that some clocks contradict one another, or that an import is incomplete.

            EXAMPLES
              raireki timeline app:1.0
              raireki timeline app:1.0 --between 2026-03-01 2026-03-02 --files all
              raireki timeline --all --format timesketch-jsonl -o case.jsonl
              raireki timeline app:1.0 --files all --format bodyfile | mactime -b - -d
            """
    )

    /// In which form events are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
        case timesketchCSV = "timesketch-csv"
        case timesketchJSONLines = "timesketch-jsonl"
        case bodyfile
    }

    @Argument(help: "Images: digests, at least 7 digits of one, or names.", completion: .imageNames)
    var images: [String] = []

    @Flag(help: "The whole case: every image, and what no image speaks of.")
    var all = false

    @Option(help: "Which files: the oldest and newest of each layer, all, or none.")
    var files: TimelineFiles = .ends

    @OptionGroup var windowOption: WindowOption
    @OptionGroup var caseOption: CaseOption

    @Option(help: "The form of the output.")
    var format: Format = .text

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write to this file instead.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        if all, !images.isEmpty { throw ValidationError("Name images, or give --all, not both.") }
        if !all, images.isEmpty { throw ValidationError("Name an image, or give --all for the whole case.") }
    }

    func work(_ session: Session) throws -> ExitStatus {
        try caseOption.withCaseToRead(session) { caseFile in
            let named = all ? [] : try ImageName.resolve(images, in: caseFile, session)
            return try caseFile.read { reader in
                let whole =
                    try all
                    ? Timeline(ofCase: reader, files: files) : Timeline(of: named, in: reader, files: files)
                let timeline = windowOption.window.map { whole.between($0.first, $0.last) } ?? whole
                let page = page(timeline, session)
                if let output {
                    try OutputFile.write(page, to: output)
                    session.say("\(counted(timeline.events.count, "event")) written to \(ErrorMessages.shown(output))")
                } else {
                    session.write(page)
                }
                let conflicts = timeline.conflictCount
                if conflicts > 0 {
                    session.say("\(counted(conflicts, "event")) with clocks that contradict one another")
                }
                return try IncompleteImport(reader).status(session, otherwise: conflicts > 0 ? .finding : .success)
            }
        }
    }

    private func page(_ timeline: Timeline, _ session: Session) -> String {
        switch format {
        case .text: TimelineText.page(timeline, session.style)
        case .json: TimelineJSON.document(timeline).pretty + "\n"
        case .timesketchCSV: Timesketch.csv(timeline)
        case .timesketchJSONLines: Timesketch.jsonLines(timeline)
        case .bodyfile: BodyFile.lines(timeline)
        }
    }
}

extension TimelineFiles: ExpressibleByArgument {}
