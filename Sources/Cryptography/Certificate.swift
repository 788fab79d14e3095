internal import COpenSSL

/// An X.509 certificate (RFC 5280).
///
/// What a signature's verification asks of a leaf is read by us; OpenSSL's own object is made only where a whole path
/// is searched or a name printed, because parsing with it costs as much as two signature verifications.
public struct Certificate: Sendable {
    /// The DER as it was read.
    public let der: [UInt8]
    /// What was read from it.
    public let fields: CertificateFields
    /// Its key.
    public let publicKey: PublicKey
    private let handle = CertificateHandle()

    /// No certificate that is read here is larger, in bytes.
    public static let maximumBytes = 64 << 10

    /// Reads one certificate.
    ///
    /// - Throws: ``CryptographyError``.
    public init(der: [UInt8]) throws(CryptographyError) {
        guard der.count <= Self.maximumBytes else { throw .malformed(object: "certificate") }
        do {
            fields = try CertificateFields(der: der)
        } catch {
            throw .malformed(object: "certificate")
        }
        publicKey = try PublicKey(subjectPublicKeyInfo: Array(fields.subjectPublicKeyInfo))
        self.der = der
    }

    /// Reads every certificate of a PEM text; anything else in it is an error.
    ///
    /// - Throws: ``CryptographyError``.
    public static func parse(pem text: some StringProtocol) throws(CryptographyError) -> [Certificate] {
        var certificates: [Certificate] = []
        for block in try PEMBlock.parse(text) {
            guard block.label == "CERTIFICATE" else { throw .malformed(object: "PEM certificate") }
            certificates.append(try Certificate(der: block.content))
        }
        return certificates
    }

    /// SHA-256 of the DER.
    public var digest: Digest {
        Digest(hashing: der)
    }

    /// The certificate as a PEM text.
    public var pem: String {
        PEMBlock(label: "CERTIFICATE", content: der).text
    }

    /// The issuer's distinguished name (RFC 2253 form).
    public var issuerName: String {
        withPointer { Self.text(of: X509_get_issuer_name($0)) } ?? ""
    }

    /// The subject's distinguished name (RFC 2253 form), empty in a Fulcio leaf.
    public var subjectName: String {
        withPointer { Self.text(of: X509_get_subject_name($0)) } ?? ""
    }

    /// Runs `body` with OpenSSL's certificate; nil when OpenSSL cannot read it.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result? {
        handle.pointer(der).map(body)
    }

    private static func text(of name: OpaquePointer?) -> String {
        guard let bio = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(bio) }
        // XN_FLAG_RFC2253, a macro with a cast that is not imported, without its escaping of valid UTF-8.
        X509_NAME_print_ex(bio, name, 0, UInt(0x0111_0317 & ~4))
        var data: UnsafeMutablePointer<CChar>?
        let count = raireki_BIO_get_mem_data(bio, &data)
        guard let data, count > 0 else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: data, count: count), as: UTF8.self)
    }
}

extension Certificate: Hashable {
    /// Whether both are the same bytes.
    public static func == (left: Certificate, right: Certificate) -> Bool {
        left.der == right.der
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(der)
    }
}

extension Certificate {
    /// Whether the moment lies in the closed validity period.
    public func isValid(at time: Timestamp) -> Bool {
        fields.notBefore <= time && time <= fields.notAfter
    }

    /// The content of an extension; nil when there is none.
    public func extensionValue(_ identifier: String) -> [UInt8]? {
        fields.extensions.first { $0.identifier == identifier }.map { Array($0.value) }
    }

    /// The subject alternative names, none when the extension is absent.
    ///
    /// - Throws: ``DERError``.
    public func subjectAlternativeNames() throws(DERError) -> [GeneralName] {
        guard let value = extensionValue(CertificateExtension.subjectAlternativeName) else { return [] }
        return try GeneralName.parse(extensionValue: value)
    }

    /// The extended key usages; nil when the extension is absent.
    ///
    /// - Throws: ``DERError``.
    public func extendedKeyUsages() throws(DERError) -> [String]? {
        guard let value = extensionValue(CertificateExtension.extendedKeyUsage) else { return nil }
        var outer = DERReader(value)
        var usages = try outer.nested(DERTag.sequence)
        try outer.end()
        var result: [String] = []
        while !usages.isAtEnd {
            result.append(try usages.element().objectIdentifier())
        }
        return result
    }

    /// Whether the key usage extension is there and names digital signatures (RFC 5280 §4.2.1.3).
    public var allowsDigitalSignature: Bool { allows(.digitalSignature) }

    /// Whether the key usage extension is there and names the signing of certificates (RFC 5280 §4.2.1.3).
    public var allowsCertificateSigning: Bool { allows(.certificateSigning) }

    private func allows(_ use: KeyUseBit) -> Bool {
        guard let value = extensionValue(CertificateExtension.keyUsage) else { return false }
        var reader = DERReader(value)
        guard let bits = try? reader.element(DERTag.bitString), reader.isAtEnd, bits.content.count >= 2,
            let unused = bits.content.first, unused < 8
        else { return false }
        // The first octet counts unused bits.
        return bits.content[bits.content.startIndex + 1] & use.rawValue != 0
    }

    /// Bits of the first octet of key usages: the first one is the highest.
    private enum KeyUseBit: UInt8 {
        case digitalSignature = 0x80
        case certificateSigning = 0x04
    }

    /// Whether basic constraints say that it is an authority (RFC 5280 §4.2.1.9); malformed ones count as such.
    public var isAuthority: Bool {
        guard let value = extensionValue(CertificateExtension.basicConstraints) else { return false }
        return (try? Self.statesAuthority(basicConstraints: value)) ?? true
    }

    /// What the first member says; other readers take every octet but zero for true, so that only zero denies it.
    private static func statesAuthority(basicConstraints value: [UInt8]) throws(DERError) -> Bool {
        var outer = DERReader(value)
        var parts = try outer.nested(DERTag.sequence)
        try outer.end()
        let statement = try parts.optional(DERTag.boolean)
        _ = try parts.optional(DERTag.integer)
        try parts.end()
        return statement.map { !$0.content.elementsEqual([0x00]) } ?? false
    }
}
