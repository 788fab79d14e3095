import Attestation
import Cryptography
import Foundation
import Sigstore
import TestSupport
import Testing

/// The shared bundles beside the artifacts, keys and roots that lie with them; and that no file is judged by nobody.
@Suite(.enabled(if: SharedData.isPresent, "../shared/data is absent"))
struct SharedFileTests {
    private static func report(
        _ bundle: String,
        of artifact: Artifact,
        root: TrustedRoot? = nil,
        policy: VerificationPolicy = VerificationPolicy()
    ) throws -> VerificationReport {
        let verifier = Verifier(root: try root ?? BuiltInTrust.publicGood.trustedRoot())
        let bundle = try SigstoreBundle(parsing: SharedData.bytes("bundles/\(bundle)"))
        return verifier.verify(SignedEntity(bundle), of: artifact, policy: policy)
    }

    @Test("A bundle is of the artifact beside it, and of no other", arguments: [true, false])
    func artifacts(isFirst: Bool) throws {
        let names = ["custom-issuer-artifact", "reusable-workflow-artifact"]
        let bundle = isFirst ? "custom-issuer.sigstore.json" : "reusable-workflow-attestation.sigstore.json"
        for name in names {
            let artifact = Artifact.bytes(try SharedData.bytes("bundles/gh-attestation/\(name)"))
            let report = try Self.report("gh-attestation/\(bundle)", of: artifact)
            #expect(report.obstacles == (isFirst == (name == names[0]) ? [] : ["subject=subject.mismatch"]))
        }
    }

    @Test("What npm publishes holds under the key that lies beside it, and under no other")
    func publishKey() throws {
        let pem = String(decoding: try SharedData.bytes("bundles/sigstore-go/publish_key.pub"), as: UTF8.self)
        var policy = VerificationPolicy()
        policy.keys = [ManagedKey(publicKey: try PublicKey(pem: pem))]
        let bundle = try SigstoreBundle(parsing: SharedData.bytes("bundles/sigstore-go/bundle-publish.json"))
        guard case .envelope(let envelope) = bundle.content else { throw SharedDataError.absent("envelope") }
        let named = try #require(try Statement(parsing: envelope.payload).subjects.first?.digests.first)
        let artifact = Artifact.digest(try Digest(parsing: "\(named.algorithm):\(named.value)"))
        #expect(try Self.report("sigstore-go/bundle-publish.json", of: artifact, policy: policy).obstacles == [])
        let other = String(decoding: try SharedData.bytes("bundles/sigstore-go/public-key-validity.pem"), as: UTF8.self)
        policy.keys = [ManagedKey(publicKey: try PublicKey(pem: other))]
        let refused = try Self.report("sigstore-go/bundle-publish.json", of: artifact, policy: policy)
        #expect(
            refused.obstacles == [
                "log-entry-key=tlog.certificate-mismatch", "log-threshold~earlier-check-failed",
                "signature=signature.invalid",
            ]
        )
    }

    @Test("The root of GitHub's instance that lies beside its attestation is the one that judges it")
    func listedRoots() throws {
        let folder = "bundles-of-sigstore-java/github-private-no-tlog"
        let lines = try SharedData.bytes("bundles/\(folder)/trusted_root.jsonl").split(separator: 0x0A)
        let bundle = try SigstoreBundle(parsing: SharedData.bytes("bundles/\(folder)/attestation.sigstore.json"))
        guard case .envelope(let envelope) = bundle.content else { throw SharedDataError.absent("envelope") }
        let named = try #require(try Statement(parsing: envelope.payload).subjects.first?.digests.first)
        let artifact = Artifact.digest(try Digest(parsing: "\(named.algorithm):\(named.value)"))
        var policy = VerificationPolicy()
        (policy.logThreshold, policy.certificateLogThreshold, policy.timestampThreshold) = (0, 0, 1)
        let obstacles = try lines.map { line in
            let root = try TrustedRoot(parsing: Array(line))
            return try Self.report("\(folder)/attestation.sigstore.json", of: artifact, root: root, policy: policy)
                .obstacles
        }
        // The list has the public instance's root first, which knows neither authority.
        let foreign = [
            "timestamp=tsa.signer", "trusted-time~earlier-check-failed", "certificate-path=chain.untrusted",
            "authority-validity~earlier-check-failed", "certificate-validity~earlier-check-failed",
            "certificate-timestamp~earlier-check-failed",
        ]
        #expect(obstacles == [foreign, []])
    }

    /// What lies beside the bundles and is itself none.
    private static let companions: Set<String> = [
        "artifact.txt", "README.md", "trusted_root.jsonl", "trusted_root.json", "custom-issuer-artifact",
        "reusable-workflow-artifact", "github_provenance_demo-0.0.12-py3-none-any.whl", "sigstore-js-2.1.0.tgz",
        "public-good.json", "public-key-validity.json", "public-key-validity.pem", "publish_key.pub",
        "scaffolding.json",
    ]

    /// Bundles that tests of their own judge, here and in `RealBundleListTests` and `RealBundleTests`.
    private static let judgedAlone: Set<String> = [
        "attestation.sigstore.json", "othername.sigstore.json", "public-key-validity.sigstore.json",
        "sigstore-js-2.1.0_with_2_bundles.jsonl", "github_provenance_demo-0.0.12-py3-none-any-bundle.jsonl",
        "github_provenance_demo-0.0.12-py3-none-any-bundle-missing-cert.jsonl",
        "github_provenance_demo-0.0.12-py3-none-any-bundle-missing-verification-material.jsonl",
    ]

    @Test("No bundle of the shared material is judged by nobody")
    func everyBundle() throws {
        let root = try SharedData.path("bundles")
        var found: Set<String> = []
        for folder in ["bundles-of-sigstore-java", "gh-attestation", "sigstore-go"] {
            let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
            found.formUnion(paths.compactMap { $0.split(separator: "/").last.map(String.init) })
        }
        let judged = Self.judgedAlone.union(RealBundleTests.names)
        #expect(found.subtracting(Self.companions).subtracting(["github-private-no-tlog"]) == judged)
    }
}
