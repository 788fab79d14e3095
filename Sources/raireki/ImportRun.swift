internal import CaseIndex
internal import Cryptography
internal import Evidence
internal import Presentation
internal import StrictJSON

/// One run of import over several pieces of evidence.
struct ImportRun {
    let caseFile: CaseFile
    let session: Session
    let format: FormatOption.Format
    var limits = ImportLimits.standard
    var origin = EvidenceOrigin()

    /// Imports each path; one that cannot be imported does not keep the others out of the case.
    func run(_ paths: [String], _ custody: CustodyEntry) throws -> ExitStatus {
        var summaries: [ImportSummary] = []
        var unrecognised: [String] = []
        var isLimited = false
        var refused: [(path: String, error: EvidenceError)] = []
        for path in paths {
            session.detail("reading \(path)")
            do {
                let outcome = try importOne(path, custody)
                summaries += outcome.summaries
                for summary in outcome.summaries {
                    session.detail("\(summary.source.path) is \(summary.source.kind), \(summary.source.digest)")
                }
                unrecognised += outcome.unrecognised
                isLimited = isLimited || outcome.isLimited
            } catch let error as EvidenceError {
                refused.append((path, error))
                session.say(error)
            }
        }
        let totals = ImportTotals(summaries)
        let contested = try contestedNames(summaries)
        if !unrecognised.isEmpty || !refused.isEmpty {
            let paths = refused.map { JSONValue($0.path) }
            try custody.append(
                to: caseFile,
                result: [("unrecognised", JSONValue(unrecognised.count)), ("refused", .array(paths))]
            )
        }
        switch format {
        case .text: session.write(totals.text(summaries))
        case .json:
            let document = ImportDocument.make(
                summaries,
                unrecognised,
                refused: refused.map(\.path),
                contested: contested
            )
            session.write(document.pretty + "\n")
        }
        for summary in summaries { tell(summary) }
        tell(unrecognised)
        tell(contested: contested)
        if !totals.warnings.isEmpty { session.say("hint: raireki case info lists the warnings") }
        if !refused.isEmpty { return .failure }
        return totals.grave == 0 && !isLimited ? .success : .finding
    }

    /// Says what kept some of a piece of evidence from being read.
    private func tell(_ summary: ImportSummary) {
        let path = EscapedText(summary.source.path, limit: 1_000).text
        for loss in summary.losses { session.say("incomplete: \(path): \(EscapedText(loss, limit: 1_000).text)") }
    }

    /// Names some of the files that nobody knew what to make of.
    private func tell(_ unrecognised: [String]) {
        guard !unrecognised.isEmpty else { return }
        for path in unrecognised { session.detail("not recognised: \(path)") }
        let some = unrecognised.prefix(Self.shownFiles).joined(separator: ", ")
        let more = unrecognised.count > Self.shownFiles ? ", …" : ""
        session.say("not recognised: \(counted(unrecognised.count, "file")) (\(some)\(more))")
    }

    /// Names that evidence of this run and other evidence give to different images.
    private func contestedNames(_ summaries: [ImportSummary]) throws -> [String] {
        let new = summaries.filter { !$0.alreadyKnown }.map(\.source.id)
        return try new.isEmpty ? [] : caseFile.read { try $0.contestedNames(in: new) }
    }

    private func tell(contested names: [String]) {
        guard !names.isEmpty else { return }
        let some = names.prefix(Self.shownFiles).joined(separator: ", ")
        let more = names.count > Self.shownFiles ? ", …" : ""
        session.say("other evidence gives \(counted(names.count, "name")) to another image: \(some)\(more)")
        session.say("hint: raireki tags shows what each of them has stood for")
    }

    private static let shownFiles = 5

    /// Standard input, of which nobody knows how long it is.
    private static let stream = "-"

    private func importOne(_ path: String, _ custody: CustodyEntry) throws -> ImportOutcome {
        let bar = ProgressBar(session, title: path == Self.stream ? "standard input" : path)
        defer { bar.finish() }
        let importer = Importer(caseFile: caseFile, limits: limits, origin: origin) { writer, summary in
            custody.append(to: writer, result: ImportDocument.source(summary))
        }
        return try importer.run(path: path, at: custody.time) { progress in
            bar.show(progress.bytesRead, of: path == Self.stream ? 0 : progress.totalBytes)
        }
    }
}

