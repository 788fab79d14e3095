package import Cryptography

/// A signature of `ssh-keygen -Y sign` (openssh, PROTOCOL.sshsig), read but not yet verified.
package struct SSHSignature: Hashable, Sendable {
    /// The key that is said to have signed.
    package let key: SSHPublicKey
    /// What the signature is for; `git` for commits and tags.
    package let namespace: String
    /// The hash of the message.
    package let hash: DigestAlgorithm
    /// The algorithm of the signature, for example `rsa-sha2-512`.
    package let algorithm: String
    private let signature: [UInt8]
    private let reserved: [UInt8]

    /// No signature is larger, in bytes.
    private static let maximumBytes = 64 << 10
    private static let magic = Array("SSHSIG".utf8)

    /// Reads the armoured form; nil when it is not well formed.
    package init?(armour: [UInt8]) {
        guard armour.count <= Self.maximumBytes, let text = String(validating: armour, as: UTF8.self),
            let blocks = try? PEMBlock.parse(text), blocks.count == 1, let block = blocks.first,
            block.label == "SSH SIGNATURE",
            block.content.starts(with: Self.magic)
        else { return nil }
        var reader = SSHReader(Array(block.content.dropFirst(Self.magic.count)))
        guard reader.number() == 1, let blob = reader.string(), let key = SSHPublicKey(blob: blob),
            let namespace = reader.text(), let reserved = reader.string(), let hashName = reader.text(),
            let hash = DigestAlgorithm(rawValue: hashName), hash != .sha384, let whole = reader.string(),
            reader.isAtEnd
        else { return nil }
        var parts = SSHReader(whole)
        guard let algorithm = parts.text(), let signature = parts.string() else { return nil }
        // What follows belongs to security keys, whose signatures are not verified.
        guard parts.isAtEnd || algorithm.utf8.starts(with: "sk-".utf8) else { return nil }
        self.key = key
        self.namespace = namespace
        self.hash = hash
        self.algorithm = algorithm
        self.signature = signature
        self.reserved = reserved
    }

    /// Whether the signature holds over a message.
    ///
    /// - Throws: ``SSHPublicKey/Failure``.
    package func isValid(for message: [UInt8]) throws(SSHPublicKey.Failure) -> Bool {
        let publicKey = try key.publicKey()
        guard let (algorithm, encoded) = form(publicKey.kind) else { throw .unsupported(self.algorithm) }
        guard let encoded else { return false }
        return publicKey.isValid(signature: encoded, for: signedBytes(message), algorithm: algorithm)
    }

    /// What is signed: the message's digest in an envelope of its own.
    private func signedBytes(_ message: [UInt8]) -> [UInt8] {
        func string(_ bytes: [UInt8]) -> [UInt8] {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count).bigEndian) { Array($0) } + bytes
        }
        return Self.magic + string(Array(namespace.utf8)) + string(reserved) + string(Array(hash.rawValue.utf8))
            + string(Digest(hashing: message, hash).bytes)
    }

    /// The algorithm, and the signature as it is verified: ECDSA's two numbers in DER.
    ///
    /// Nil for an algorithm that does not go with the key; RSA with SHA-1 is none.
    private func form(_ kind: PublicKeyKind) -> (SignatureAlgorithm, [UInt8]?)? {
        switch (kind, algorithm) {
        case (.ed25519, "ssh-ed25519"): (.ed25519, signature)
        case (.rsa, "rsa-sha2-256"): (.rsaPKCS1(.sha256), signature)
        case (.rsa, "rsa-sha2-512"): (.rsaPKCS1(.sha512), signature)
        case (.ecdsaP256, "ecdsa-sha2-nistp256"): (.ecdsa(.sha256), ecdsa)
        case (.ecdsaP384, "ecdsa-sha2-nistp384"): (.ecdsa(.sha384), ecdsa)
        case (.ecdsaP521, "ecdsa-sha2-nistp521"): (.ecdsa(.sha512), ecdsa)
        default: nil
        }
    }

    private var ecdsa: [UInt8]? {
        var reader = SSHReader(signature)
        guard let first = reader.positiveInteger(), let second = reader.positiveInteger(), reader.isAtEnd
        else { return nil }
        return DERBuilder.sequence(DERBuilder.unsignedInteger(first), DERBuilder.unsignedInteger(second))
    }
}
