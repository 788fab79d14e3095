import CaseIndex
import Cryptography
import Signing
import Sigstore
import TestSupport
import Testing
import Verification

/// What is expected of the certificate's extensions.
struct ExtensionExpectationTests {
    private func verify(_ expectation: SignatureExpectation) throws -> SignatureVerification {
        let signed = try SignedLayout(storage: .legacy)
        let directory = try TemporaryDirectory()
        let trust = TrustMaterial(root: try TrustedRoot(parsing: signed.sigstore.trustedRoot), name: "virtual")
        let images = try ImportedLayout(signed.write(to: directory)).verify(trust: trust, expecting: expectation)
        return try #require(images.first?.signatures.first)
    }

    private func expectation(_ extensions: [FulcioExtension: String], named: Bool = true) -> SignatureExpectation {
        let identity = VirtualSigstore.job.identity
        return SignatureExpectation(
            identity: named ? .exactly(identity.name.text) : nil,
            issuer: named ? .exactly(identity.issuer) : nil,
            extensions: extensions
        )
    }

    @Test func trustsACertificateWithTheExpectedExtensions() throws {
        let result = try verify(expectation([.sourceRepositoryIdentifier: "4711", .buildTrigger: "push"]))
        #expect(result.verdict.isTrusted == true)
        #expect(result.verdict.policy.contains("1.3.6.1.4.1.57264.1.15"))
    }

    /// P-42 and P-45: another value, and an extension that is not there.
    @Test(arguments: [FulcioExtension.buildTrigger: "release", .githubWorkflowSHA: "5f2b1c9a"])
    func trustsNoneWithAnother(known: FulcioExtension, value: String) throws {
        let result = try verify(expectation([known: value]))
        #expect(result.verdict.isAuthentic)
        #expect(result.verdict.isTrusted == false)
        #expect(result.obstacles == ["identity=cert.oid"])
    }

    @Test func callsNothingTrustedWithoutAnIdentity() throws {
        #expect(try verify(expectation([.buildTrigger: "push"], named: false)).verdict.isTrusted == nil)
        #expect(try verify(expectation([.buildTrigger: "release"], named: false)).verdict.isTrusted == false)
    }
}
