import ArgumentParser
internal import Verification

/// A policy for many images at once, instead of one expectation.
struct PolicyOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            What each image must be signed by, a YAML document (see raireki policy check --help); instead of \
            --certificate-…, -a, --key and --notary-identity.
            """,
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var policy: String?

    /// Refuses a policy beside another expectation.
    func validate(
        beside expectation: ExpectationOptions,
        _ trust: TrustOptions,
        _ others: OtherFormatOptions
    ) throws {
        guard policy == nil || expectation.isEmpty && trust.key == nil && others.notaryIdentities.isEmpty else {
            throw ValidationError(
                """
                Give --policy, or one expectation with --certificate-…, -a, --key or --notary-identity, not both.
                """
            )
        }
    }

    /// The policy that the file holds; nil when none is given.
    ///
    /// - Parameters:
    ///   - others: What signatures in other formats are judged by.
    ///   - session: Is told what is read.
    /// - Returns: The policy.
    /// - Throws: ``CommandError`` when the file cannot be read, or asks for signers whom nothing that is given can tell.
    func read(beside others: OtherFormatOptions, _ session: Session) throws -> ImagePolicy? {
        guard let policy else { return nil }
        session.detail("reading the policy \(policy)")
        let document = try PolicyDocument.read(policy)
        if document.asksForNotary, others.notaryTrustStore == nil {
            throw CommandError.policyNeeds(option: "--notary-trust-store", path: policy)
        }
        if document.asksForOpenPGP, others.openPGPKeyring == nil {
            throw CommandError.policyNeeds(option: "--openpgp-keyring", path: policy)
        }
        return document
    }
}
