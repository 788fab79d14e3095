import ArgumentParser

/// Who verified what by which policy, for statements about a verification.
struct VerifierOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Who verified, a URI.", valueName: "uri")) var verifierID: String?

    @Option(
        help: ArgumentHelp("What was verified, a URI (default: the image's name).", valueName: "uri")
    )
    var resourceURI: String?

    @Option(
        help: ArgumentHelp(
            "Where the expectation is written down, a URI (default: one that is made of its digest).",
            valueName: "uri"
        )
    )
    var policyURI: String?

    @Option(
        help: ArgumentHelp(
            "A level of SLSA that you vouch for when the result is PASSED; may be repeated.",
            valueName: "level"
        )
    )
    var verifiedLevel: [String] = []

    /// Whether any of them was given.
    var isGiven: Bool { verifierID != nil || resourceURI != nil || policyURI != nil || !verifiedLevel.isEmpty }
}
