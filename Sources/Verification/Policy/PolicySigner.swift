package import Cryptography
package import Notary
package import Patterns
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
        /// By the certificate of a Notary Project signature.
        case notary(NotaryIdentity)
        /// By the fingerprint of an OpenPGP key, in upper-case hexadecimal digits.
        case openPGP(fingerprint: String)
    }

    /// Who it is.
    package let who: Who
    /// Annotations that the signature must hold.
    package let annotations: [(key: String, value: String)]
    /// What the name that was signed with the digest must be like; nil when any name may, and none.
    package let reference: SegmentPattern?

    package init(
        who: Who,
        annotations: [(key: String, value: String)] = [],
        reference: SegmentPattern? = nil
    ) {
        self.who = who
        self.annotations = annotations
        self.reference = reference
    }

    /// What makes two of them the same signer, as text.
    package var identity: String {
        switch who {
        case .certificate(let name, let issuer, _):
            JSONValue.array([name?.json ?? .null, issuer?.json ?? .null]).canonical
        case .key(let key, _): "\(key.identifier)"
        case .notary(let identity): "notary \(identity)"
        case .openPGP(let fingerprint): "openpgp \(fingerprint)"
        }
    }

    /// Everything that is asked, as it is recorded.
    package var json: JSONValue {
        var object: JSONObject
        switch who {
        case .certificate(let name, let issuer, let extensions):
            object = JSONObject([
                ("identity", name?.json ?? .null), ("issuer", issuer?.json ?? .null), ("extensions", extensions.json),
            ])
        case .key(let key, let file):
            object = JSONObject([("key", JSONValue("\(key.identifier)")), ("file", JSONValue(file))])
        case .notary(let identity): object = JSONObject([("notaryIdentity", JSONValue(identity.description))])
        case .openPGP(let fingerprint): object = JSONObject([("openPGPKey", JSONValue(fingerprint))])
        }
        object["annotations"] = .array(annotations.map { ["key": JSONValue($0.key), "value": JSONValue($0.value)] })
        if let reference { object["reference"] = JSONValue(reference.source) }
        return .object(object)
    }

    /// Whether a signature is this signer's and says what it must.
    func accepts(_ facts: SignerFacts) -> Bool {
        isWho(facts)
            && (reference.map { pattern in facts.references.contains { pattern.matches($0) } } ?? true)
            && annotations.allSatisfy { wanted in
                let found = facts.annotations.first { $0.key.hasSameBytes(as: wanted.key) }
                return found?.value.hasSameBytes(as: wanted.value) ?? false
            }
    }

    private func isWho(_ facts: SignerFacts) -> Bool {
        switch who {
        case .key(let key, _): return facts.publicKey == key
        case .notary(let identity):
            guard case .notary(let certificate?) = facts.foreign else { return false }
            return identity.accepts(certificate)
        case .openPGP(let expected):
            guard case .openPGP(let fingerprint?) = facts.foreign else { return false }
            return fingerprint.uppercased().hasSameBytes(as: expected)
        case .certificate(let name, let issuer, let extensions):
            guard let certificate = facts.certificate, let found = certificate.name else { return false }
            return (name?.expectation ?? .anything).accepts(found)
                && (issuer?.expectation ?? .anything).accepts(certificate.issuer ?? "")
                && extensions.allSatisfy { certificate.extensions[$0.key]?.hasSameBytes(as: $0.value) ?? false }
        }
    }
}
