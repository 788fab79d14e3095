package import Cryptography
package import Sigstore
package import StrictJSON

/// Somebody whose signature a policy asks for.
package struct PolicySigner: Sendable {
    /// How a signer is recognised.
    package enum Who: Sendable {
        /// By a certificate. A name or issuer that is nil may be anybody's; the document says so in so many words.
        case certificate(name: TextPattern?, issuer: TextPattern?, extensions: [FulcioExtension: String])
        /// By a key, read from this file.
        case key(PublicKey, file: String)
    }

    /// Who it is.
    package let who: Who
    /// Annotations that the signature must hold.
    package let annotations: [(key: String, value: String)]

    package init(who: Who, annotations: [(key: String, value: String)] = []) {
        self.who = who
        self.annotations = annotations
    }

    /// What makes two of them the same signer, as text.
    package var identity: String {
        switch who {
        case .certificate(let name, let issuer, _):
            JSONValue.array([name?.json ?? .null, issuer?.json ?? .null]).canonical
        case .key(let key, _): "\(key.identifier)"
        }
    }

    /// Everything that is asked, as it is recorded.
    package var json: JSONValue {
        let signed: JSONValue = .array(annotations.map { ["key": JSONValue($0.key), "value": JSONValue($0.value)] })
        return switch who {
        case .certificate(let name, let issuer, let extensions):
            [
                "identity": name?.json ?? .null, "issuer": issuer?.json ?? .null, "extensions": extensions.json,
                "annotations": signed,
            ]
        case .key(let key, let file):
            ["key": JSONValue("\(key.identifier)"), "file": JSONValue(file), "annotations": signed]
        }
    }

    /// Whether a signature is this signer's and says what it must.
    func accepts(_ facts: SignerFacts) -> Bool {
        isWho(facts)
            && annotations.allSatisfy { wanted in
                let found = facts.annotations.first { $0.key.hasSameBytes(as: wanted.key) }
                return found?.value.hasSameBytes(as: wanted.value) ?? false
            }
    }

    private func isWho(_ facts: SignerFacts) -> Bool {
        switch who {
        case .key(let key, _): return facts.publicKey == key
        case .certificate(let name, let issuer, let extensions):
            guard let certificate = facts.certificate, let found = certificate.name else { return false }
            return (name?.expectation ?? .anything).accepts(found)
                && (issuer?.expectation ?? .anything).accepts(certificate.issuer ?? "")
                && extensions.allSatisfy { certificate.extensions[$0.key]?.hasSameBytes(as: $0.value) ?? false }
        }
    }
}
