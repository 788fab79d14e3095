import Cryptography
import Testing

@Suite("A path leads from a leaf to one anchor")
struct CertificatePathTests {
    private static let start = Timestamp(seconds: 1_700_000_000)

    /// One authority's key and certificate.
    private struct Issuer {
        let name: String
        let key: SigningKey
        let certificate: Certificate
    }

    private static func issue(
        _ name: String,
        by issuer: Issuer?,
        lifetime: Int64 = 86_400,
        _ extensions: [ExtensionTemplate]
    ) throws -> Issuer {
        let key = try SigningKey(seed: name, kind: .p256)
        let template = CertificateTemplate(
            serialNumber: Array(Digest(hashing: Array(name.utf8)).bytes.prefix(8).map { $0 & 0x7F | 0x40 }),
            issuer: .init(commonName: issuer?.name ?? name),
            subject: .init(commonName: name),
            notBefore: start,
            notAfter: start.adding(seconds: lifetime),
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            extensions: extensions
        )
        let der = try template.sign(with: issuer?.key ?? key)
        return Issuer(name: name, key: key, certificate: try Certificate(der: der))
    }

    private static func authority(pathLength: UInt32? = nil) -> [ExtensionTemplate] {
        [.keyUsage([.certificateSigning]), .basicConstraints(isAuthority: true, pathLength: pathLength)]
    }

    private static let leafExtensions: [ExtensionTemplate] = [
        .keyUsage([.digitalSignature]), .extendedKeyUsage([ExtensionTemplate.Purpose.codeSigning]),
        .subjectAlternativeName([.uri("https://example.com")]),
    ]

    private func failure(_ leaf: Issuer, _ intermediates: [Issuer], _ anchor: Issuer) -> CertificatePathError? {
        do {
            _ = try CertificatePath(
                leaf: leaf.certificate,
                intermediates: intermediates.map(\.certificate),
                anchor: anchor.certificate
            )
            return nil
        } catch {
            return error
        }
    }

    @Test("A leaf, an intermediate and a root")
    func good() throws {
        let root = try Self.issue("root", by: nil, Self.authority())
        let middle = try Self.issue("middle", by: root, lifetime: 1_000, Self.authority(pathLength: 0))
        let leaf = try Self.issue("leaf", by: middle, lifetime: 600, Self.leafExtensions)
        let path = try CertificatePath(
            leaf: leaf.certificate,
            intermediates: [middle.certificate],
            anchor: root.certificate
        )
        #expect(path.certificates == [leaf.certificate, middle.certificate, root.certificate])
        #expect(path.issuer == middle.certificate)
        #expect(path.firstInvalid(at: Self.start) == nil)
        #expect(path.firstInvalid(at: Self.start.adding(seconds: 600)) == nil)
        #expect(path.firstInvalid(at: Self.start.adding(seconds: 601)) == leaf.certificate)
        #expect(path.firstInvalid(at: Self.start.adding(seconds: -1)) == leaf.certificate)
    }

    @Test("An intermediate may itself be the anchor")
    func partialChain() throws {
        let root = try Self.issue("root", by: nil, Self.authority())
        let middle = try Self.issue("middle", by: root, Self.authority())
        let leaf = try Self.issue("leaf", by: middle, Self.leafExtensions)
        #expect(failure(leaf, [], middle) == nil)
    }

