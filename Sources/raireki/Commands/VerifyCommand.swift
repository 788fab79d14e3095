import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON
internal import Verification

/// The command `raireki verify`.
struct VerifyCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Judge every signature of images by every check.",
        discussion: """
            A signature is authentic when every cryptographic check passes, and trusted when it is authentic and meets \
            the expectation that you give. Without an expectation nothing is called trusted. Every signature and every \
            check is shown; the first success hides nothing.

            Without an image named, the signatures of the commits and tags in the case's repositories are judged as well: \
            gitsign's against the same trusted root, SSH's against --allowed-signers. OpenPGP's are recorded.

            What would have been said another day: --at judges as of a time (log entries and timestamps after it do not \
            count), and --trusted-root takes the root of that day, whose keys and authorities have their own times of \
            validity. With --what-if the answer is printed and nothing is stored: the recorded verdicts stay.

            The names of the options are cosign's. One thing differs: a regular expression must match the whole text, \
            as if it stood between ^ and $.

            EXAMPLES
              raireki verify
              raireki verify app:1.0 \\
                --certificate-identity https://gitlab.com/group/app//.gitlab-ci.yml@refs/heads/main \\
                --certificate-oidc-issuer https://gitlab.com
              raireki verify app:1.0 -a tag=e83c5163 --format cosign | jq .
              raireki verify --key cosign.pub --at 2026-03-01T12:00:00Z
              raireki verify app:1.0 --at 2026-03-01T12:00:00Z --trusted-root root-of-march.json --what-if
              raireki verify --policy policy.yaml
              raireki verify app:1.0 --notary-trust-store ~/.config/notation/truststore \\
                --notary-identity x509.subject:C=US,ST=WA,O=example.org
              raireki verify app:1.0 --openpgp-keyring release-keys.asc
              raireki verify --allowed-signers allowed_signers
            """
    )

    /// The forms of the output.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, cosign
    }

    @Argument(
        help: "Images: digests, at least 7 digits of one, or names; every image when none is given.",
        completion: .imageNames
    )
    var images: [String] = []

    @OptionGroup(title: "What is expected") var expectation: ExpectationOptions
    @OptionGroup var policyOption: PolicyOption
    @OptionGroup(title: "What is relied on") var trust: TrustOptions
    @OptionGroup(title: "Signatures of the Notary Project and OpenPGP") var others: OtherFormatOptions

    @Option(
        help: ArgumentHelp(
            """
            Whose SSH keys may sign commits and tags (ssh-keygen(1), ALLOWED SIGNERS); times without a zone are \
            universal time.
            """,
            valueName: "file"
        ),
        completion: .file()
    )
    var allowedSigners: String?

    @Option(help: "The form of the output: text, a JSON document of ours, or the array that cosign verify prints.")
    var format: Format = .text

    @Flag(help: "Only ask: store neither the verdicts nor this run.")
    var whatIf = false

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
        let custody = CustodyEntry("verify", session)
        return try caseOption.withCase(session, isOnlyAsked: whatIf) { caseFile in
            let commits = try judgeCommits(caseFile, session)
            let images = try ImageName.resolve(images, in: caseFile, session)
            guard !images.isEmpty || commits != nil else { throw CommandError.noImages }
            let document = try policyOption.read(beside: others, session)
            let run = VerificationRun(expectation: expectation, trust: trust, others: others, policy: document)
            var traces: [Trace] = []
            var summary = VerificationCounts([])
            let results = try run.run(images, caseFile, session) { writer, results in
                traces = try Trace.traces(of: images, in: writer.reader)
                let page = document.map { PolicyResultPage($0, results) }
                summary = VerificationCounts(traces, meetsPolicy: page?.isMet)
                custody.append(to: writer, result: summary.result + (page?.result ?? []) + (commits?.result ?? []))
            }
            let page = document.map { PolicyResultPage($0, results) }
            try write(traces, page, commits, caseFile, session)
            if !images.isEmpty { session.say(summary.sentence) }
            if let page { session.say(page.sentence) }
            if let commits { session.say(commits.sentence) }
            if !whatIf { caseFile.tellWhenNothingIsStored(session) }
            let status: ExitStatus =
                commits?.hasFailures == true ? .finding : images.isEmpty ? .success : summary.status
            return try caseFile.read { reader in
                try reader.tellOfDistrust(session)
                return try IncompleteImport(reader)
            }.status(session, otherwise: status)
        }
    }

    /// Judges every signed commit and tag; nil when images were named, or when the case has no repository.
    private func judgeCommits(_ caseFile: CaseFile, _ session: Session) throws -> CommitSignaturePage? {
        guard images.isEmpty, try !caseFile.read({ try $0.repositories() }).isEmpty else { return nil }
        let run = CommitVerificationRun(trust: trust, allowedSigners: allowedSigners)
        return CommitSignaturePage(try run.run(caseFile, session))
    }

    private func write(
        _ traces: [Trace],
        _ page: PolicyResultPage?,
        _ commits: CommitSignaturePage?,
        _ caseFile: CaseFile,
        _ session: Session
    ) throws {
        switch format {
        case .text:
            session.write(VerifyText.page(traces, session.style))
            if let page { session.write("\n" + page.text) }
            if let commits { session.write((traces.isEmpty ? "" : "\n") + commits.text(session.style)) }
        case .json:
            let document = VerifyJSON.document(traces, policy: page?.json, commits: commits?.json)
            session.write(document.pretty + "\n")
        case .cosign:
            let output = try caseFile.read { try CosignOutput(traces, $0) }
            session.write(output.text)
            for signature in output.omitted {
                let format = signature.isKnownToCosign ? "not as expected" : "in a format that cosign does not know"
                let state = signature.isAuthentic ? format : "not authentic"
                session.say("omitted: signature \(signature.record.id.prefix(12)) is \(state)")
            }
        }
    }
}

/// What verification came to, in numbers.
struct VerificationCounts {
    let images, signatures, authentic, trusted: Int
    let status: ExitStatus

    /// - Parameters:
    ///   - traces: The images with their verdicts.
    ///   - meetsPolicy: Whether they meet the policy; nil when none was given, so that one signature an image must hold.
    init(_ traces: [Trace], meetsPolicy: Bool? = nil) {
        let all = traces.flatMap(\.signatures)
        images = traces.count
        signatures = all.count
        authentic = all.count(where: \.isAuthentic)
        trusted = all.count { $0.verdict?.isTrusted == true }
        let holds = traces.allSatisfy { trace in
            ImageVerification.isGood(
                content: trace.graph.outcome,
                isAuthentic: trace.signatures.allSatisfy(\.isAuthentic),
                meetsStandard: meetsPolicy ?? trace.ownSignatures.contains(where: \.holds)
            )
        }
        status = holds ? .success : .finding
    }

    /// For people.
    var sentence: String {
        "\(counted(images, "image")), \(counted(signatures, "signature")): \(authentic) authentic, \(trusted) trusted"
    }

    /// For the custody log.
    var result: [(String, JSONValue)] {
        [
            ("images", JSONValue(images)), ("signatures", JSONValue(signatures)),
            ("authentic", JSONValue(authentic)), ("trusted", JSONValue(trusted)),
        ]
    }
}
