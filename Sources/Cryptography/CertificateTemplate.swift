/// A certificate that is about to be made (RFC 5280 §4.1).
package struct CertificateTemplate: Sendable {
    /// The serial number, unsigned and big-endian, 20 octets at most.
    package var serialNumber: [UInt8]
    /// Who issues it.
    package var issuer: Name
    /// Whom it is for.
    package var subject: Name
    /// The first moment it holds.
    package var notBefore: Timestamp
    /// The last moment it holds.
    package var notAfter: Timestamp
    /// The key it is for, DER.
    package var subjectPublicKeyInfo: [UInt8]
    /// Its extensions, in the order in which they are written.
    package var extensions: [ExtensionTemplate]

    /// A distinguished name of an organisation and a common name, either of which may be absent.
    package struct Name: Hashable, Sendable {
        /// 2.5.4.10.
        package var organization: String?
        /// 2.5.4.3.
        package var commonName: String?

        /// A name.
        package init(organization: String? = nil, commonName: String? = nil) {
            self.organization = organization
            self.commonName = commonName
        }

        /// Its encoding.
        package var der: [UInt8] {
            let attributes: [(UInt64, String?)] = [(10, organization), (3, commonName)]
            return DERBuilder.sequence(
                of: attributes.compactMap { arc, text in
                    guard let text else { return nil }
                    return DERBuilder.set(of: [
                        DERBuilder.sequence(
                            DERBuilder.objectIdentifier([2, 5, 4, arc]),
                            DERBuilder.directoryString(text)
                        )
                    ])
                }
            )
        }
    }

    /// A template with every field.
    package init(
        serialNumber: [UInt8],
        issuer: Name,
        subject: Name = Name(),
        notBefore: Timestamp,
        notAfter: Timestamp,
        subjectPublicKeyInfo: [UInt8],
        extensions: [ExtensionTemplate]
    ) {
        self.serialNumber = serialNumber
        self.issuer = issuer
        self.subject = subject
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.subjectPublicKeyInfo = subjectPublicKeyInfo
        self.extensions = extensions
    }

    /// The TBSCertificate for an issuer's key, which decides the algorithm that it names.
    package func toBeSigned(by key: SigningKey) -> [UInt8] {
        DERBuilder.sequence(
            DERBuilder.context(0, DERBuilder.integer(2)),
            DERBuilder.unsignedInteger(serialNumber),
            key.signatureAlgorithm,
            issuer.der,
            DERBuilder.sequence(DERBuilder.certificateTime(notBefore), DERBuilder.certificateTime(notAfter)),
            subject.der,
            subjectPublicKeyInfo,
            DERBuilder.context(3, DERBuilder.sequence(of: extensions.map(\.der)))
        )
    }

    /// The certificate, signed with the issuer's key.
    ///
    /// - Throws: ``CryptographyError``.
    package func sign(with key: SigningKey) throws(CryptographyError) -> [UInt8] {
        let body = toBeSigned(by: key)
        return DERBuilder.sequence(body, key.signatureAlgorithm, DERBuilder.bitString(try key.sign(body)))
    }
}

extension SigningKey {
    /// The AlgorithmIdentifier of signatures that ``sign(_:)`` makes.
    package var signatureAlgorithm: [UInt8] {
        switch kind {
        case .p256: DERBuilder.sequence(DERBuilder.objectIdentifier([1, 2, 840, 10045, 4, 3, 2]))
        case .p384: DERBuilder.sequence(DERBuilder.objectIdentifier([1, 2, 840, 10045, 4, 3, 3]))
        case .p521: DERBuilder.sequence(DERBuilder.objectIdentifier([1, 2, 840, 10045, 4, 3, 4]))
        case .rsa: DERBuilder.sequence(DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 1, 11]), DERBuilder.null)
        case .ed25519: DERBuilder.sequence(DERBuilder.objectIdentifier([1, 3, 101, 112]))
        }
    }
}
