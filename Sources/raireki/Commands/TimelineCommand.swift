import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Cryptography
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
                let timeline = try timeline(of: named, caseFile, reader, session)
                if let output {
                    let file = try WrittenFile(output)
                    try write(timeline, session.style) { try file.write($0) }
                    try file.finish()
                    session.say("\(counted(timeline.events.count, "event")) written to \(ErrorMessages.shown(output))")
                } else {
                    try write(timeline, session.style) { session.write($0) }
                }
                let conflicts = timeline.conflictCount
                if conflicts > 0 {
                    session.say("\(counted(conflicts, "event")) with clocks that contradict one another")
                }
                return try IncompleteImport(reader).status(session, otherwise: conflicts > 0 ? .finding : .success)
            }
        }
    }

    private func timeline(
        of named: [Digest],
        _ caseFile: CaseFile,
        _ reader: CaseReader,
        _ session: Session
    ) throws -> Timeline {
        try ProgressBar.during(session, "reading", of: .things("images")) { bar in
            let total = Int64(all ? try reader.imageDigests().count : named.count)
            let progress = { (done: Int) in bar.show(Int64(done), of: total) }
            let window = windowOption.window
            return try all
                ? Timeline(ofCase: caseFile, reader, files: files, within: window, progress: progress)
                : Timeline(of: named, caseFile, reader, files: files, within: window, progress: progress)
        }
    }

    private func write(_ timeline: Timeline, _ style: TextStyle, to put: @escaping ReportSink) throws {
        switch format {
        case .text: try put(TimelineText.page(timeline, style))
        case .json: try TimelineJSON.write(timeline, to: put)
        case .timesketchCSV: try Timesketch.writeCSV(timeline, to: put)
        case .timesketchJSONLines: try Timesketch.writeJSONLines(timeline, to: put)
        case .bodyfile: try BodyFile.write(timeline, to: put)
        }
    }
}

extension TimelineFiles: ExpressibleByArgument {}
