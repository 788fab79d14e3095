import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// `raireki investigate`: import, verify, trace and report in one.
struct InvestigateCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "investigate",
        abstract: "Import evidence, verify it, trace it and write the report, in one.",
        discussion: """
            Reads the evidence into the case, judges every signature of every image in it, follows each image back to \
            its pipeline and commit, and prints the short answer: what each image comes to, who signed it, which job \
            and commit it came from, and what does not agree. The details are in verify, trace and report.

            EXAMPLES
              raireki investigate /media/usb/*
              raireki investigate saved/ -o report.html \\
                --certificate-identity-regexp 'https://gitlab\\.com/group/.*' \\
                --certificate-oidc-issuer https://gitlab.com
              raireki investigate saved/ --policy policy.yaml
            """
    )

    @Argument(help: "Evidence: folders or files, as for import; - for standard input.", completion: .file())
    var paths: [String]

    @OptionGroup(title: "What is expected") var expectation: ExpectationOptions
    @OptionGroup var policyOption: PolicyOption
    @OptionGroup(title: "What is relied on") var trust: TrustOptions
    @OptionGroup(title: "Signatures of the Notary Project and OpenPGP") var others: OtherFormatOptions

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("Where to write the HTML report; none is written when not given.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @OptionGroup var caseOption: CaseOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        try expectation.validateTogether()
        try trust.validateTogether()
        try others.validateTogether()
        try expectation.validate(beside: trust)
        try policyOption.validate(beside: expectation, trust, others)
    }

    func work(_ session: Session) throws -> ExitStatus {
        let custody = CustodyEntry("investigate", session)
        let policy = try policyOption.read(beside: others, session)
        return try caseOption.withNewCase(session) { caseFile in
            let run = ImportRun(caseFile: caseFile, session: session, format: .text)
            let imported = try run.run(paths, custody)
            let images = try ImageName.resolve([], in: caseFile, session)
            guard !images.isEmpty else { throw CommandError.noImages }
            if try !caseFile.read({ try $0.repositories() }).isEmpty {
                let commits = try CommitVerificationRun(trust: trust).run(caseFile, session)
                session.say(CommitSignaturePage(commits).sentence)
            }
            let verification = VerificationRun(expectation: expectation, trust: trust, others: others, policy: policy)
            var page: PolicyResultPage?
            _ = try verification.run(images, caseFile, session) { writer, results in
                page = policy.map { PolicyResultPage($0, results) }
                let traces = try Trace.traces(of: images, in: writer.reader)
                let counts = VerificationCounts(traces, meetsPolicy: page?.isMet)
                custody.append(to: writer, result: counts.result + (page?.result ?? []))
            }
            let traces = try Tracer(caseFile: caseFile, comparesImages: true).run(images: images) { writer, traces in
                custody.append(to: writer, result: TraceCommand.result(traces))
            }
            let counts = VerificationCounts(traces, meetsPolicy: page?.isMet)
            session.write("\n" + InvestigationText.page(traces, session.style))
            if let page { session.write("\n" + page.text) }
            session.say(counts.sentence)
            if let page { session.say(page.sentence) }
            if let output {
                let file = try WrittenFile(output)
                try caseFile.read { reader in
                    let stream = try DossierStream(of: images, in: caseFile, reader)
                    try ProvenancePage.write(stream, tool: ReportWriter.tool) { try file.write($0) }
                }
                try file.finish()
                session.say("report written to \(output)")
            }
            let isClean = counts.status == .success && !traces.contains(where: \.hasFindings)
            let status = imported == .success && !isClean ? .finding : imported
            return try caseFile.read { try IncompleteImport($0) }.status(session, otherwise: status)
        }
    }
}
