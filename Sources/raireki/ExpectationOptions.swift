import ArgumentParser
internal import Patterns
internal import Verification

/// Who is expected to have signed, and which annotations must be signed.
struct ExpectationOptions: ParsableArguments {
    @Option(
        name: .customLong("certificate-identity"),
        help: ArgumentHelp("The one name that the certificate must have.", valueName: "name")
    )
    var identity: String?

    @Option(
        name: .customLong("certificate-identity-regexp"),
        help: ArgumentHelp("A regular expression that must match the whole name.", valueName: "regexp")
    )
    var identityPattern: String?

    @Option(
        name: .customLong("certificate-oidc-issuer"),
        help: ArgumentHelp("Who must vouch for that name.", valueName: "issuer")
    )
    var issuer: String?

    @Option(
        name: .customLong("certificate-oidc-issuer-regexp"),
        help: ArgumentHelp("A regular expression that must match the whole issuer.", valueName: "regexp")
    )
    var issuerPattern: String?

    @Option(
        name: [.customShort("a"), .customLong("annotations")],
        help: ArgumentHelp(
            "An annotation that must be signed; may be repeated. The value begins after the first = and may hold commas.",
            valueName: "key=value"
        )
    )
    var annotations: [String] = []

    @OptionGroup var certificate: ExtensionOptions

    /// Whether somebody in particular is expected by the certificate's name.
    var namesSomebody: Bool {
        identity != nil || identityPattern != nil
    }

    /// Whether nothing is expected.
    var isEmpty: Bool {
        !namesSomebody && issuer == nil && issuerPattern == nil && annotations.isEmpty && certificate.isEmpty
    }

    /// Refuses what cannot be meant.
    func validateTogether() throws {
        if identity != nil, identityPattern != nil {
            throw ValidationError("Give --certificate-identity or --certificate-identity-regexp, not both.")
        }
        if issuer != nil, issuerPattern != nil {
            throw ValidationError("Give --certificate-oidc-issuer or --certificate-oidc-issuer-regexp, not both.")
        }
        let hasIssuer = issuer != nil || issuerPattern != nil
        if namesSomebody, !hasIssuer {
            throw ValidationError(
                "An identity means little without its issuer: give --certificate-oidc-issuer or its -regexp form."
            )
        }
        if hasIssuer, !namesSomebody {
            throw ValidationError(
                "An issuer vouches for everybody: give --certificate-identity or its -regexp form as well."
            )
        }
        _ = try annotationPairs()
        _ = try certificate.expected()
        for pattern in [identityPattern, issuerPattern].compactMap(\.self) {
            do {
                _ = try WholeMatchPattern(pattern)
            } catch {
                throw ValidationError("Not a regular expression (\(error.explanation)): \(pattern)")
            }
        }
    }

    /// Refuses what cannot be met together with the keys.
    func validate(beside trust: TrustOptions) throws {
        if trust.key != nil, !certificate.isEmpty {
            throw ValidationError("A key has no extensions: give --certificate-extension or --key, not both.")
        }
    }

    /// Keys with values, split at the first `=`.
    func annotationPairs() throws -> [(key: String, value: String)] {
        try annotations.map { text in
            let pair = try KeyValue(text, orThrow: "An annotation is written key=value: \(text)")
            return (pair.key, pair.value)
        }
    }
}

extension ExpectationOptions {
    /// The same for the stage.
    func expectation(expectsKey: Bool) throws -> SignatureExpectation {
        SignatureExpectation(
            identity: try Self.pattern(identity, identityPattern),
            issuer: try Self.pattern(issuer, issuerPattern),
            extensions: try certificate.expected(),
            annotations: try annotationPairs(),
            expectsKey: expectsKey
        )
    }

    private static func pattern(_ exact: String?, _ expression: String?) throws -> TextPattern? {
        if let exact { return .exactly(exact) }
        return try expression.map { .matching(try WholeMatchPattern($0)) }
    }
}

extension PatternError {
    /// What is wrong, and where.
    fileprivate var explanation: String {
        switch self {
        case .malformed(_, let offset, let reason): "\(reason), at byte \(offset)"
        }
    }
}
