import Attestation
import Cryptography
import Sigstore
import TestSupport
import Testing

/// Bundles made by other clients on public infrastructure, each judged as its name says and for that reason.
@Suite(.enabled(if: SharedData.isPresent, "../shared/data is absent"))
struct RealBundleTests {
    /// A bundle and every check that is expected to stand in its way, as ``VerificationReport/obstacles`` gives them.
    struct Case: CustomTestStringConvertible, Sendable {
        let file: String
        var trust = BuiltInTrust.publicGood
        var obstacles: [String] = []
        var testDescription: String { file }

        init(_ file: String, _ trust: BuiltInTrust = .publicGood, _ obstacles: [String] = []) {
            self.file = file
            self.trust = trust
            self.obstacles = obstacles
        }
    }

    private static let java = "bundles/bundles-of-sigstore-java"
    private static let noLog = ["log-threshold~earlier-check-failed"]
    /// What cannot be judged once no log entry holds and nothing else vouches for a time.
    private static let noTime =
        noLog + [
            "trusted-time~earlier-check-failed", "authority-validity~earlier-check-failed",
            "certificate-validity~earlier-check-failed",
        ]
    private static let otherEntry = [
        "log-entry-digest=tlog.artifact-mismatch", "log-entry-signature=tlog.signature-mismatch",
    ]
    private static let otherSignature = ["log-entry-signature=tlog.signature-mismatch"]

    private static let authentic =
        [
            "PKIX_ECDSA_P256_SHA_256.sigstore.json", "PKIX_ECDSA_P384_SHA_384.sigstore.json",
            "PKIX_ECDSA_P521_SHA_512.sigstore.json", "PKIX_RSA_PKCS1V15_2048_SHA256.sigstore.json",
            "PKIX_RSA_PKCS1V15_3072_SHA256.sigstore.json", "PKIX_RSA_PKCS1V15_4096_SHA256.sigstore.json",
            "bundle.dsse.sigstore", "bundle.sigstore", "bundle.v1.no.inclusion.sigstore", "bundle.v1.sigstore",
            "bundle.v2.sigstore", "bundle.v3.sigstore", "bundle.v3_1.sigstore", "bundle.dsse.rekor-v2.sigstore",
        ].map { Case("\(java)/\($0)") }
        + ["bundle-with-rekor-v2-entry.sigstore", "bundle-with-timestamp.sigstore"]
        .map { Case("\(java)/\($0)", .staging) }
        + [
            "gh-attestation/custom-issuer.sigstore.json", "gh-attestation/reusable-workflow-attestation.sigstore.json",
            "gh-attestation/sigstore-js-2.1.0-bundle-v0.1.json", "gh-attestation/sigstore-js-2.1.0-bundle.json",
            "sigstore-go/bundle-provenance.json", "sigstore-go/dsse.sigstore.json",
            "sigstore-go/sigstore.js@2.0.0-provenance.sigstore.json",
        ].map { Case("bundles/\($0)") }

    private static let refused = [
        Case("\(java)/bundle-no-digest.sigstore", .publicGood, ["form=material.chain-not-allowed"]),
        Case(
            "\(java)/bundle-with-bad-checkpoint-signature.sigstore",
            .publicGood,
            ["checkpoint=checkpoint.signature"] + noTime
        ),
        Case(
            "\(java)/bundle-with-expired-cert.sigstore",
            .publicGood,
            ["certificate-validity=cert.outside-validity"]
        ),
        Case("\(java)/bundle-with-mismatched-set.sigstore", .publicGood, ["inclusion-promise=set.signature"] + noTime),
        Case("\(java)/bundle-with-wrong-tlog-entry.sigstore", .publicGood, otherEntry + noTime),
        Case(
            "\(java)/bundle.dsse.bad-signature.sigstore",
            .publicGood,
            otherSignature + noTime + ["signature=signature.invalid"]
        ),
        Case("\(java)/bundle.dsse.mismatched-envelope.sigstore", .publicGood, otherEntry + noTime),
        Case("\(java)/bundle.dsse.mismatched-signature.sigstore", .publicGood, otherSignature + noTime),
        Case("\(java)/bundle.v2.no.inclusion.sigstore", .publicGood, ["form=tlog.proof-missing"]),
        Case("\(java)/bundle.v3.no.inclusion.sigstore", .publicGood, ["form=tlog.proof-missing"]),
        Case("\(java)/bundle.v3_1.no.inclusion.sigstore", .publicGood, ["form=tlog.proof-missing"]),
        Case(
            "\(java)/bundle.dsse.rekor-v2.bad-entry-type.sigstore",
            .staging,
            [
                "log-entry-kind~tlog.unsupported-entry", "log-entry-digest~earlier-check-failed",
                "log-entry-signature~earlier-check-failed", "log-entry-key~earlier-check-failed",
            ] + noLog
        ),
        Case(
            "\(java)/bundle.dsse.rekor-v2.bad-signature.sigstore",
            .staging,
            otherSignature + noLog + ["signature=signature.invalid"]
        ),
        Case("\(java)/bundle.dsse.rekor-v2.mismatched-envelope.sigstore", .staging, otherEntry + noLog),
        Case("\(java)/bundle.dsse.rekor-v2.mismatched-signature.sigstore", .staging, otherSignature + noLog),
        Case(
            "bundles/sigstore-go/dsse-2sigs.sigstore.json",
            .publicGood,
            ["form=dsse.signature-count", "log-entry-signature~earlier-check-failed"] + noTime
                + ["signature~earlier-check-failed"]
        ),
        Case(
            "bundles/sigstore-go/bundle-publish.json",
            .publicGood,
            ["log-entry-key~key.not-given"] + noLog + ["signature~key.not-given"]
        ),
        Case(
            "bundles/gh-attestation/sigstoreBundle-invalid-signature.json",
            .publicGood,
            otherSignature + noTime
                + ["signature=signature.invalid", "statement=dsse.payload-type", "subject~earlier-check-failed"]
        ),
    ]

