/// Makes RFC 3161 timestamps: what a timestamp authority answers.
package struct TimestampIssuer: Sendable {
    /// The certificate of the authority's key, DER.
    package var certificate: [UInt8]
    /// The issuer named in that certificate.
    package var issuer: CertificateTemplate.Name
    /// The serial number of that certificate, unsigned and big-endian.
    package var serialNumber: [UInt8]
    /// The authority's key.
    package var key: SigningKey
    /// Sigstore's policy of timestamps.
    package var policy: [UInt64] = [1, 3, 6, 1, 4, 1, 57264, 2]

    /// An issuer for a certificate that was made from `template` and the key in it.
    package init(certificate: [UInt8], template: CertificateTemplate, key: SigningKey) {
        self.certificate = certificate
        issuer = template.issuer
        serialNumber = template.serialNumber
        self.key = key
    }

    /// What one timestamp says and carries.
    package struct Request: Sendable {
        /// What is stamped: for Sigstore the raw bytes of a signature.
        package var message: [UInt8]
        /// The hash of the imprint.
        package var hash: DigestAlgorithm = .sha256
        /// When it is stamped.
        package var time: Timestamp
        /// A number that this authority gives only once.
        package var serialNumber: [UInt8]
        /// Further certificates that the token carries; they are laid in before the authority's own.
        package var extraCertificates: [[UInt8]] = []
        /// Whether the token carries the authority's certificate.
        package var embedsCertificate = true

        /// A request with SHA-256 that asks for the authority's certificate in the token.
        package init(message: [UInt8], time: Timestamp, serialNumber: [UInt8]) {
            self.message = message
            self.time = time
            self.serialNumber = serialNumber
        }
    }

    /// The TimeStampResp (RFC 3161 §2.4.2) with status "granted", DER.
    ///
    /// - Throws: ``CryptographyError``.
    package func respond(to request: Request) throws(CryptographyError) -> [UInt8] {
        let content = Self.tokenContent(request, policy: policy)
        let attributes = signedAttributes(content: content, time: request.time)
        let signature = try key.sign(DERBuilder.set(of: attributes))
        let signer = DERBuilder.sequence(
            DERBuilder.integer(1),
            DERBuilder.sequence(issuer.der, DERBuilder.unsignedInteger(serialNumber)),
            Self.algorithm(hash),
            DERBuilder.context(0, attributes.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }),
            key.signatureAlgorithm,
            DERBuilder.octetString(signature)
        )
        let certificates = request.extraCertificates + (request.embedsCertificate ? [certificate] : [])
        let signedData = DERBuilder.sequence(
            DERBuilder.integer(3),
            DERBuilder.set(of: [Self.algorithm(hash)]),
            DERBuilder.sequence(Self.tokenType, DERBuilder.context(0, DERBuilder.octetString(content))),
            certificates.isEmpty ? [] : DERBuilder.context(0, certificates.flatMap { $0 }),
            DERBuilder.set(of: [signer])
        )
        let token = DERBuilder.sequence(
            DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 7, 2]),
            DERBuilder.context(0, signedData)
        )
        return DERBuilder.sequence(DERBuilder.sequence(DERBuilder.integer(0)), token)
    }

    /// The hash of the signature; Ed25519 in CMS goes with SHA-512 (RFC 8419 §3.1).
    private var hash: DigestAlgorithm { key.kind.hash ?? .sha512 }

    /// id-ct-TSTInfo.
    private static let tokenType = DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 9, 16, 1, 4])

    /// TSTInfo with an accuracy of one second.
    private static func tokenContent(_ request: Request, policy: [UInt64]) -> [UInt8] {
        DERBuilder.sequence(
            DERBuilder.integer(1),
            DERBuilder.objectIdentifier(policy),
            DERBuilder.sequence(
                algorithm(request.hash),
                DERBuilder.octetString(Digest(hashing: request.message, request.hash).bytes)
            ),
            DERBuilder.unsignedInteger(request.serialNumber),
            DERBuilder.generalizedTime(request.time),
            DERBuilder.sequence(DERBuilder.integer(1))
        )
    }

    /// contentType, signingTime, messageDigest and signingCertificateV2 (RFC 5652 §11, RFC 5816).
    private func signedAttributes(content: [UInt8], time: Timestamp) -> [[UInt8]] {
        func attribute(_ last: [UInt64], _ value: [UInt8]) -> [UInt8] {
            DERBuilder.sequence(
                DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 9] + last),
                DERBuilder.set(of: [value])
            )
        }
        let certificateID = DERBuilder.sequence(DERBuilder.octetString(Digest(hashing: certificate).bytes))
        return [
            attribute([3], Self.tokenType),
            attribute([5], DERBuilder.certificateTime(time)),
            attribute([4], DERBuilder.octetString(Digest(hashing: content, hash).bytes)),
            attribute([16, 2, 47], DERBuilder.sequence(DERBuilder.sequence(certificateID))),
        ]
    }

    private static func algorithm(_ hash: DigestAlgorithm) -> [UInt8] {
        let last: UInt64 =
            switch hash {
            case .sha256: 1
            case .sha384: 2
            case .sha512: 3
            }
        return DERBuilder.sequence(DERBuilder.objectIdentifier([2, 16, 840, 1, 101, 3, 4, 2, last]))
    }
}