    @Test("A missing intermediate, another anchor and another issuer of the same name give no path")
    func noPath() throws {
        let root = try Self.issue("root", by: nil, Self.authority())
        let middle = try Self.issue("middle", by: root, Self.authority())
        let leaf = try Self.issue("leaf", by: middle, Self.leafExtensions)
        let other = try Self.issue("other", by: nil, Self.authority())
        #expect(
            failure(leaf, [], root) == .openSSL(code: 20, reason: "unable to get local issuer certificate", depth: 0)
        )
        #expect(
            failure(leaf, [middle], other)
                == .openSSL(code: 20, reason: "unable to get local issuer certificate", depth: 1)
        )
        let imposter = Issuer(name: "middle", key: other.key, certificate: middle.certificate)
        let forged = try Self.issue("leaf", by: imposter, Self.leafExtensions)
        #expect(failure(forged, [middle], root) == .openSSL(code: 7, reason: "certificate signature failure", depth: 0))
    }

    @Test("An intermediate never becomes an anchor, self-signed or not")
    func untrustedRoot() throws {
        let root = try Self.issue("root", by: nil, Self.authority())
        let stranger = try Self.issue("stranger", by: nil, Self.authority())
        let leaf = try Self.issue("leaf", by: stranger, Self.leafExtensions)
        #expect(
            failure(leaf, [stranger], root)
                == .openSSL(code: 19, reason: "self-signed certificate in certificate chain", depth: 1)
        )
    }

    @Test(
        "An issuer that is not an authority gives no path",
        arguments: [
            [.keyUsage([.digitalSignature]), .basicConstraints(isAuthority: false)],
            [.keyUsage([.digitalSignature])],
            [.keyUsage([.certificateSigning])],
            [],
            [.keyUsage([.digitalSignature]), .basicConstraints(isAuthority: true)],
        ] as [[ExtensionTemplate]]
    )
    func notAnAuthority(extensions: [ExtensionTemplate]) throws {
        let root = try Self.issue("root", by: nil, Self.authority())
        let middle = try Self.issue("middle", by: root, extensions)
        let leaf = try Self.issue("leaf", by: middle, Self.leafExtensions)
        guard case .openSSL(_, _, depth: 1) = failure(leaf, [middle], root) else {
            Issue.record("\(String(describing: failure(leaf, [middle], root)))")
            return
        }
    }

    @Test("A path longer than its length allows is refused")
    func pathLength() throws {
        let root = try Self.issue("root", by: nil, Self.authority(pathLength: 0))
        let middle = try Self.issue("middle", by: root, Self.authority())
        let leaf = try Self.issue("leaf", by: middle, Self.leafExtensions)
        let direct = try Self.issue("direct", by: root, Self.leafExtensions)
        #expect(
            failure(leaf, [middle], root) == .openSSL(code: 25, reason: "path length constraint exceeded", depth: 2)
        )
        #expect(failure(direct, [], root) == nil)
    }

    @Test("A critical extension that nobody knows is refused")
    func criticalExtension() throws {
        let root = try Self.issue("root", by: nil, Self.authority())
        let unknown = ExtensionTemplate([1, 2, 3, 4], isCritical: true, value: DERBuilder.null)
        let leaf = try Self.issue("leaf", by: root, Self.leafExtensions + [unknown])
        #expect(failure(leaf, [], root) == .openSSL(code: 34, reason: "unhandled critical extension", depth: 0))
        let poisoned = try Self.issue("leaf", by: root, Self.leafExtensions + [.poison])
        #expect(failure(poisoned, [], root) == .openSSL(code: 34, reason: "unhandled critical extension", depth: 0))
    }

    /// A root, and the same leaf below it signed with SHA-1 and with SHA-256; SHA-1 is nothing that the signing side does.
    private enum WeakHash {
        static let root =
            "MIIBYTCCAQigAwIBAgIUarZJWA7QS2xJI2XELaVumBWNUxUwCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwEcm9vdDAeFw0yNjExMjIy"
            + "MzIzMzRaFw0zNjExMTkyMzIzMzRaMA8xDTALBgNVBAMMBHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARik4a7AIF/D6Z3"
            + "0fB22tLnBMYntXb7eeWrffywH5C8IlsyVLGZUf4+zlUkCmwfz99BIyQAHRbQomL9vX+vc+Aso0IwQDAPBgNVHRMBAf8EBTADAQH/"
            + "MA4GA1UdDwEB/wQEAwICBDAdBgNVHQ4EFgQUdID/16ewTbjFixJw/qfXuZg+JLUwCgYIKoZIzj0EAwIDRwAwRAIgZlfnKWR1WW0j"
            + "rFtVBRIXGOnMKw8mvSCsZwBeW6Xm+hoCIEq80yjqBXYEMPTxa0u8+fOHhFX35SiBkQSKg8Vt/iM8"
        static let sha1 =
            "MIIBczCCARmgAwIBAgIBBTAJBgcqhkjOPQQBMA8xDTALBgNVBAMMBHJvb3QwHhcNMjYxMTIyMjMyMzM0WhcNMzYxMTE5MjMyMzM0"
            + "WjAPMQ0wCwYDVQQDDARsZWFmMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETq1XMrl2Z7M0MnaRjhGNnHfrk86VahV/HypoBfQZ"
            + "lw0aEktOK3wI6yK171wnxxT4DhtYewIoqKiZlocTLHLWEaNnMGUwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQMMAoGCCsGAQUFBwMD"
            + "MB0GA1UdDgQWBBQTWP1G3BLhD6nnmXx2G1hYt5oGFDAfBgNVHSMEGDAWgBR0gP/Xp7BNuMWLEnD+p9e5mD4ktTAJBgcqhkjOPQQB"
            + "A0kAMEYCIQCH6w+Oku3DvWlYSWHcGCjL1BBRsBQSXQDa4oBRsluSVgIhALXV/giMtOWDNBS759HCVitaRUYpYwITjfLhqhUKA7GY"
        static let sha256 =
            "MIIBczCCARqgAwIBAgIBBTAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARyb290MB4XDTI2MTEyMjIzMjMzNFoXDTM2MTExOTIzMjMz"
            + "NFowDzENMAsGA1UEAwwEbGVhZjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABE6tVzK5dmezNDJ2kY4RjZx365POlWoVfx8qaAX0"
            + "GZcNGhJLTit8COsite9cJ8cU+A4bWHsCKKiomZaHEyxy1hGjZzBlMA4GA1UdDwEB/wQEAwIHgDATBgNVHSUEDDAKBggrBgEFBQcD"
            + "AzAdBgNVHQ4EFgQUE1j9RtwS4Q+p55l8dhtYWLeaBhQwHwYDVR0jBBgwFoAUdID/16ewTbjFixJw/qfXuZg+JLUwCgYIKoZIzj0E"
            + "AwIDRwAwRAIgSmA3dEdmVQuo+V2TipIyPa1TjOSdQ+SL/qnMyFpe4H8CIDQv5cyr0O/RYjXrCRSKvTryJfZADJmh4qTu24oYZgja"
    }

    @Test("A signature over SHA-1 gives no path")
    func weakHash() throws {
        func certificate(_ text: String) throws -> Certificate {
            try Certificate(der: try #require(Base64.decode(text)))
        }
        let root = try certificate(WeakHash.root)
        let strong = try CertificatePath(leaf: try certificate(WeakHash.sha256), intermediates: [], anchor: root)
        #expect(strong.certificates.count == 2)
        let weak = try certificate(WeakHash.sha1)
        #expect(
            throws: CertificatePathError.openSSL(
                code: 68,
                reason: "CA signature digest algorithm too weak",
                depth: 0
            )
        ) { try CertificatePath(leaf: weak, intermediates: [], anchor: root) }
    }
}
