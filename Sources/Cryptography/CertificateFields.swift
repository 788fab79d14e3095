/// One extension of a certificate (RFC 5280 §4.2).
public struct CertificateExtension: Hashable, Sendable {
    /// The OID in dotted form.
    public let identifier: String
    /// Whether whoever does not know it must refuse the certificate.
    public let isCritical: Bool
    /// The content of its OCTET STRING.
    public let value: ArraySlice<UInt8>
    /// The whole extension in DER.
    public let encoding: ArraySlice<UInt8>

    static let basicConstraints = "2.5.29.19"
    static let keyUsage = "2.5.29.15"
    static let subjectAlternativeName = "2.5.29.17"
    static let extendedKeyUsage = "2.5.29.37"
}

/// What a certificate's DER says, read strictly.
public struct CertificateFields: Hashable, Sendable {
    /// The signed part, header included.
    public let toBeSigned: ArraySlice<UInt8>
    /// The signature algorithm in DER, as the signed part and the certificate around it state it alike.
    let signatureAlgorithm: ArraySlice<UInt8>
    /// The signature over the signed part.
    let signature: ArraySlice<UInt8>
    /// The serial number's content octets.
    public let serial: ArraySlice<UInt8>
    /// The issuer's name in DER.
    public let issuer: ArraySlice<UInt8>
    /// The subject's name in DER.
    public let subject: ArraySlice<UInt8>
    /// Start of the validity, inclusive.
    public let notBefore: Timestamp
    /// End of the validity, inclusive.
    public let notAfter: Timestamp
    /// The key in DER.
    public let subjectPublicKeyInfo: ArraySlice<UInt8>
    /// The extensions in their order; no OID occurs twice.
    public let extensions: [CertificateExtension]
    /// The elements of the signed part before the extensions, for rebuilding it without one of them.
    let beforeExtensions: ArraySlice<UInt8>

    init(der: [UInt8]) throws(DERError) {
        var outer = DERReader(der)
        var certificate = try outer.nested(DERTag.sequence)
        try outer.end()
        let signed = try certificate.element(DERTag.sequence)
        toBeSigned = signed.encoding
        signatureAlgorithm = try certificate.element(DERTag.sequence).encoding
        let bits = try certificate.element(DERTag.bitString)
        guard bits.content.first == 0 else { throw .invalidContent(tag: DERTag.bitString) }
        signature = bits.content.dropFirst()
        try certificate.end()

        var body = DERReader(signed.content)
        _ = try body.optional(DERTag.context(0))
        serial = try body.element(DERTag.integer).content
        guard try body.element(DERTag.sequence).encoding == signatureAlgorithm else {
            throw .invalidContent(tag: DERTag.sequence)
        }
        issuer = try body.element(DERTag.sequence).encoding
        var validity = try body.nested(DERTag.sequence)
        notBefore = try validity.element().validityTime()
        notAfter = try validity.element().validityTime()
        try validity.end()
        subject = try body.element(DERTag.sequence).encoding
        let key = try body.element(DERTag.sequence)
        subjectPublicKeyInfo = key.encoding
        _ = try body.optional(0x81)
        _ = try body.optional(0x82)
        let wrapper = try body.optional(DERTag.context(3))
        try body.end()
        beforeExtensions =
            signed.content[signed.content.startIndex..<(wrapper?.encoding.startIndex ?? signed.content.endIndex)]
        extensions = try wrapper.map { element throws(DERError) in try Self.extensions(element) } ?? []
    }

    private static func extensions(_ wrapper: DERElement) throws(DERError) -> [CertificateExtension] {
        var outer = DERReader(wrapper.content)
        var list = try outer.nested(DERTag.sequence)
        try outer.end()
        var result: [CertificateExtension] = []
        while !list.isAtEnd {
            let element = try list.element(DERTag.sequence)
            var parts = DERReader(element.content)
            let identifier = try parts.element(DERTag.objectIdentifier).objectIdentifier()
            let critical = try parts.optional(DERTag.boolean)
            guard critical.map({ $0.content.elementsEqual([0xFF]) }) ?? true else {
                throw .invalidContent(tag: DERTag.boolean)
            }
            let value = try parts.element(DERTag.octetString).content
            try parts.end()
            guard !result.contains(where: { $0.identifier == identifier }) else {
                throw .invalidContent(tag: DERTag.sequence)
            }
            result.append(
                CertificateExtension(
                    identifier: identifier,
                    isCritical: critical != nil,
                    value: value,
                    encoding: element.encoding
                )
            )
        }
        return result
    }

    /// The signed part as it was before an extension was added, every enclosing length encoded anew (RFC 6962 §3.2).
    public func toBeSigned(withoutExtension identifier: String) -> [UInt8] {
        let kept = extensions.filter { $0.identifier != identifier }.flatMap { Array($0.encoding) }
        let list = DERWriter.element(DERTag.sequence, kept)
        let wrapper = DERWriter.element(DERTag.context(3), list)
        return DERWriter.element(DERTag.sequence, Array(beforeExtensions) + wrapper)
    }
}

extension DERElement {
    /// A UTCTime or GeneralizedTime of a validity period (RFC 5280 §4.1.2.5).
    fileprivate func validityTime() throws(DERError) -> Timestamp {
        guard tag == 0x17 else { return try generalizedTime() }
        var scanner = DigitScanner(Array(content))
        guard let year = scanner.digits(2), let month = scanner.digits(2), let day = scanner.digits(2),
            let hour = scanner.digits(2), let minute = scanner.digits(2), let second = scanner.digits(2),
            scanner.skip("Z"), scanner.isAtEnd,
            let civil = CivilTime(year < 50 ? 2000 + year : 1900 + year, month, day, hour, minute, second)
        else { throw .invalidContent(tag: tag) }
        return Timestamp(seconds: civil.secondsSince1970)
    }
}
