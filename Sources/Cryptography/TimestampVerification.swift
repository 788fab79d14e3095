internal import COpenSSL

extension TimestampToken {
    /// The extended key usage of timestamp authorities (RFC 3161 §2.3).
    static let timestampingUsage = "1.3.6.1.5.5.7.3.8"

    /// Verifies that the token stamps `message` and that the holder of `certificate` signed it.
    ///
    /// The certificate's own path and validity are the caller's to verify, at ``generatedAt``.
    ///
    /// - Throws: ``TimestampError``.
    public func verify(stamped message: [UInt8], signer certificate: Certificate) throws(TimestampError) {
        guard Digest(hashing: message, imprintAlgorithm).bytes == imprint else { throw .imprintMismatch }
        guard names(certificate) else { throw .signerMismatch }
        guard Self.isForTimestamps(certificate) else { throw .signerUsage }
        guard signer.contentType == Self.timestampInformation,
            Digest(hashing: content, signer.digestAlgorithm).bytes == signer.messageDigest
        else { throw .contentMismatch }
        guard let algorithm = signatureAlgorithm(of: certificate.publicKey),
            certificate.publicKey.isValid(signature: signer.signature, for: signer.attributes, algorithm: algorithm)
        else { throw .invalidSignature }
    }

    /// Whether both the signer identifier and the signing-certificate attributes mean this certificate.
    public func names(_ certificate: Certificate) -> Bool {
        switch signer.identifier {
        case .issuerAndSerial(let issuer, let serial):
            guard certificate.fields.issuer.elementsEqual(issuer), certificate.fields.serial.elementsEqual(serial)
            else { return false }
        case .subjectKeyIdentifier(let identifier):
            guard let value = certificate.extensionValue("2.5.29.14"), value.dropFirst(2).elementsEqual(identifier)
            else { return false }
        }
        return signer.signingCertificates.allSatisfy { hash in
            let actual = hash.algorithm.map { Digest(hashing: certificate.der, $0).bytes } ?? sha1(certificate.der)
            return hash.digest == actual
        }
    }

    /// Not an authority, and for timestamps alone, critically (RFC 3161 §2.3).
    private static func isForTimestamps(_ certificate: Certificate) -> Bool {
        let usage = certificate.fields.extensions.first { $0.identifier == CertificateExtension.extendedKeyUsage }
        guard !certificate.isAuthority, let usage, usage.isCritical,
            let usages = try? certificate.extendedKeyUsages()
        else { return false }
        return usages == [timestampingUsage]
    }

    /// The signature algorithm of the signer: its OID must fit the key, and its hash the signer's.
    private func signatureAlgorithm(of key: PublicKey) -> SignatureAlgorithm? {
        let named: [String: SignatureAlgorithm] = [
            "1.2.840.10045.4.3.2": .ecdsa(.sha256),
            "1.2.840.10045.4.3.3": .ecdsa(.sha384),
            "1.2.840.10045.4.3.4": .ecdsa(.sha512),
            "1.2.840.113549.1.1.11": .rsaPKCS1(.sha256),
            "1.2.840.113549.1.1.12": .rsaPKCS1(.sha384),
            "1.2.840.113549.1.1.13": .rsaPKCS1(.sha512),
            // rsaEncryption and id-ecPublicKey leave the hash to the signer's digest algorithm (RFC 5754 §3.2).
            "1.2.840.113549.1.1.1": .rsaPKCS1(signer.digestAlgorithm),
            "1.2.840.10045.2.1": .ecdsa(signer.digestAlgorithm),
            "1.3.101.112": .ed25519,
        ]
        guard let algorithm = named[signer.signatureAlgorithm], key.kind.supports(algorithm) else { return nil }
        return algorithm
    }

    /// SHA-1, only for comparing a certificate with the first version of the signing-certificate attribute: the
    /// certificate is trusted already, the hash adds nothing that an attacker could use.
    private func sha1(_ bytes: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: 20)
        guard EVP_Digest(bytes, bytes.count, &result, nil, EVP_sha1(), nil) == 1 else { return [] }
        return result
    }
}