/// What several imports came to together.
struct ImportTotals {
    private(set) var artifacts = 0, images = 0, signatures = 0, attestations = 0, unsignedStatements = 0
    private(set) var commits = 0, references = 0, pipelines = 0, jobs = 0, registryTags = 0
    private(set) var warnings: [WarningSeverity: Int] = [:]

    init(_ summaries: [ImportSummary]) {
        for summary in summaries {
            artifacts += summary.artifacts
            images += summary.images
            signatures += summary.signatures
            attestations += summary.attestations
            unsignedStatements += summary.unsignedStatements
            commits += summary.commits
            references += summary.references
            pipelines += summary.pipelines
            jobs += summary.jobs
            registryTags += summary.registryTags
            warnings.merge(summary.warnings, uniquingKeysWith: +)
        }
    }

    /// Warnings by which evidence was lost or contradicts itself.
    var grave: Int {
        warnings[.incomplete, default: 0] + warnings[.contradicted, default: 0]
    }

    /// The counts, for documents.
    var members: [(String, JSONValue)] {
        let counts = [
            ("images", images), ("artifacts", artifacts), ("signatures", signatures), ("attestations", attestations),
            ("unsignedStatements", unsignedStatements), ("commits", commits), ("references", references),
            ("pipelines", pipelines), ("jobs", jobs), ("registryTags", registryTags),
        ]
        let severities = WarningSeverity.allCases.map { ($0.rawValue, JSONValue(warnings[$0, default: 0])) }
        return counts.map { ($0.0, JSONValue($0.1)) } + [("warnings", .object(JSONObject(severities)))]
    }

    /// For people: a line for each piece of evidence, then the sum.
    func text(_ summaries: [ImportSummary]) -> String {
        let lines = summaries.map { summary in
            let path = EscapedText(summary.source.path).text
            return summary.alreadyKnown
                ? "\(path): in the case already" : "\(path): \(ImportTotals([summary]).sentence)"
        }
        let sum = summaries.count > 1 ? ["together: \(sentence)"] : []
        return (lines + sum).map { $0 + "\n" }.joined()
    }

    private var sentence: String {
        var parts = [
            counted(images, "image"), counted(artifacts, "artifact"), counted(signatures, "signature"),
            counted(attestations, "attestation"),
        ]
        if unsignedStatements > 0 { parts.append(counted(unsignedStatements, "unsigned statement")) }
        // A repository has no images: their zeros would say nothing.
        let records = commits + references + pipelines + jobs + registryTags
        if records > 0, images + artifacts + signatures + attestations == 0 { parts = [] }
        if commits + references > 0 { parts += [counted(commits, "commit"), counted(references, "reference")] }
        if pipelines + jobs > 0 { parts += [counted(pipelines, "pipeline"), counted(jobs, "job")] }
        if registryTags > 0 {
            parts.append(counted(registryTags, "listed repository or tag", "listed repositories and tags"))
        }
        let total = warnings.values.reduce(0, +)
        var warned = counted(total, "warning")
        let kinds = WarningSeverity.allCases.compactMap { severity in
            warnings[severity].map { "\($0) \(severity.rawValue)" }
        }
        if total > 0 { warned += " (\(kinds.joined(separator: ", ")))" }
        return (parts + [warned]).joined(separator: ", ")
    }
}

/// The document behind `import --format json`.
enum ImportDocument {
    static func make(
        _ summaries: [ImportSummary],
        _ unrecognised: [String],
        refused: [String],
        contested: [String]
    ) -> JSONValue {
        [
            "schema": "urn:raireki:import:1",
            "sources": .array(summaries.map { .object(JSONObject(source($0))) }),
            "unrecognised": .array(unrecognised.map { JSONValue($0) }),
            "refused": .array(refused.map { JSONValue($0) }),
            "contestedNames": .array(contested.map { JSONValue($0) }),
        ]
    }

    /// What is said of one piece of evidence, here and in the custody log.
    static func source(_ summary: ImportSummary) -> [(String, JSONValue)] {
        [
            ("path", JSONValue(summary.source.path)), ("kind", JSONValue(summary.source.kind)),
            ("digest", JSONValue("\(summary.source.digest)")),
            ("alreadyKnown", .bool(summary.alreadyKnown)),
        ] + ImportTotals([summary]).members
    }
}
