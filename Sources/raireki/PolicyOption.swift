import ArgumentParser
internal import Verification

/// A policy for many images at once, instead of one expectation.
struct PolicyOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            What each image must be signed by, a YAML document (see raireki policy check --help); instead of \
            --certificate-…, -a and --key.
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
        guard policy == nil || expectation.isEmpty && trust.key == nil && others.isEmpty else {
            throw ValidationError(
                """
                Give --policy, or one expectation with --certificate-…, -a, --key, --notary-identity or \
                --openpgp-keyring, not both.
                """
            )
        }
    }

    /// The policy that the file holds; nil when none is given.
    func read() throws -> ImagePolicy? {
        try policy.map { try PolicyDocument.read($0) }
    }
}
