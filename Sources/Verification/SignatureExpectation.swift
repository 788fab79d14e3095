package import Patterns
package import Sigstore
package import StrictJSON

/// Who and what a signature is expected to be by and to say; without one nothing is called trusted.
package struct SignatureExpectation: Sendable {
    /// Which certificate identities are right; nil when none is expected.
    package var identity: TextPattern?
    /// Which issuers are right; nil when none is expected.
    package var issuer: TextPattern?
    /// Annotations that the signer must have signed.
    package var annotations: [(key: String, value: String)]
    /// Whether one of the keys that were given is expected to have signed.
    package var expectsKey: Bool

    package init(
        identity: TextPattern? = nil,
        issuer: TextPattern? = nil,
        annotations: [(key: String, value: String)] = [],
        expectsKey: Bool = false
    ) {
        self.identity = identity
        self.issuer = issuer
        self.annotations = annotations
        self.expectsKey = expectsKey
    }

    /// Whether nothing is expected.
    package var isEmpty: Bool {
        identity == nil && issuer == nil && annotations.isEmpty && !expectsKey
    }

    /// What the library compares the certificate with; nil when no certificate is expected.
    package var identityExpectation: IdentityExpectation? {
        guard identity != nil || issuer != nil else { return nil }
        return IdentityExpectation(
            name: identity?.expectation ?? .anything,
            issuer: issuer?.expectation ?? .anything
        )
    }

    /// The expectation as it is recorded with a verdict.
    package var json: JSONValue {
        [
            "certificateIdentity": identity?.json ?? .null,
            "certificateOIDCIssuer": issuer?.json ?? .null,
            "annotations": .array(annotations.map { ["key": JSONValue($0.key), "value": JSONValue($0.value)] }),
            "key": .bool(expectsKey),
        ]
    }
}

/// A text, or an expression that a whole text must match.
package enum TextPattern: Sendable {
    /// Exactly this text.
    case exactly(String)
    /// Whatever the expression matches as a whole.
    case matching(WholeMatchPattern)

    var expectation: TextExpectation {
        switch self {
        case .exactly(let text): .exactly(text)
        case .matching(let pattern):
            .matching(description: "a match of /\(pattern.source)/") { pattern.matches($0) }
        }
    }

    var json: JSONValue {
        switch self {
        case .exactly(let text): ["exactly": JSONValue(text)]
        case .matching(let pattern): ["matching": JSONValue(pattern.source)]
        }
    }
}