    /// The names of the files that are judged here.
    static let names = Set((authentic + refused).compactMap { $0.file.split(separator: "/").last.map(String.init) })

    @Test(arguments: authentic + refused)
    func judgesABundleAsItsNameSays(_ example: Case) throws {
        let bundle = try SigstoreBundle(parsing: SharedData.bytes(example.file))
        let verifier = Verifier(root: try example.trust.trustedRoot())
        let artifact = try #require(try Self.statedArtifact(bundle))
        let report = verifier.verify(SignedEntity(bundle), of: artifact, policy: VerificationPolicy())
        #expect(report.obstacles == example.obstacles)
        #expect(report.isAuthentic == example.obstacles.isEmpty)
    }

    /// The artifact that the bundle itself names: these tests are about everything else.
    private static func statedArtifact(_ bundle: SigstoreBundle) throws -> Artifact? {
        switch bundle.content {
        case .messageSignature(_, let digest, _):
            if digest.isEmpty { return .bytes(try SharedData.bytes("\(java)/artifact.txt")) }
            return DigestAlgorithm.allCases.compactMap { Digest($0, digest) }.first.map { .digest($0) }
        case .envelope(let envelope):
            let digests = (try? Statement(parsing: envelope.payload))?.subjects.first?.digests ?? []
            let known = digests.compactMap { try? Digest(parsing: "\($0.algorithm):\($0.value)") }
            return known.first.map { .digest($0) } ?? .bytes([])
        }
    }

    @Test func refusesAnotherArtifactThanTheOneThatWasSigned() throws {
        let bundle = try SigstoreBundle(parsing: SharedData.bytes("\(Self.java)/bundle.v3.sigstore"))
        let verifier = Verifier(root: try BuiltInTrust.publicGood.trustedRoot())
        let report = verifier.verify(SignedEntity(bundle), of: .bytes([1]), policy: VerificationPolicy())
        let expected =
            ["log-entry-digest=tlog.artifact-mismatch"] + Self.noTime
            + ["signature=signature.invalid", "subject=digest.hint-mismatch"]
        #expect(report.obstacles == expected)
    }

    @Test func verifiesAPrivateRepositorysAttestationOnlyUnderItsOwnRootAndPolicy() throws {
        let file = "\(Self.java)/github-private-no-tlog/attestation.sigstore.json"
        let bundle = try SigstoreBundle(parsing: SharedData.bytes(file))
        let artifact = try #require(try Self.statedArtifact(bundle))
        let verifier = Verifier(root: try BuiltInTrust.github.trustedRoot())
        var policy = VerificationPolicy()
        let strict = verifier.verify(SignedEntity(bundle), of: artifact, policy: policy)
        #expect(strict.obstacles == ["log-threshold=tlog.entry-missing", "certificate-timestamp=sct.missing"])
        (policy.logThreshold, policy.certificateLogThreshold, policy.timestampThreshold) = (0, 0, 1)
        let named = verifier.verify(SignedEntity(bundle), of: artifact, policy: policy)
        #expect(named.obstacles == [])
    }

    @Test func readsAUserNameAsIdentity() throws {
        let bundle = try SigstoreBundle(parsing: SharedData.bytes("bundles/sigstore-go/othername.sigstore.json"))
        let root = try TrustedRoot(parsing: SharedData.bytes("bundles/sigstore-go/scaffolding.json"))
        let artifact = try #require(try Self.statedArtifact(bundle))
        let report = Verifier(root: root).verify(SignedEntity(bundle), of: artifact, policy: VerificationPolicy())
        #expect(report.obstacles == [])
        #expect(report.proof.identity == "foo!oidc.local")
    }
}
