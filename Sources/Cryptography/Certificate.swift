internal import COpenSSL

/// An X.509 certificate (RFC 5280).
///
/// A value over a reference-counted OpenSSL certificate. OpenSSL fills its caches of extensions under a lock of its own,
/// and nothing else changes after `init`, so that sharing it between tasks is safe.
public struct Certificate: Sendable {
    /// The DER as it was read.
    public let der: [UInt8]
    /// What was read from it.
    public let fields: CertificateFields
    /// Its key.
    public let publicKey: PublicKey
    private let handle: Handle

    private final class Handle: @unchecked Sendable {
        let pointer: OpaquePointer
        init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { X509_free(pointer) }
    }

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
        let pointer: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_X509(nil, &cursor, buffer.count)
        }
        guard let pointer else { throw .last("d2i_X509") }
        handle = Handle(pointer)
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
        withPointer { Self.text(of: X509_get_issuer_name($0)) }
    }

    /// The subject's distinguished name (RFC 2253 form), empty in a Fulcio leaf.
    public var subjectName: String {
        withPointer { Self.text(of: X509_get_subject_name($0)) }
    }

    /// Runs `body` with OpenSSL's certificate.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        body(handle.pointer)
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

    /// Whether the key usage extension names digital signatures.
    public var allowsDigitalSignature: Bool {
        withPointer { X509_get_key_usage($0) } & UInt32(KU_DIGITAL_SIGNATURE) != 0
            && extensionValue(CertificateExtension.keyUsage) != nil
    }

    /// Whether basic constraints say that it is an authority.
    public var isAuthority: Bool {
        withPointer { X509_get_extension_flags($0) } & UInt32(EXFLAG_CA) != 0
    }
}
