import Cryptography
import Sigstore
import Testing

@Suite("Fulcio's extensions are read by number")
struct FulcioExtensionTests {
    private static func certificate(_ extensions: [ExtensionTemplate]) throws -> Certificate {
        let key = try SigningKey(seed: "fulcio", kind: .p256)
        let start = Timestamp(seconds: 1_700_000_000)
        let template = CertificateTemplate(
            serialNumber: [1],
            issuer: .init(commonName: "issuer"),
            notBefore: start,
            notAfter: start,
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            extensions: extensions
        )
        return try Certificate(der: try template.sign(with: key))
    }

    @Test("Every number is read back, long texts too", arguments: FulcioExtension.allCases)
    func everyNumber(number: FulcioExtension) throws {
        for text in ["x", "", "https://gitlab.com/é", String(repeating: "long/", count: 60)] {
            let certificate = try Self.certificate([.fulcio(UInt64(number.rawValue), text)])
            #expect(try number.value(in: certificate) == text)
            let identity = try CertificateIdentity(certificate)
            #expect(identity.extensions == [number: text])
        }
        #expect(number.identifier == "1.3.6.1.4.1.57264.1.\(number.rawValue)")
        #expect(!number.name.isEmpty)
        #expect(try number.value(in: Self.certificate([])) == nil)
    }

    @Test("From number 8 on, a value that is not one UTF8String is refused")
    func forms() throws {
        let identifier: [UInt64] = [1, 3, 6, 1, 4, 1, 57264, 1, 8]
        let values: [([UInt8], DERError)] = [
            (Array("https://issuer.example.com".utf8), .notDistinguished), ([0x0C, 0x02, 0x41], .truncated),
            ([0x0C, 0x01, 0x41, 0x00], .trailingBytes(1)), ([0x16, 0x01, 0x41], .invalidContent(tag: 0x16)),
            ([0x0C, 0x01, 0xFF], .invalidContent(tag: 0x0C)), ([0x0C, 0x81, 0x01, 0x41], .notDistinguished),
            ([], .truncated),
        ]
        for (value, error) in values.dropFirst() {
            let certificate = try Self.certificate([ExtensionTemplate(identifier, value: value)])
            #expect(throws: error) { try FulcioExtension.issuer.value(in: certificate) }
        }
        let raw = try Self.certificate([ExtensionTemplate(identifier, value: values[0].0)])
        #expect(throws: DERError.self) { try CertificateIdentity(raw) }
    }

    @Test("Up to number 6 the bytes are the text, and must be UTF-8")
    func rawText() throws {
        let certificate = try Self.certificate([ExtensionTemplate([1, 3, 6, 1, 4, 1, 57264, 1, 1], value: [0xFF])])
        #expect(throws: DERError.invalidContent(tag: 0)) { try FulcioExtension.issuerV1.value(in: certificate) }
    }

    @Test("Issuers that differ are a conflict, and the second version is the one that counts")
    func issuers() throws {
        let same = try CertificateIdentity(Self.certificate([.fulcio(1, "https://a"), .fulcio(8, "https://a")]))
        #expect(same.issuer == "https://a")
        #expect(!same.hasConflictingIssuers)
        let differing = try CertificateIdentity(Self.certificate([.fulcio(1, "https://a"), .fulcio(8, "https://b")]))
        #expect(differing.issuer == "https://b")
        #expect(differing.hasConflictingIssuers)
        let kelvin = try CertificateIdentity(
            Self.certificate([.fulcio(1, "https://K"), .fulcio(8, "https://\u{212A}")])
        )
        #expect(kelvin.hasConflictingIssuers)
        let old = try CertificateIdentity(Self.certificate([.fulcio(1, "https://a")]))
        #expect(old.issuer == "https://a")
        #expect(!old.hasConflictingIssuers)
        #expect(try CertificateIdentity(Self.certificate([])).issuer == nil)
    }

    @Test("There is a name only where there is exactly one")
    func names() throws {
        let one = try CertificateIdentity(Self.certificate([.subjectAlternativeName([.uri("https://a")])]))
        #expect(one.name == "https://a")
        let two = try CertificateIdentity(
            Self.certificate([.subjectAlternativeName([.uri("https://a"), .email("a@b")])])
        )
        #expect(two.name == nil)
        #expect(two.names == [.uri("https://a"), .email("a@b")])
        #expect(try CertificateIdentity(Self.certificate([])).name == nil)
    }
}
