import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// The command `raireki trace`.
struct TraceCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Follow an image back to its pipeline and commit.",
        discussion: """
            Puts side by side what certificates, signed annotations, provenance statements, labels and logs say of an \
            image, each with its basis: certificate-attested, log-attested, timestamp-attested, signer-asserted, \
            unsigned, or unverified when the signature is not authentic. A signed annotation that contradicts the \
            certificate is a finding, and so exit status 1, although the signature is authentic.

            Where the case holds repositories, each commit that is named is looked for in them: who made it and when, and \
            whether it can be reached from the branch or tag that is named with it.

            Run verify first: without verdicts nothing in a signature's material is believed.

            EXAMPLES
              raireki trace app:1.0
              raireki trace sha256:a74d89d8dd86 --format json
              raireki trace app:1.0 app:1.1 | less -R
            """
    )

    @Argument(help: "Images: digests, at least 7 digits of one, or names.", completion: .imageNames)
    var images: [String]

    @Option(
        name: .customLong("protected"),
        help: ArgumentHelp(
            """
            A branch that is protected, for example main; may be repeated. Without it, commits are looked for on the \
            branch that each repository offers first.
            """,
            valueName: "branch"
        )
    )
    var protectedBranches: [String] = []

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let custody = CustodyEntry("trace", session)
        let (traces, incomplete) = try caseOption.withCase(session) { caseFile in
            let tracer = Tracer(caseFile: caseFile, protected: protectedBranches)
            let images = try ImageName.resolve(images, in: caseFile, session)
            let traces = try Self.trace(images, tracer, caseFile, custody, session)
            return try caseFile.read { reader in
                try reader.tellOfDistrust(session)
                return (traces, try IncompleteImport(reader))
            }
        }
        switch formatOption.format {
        case .text: session.write(TraceText.page(traces, session.style))
        case .json: session.write(TraceJSON.document(traces).pretty + "\n")
        }
        let hasUnverified = traces.contains { trace in trace.signatures.contains { $0.verdict == nil } }
        if hasUnverified { session.say("hint: raireki verify judges the signatures first") }
        return incomplete.status(session, otherwise: traces.contains(where: \.hasFindings) ? .finding : .success)
    }

    private static func trace(
        _ images: [Digest],
        _ tracer: Tracer,
        _ caseFile: CaseFile,
        _ custody: CustodyEntry,
        _ session: Session
    ) throws -> [Trace] {
        let traces = try tracer.run(images: images) { writer, traces in
            custody.append(to: writer, result: result(traces))
        }
        caseFile.tellWhenNothingIsStored(session)
        return traces
    }

    /// For the custody log.
    static func result(_ traces: [Trace]) -> [(String, JSONValue)] {
        [("images", JSONValue(traces.count)), ("findings", JSONValue(traces.map(\.findings.count).reduce(0, +)))]
    }
}

extension Trace {
    /// Whether a rule concluded something that weighs more than a note.
    var hasFindings: Bool {
        findings.contains { $0.severity != .note }
    }
}
