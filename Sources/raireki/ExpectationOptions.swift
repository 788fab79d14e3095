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

    /// Refuses what cannot be meant.
    func validateTogether() throws {
        if identity != nil, identityPattern != nil {
            throw ValidationError("Give --certificate-identity or --certificate-identity-regexp, not both.")
        }
        if issuer != nil, issuerPattern != nil {
            throw ValidationError("Give --certificate-oidc-issuer or --certificate-oidc-issuer-regexp, not both.")
        }
        let hasIdentity = identity != nil || identityPattern != nil
        let hasIssuer = issuer != nil || issuerPattern != nil
        if hasIdentity, !hasIssuer {
            throw ValidationError(
                "An identity means little without its issuer: give --certificate-oidc-issuer or its -regexp form."
            )
        }
        if hasIssuer, !hasIdentity {
            throw ValidationError(
                "An issuer vouches for everybody: give --certificate-identity or its -regexp form as well."
            )
        }
        _ = try annotationPairs()
        for pattern in [identityPattern, issuerPattern].compactMap(\.self) {
            do {
                _ = try WholeMatchPattern(pattern)
            } catch {
                throw ValidationError("Not a regular expression (\(error.explanation)): \(pattern)")
            }
        }
    }

    /// Keys with values, split at the first `=`.
    func annotationPairs() throws -> [(key: String, value: String)] {
        try annotations.map { text in
            let bytes = Array(text.utf8)
            guard let separator = bytes.firstIndex(of: UInt8(ascii: "=")), separator > 0 else {
                throw ValidationError("An annotation is written key=value: \(text)")
            }
            let key = String(decoding: bytes[..<separator], as: UTF8.self)
            return (key, String(decoding: bytes[(separator + 1)...], as: UTF8.self))
        }
    }
}

extension ExpectationOptions {
    /// The same for the stage.
    func expectation(expectsKey: Bool) throws -> SignatureExpectation {
        SignatureExpectation(
            identity: try Self.pattern(identity, identityPattern),
            issuer: try Self.pattern(issuer, issuerPattern),
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
