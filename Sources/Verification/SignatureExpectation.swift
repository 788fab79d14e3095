package import Notary
package import Sigstore
package import StrictJSON

/// Who and what a signature is expected to be by and to say; without one nothing is called trusted.
package struct SignatureExpectation: Sendable {
    /// Which certificate identities are right; nil when none is expected.
    package var identity: TextPattern?
    /// Which issuers are right; nil when none is expected.
    package var issuer: TextPattern?
    /// The value that each of these extensions of the certificate must have.
    package var extensions: [FulcioExtension: String]
    /// Annotations that the signer must have signed.
    package var annotations: [(key: String, value: String)]
    /// Whether one of the keys that were given is expected to have signed.
    package var expectsKey: Bool
    /// Signers of the Notary Project's signatures, of whom one is expected.
    package var notaryIdentities: [NotaryIdentity] = []
    /// Whether a key of the OpenPGP keyring that was given is expected to have signed.
    package var expectsOpenPGPKey = false

    package init(
        identity: TextPattern? = nil,
        issuer: TextPattern? = nil,
        extensions: [FulcioExtension: String] = [:],
        annotations: [(key: String, value: String)] = [],
        expectsKey: Bool = false
    ) {
        self.identity = identity
        self.issuer = issuer
        self.extensions = extensions
        self.annotations = annotations
        self.expectsKey = expectsKey
    }

    /// Whether nothing is expected.
    package var isEmpty: Bool {
        annotations.isEmpty && namesNobodyOfSigstore && notaryIdentities.isEmpty && !expectsOpenPGPKey
    }

    /// Whether nothing is expected of the signer of a Sigstore signature.
    private var namesNobodyOfSigstore: Bool {
        identity == nil && issuer == nil && extensions.isEmpty && !expectsKey
    }

    /// Whether signers are expected, and none who signs in a format of Sigstore.
    var namesOnlyOthers: Bool {
        namesNobodyOfSigstore && (!notaryIdentities.isEmpty || expectsOpenPGPKey)
    }

    /// Whether a signer is expected, in whatever format.
    var namesAnySigner: Bool {
        !namesNobodyOfSigstore || !notaryIdentities.isEmpty || expectsOpenPGPKey
    }

    /// Whether meeting it is enough for trust: what a certificate says of a job is no reason while anybody may have
    /// signed.
    package var namesSigner: Bool {
        extensions.isEmpty ? !isEmpty : identity != nil && issuer != nil
    }

    /// What the library compares the certificate with; nil when no certificate is expected.
    package var identityExpectation: IdentityExpectation? {
        guard identity != nil || issuer != nil || !extensions.isEmpty else { return nil }
        return IdentityExpectation(
            name: identity?.expectation ?? .anything,
            issuer: issuer?.expectation ?? .anything,
            extensions: extensions
        )
    }

    /// The expectation as it is recorded with a verdict.
    package var json: JSONValue {
        let sigstore: JSONValue = [
            "certificateIdentity": identity?.json ?? .null,
            "certificateOIDCIssuer": issuer?.json ?? .null,
            "certificateExtensions": extensions.json,
            "annotations": .array(annotations.map { ["key": JSONValue($0.key), "value": JSONValue($0.value)] }),
            "key": .bool(expectsKey),
        ]
        return sigstore.adding(others)
    }

    /// What is expected of signers in other formats, where that is anything.
    private var others: [(String, JSONValue)] {
        var members: [(String, JSONValue)] = []
        if !notaryIdentities.isEmpty {
            members.append(("notaryIdentities", .array(notaryIdentities.map { JSONValue($0.description) })))
        }
        if expectsOpenPGPKey { members.append(("openPGPKey", true)) }
        return members
    }
}

extension [FulcioExtension: String] {
    /// In the order of their numbers.
    var json: JSONValue {
        .array(
            sorted { $0.key.rawValue < $1.key.rawValue }.map { known, value in
                ["identifier": JSONValue(known.identifier), "name": JSONValue(known.name), "value": JSONValue(value)]
            }
        )
    }
}

extension JSONValue {
    /// The object with more members.
    fileprivate func adding(_ members: [(String, JSONValue)]) -> JSONValue {
        guard case .object(var object) = self else { return self }
        for (name, value) in members { object[name] = value }
        return .object(object)
    }
}
