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
            """
    )

    @Argument(help: "Evidence: folders or files, as for import; - for standard input.", completion: .file())
    var paths: [String]

    @OptionGroup(title: "What is expected") var expectation: ExpectationOptions
    @OptionGroup(title: "What is relied on") var trust: TrustOptions

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("Where to write the HTML report; none is written when not given.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @OptionGroup var caseOption: CaseOption

    func validate() throws {
        try expectation.validateTogether()
        try trust.validateTogether()
        try expectation.validate(beside: trust)
    }

    func work(_ session: Session) throws -> ExitStatus {
        let custody = CustodyEntry("investigate", session)
        return try caseOption.withNewCase(session) { caseFile in
            let run = ImportRun(caseFile: caseFile, session: session, format: .text)
            let imported = try run.run(paths, custody)
            let images = try ImageName.resolve([], in: caseFile)
            guard !images.isEmpty else { throw CommandError.noImages }
            try VerificationRun(expectation: expectation, trust: trust).run(images, caseFile, now: session.now())
            if try !caseFile.read({ try $0.repositories() }).isEmpty {
                let commits = try CommitVerificationRun(trust: trust).run(caseFile, now: session.now())
                session.say(CommitSignaturePage(commits).sentence)
            }
            let traces = try Tracer(caseFile: caseFile).run(images: images)
            let counts = VerificationCounts(traces)
            try custody.append(to: caseFile, result: counts.result)
            session.write("\n" + InvestigationText.page(traces, session.style))
            session.say(counts.sentence)
            if let output {
                let dossier = try CaseDossier(of: images, in: caseFile)
                try OutputFile.write(ProvenancePage.html(dossier, tool: "raireki \(Raireki.version)"), to: output)
                session.say("report written to \(output)")
            }
            let isClean = counts.status == .success && !traces.contains(where: \.hasFindings)
            return imported == .success && !isClean ? .finding : imported
        }
    }
}
