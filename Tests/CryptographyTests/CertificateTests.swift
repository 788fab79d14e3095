import Cryptography
import TestSupport
import Testing

@Suite("Certificates are read strictly")
struct CertificateTests {
    private static let start = Timestamp(seconds: 1_700_000_000)

    private static func key(_ seed: String = "leaf") throws -> SigningKey {
        try SigningKey(seed: seed, kind: .p256)
    }

    private static func template(_ extensions: [ExtensionTemplate]) throws -> CertificateTemplate {
        CertificateTemplate(
            serialNumber: [0x12, 0x34],
            issuer: .init(organization: "Example", commonName: "issuer"),
            notBefore: start,
            notAfter: start.adding(seconds: 600),
            subjectPublicKeyInfo: try key().subjectPublicKeyInfo,
            extensions: extensions
        )
    }

    private static let usual: [ExtensionTemplate] = [
        .keyUsage([.digitalSignature]),
        .extendedKeyUsage([ExtensionTemplate.Purpose.codeSigning]),
        .subjectAlternativeName([.uri("https://example.com/x")]),
        .fulcio(1, "https://issuer.example.com"),
    ]

    private static func der(_ extensions: [ExtensionTemplate] = usual) throws -> [UInt8] {
        try template(extensions).sign(with: key("issuer"))
    }

    @Test("Every field is what was written")
    func fields() throws {
        let der = try Self.der()
        let certificate = try Certificate(der: der)
        #expect(certificate.der == der)
        #expect(Array(certificate.fields.serial) == [0x12, 0x34])
        #expect(certificate.fields.notBefore == Self.start)
        #expect(certificate.fields.notAfter == Self.start.adding(seconds: 600))
        #expect(certificate.publicKey.subjectPublicKeyInfo == (try Self.key().subjectPublicKeyInfo))
        #expect(certificate.issuerName == "CN=issuer,O=Example")
        #expect(certificate.subjectName == "")
        #expect(try certificate.subjectAlternativeNames() == [.uri("https://example.com/x")])
        #expect(try certificate.extendedKeyUsages() == ["1.3.6.1.5.5.7.3.3"])
        #expect(certificate.allowsDigitalSignature)
        #expect(!certificate.isAuthority)
        #expect(certificate.extensionValue("1.3.6.1.4.1.57264.1.1") == Array("https://issuer.example.com".utf8))
        #expect(certificate.extensionValue("1.3.6.1.4.1.57264.1.8") == nil)
        #expect(certificate.fields.extensions.map(\.isCritical) == [true, false, true, false])
        #expect(certificate.digest == Digest(hashing: der))
        #expect(try Certificate.parse(pem: certificate.pem + certificate.pem) == [certificate, certificate])
    }

    @Test("The validity is closed at both ends, to the nanosecond")
    func validity() throws {
        let certificate = try Certificate(der: try Self.der())
        #expect(certificate.isValid(at: Self.start))
        #expect(certificate.isValid(at: Self.start.adding(seconds: 600)))
        #expect(!certificate.isValid(at: Timestamp(seconds: 1_699_999_999, nanoseconds: 999_999_999)))
        #expect(!certificate.isValid(at: Timestamp(seconds: 1_700_000_600, nanoseconds: 1)))
    }

    @Test("Without the extensions in question there is nothing to read")
    func bare() throws {
        let certificate = try Certificate(der: try Self.der([]))
        #expect(try certificate.subjectAlternativeNames() == [])
        #expect(try certificate.extendedKeyUsages() == nil)
        #expect(!certificate.allowsDigitalSignature)
    }

