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

            The names of the options are cosign's. One thing differs: a regular expression must match the whole text, \
            as if it stood between ^ and $.

            EXAMPLES
              raireki verify
              raireki verify app:1.0 \\
                --certificate-identity https://gitlab.com/group/app//.gitlab-ci.yml@refs/heads/main \\
                --certificate-oidc-issuer https://gitlab.com
              raireki verify app:1.0 -a tag=e83c5163 --format cosign | jq .
              raireki verify --key cosign.pub --at 2026-03-01T12:00:00Z
              raireki verify --policy policy.yaml
              raireki verify app:1.0 --notary-trust-store ~/.config/notation/truststore \\
                --notary-identity x509.subject:C=US,ST=WA,O=example.org
              raireki verify app:1.0 --openpgp-keyring release-keys.asc
            """
    )

    /// The forms of the output.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, cosign
    }

    @Argument(help: "Images: digests, at least 7 digits of one, or names; every image when none is given.")
    var images: [String] = []

    @OptionGroup(title: "What is expected") var expectation: ExpectationOptions
    @OptionGroup var policyOption: PolicyOption
    @OptionGroup(title: "What is relied on") var trust: TrustOptions
    @OptionGroup(title: "Signatures of the Notary Project and OpenPGP") var others: OtherFormatOptions

    @Option(help: "The form of the output: text, a JSON document of ours, or the array that cosign verify prints.")
    var format: Format = .text

    @OptionGroup var caseOption: CaseOption

    func validate() throws {
        try expectation.validateTogether()
        try trust.validateTogether()
        try others.validateTogether()
        try expectation.validate(beside: trust)
        try policyOption.validate(beside: expectation, trust, others)
    }

    func work(_ session: Session) throws -> ExitStatus {
        let custody = CustodyEntry("verify", session)
        return try caseOption.withCase(session) { caseFile in
            let images = try ImageName.resolve(images, in: caseFile)
            guard !images.isEmpty else { throw CommandError.noImages }
            let document = try policyOption.read()
            let run = VerificationRun(expectation: expectation, trust: trust, others: others, policy: document)
            let results = try run.run(images, caseFile, now: session.now())
            let page = document.map { PolicyResultPage($0, results) }
            let traces = try Tracer(caseFile: caseFile).read(images: images)
            let summary = VerificationCounts(traces, meetsPolicy: page?.isMet)
            try custody.append(to: caseFile, result: summary.result + (page?.result ?? []))
            try write(traces, page, caseFile, session)
            session.say(summary.sentence)
            if let page { session.say(page.sentence) }
            return summary.status
        }
    }

    private func write(
        _ traces: [Trace],
        _ page: PolicyResultPage?,
        _ caseFile: CaseFile,
        _ session: Session
    ) throws {
        switch format {
        case .text:
            session.write(VerifyText.page(traces, session.style))
            if let page { session.write("\n" + page.text) }
        case .json: session.write(VerifyJSON.document(traces, policy: page?.json).pretty + "\n")
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
