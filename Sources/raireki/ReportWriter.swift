internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import Signing
internal import StrictJSON

/// Writes a report in one of its forms.
struct ReportWriter {
    let stream: DossierStream
    let session: Session
    let statement: ReportStatementOptions
    let key: SigningKey?

    /// What the images came to.
    struct Outcome {
        var hasFindings = false
    }

    static let tool = "raireki \(Raireki.version)"

    /// What was written, for people.
    var sentence: String {
        stream.images.count == 1 ? "report" : "report of \(stream.images.count) images"
    }

    /// Writes text.
    func write(_ format: ReportFormat, table: String?, to put: @escaping ReportSink) throws -> Outcome {
        var outcome = Outcome()
        let look: (ImageDossier) -> Void = { if $0.trace.hasFindings { outcome.hasFindings = true } }
        switch format {
        case .html, .pdf:
            let lines = try ProvenancePage.write(stream, tool: Self.tool, to: put)
            return Outcome(lines)
        case .markdown: try ProvenanceMarkdown.write(stream, tool: Self.tool, to: put, each: look)
        case .json: try CaseJSON.write(stream, to: put, each: look)
        case .csv:
            let tables = CSVTable.all.filter { $0.name.utf8.elementsEqual((table ?? "images").utf8) }
            try CSVTable.write(tables, stream, to: { try put($1) }, each: look)
        case .sarif: try SARIFReport.write(stream, version: Raireki.version, to: put, each: look)
        case .junit: try JUnitReport.write(stream, to: put, each: look)
        case .investigation: try CASEReport.write(stream, version: Raireki.version, to: put, each: look)
        case .timesketch, .timesketchCSV, .bodyfile:
            let timeline = try stream.timeline(files: format == .bodyfile ? .all : .ends)
            switch format {
            case .timesketch: try Timesketch.writeJSONLines(timeline, to: put)
            case .timesketchCSV: try Timesketch.writeCSV(timeline, to: put)
            default: try BodyFile.write(timeline, to: put)
            }
            outcome.hasFindings = timeline.conflictCount > 0
        case .vsa, .svr: try statements(format, to: put, each: look)
        }
        return outcome
    }

    /// A statement an image; of an image that was not verified by an expectation there is none, and that is said.
    private func statements(_ format: ReportFormat, to put: ReportSink, each: (ImageDossier) -> Void) throws {
        let time = try stream.reading { try SummaryDraft.lastVerification($0) }
        var skipped = 0
        try stream.forEach { dossier in
            each(dossier)
            let trace = dossier.trace
            do {
                let draft = try SummaryDraft(trace, verifiedAt: time)
                let name = trace.entry.names.first ?? trace.signedName
                let predicate =
                    format == .svr
                    ? draft.result(statement.details)
                    : try draft.summary(statement.details, resource: name ?? "\(trace.image)")
                let draftStatement = StatementDraft(
                    subjects: [.init(name: name, digest: trace.image)],
                    predicateType: format == .svr ? SummaryDraft.resultType : SummaryDraft.summaryType,
                    predicate: predicate
                )
                try put(try ReportStatementOptions.line(draftStatement, key: key))
            } catch SigningCommandError.notVerified {
                skipped += 1
            }
        }
        guard skipped > 0 else { return }
        session.say("no statement about \(counted(skipped, "image")) that nobody verified by an expectation")
        session.say("hint: raireki verify with --certificate-identity and --certificate-oidc-issuer, or with --key")
    }

    /// Writes a folder of pages.
    func split(into folder: String) throws -> Outcome {
        let target = try ReportFolder(folder)
        let lines = try SplitReport.write(stream, tool: Self.tool) { path, text in try target.write(text, to: path) }
        session.say("\(sentence) written to \(folder)/index.html")
        return Outcome(lines)
    }

    /// Writes every table into a folder.
    func tables(into folder: String) throws -> Outcome {
        let target = try ReportFolder(folder)
        var outcome = Outcome()
        let files = try CSVTable.all.map { try WrittenFile(target.path("\($0.name).csv")) }
        try CSVTable.write(CSVTable.all, stream) {
            try files[$0].write($1)
        } each: {
            if $0.trace.hasFindings { outcome.hasFindings = true }
        }
        for file in files { try file.finish() }
        session.say("\(files.count) tables written to \(folder)")
        return outcome
    }

    /// Prints the page through a browser.
    func pdf(to path: String) throws -> Outcome {
        let browser = try BrowserEngine.installed(session.environment)
        let lines = try browser.print(to: path) { put in
            try ProvenancePage.write(stream, tool: Self.tool, to: put)
        }
        session.say("\(sentence) written to \(path), printed by \(browser.path)")
        return Outcome(lines)
    }
}

extension ReportWriter.Outcome {
    init(_ lines: [ImageLine]) {
        hasFindings = lines.contains { $0.graveCount > 0 }
    }
}
