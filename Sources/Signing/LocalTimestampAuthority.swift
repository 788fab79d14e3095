package import Cryptography

/// A timestamp authority (RFC 3161) with a root and one certificate that stamps.
package struct LocalTimestampAuthority: Sendable {
    /// Makes the tokens.
    package var issuer: TimestampIssuer
    /// The root's certificate, DER.
    package var root: [UInt8]
    /// Where it says it is; nothing is fetched.
    package var baseURL: String
    /// When it began to stamp.
    package var start: Timestamp
    private var issued: UInt64?

    /// How long the authority's certificates hold: nine years.
    private static let lifetime: Int64 = 9 * 365 * 86_400

    /// An authority whose certificates begin at `start`.
    ///
    /// - Parameters:
    ///   - organization: The organisation that its names carry.
    ///   - keys: Where the two keys come from.
    ///   - baseURL: Where it says it is.
    ///   - start: When it begins.
    ///   - usage: The extended key usage of the certificate that stamps; RFC 3161 §2.3 asks for timestamping alone,
    ///     critical.
    /// - Throws: ``CryptographyError``.
    package init(
        organization: String,
        keys: KeySource,
        baseURL: String,
        start: Timestamp,
        usage: ExtensionTemplate = .extendedKeyUsage([ExtensionTemplate.Purpose.timestamping], isCritical: true)
    ) throws(CryptographyError) {
        let rootKey = try keys.key("timestamp-root", .p384)
        let key = try keys.key("timestamp-leaf", .p256)
        self.baseURL = baseURL
        self.start = start
        issued = 0
        let name = CertificateTemplate.Name(organization: organization, commonName: "\(organization) timestamp root")
        let rootTemplate = CertificateTemplate(
            serialNumber: LocalCertificateAuthority.serialNumber(rootKey.subjectPublicKeyInfo),
            issuer: name,
            subject: name,
            notBefore: start,
            notAfter: start.adding(seconds: Self.lifetime),
            subjectPublicKeyInfo: rootKey.subjectPublicKeyInfo,
            extensions: [
                .keyUsage([.certificateSigning, .revocationListSigning]),
                .basicConstraints(isAuthority: true, pathLength: 0),
                .subjectKeyIdentifier(rootKey.subjectPublicKeyInfo),
            ]
        )
        root = try rootTemplate.sign(with: rootKey)
        var template = rootTemplate
        template.serialNumber = LocalCertificateAuthority.serialNumber(key.subjectPublicKeyInfo)
        template.subject.commonName = "\(organization) timestamping"
        template.subjectPublicKeyInfo = key.subjectPublicKeyInfo
        template.extensions = [
            .keyUsage([.digitalSignature]),
            usage,
            .basicConstraints(isAuthority: false),
            .subjectKeyIdentifier(key.subjectPublicKeyInfo),
            .authorityKeyIdentifier(rootKey.subjectPublicKeyInfo),
        ]
        issuer = TimestampIssuer(certificate: try template.sign(with: rootKey), template: template, key: key)
    }

    /// An authority that was made before; its serial numbers are drawn at random.
    ///
    /// - Parameters:
    ///   - organization: The organisation that its names carry.
    ///   - chain: The certificate that stamps and the root's, DER.
    ///   - key: The key that stamps.
    ///   - baseURL: Where it says it is.
    ///   - start: When it began.
    package init(
        organization: String,
        chain: (leaf: [UInt8], root: [UInt8]),
        key: SigningKey,
        baseURL: String,
        start: Timestamp
    ) {
        let template = CertificateTemplate(
            serialNumber: LocalCertificateAuthority.serialNumber(key.subjectPublicKeyInfo),
            issuer: .init(organization: organization, commonName: "\(organization) timestamp root"),
            notBefore: start,
            notAfter: start.adding(seconds: Self.lifetime),
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            extensions: []
        )
        issuer = TimestampIssuer(certificate: chain.leaf, template: template, key: key)
        root = chain.root
        self.baseURL = baseURL
        self.start = start
    }

    /// The chain that a trusted root holds: the certificate that stamps, then the root.
    package var chain: [[UInt8]] { [issuer.certificate, root] }

    /// Stamps a message, for Sigstore the raw bytes of a signature.
    ///
    /// - Parameters:
    ///   - message: What is stamped.
    ///   - time: When; kept to the second.
    ///   - embedsCertificate: Whether the token carries the certificate that stamped.
    /// - Returns: The TimeStampResp, DER.
    /// - Throws: ``CryptographyError``.
    package mutating func stamp(
        _ message: [UInt8],
        at time: Timestamp,
        embedsCertificate: Bool = true
    ) throws(CryptographyError) -> [UInt8] {
        var request = TimestampIssuer.Request(message: message, time: time, serialNumber: nextSerialNumber())
        request.embedsCertificate = embedsCertificate
        return try issuer.respond(to: request)
    }

    /// A number that was not given before.
    package mutating func nextSerialNumber() -> [UInt8] {
        let number = issued.map { $0 + 1 } ?? UInt64.random(in: 1 ... .max)
        if issued != nil { issued = number }
        return (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
}