    @Test("Every kind of name that Fulcio writes is told apart")
    func names() throws {
        let names: [ExtensionTemplate.AlternativeName] = [.email("a@b.example"), .uri("spiffe://x"), .userName("me!x")]
        let certificate = try Certificate(der: try Self.der([.subjectAlternativeName(names)]))
        #expect(
            try certificate.subjectAlternativeNames() == [.email("a@b.example"), .uri("spiffe://x"), .userName("me!x")]
        )
    }

    @Test("A name that is not ASCII is refused")
    func nonASCIIName() throws {
        let certificate = try Certificate(
            der: try Self.der([.subjectAlternativeName([.uri("https://gith\u{FF55}b.com")])])
        )
        #expect(throws: DERError.invalidContent(tag: 0x86)) { try certificate.subjectAlternativeNames() }
    }

    @Test("An extension that occurs twice makes the certificate malformed")
    func twice() throws {
        let doubled = Self.usual + [.fulcio(1, "https://other.example.com")]
        #expect(throws: CryptographyError.malformed(object: "certificate")) {
            try Certificate(der: try Self.der(doubled))
        }
    }

    @Test(
        "BOOLEANs other than true, and false where it is the default, are refused",
        arguments: [0x00, 0x01, 0x7F, 0xFE] as [UInt8]
    )
    func booleans(value: UInt8) throws {
        var der = try Self.der()
        let critical: [UInt8] = [0x01, 0x01, 0xFF]
        let position = try #require(der.indices.first { der[$0...].starts(with: critical) })
        der[position + 2] = value
        #expect(throws: CryptographyError.malformed(object: "certificate")) { try Certificate(der: der) }
    }

    @Test("Every truncation is refused, and so is a trailing byte")
    func truncations() throws {
        let der = try Self.der()
        for count in der.indices {
            #expect((try? Certificate(der: Array(der.prefix(count)))) == nil, "\(count) bytes")
        }
        #expect(throws: CryptographyError.malformed(object: "certificate")) { try Certificate(der: der + [0]) }
        #expect(throws: CryptographyError.malformed(object: "certificate")) {
            try Certificate(der: [UInt8](repeating: 0x30, count: Certificate.maximumBytes + 1))
        }
    }

    @Test("A certificate in good order is read up to the size limit, and not beyond")
    func size() throws {
        func filled(_ count: Int) throws -> [UInt8] {
            let filling = ExtensionTemplate([1, 3, 9999, 2], value: [UInt8](repeating: 0, count: count))
            return try Self.der(Self.usual + [filling])
        }
        // A signature of ECDSA is now and then a byte or two shorter.
        let frame = try filled(40_000).count - 40_000
        let fits = try filled(Certificate.maximumBytes - frame - 4)
        #expect(fits.count <= Certificate.maximumBytes)
        #expect(try Certificate(der: fits).der.count == fits.count)
        let larger = try filled(Certificate.maximumBytes - frame + 4)
        #expect(larger.count > Certificate.maximumBytes)
        var isRefused = false
        do { _ = try Certificate(der: larger) } catch { isRefused = error == .malformed(object: "certificate") }
        #expect(isRefused)
    }

    @Test("Another name of somebody else's type is no user name")
    func otherName() throws {
        let value = DERBuilder.sequence(
            DERBuilder.context(
                0,
                DERBuilder.objectIdentifier([1, 3, 6, 1, 4, 1, 311, 20, 2, 3])
                    + DERBuilder.context(0, DERBuilder.utf8String("me!example.com"))
            )
        )
        let names = ExtensionTemplate([2, 5, 29, 17], value: value)
        #expect(try Certificate(der: try Self.der([names])).subjectAlternativeNames() == [.other(tag: 0)])
    }

    @Test("Without one extension, the signed part is that of a certificate made without it")
    func withoutExtension() throws {
        let full = try Certificate(der: try Self.der(Self.usual + [.signedCertificateTimestamps([[1, 2, 3]])]))
        let plain = try Certificate(der: try Self.der())
        let stripped = full.fields.toBeSigned(withoutExtension: "1.3.6.1.4.1.11129.2.4.2")
        #expect(stripped == Array(plain.fields.toBeSigned))
        #expect(full.fields.toBeSigned(withoutExtension: "1.2.3") == Array(full.fields.toBeSigned))
    }

    @Test("Thousands of damaged certificates are read or refused")
    func mutations() throws {
        let der = try Self.der()
        var mutator = Mutator(seed: 509)
        var read = 0
        for _ in 0..<4_000 {
            guard let certificate = try? Certificate(der: mutator.mutate(der)) else { continue }
            read += 1
            _ = try? certificate.subjectAlternativeNames()
            _ = try? certificate.extendedKeyUsages()
            _ = certificate.issuerName + certificate.subjectName
            _ = certificate.isAuthority || certificate.allowsDigitalSignature
            _ = certificate.fields.toBeSigned(withoutExtension: "2.5.29.17")
        }
        #expect(read > 0)
    }
}
