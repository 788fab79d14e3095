import ArgumentParser
internal import Cryptography
internal import Presentation
internal import Sigstore
internal import StrictJSON
internal import Verification

/// `raireki verify-bundle`: one bundle, one artifact, no case.
struct VerifyBundleCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-bundle",
        abstract: "Verify one Sigstore bundle over one file or digest, without a case.",
        discussion: """
            The arguments are those of the Sigstore conformance protocol. The exit status is 0 only when every check \
            passed and the signer is who you expect.

            EXAMPLES
              raireki verify-bundle --bundle app.sigstore.json \\
                --certificate-identity me@example.com \\
                --certificate-oidc-issuer https://accounts.example.com app.tar.gz
              raireki verify-bundle --bundle app.sigstore.json --key cosign.pub sha256:2c26b46b…
            """
    )

    @Option(help: ArgumentHelp("The bundle.", valueName: "file")) var bundle: String

    @OptionGroup(title: "Who is expected") var expectation: ExpectationOptions

    @OptionGroup(title: "What is relied on") var trust: TrustOptions

    @Flag(help: "Rely on the root of Sigstore's staging instance; the same as --trusted-root staging.")
    var staging = false

    @OptionGroup var formatOption: FormatOption

    @Argument(help: ArgumentHelp("The artifact: a file, or its digest.", valueName: "file|sha256:hex"))
    var artifact: String

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        try expectation.validateTogether()
        try trust.validateTogether()
        if staging, trust.trustedRoot != nil { throw ValidationError("Give --staging or --trusted-root, not both.") }
        if trust.key == nil, !expectation.namesSomebody {
            throw ValidationError("Say who must have signed: --certificate-identity with its issuer, or --key.")
        }
        if trust.key != nil, expectation.namesSomebody {
            throw ValidationError("Give --certificate-identity or --key, not both.")
        }
        try expectation.validate(beside: trust)
        if !expectation.annotations.isEmpty { throw ValidationError("A bundle over a file carries no annotations.") }
    }

    /// What is asked.
    func question() throws -> BundleQuestion {
        var question = BundleQuestion(bundle: bundle, artifact: artifact, trust: trust.choice)
        if staging { question.trust.trustedRoot = BuiltInTrust.staging.rawValue }
        question.identity = try expectation.expectation(expectsKey: trust.key != nil).identityExpectation
        question.isJSON = formatOption.format == .json
        question.manner = talk.manner
        return question
    }

    func work(_ session: Session) throws -> ExitStatus {
        try question().answer(session)
    }
}
