package import Cryptography

/// A public key of SSH (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4).
package struct SSHPublicKey: Hashable, Sendable {
    /// Its type, for example `ssh-ed25519`.
    package let type: String
    /// The whole key in SSH's encoding.
    package let blob: [UInt8]

    /// Why a signature under a key cannot be verified.
    package enum Failure: Error, Hashable, Sendable {
        case malformed
        /// A kind of key that is recorded and not verified: security keys, certificates, DSA.
        case unsupported(String)
        /// A key that is refused, or that no library knows.
        case refused(String)
    }

    /// Reads a key's type; the rest is read when it is needed.
    package init?(blob: [UInt8]) {
        var reader = SSHReader(blob)
        guard let type = reader.text() else { return nil }
        self.type = type
        self.blob = blob
    }

    /// `SHA256:` and base64 without padding, as OpenSSH shows keys.
    package var fingerprint: String {
        let text = Base64.encode(Digest(hashing: blob).bytes)
        return "SHA256:" + String(text.prefix { $0 != "=" })
    }

    /// The key as signatures are verified with it.
    ///
    /// - Throws: ``Failure``.
    package func publicKey() throws(Failure) -> PublicKey {
        let der = try subjectPublicKeyInfo()
        do {
            return try PublicKey(subjectPublicKeyInfo: der)
        } catch {
            throw .refused("\(error)")
        }
    }

    private static let curves: [(type: String, name: String, identifier: [UInt64])] = [
        ("ecdsa-sha2-nistp256", "nistp256", [1, 2, 840, 10045, 3, 1, 7]),
        ("ecdsa-sha2-nistp384", "nistp384", [1, 3, 132, 0, 34]),
        ("ecdsa-sha2-nistp521", "nistp521", [1, 3, 132, 0, 35]),
    ]

    private func subjectPublicKeyInfo() throws(Failure) -> [UInt8] {
        var reader = SSHReader(blob)
        _ = reader.string()
        if type == "ssh-ed25519" {
            guard let point = reader.string(), point.count == 32, reader.isAtEnd else { throw .malformed }
            return DERBuilder.sequence(
                DERBuilder.sequence(DERBuilder.objectIdentifier([1, 3, 101, 112])),
                DERBuilder.bitString(point)
            )
        }
        if type == "ssh-rsa" {
            guard let exponent = reader.positiveInteger(), let modulus = reader.positiveInteger(), reader.isAtEnd
            else { throw .malformed }
            let key = DERBuilder.sequence(DERBuilder.unsignedInteger(modulus), DERBuilder.unsignedInteger(exponent))
            let algorithm = DERBuilder.objectIdentifier([1, 2, 840, 113_549, 1, 1, 1])
            return DERBuilder.sequence(DERBuilder.sequence(algorithm, DERBuilder.null), DERBuilder.bitString(key))
        }
        guard let curve = Self.curves.first(where: { $0.type == type }) else { throw .unsupported(type) }
        guard reader.text() == curve.name, let point = reader.string(), reader.isAtEnd else { throw .malformed }
        return DERBuilder.sequence(
            DERBuilder.sequence(
                DERBuilder.objectIdentifier([1, 2, 840, 10045, 2, 1]),
                DERBuilder.objectIdentifier(curve.identifier)
            ),
            DERBuilder.bitString(point)
        )
    }
}
