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
            Renders what import, verify and trace have stored; it judges nothing itself. The same case gives the same \
            bytes, in every form.

            FORMS, AND WHO READS THEM
              html        people: one file with nothing to load, which prints well and reads whole without scripts
                          (its one script sorts and filters);
                          --split makes a folder with a page an image, for thousands of images
              pdf         people who want paper: the same, through a chromium that is installed on this machine
              markdown    issues, wikis and merge requests
              json        programs of your own; --schema prints its JSON Schema
              csv         spreadsheets: one table (--table), or all of them into a folder (--csv)
              sarif       code scanning, IDEs and security dashboards (SARIF 2.1.0): what the rules found
              junit       CI servers: a test a check, a failure a finding, so that a pipeline's gate is red
              vsa         admission controllers and slsa-verifier: a verification summary (SLSA VSA v1) an image
              svr         policy engines: in-toto's simple verification result, an image a line
              timesketch  Timesketch: the timeline as JSON Lines (timesketch-csv: as CSV)
              bodyfile    mactime and other timeline tools: the timeline in The Sleuth Kit's form
              case        laboratories: CASE/UCO JSON-LD with exhibits, actions and findings

            A verification summary or result speaks for whoever --verifier-id names; with --sign-key each is signed \
            and put into a DSSE envelope. An image that nobody verified by an expectation has none.

            EXAMPLES
              raireki report -o report.html
              raireki report --split report/
              raireki report app:1.0 --format pdf -o report.pdf
              raireki report --format sarif -o report.sarif
              raireki report --format csv --table findings
              raireki report --csv tables/
              raireki report --format vsa --verifier-id https://audit.example.com --sign-key auditor.key -o vsa.jsonl
              raireki report --schema > report.schema.json
            """
    )

    @Argument(
        help: "Images: digests, at least 7 digits of one, or names; every image when none is given.",
        completion: .imageNames
    )
    var images: [String] = []

    @Option(help: "The form of the report.")
    var format: ReportFormat?

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("Where to write it; standard output when not given.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Write HTML as a folder: an index, and a page for every image.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var split: String?

    @Option(
        help: ArgumentHelp("Write every table as a CSV file into this folder.", valueName: "folder"),
        completion: .directory
    )
    var csv: String?

    @Option(
        help: ArgumentHelp(
            "The table that --format csv writes: \(CSVTable.names.joined(separator: ", ")).",
            valueName: "name"
        )
    )
    var table: String?

    @Flag(help: "Print the JSON Schema of --format json, and do nothing else.") var schema = false

    @OptionGroup(title: "Verification summaries and results") var statement: ReportStatementOptions

    @OptionGroup var caseOption: CaseOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        let targets = [output != nil, split != nil, csv != nil].count { $0 }
        if targets > 1 { throw ValidationError("Give one of --output, --split and --csv.") }
        if split != nil, format != nil, format != .html { throw ValidationError("--split writes HTML.") }
        if csv != nil, format != nil, format != .csv { throw ValidationError("--csv writes CSV.") }
        if format == .pdf, output == nil { throw ValidationError("Say where the PDF goes: --output.") }
        if let table {
            guard format == .csv else { throw ValidationError("--table chooses the table of --format csv.") }
            guard CSVTable.names.contains(where: { $0.utf8.elementsEqual(table.utf8) }) else {
                throw ValidationError("No such table: \(table) (\(CSVTable.names.joined(separator: ", ")))")
            }
        } else if format == .csv, csv == nil {
            throw ValidationError("Say which table (--table), or give a folder for all of them (--csv).")
        }
        try statement.validate(for: format)
    }

    func work(_ session: Session) throws -> ExitStatus {
        guard !schema else {
            session.write(ReportSchema.document.pretty + "\n")
            return .success
        }
        let key = try statement.key(session)
        return try caseOption.reading(session) { caseFile in
            let wanted = try ImageName.resolve(images, in: caseFile, session)
            guard !wanted.isEmpty else { throw CommandError.noImages }
            return try caseFile.read { reader in
                try reader.tellOfDistrust(session)
                var stream = try DossierStream(of: wanted, in: caseFile, reader)
                let bar = ProgressBar(session, title: "writing the report", of: .things("images"))
                defer { bar.finish() }
                // Where the report goes to the same terminal, it shows by itself how far it is.
                if !isWritingToTerminal(session) { stream.progress = { bar.show(Int64($0), of: Int64(wanted.count)) } }
                let writer = ReportWriter(stream: stream, session: session, statement: statement, key: key)
                let outcome = try write(writer, session)
                let isClean = !outcome.hasFindings && stream.heading.grave.isEmpty
                return try IncompleteImport(reader).status(session, otherwise: isClean ? .success : .finding)
            }
        }
    }

    private func isWritingToTerminal(_ session: Session) -> Bool {
        output == nil && split == nil && csv == nil && session.isOutputTerminal
    }

    private func write(_ writer: ReportWriter, _ session: Session) throws -> ReportWriter.Outcome {
        if let split { return try writer.split(into: split) }
        if let csv { return try writer.tables(into: csv) }
        let format = format ?? .html
        if format == .pdf { return try writer.pdf(to: output ?? "") }
        guard let output else {
            return try writer.write(format, table: table) { session.write($0) }
        }
        let file = try WrittenFile(output)
        let outcome = try writer.write(format, table: table) { try file.write($0) }
        try file.finish()
        session.say("\(writer.sentence) written to \(output)")
        return outcome
    }
}

/// The forms of a report.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case html, pdf, markdown, json, csv, sarif, junit, vsa, svr, timesketch, bodyfile
    case timesketchCSV = "timesketch-csv"
    case investigation = "case"
}
