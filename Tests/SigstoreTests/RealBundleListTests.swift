import Attestation
import Cryptography
import Sigstore
import TestSupport
import Testing

/// Lists of bundles, and a managed key with a validity period, as other clients made them.
@Suite(.enabled(if: SharedData.isPresent, "../shared/data is absent"))
struct RealBundleListTests {
    private static let folder = "bundles/gh-attestation"

    private static func lines(_ file: String) throws -> [[UInt8]] {
        try SharedData.bytes("\(folder)/\(file)").split(separator: 0x0A).map { Array($0) }
    }

    private static func artifact(_ file: String) throws -> Artifact {
        .bytes(try SharedData.bytes("\(folder)/\(file)"))
    }

    @Test func verifiesEveryBundleOfAList() throws {
        let lines = try Self.lines("sigstore-js-2.1.0_with_2_bundles.jsonl")
        let verifier = Verifier(root: try BuiltInTrust.publicGood.trustedRoot())
        #expect(lines.count == 2)
        for line in lines {
            let entity = SignedEntity(try SigstoreBundle(parsing: line))
            let artifact = try Self.artifact("sigstore-js-2.1.0.tgz")
            let report = verifier.verify(entity, of: artifact, policy: VerificationPolicy())
            #expect(report.obstacles == [])
        }
    }

    @Test func verifiesAnAttestationOfGitHubsInstance() throws {
        let line = try #require(try Self.lines("github_provenance_demo-0.0.12-py3-none-any-bundle.jsonl").first)
        let entity = SignedEntity(try SigstoreBundle(parsing: line))
        let artifact = try Self.artifact("github_provenance_demo-0.0.12-py3-none-any.whl")
        var policy = VerificationPolicy()
        (policy.logThreshold, policy.certificateLogThreshold, policy.timestampThreshold) = (0, 0, 1)
        let ownRoot = Verifier(root: try BuiltInTrust.github.trustedRoot())
        #expect(ownRoot.verify(entity, of: artifact, policy: policy).obstacles == [])
        let otherRoot = Verifier(root: try BuiltInTrust.publicGood.trustedRoot())
        let report = otherRoot.verify(entity, of: artifact, policy: VerificationPolicy())
        #expect(report.obstacles.contains("certificate-path=chain.untrusted"))
    }

    @Test func refusesABundleWithoutMaterial() throws {
        let file = "github_provenance_demo-0.0.12-py3-none-any-bundle-missing-verification-material.jsonl"
        let line = try #require(try Self.lines(file).first)
        let expected = FormatError.malformed(path: "bundle.verificationMaterial", expected: "a message")
        #expect(throws: expected) { try SigstoreBundle(parsing: line) }
    }

    @Test func refusesABundleWithoutItsCertificate() throws {
        let file = "github_provenance_demo-0.0.12-py3-none-any-bundle-missing-cert.jsonl"
        let line = try #require(try Self.lines(file).first)
        // Its envelope is missing as well, and that is what a reader meets first.
        let expected = FormatError.notExactlyOne(path: "bundle", of: ["messageSignature", "dsseEnvelope"])
        #expect(throws: expected) { try SigstoreBundle(parsing: line) }
    }

    /// The signature is timestamped on 2026-06-04 at 17:43:29.
    @Test(arguments: [
        ("2026-06-04T17:43:29Z", "2026-06-04T17:43:29Z", [String]()),
        ("2026-06-01T00:00:00Z", "2026-06-04T17:43:28Z", ["key-validity=key.outside-validity"]),
        ("2026-06-04T17:43:30Z", "2026-12-31T00:00:00Z", ["key-validity=key.outside-validity"]),
    ])
    func comparesAKeysValidityWithTheProvenTime(start: String, end: String, expected: [String]) throws {
        let bundle = try SigstoreBundle(
            parsing: SharedData.bytes("bundles/sigstore-go/public-key-validity.sigstore.json")
        )
        let root = try TrustedRoot(parsing: SharedData.bytes("bundles/sigstore-go/public-key-validity.json"))
        let pem = String(decoding: try SharedData.bytes("bundles/sigstore-go/public-key-validity.pem"), as: UTF8.self)
        let validity = ValidityPeriod(start: Timestamp(rfc3339: start), end: Timestamp(rfc3339: end))
        var policy = VerificationPolicy()
        policy.keys = [ManagedKey(publicKey: try PublicKey(pem: pem), validity: validity)]
        (policy.logThreshold, policy.timestampThreshold) = (0, 1)
        guard case .messageSignature(_, let digest, _) = bundle.content else {
            Issue.record("the bundle holds no message signature")
            return
        }
        let artifact = Artifact.digest(try #require(Digest(.sha256, digest)))
        let report = Verifier(root: root).verify(SignedEntity(bundle), of: artifact, policy: policy)
        #expect(report.obstacles == expected)
    }
}
