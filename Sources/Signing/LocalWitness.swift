package import Cryptography

/// A witness that cosigns checkpoints (C2SP `tlog-cosignature`).
package struct LocalWitness: Sendable {
    /// The name in its signature lines.
    package let name: String
    private let key: SigningKey

    /// The signature type of timestamped Ed25519 cosignatures.
    private static let signatureType: UInt8 = 0x04

    /// A witness with a key of its own.
    ///
    /// - Throws: ``CryptographyError``.
    package init(name: String, keys: KeySource) throws(CryptographyError) {
        self.name = name
        key = try keys.key("witness \(name)", .ed25519)
    }

    private var typedKey: [UInt8] { [Self.signatureType] + key.subjectPublicKeyInfo.suffix(32) }

    private var keyID: [UInt8] {
        Array(Digest(hashing: Array(name.utf8) + [0x0A] + typedKey).bytes.prefix(4))
    }

    /// The key as verifiers take it: `<name>+<key id>+<base64>`.
    package var verifierKey: String {
        "\(name)+\(Hexadecimal.encode(keyID))+\(Base64.encode(typedKey))"
    }

    /// The note with this witness's line after the others.
    ///
    /// - Throws: ``CryptographyError``.
    package func cosigning(_ note: String, at time: Timestamp) throws(CryptographyError) -> String {
        let bytes = Array(note.utf8)
        let end = bytes.indices.dropLast().last { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A } ?? bytes.count - 1
        let seconds = UInt64(bitPattern: time.seconds)
        let message = Array("cosignature/v1\ntime \(time.seconds)\n".utf8) + bytes[...end]
        let stamp = (0..<8).reversed().map { UInt8(truncatingIfNeeded: seconds >> (8 * UInt64($0))) }
        return note + "\u{2014} \(name) \(Base64.encode(keyID + stamp + (try key.sign(message))))\n"
    }
}
