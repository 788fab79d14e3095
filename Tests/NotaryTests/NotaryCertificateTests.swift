import Cryptography
import Notary
import TestSupport
import Testing

@Suite("The certificates of the Notary Project's signers")
struct NotaryCertificateTests {
    private func obstacles(
        _ kind: SigningKey.Kind = .p256,
        _ change: (inout NotarySigner.Templates) -> Void,
        chain: ([[UInt8]]) -> [[UInt8]] = { $0 }
    ) throws -> [String] {
        var signer = try NotarySigner(key: SigningKey(seed: "notary signer", kind: kind), change: change)
        let trust = try NotaryVerifierTests.trust(signer)
        signer.chain = chain(signer.chain)
        let draft = NotaryDraft(signer, NotaryVerifierTests.artifact)
        return NotaryVerifierTests.obstacles(try NotaryVerifierTests.verify(draft, .jws, trust: trust))
    }

    @Test("A leaf as the specification allows it")
    func allowed() throws {
        #expect(try obstacles { _ in } == [])
        // The extended key usage may be absent, and basic constraints may say that it is no authority.
        #expect(try obstacles { $0.leaf.extensions.remove(at: 1) } == [])
        #expect(try obstacles { $0.leaf.extensions.append(.basicConstraints(isAuthority: false)) } == [])
        // Extensions that the specification does not name are not looked at, critical or not.
        #expect(
            try obstacles {
                $0.leaf.extensions.append(ExtensionTemplate([1, 2, 3, 4], isCritical: true, value: [5, 0]))
            }
                == []
        )
    }

    @Test("A leaf that is for something else is refused")
    func leaf() throws {
        let refused = ["certificate-profile=cert.usage"]
        #expect(try obstacles { $0.leaf.extensions.remove(at: 0) } == refused)
        #expect(try obstacles { $0.leaf.extensions[0].isCritical = false } == refused)
        #expect(
            try obstacles { $0.leaf.extensions[0] = .keyUsage([.digitalSignature, .revocationListSigning]) } == refused
        )
        #expect(try obstacles { $0.leaf.extensions[0] = .keyUsage([.revocationListSigning]) } == refused)
        #expect(try obstacles { $0.leaf.extensions.append(.basicConstraints(isAuthority: true)) } == refused)
        let purposes = [ExtensionTemplate.Purpose.codeSigning, ExtensionTemplate.Purpose.timestamping]
        #expect(try obstacles { $0.leaf.extensions[1] = .extendedKeyUsage(purposes) } == refused)
        let server = [ExtensionTemplate.Purpose.serverAuthentication]
        #expect(try obstacles { $0.leaf.extensions[1] = .extendedKeyUsage(server) } == refused)
    }

    @Test("An authority that may not be one is refused")
    func authority() throws {
        let refused = ["certificate-profile=cert.usage"]
        #expect(try obstacles { $0.intermediate.extensions.remove(at: 1) } == refused)
        #expect(try obstacles { $0.intermediate.extensions[1].isCritical = false } == refused)
        #expect(try obstacles { $0.intermediate.extensions[1] = .basicConstraints(isAuthority: false) } == refused)
        #expect(try obstacles { $0.intermediate.extensions[0] = .keyUsage([.digitalSignature]) } == refused)
        #expect(
            try obstacles { $0.root.extensions[1] = .basicConstraints(isAuthority: true, pathLength: 0) } == refused
        )
        #expect(try obstacles { $0.root.extensions.remove(at: 0) } == refused)
    }

    @Test("The chain is in order, whole, and without others")
    func order() throws {
        func broken(_ chain: ([[UInt8]]) -> [[UInt8]]) throws -> [String] {
            try obstacles(.p256, { _ in }, chain: chain)
        }
        let incomplete = ["certificate-chain=chain.broken", "certificate-path~earlier-check-failed"]
        #expect(try broken { Array($0.dropLast()) } == incomplete)
        #expect(try broken { [$0[0], $0[2], $0[1]] }.contains("certificate-chain=chain.broken"))
        #expect(try broken { $0 + [$0[1]] }.contains("certificate-chain=chain.broken"))
        // The name of the issuer alone is not enough.
        let other = try NotarySigner(key: SigningKey(seed: "other", kind: .p256)) { templates in
            templates.intermediate.serialNumber = [7]
            templates.intermediate.subjectPublicKeyInfo = templates.leaf.subjectPublicKeyInfo
        }
        #expect(try broken { [$0[0], other.chain[1], $0[2]] } == incomplete)
    }

    @Test("A certificate that cannot be read stands in the way of everything that needs it")
    func unreadable() throws {
        let found = try obstacles(.p256, { _ in }) { [$0[0], [0x30, 0x00], $0[2]] }
        #expect(
            found == [
                "certificate-profile=cert.malformed", "certificate-chain~earlier-check-failed",
                "certificate-path~earlier-check-failed", "certificate-validity~earlier-check-failed",
            ]
        )
    }

    @Test(
        "An identity names attributes of the subject",
        arguments: [
            ("*", true), ("x509.subject: C=US, ST=WA, O=acme", false), ("x509.subject:O=acme,CN=signer", nil),
            ("x509.subject: C=US, C=US, ST=WA, O=acme", nil), ("C=US, ST=WA, O=acme", nil),
            ("x509.subject: C=US, ST=WA, O=#616263", nil), ("x509.subject: C=US+ST=WA, ST=WA, O=a", nil),
            ("x509.subject: C=US, ST=WA, O=acme\\", nil), ("", nil), ("x509.subject:", nil),
        ] as [(String, Bool?)]
    )
    func identities(text: String, accepts: Bool?) throws {
        let certificate = try Certificate(der: NotaryVerifierTests.signer().chain[0])
        #expect(NotaryIdentity(text)?.accepts(certificate) == accepts)
    }

    @Test("An attribute of an identity is compared byte by byte")
    func attributes() throws {
        let identity = try #require(NotaryIdentity("x509.subject: S=WA, C=US, O=a\\, b , CN=x"))
        let expected = [("ST", "WA"), ("C", "US"), ("O", "a, b"), ("CN", "x")]
        #expect(identity.attributes.map(\.type) == expected.map(\.0))
        #expect(identity.attributes.map(\.value) == expected.map(\.1))
        #expect(NotaryIdentity(String(repeating: "x509.subject: CN==#", count: 1000)) == nil)
    }
}
