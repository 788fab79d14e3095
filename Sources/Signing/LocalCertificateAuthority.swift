package import Cryptography

/// A certificate authority in the manner of Fulcio: a root, an intermediate, and leaves for ten minutes.
package struct LocalCertificateAuthority: Sendable {
    /// The key of the root; nil when it is kept elsewhere, because leaves do not need it.
    package let rootKey: SigningKey?
    /// The key that signs leaves.
    package let intermediateKey: SigningKey
    /// The root's certificate, DER.
    package var root: [UInt8]
    /// The intermediate's certificate, DER.
    package var intermediate: [UInt8]
    /// The template of the intermediate, whose subject is the issuer of leaves.
    package private(set) var intermediateTemplate: CertificateTemplate
    /// Where the authority says it is; nothing is fetched.
    package var baseURL: String
    /// When it began to issue.
    package var start: Timestamp

    /// How long the authority's own certificates hold: ten years.
    private static let lifetime: Int64 = 10 * 365 * 86_400
    /// How long a leaf holds: ten minutes.
    package static let leafLifetime: Int64 = 600

    /// An authority whose certificates begin at `start`.
    ///
    /// - Parameters:
    ///   - organization: The organisation that its names carry.
    ///   - keys: Where the two keys come from.
    ///   - baseURL: Where it says it is.
    ///   - start: When it begins.
    ///   - intermediateLifetime: Seconds for which the intermediate holds; ten years unless given.
    /// - Throws: ``CryptographyError``.
    package init(
        organization: String,
        keys: KeySource,
        baseURL: String,
        start: Timestamp,
        intermediateLifetime: Int64? = nil
    ) throws(CryptographyError) {
        let rootKey = try keys.key("certificate-root", .p384)
        self.rootKey = rootKey
        intermediateKey = try keys.key("certificate-intermediate", .p384)
        self.baseURL = baseURL
        self.start = start
        let name = CertificateTemplate.Name(organization: organization, commonName: "\(organization) root")
        let rootTemplate = Self.authority(name, of: rootKey, issuer: name, issuerKey: rootKey, from: start)
        root = try rootTemplate.sign(with: rootKey)
        var template = Self.authority(
            .init(organization: organization, commonName: "\(organization) intermediate"),
            of: intermediateKey,
            issuer: name,
            issuerKey: rootKey,
            from: start
        )
        template.notAfter = start.adding(seconds: intermediateLifetime ?? Self.lifetime)
        template.extensions[1] = .basicConstraints(isAuthority: true, pathLength: 0)
        template.extensions.insert(.extendedKeyUsage([ExtensionTemplate.Purpose.codeSigning]), at: 1)
        intermediateTemplate = template
        intermediate = try template.sign(with: rootKey)
    }

    /// An authority that was made before.
    ///
    /// - Parameters:
    ///   - organization: The organisation that its names carry.
    ///   - chain: The intermediate's certificate and the root's, DER.
    ///   - key: The key of the intermediate.
    ///   - baseURL: Where it says it is.
    ///   - start: When it began.
    package init(
        organization: String,
        chain: (intermediate: [UInt8], root: [UInt8]),
        key: SigningKey,
        baseURL: String,
        start: Timestamp
    ) {
        rootKey = nil
        intermediateKey = key
        (intermediate, root) = chain
        self.baseURL = baseURL
        self.start = start
        intermediateTemplate = CertificateTemplate(
            serialNumber: [],
            issuer: .init(organization: organization, commonName: "\(organization) root"),
            subject: .init(organization: organization, commonName: "\(organization) intermediate"),
            notBefore: start,
            notAfter: start.adding(seconds: Self.lifetime),
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            extensions: []
        )
    }

    /// The chain that a trusted root holds: the intermediate, then the root.
    package var chain: [[UInt8]] { [intermediate, root] }

    private static func authority(
        _ subject: CertificateTemplate.Name,
        of key: SigningKey,
        issuer: CertificateTemplate.Name,
        issuerKey: SigningKey,
        from start: Timestamp
    ) -> CertificateTemplate {
        CertificateTemplate(
            serialNumber: serialNumber(key.subjectPublicKeyInfo, issuerKey.subjectPublicKeyInfo),
            issuer: issuer,
            subject: subject,
            notBefore: start,
            notAfter: start.adding(seconds: lifetime),
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            extensions: [
                .keyUsage([.certificateSigning, .revocationListSigning]),
                .basicConstraints(isAuthority: true, pathLength: 1),
                .subjectKeyIdentifier(key.subjectPublicKeyInfo),
                .authorityKeyIdentifier(issuerKey.subjectPublicKeyInfo),
            ]
        )
    }

    /// 158 bits that differ for every certificate made here.
    static func serialNumber(_ parts: [UInt8]...) -> [UInt8] {
        var number = Array(Digest(hashing: parts.flatMap { $0 }).bytes.prefix(20))
        number[0] = number[0] & 0x3F | 0x40
        return number
    }
}

// MARK: - Leaves

extension LocalCertificateAuthority {
    /// What the leaf for a key and an identity will say, before the promise of a certificate log is put in.
    package func leafTemplate(
        for identity: SigningIdentity,
        subjectPublicKeyInfo: [UInt8],
        at time: Timestamp
    ) -> CertificateTemplate {
        let named = Array("\(identity.name.text) \(time)".utf8)
        return CertificateTemplate(
            serialNumber: Self.serialNumber(subjectPublicKeyInfo, named),
            issuer: intermediateTemplate.subject,
            notBefore: time,
            notAfter: time.adding(seconds: Self.leafLifetime),
            subjectPublicKeyInfo: subjectPublicKeyInfo,
            extensions: [
                .keyUsage([.digitalSignature]),
                .extendedKeyUsage([ExtensionTemplate.Purpose.codeSigning]),
                .subjectKeyIdentifier(subjectPublicKeyInfo),
                .authorityKeyIdentifier(intermediateKey.subjectPublicKeyInfo),
                .subjectAlternativeName([identity.name]),
            ] + identity.extensions
        )
    }

    /// The leaf, DER: logged in the given certificate logs first, their promises last among its extensions.
    ///
    /// - Throws: ``CryptographyError``.
    package func issue(
        _ template: CertificateTemplate,
        loggedIn logs: [LocalCertificateLog],
        at time: Timestamp
    ) throws(CryptographyError) -> [UInt8] {
        let body = template.toBeSigned(by: intermediateKey)
        var promises: [[UInt8]] = []
        for log in logs {
            let issuerKey = intermediateKey.subjectPublicKeyInfo
            promises.append(try log.timestamp(body: body, issuerPublicKeyInfo: issuerKey, at: time))
        }
        return try issue(template, withTimestamps: promises)
    }

    /// The leaf, DER, with certificate timestamps that were made elsewhere; without the extension when there is none.
    ///
    /// - Throws: ``CryptographyError``.
    package func issue(
        _ template: CertificateTemplate,
        withTimestamps timestamps: [[UInt8]]
    ) throws(CryptographyError) -> [UInt8] {
        var final = template
        if !timestamps.isEmpty { final.extensions.append(.signedCertificateTimestamps(timestamps)) }
        return try final.sign(with: intermediateKey)
    }
}
