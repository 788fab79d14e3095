import Cryptography

/// A timestamp response put together part by part, so that each part can be another than it ought to be.
struct MadeToken {
    /// The authority's certificate, DER, and its key.
    let certificate: [UInt8]
    let key: SigningKey
    /// How the signer is named; nil for issuer and serial number, which `template` gives.
    var signerIdentifier: [UInt8]
    /// Certificates that lie inside.
    var certificates: [[UInt8]] = []
    /// How often the signer is listed.
    var signers = 1
    /// The version of the TSTInfo.
    var version: UInt32 = 1
    /// The hash of what is stamped: the arcs of its identifier, and the digest.
    var imprint = (arcs: [UInt64]([2, 16, 840, 1, 101, 3, 4, 2, 1]), digest: Digest(hashing: MadeToken.message).bytes)
    /// The policy under which it is stamped.
    var policy: [UInt64] = [1, 3, 6, 1, 4, 1, 57264, 2]
    /// What stands behind the time in the TSTInfo: accuracy, ordering, nonce.
    var rest: [UInt8] = []
    /// The signed attributes, given what they are when nothing is wrong.
    var attributes: ([[UInt8]]) -> [[UInt8]] = { $0 }

    static let message = Array("stamped".utf8)
    static let time = Timestamp(seconds: 1_700_000_000)

    /// A token of an authority with a certificate of its own, made from `template`.
    init(key: SigningKey, template: CertificateTemplate) throws {
        self.key = key
        certificate = try template.sign(with: key)
        signerIdentifier = DERBuilder.sequence(
            template.issuer.der,
            DERBuilder.unsignedInteger(template.serialNumber)
        )
    }

    /// One that is fit to stamp.
    init() throws {
        let key = try SigningKey(seed: "made token", kind: .p256)
        try self.init(key: key, template: Self.template(for: key))
    }

    /// What the certificate says of a key that may stamp.
    static func template(for key: SigningKey, isAuthority: Bool = false) -> CertificateTemplate {
        let name = CertificateTemplate.Name(organization: "Example", commonName: "stamps")
        return CertificateTemplate(
            serialNumber: [7],
            issuer: name,
            subject: name,
            notBefore: time,
            notAfter: time.adding(seconds: 86_400),
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            extensions: [
                .keyUsage([.digitalSignature]),
                .extendedKeyUsage([ExtensionTemplate.Purpose.timestamping], isCritical: true),
                .basicConstraints(isAuthority: isAuthority),
                .subjectKeyIdentifier(key.subjectPublicKeyInfo),
            ]
        )
    }

    /// One attribute of CMS, by the last numbers of its identifier below PKCS #9.
    static func attribute(_ last: [UInt64], _ value: [UInt8]) -> [UInt8] {
        DERBuilder.sequence(
            DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 9] + last),
            DERBuilder.set(of: [value])
        )
    }

    static let contentType: [UInt64] = [1, 2, 840, 113549, 1, 9, 16, 1, 4]

    /// The attribute that names the signer's certificate by its digest.
    static func signingCertificate(_ digest: Digest) -> [UInt8] {
        let identifier = DERBuilder.sequence(DERBuilder.octetString(digest.bytes))
        return attribute([16, 2, 47], DERBuilder.sequence(DERBuilder.sequence(identifier)))
    }

    /// The response, DER.
    func response() throws -> [UInt8] {
        let content = information
        let good = [
            Self.attribute([3], DERBuilder.objectIdentifier(Self.contentType)),
            Self.attribute([4], DERBuilder.octetString(Digest(hashing: content).bytes)),
            Self.signingCertificate(Digest(hashing: certificate)),
        ]
        let signed = attributes(good)
        let signer = DERBuilder.sequence(
            DERBuilder.integer(1),
            signerIdentifier,
            Self.sha256,
            DERBuilder.context(0, signed.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }),
            key.signatureAlgorithm,
            DERBuilder.octetString(try key.sign(DERBuilder.set(of: signed)))
        )
        let data = DERBuilder.sequence(
            DERBuilder.integer(3),
            DERBuilder.set(of: [Self.sha256]),
            DERBuilder.sequence(
                DERBuilder.objectIdentifier(Self.contentType),
                DERBuilder.context(0, DERBuilder.octetString(content))
            ),
            certificates.isEmpty ? [] : DERBuilder.context(0, certificates.flatMap { $0 }),
            DERBuilder.set(of: Array(repeating: signer, count: signers))
        )
        let token = DERBuilder.sequence(
            DERBuilder.objectIdentifier([1, 2, 840, 113549, 1, 7, 2]),
            DERBuilder.context(0, data)
        )
        return DERBuilder.sequence(DERBuilder.sequence(DERBuilder.integer(0)), token)
    }

    private var information: [UInt8] {
        DERBuilder.sequence(
            DERBuilder.integer(version),
            DERBuilder.objectIdentifier(policy),
            DERBuilder.sequence(
                DERBuilder.sequence(DERBuilder.objectIdentifier(imprint.arcs)),
                DERBuilder.octetString(imprint.digest)
            ),
            DERBuilder.integer(1),
            DERBuilder.generalizedTime(Self.time),
            rest
        )
    }

    private static let sha256 = DERBuilder.sequence(DERBuilder.objectIdentifier([2, 16, 840, 1, 101, 3, 4, 2, 1]))
}
