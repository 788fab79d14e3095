package import Cryptography

/// Somebody who signs as the Notary Project asks: a key, and a chain of certificates from it to a root.
package struct NotarySigner: Sendable {
    /// The signer's key.
    package let key: SigningKey
    /// The signer's certificate first, the root last, DER.
    package var chain: [[UInt8]]

    /// When every certificate begins to hold.
    package static let start = Timestamp(seconds: 1_700_000_000)
    /// When every certificate has ended to hold: ten years later.
    package static let end = start.adding(seconds: 10 * 365 * 86_400)

    /// The templates of a chain, to be changed before they are signed.
    package struct Templates {
        /// The signer's.
        package var leaf: CertificateTemplate
        /// The authority's between signer and root.
        package var intermediate: CertificateTemplate
        /// The root's.
        package var root: CertificateTemplate
    }

    /// A signer below an intermediate authority and a root.
    ///
    /// - Parameters:
    ///   - key: The signer's key.
    ///   - change: Changes the certificates before they are signed.
    /// - Throws: ``CryptographyError``.
    package init(key: SigningKey, change: (inout Templates) -> Void = { _ in }) throws(CryptographyError) {
        self.key = key
        let rootKey = try SigningKey(seed: "notary root", kind: .p384)
        let authorityKey = try SigningKey(seed: "notary authority", kind: .p256)
        var templates = Templates(
            leaf: Self.template(
                "signer",
                "authority",
                key,
                [
                    .keyUsage([.digitalSignature]), .extendedKeyUsage([ExtensionTemplate.Purpose.codeSigning]),
                ]
            ),
            intermediate: Self.template(
                "authority",
                "root",
                authorityKey,
                [
                    .keyUsage([.certificateSigning]), .basicConstraints(isAuthority: true, pathLength: 0),
                ]
            ),
            root: Self.template(
                "root",
                "root",
                rootKey,
                [
                    .keyUsage([.certificateSigning, .revocationListSigning]), .basicConstraints(isAuthority: true),
                ]
            )
        )
        change(&templates)
        chain = [
            try templates.leaf.sign(with: authorityKey), try templates.intermediate.sign(with: rootKey),
            try templates.root.sign(with: rootKey),
        ]
    }

    /// A signer whose certificate is its own root.
    ///
    /// - Throws: ``CryptographyError``.
    package init(selfSigned key: SigningKey) throws(CryptographyError) {
        self.key = key
        chain = [try Self.template("signer", "signer", key, [.keyUsage([.digitalSignature])]).sign(with: key)]
    }

    private static func template(
        _ name: String,
        _ issuer: String,
        _ key: SigningKey,
        _ extensions: [ExtensionTemplate]
    ) -> CertificateTemplate {
        CertificateTemplate(
            serialNumber: Array(Digest(hashing: key.subjectPublicKeyInfo + Array(name.utf8)).bytes.prefix(16)),
            issuer: .init(organization: "acme", commonName: issuer),
            subject: .init(organization: "acme", commonName: name),
            notBefore: start,
            notAfter: end,
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            extensions: extensions
        )
    }

    /// The signature of a message, in the form that envelopes hold.
    func sign(_ message: [UInt8]) throws -> [UInt8] {
        switch key.kind {
        case .rsa(bits: 4096): return try key.signPSS(message, hash: .sha512)
        case .rsa(bits: 3072): return try key.signPSS(message, hash: .sha384)
        case .rsa: return try key.signPSS(message, hash: .sha256)
        case .ed25519: return try key.sign(message)
        case .p256, .p384, .p521:
            let kind = try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo).kind
            return FixedWidthSignature.fixed(try key.sign(message), kind) ?? []
        }
    }

    /// The name of the algorithm that belongs to the key.
    package var algorithm: String {
        switch key.kind {
        case .p256: "ES256"
        case .p384: "ES384"
        case .p521: "ES512"
        case .rsa(bits: 4096): "PS512"
        case .rsa(bits: 3072): "PS384"
        case .rsa: "PS256"
        case .ed25519: "EdDSA"
        }
    }
}
