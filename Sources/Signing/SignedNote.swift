package import Cryptography

/// A note with one signature (C2SP `signed-note`).
package struct SignedNote: Sendable {
    /// The note: the text, an empty line, and the line of the signature.
    package let text: String

    /// Signs a text.
    ///
    /// The signature is Ed25519's (type 1), or ECDSA's with the hash of the curve (type 2, whose key id is the digest of the key).
    ///
    /// - Parameters:
    ///   - text: Lines, each ended by a newline.
    ///   - name: Who signs: neither white space nor a plus sign.
    ///   - key: The key.
    /// - Throws: ``CryptographyError``; for a key of another kind ``CryptographyError/unsupported(_:)``.
    package init(_ text: String, name: String, key: SigningKey) throws(CryptographyError) {
        let message = Array(text.utf8)
        let line = try Base64.encode(Self.keyID(name: name, key: key) + key.sign(message))
        self.text = "\(text)\n\u{2014} \(name) \(line)\n"
    }

    private static func keyID(name: String, key: SigningKey) throws(CryptographyError) -> [UInt8] {
        switch key.kind {
        case .ed25519:
            let input = Array(name.utf8) + [0x0A, 0x01] + key.subjectPublicKeyInfo.suffix(32)
            return Array(Digest(hashing: input).bytes.prefix(4))
        case .p256, .p384, .p521: return Array(key.keyID.prefix(4))
        case .rsa: throw .unsupported("signed note with an RSA key")
        }
    }
}
