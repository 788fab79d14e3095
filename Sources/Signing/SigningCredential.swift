package import Cryptography

/// A key together with what tells a verifier whose it is.
package struct SigningCredential: Sendable {
    /// Signs.
    package var key: SigningKey
    /// A certificate, or the bare public key.
    package var verifier: LogEntryDraft.Verifier

    /// A key with a certificate or alone.
    package init(key: SigningKey, verifier: LogEntryDraft.Verifier) {
        self.key = key
        self.verifier = verifier
    }

    /// A key that a verifier must know beforehand.
    package init(key: SigningKey) {
        self.init(key: key, verifier: .publicKey(key.subjectPublicKeyInfo))
    }

    /// The certificate, DER, when there is one.
    package var certificate: [UInt8]? {
        if case .certificate(let der) = verifier { der } else { nil }
    }
}
