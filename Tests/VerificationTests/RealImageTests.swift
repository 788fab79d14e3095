import CaseIndex
import Cryptography
import Evidence
import Patterns
import Sigstore
import TestSupport
import Testing
import Verification

/// Layouts that cosign and containers/image wrote, imported and judged from the case alone.
@Suite(.enabled(if: SharedData.isPresent, "../shared/data is absent"))
struct RealImageTests {
    private static let generator =
        "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml"
    private static let actions = "https://token.actions.githubusercontent.com"

    /// Imports a layout and judges every image in it.
    private func verify(
        _ layout: String,
        trust: BuiltInTrust = .publicGood,
        key: String? = nil,
        expecting expectation: SignatureExpectation = SignatureExpectation(),
        at time: Timestamp? = nil
    ) throws -> [ImageVerification] {
        try ImportedLayout(SharedData.path(layout)).verify(
            trust: try .builtIn(trust, keys: key.map { [$0] } ?? []),
            expecting: expectation,
            at: time
        )
    }

    @Test(arguments: ["v1.4.0", "v1.8.0", "v1.10.0", "v2.1.0"])
    func trustsAnAttestationByTheGeneratorOfItsVersion(version: String) throws {
        let expectation = SignatureExpectation(
            identity: .exactly("\(Self.generator)@refs/tags/\(version)"),
            issuer: .exactly(Self.actions)
        )
        let images = try verify("images/slsa-container-\(version)", expecting: expectation)
        let image = try #require(images.first)
        #expect(images.count == 1)
        #expect(image.content == .intact)
        #expect(image.signatures.count == 1)
        let signature = try #require(image.signatures.first)
        #expect(signature.obstacles == [])
        #expect(signature.verdict.isAuthentic)
        #expect(signature.verdict.isTrusted == true)
        #expect(signature.verdict.strength == "inclusion-promise")
        #expect(image.isGood)
    }

    @Test func trustsNobodyWithoutAnExpectation() throws {
        let signature = try #require(try verify("images/slsa-container-v1.4.0").first?.signatures.first)
        #expect(signature.verdict.isAuthentic)
        #expect(signature.verdict.isTrusted == nil)
    }

    @Test(arguments: [
        (
            SignatureExpectation(identity: .exactly("someone@example.com"), issuer: .exactly(actions)),
            "identity=identity.san"
        ),
        (
            SignatureExpectation(
                identity: .exactly("\(generator)@refs/tags/v1.4.0"),
                issuer: .exactly("https://token.actions.githubusercontent.com/")
            ), "identity=identity.issuer"
        ),
    ])
    func refusesAnotherIdentityAndAnotherIssuer(expectation: SignatureExpectation, reason: String) throws {
        let signature = try #require(
            try verify("images/slsa-container-v1.4.0", expecting: expectation).first?.signatures.first
        )
        #expect(signature.obstacles == [reason])
        #expect(signature.verdict.isAuthentic)
        #expect(signature.verdict.isTrusted == false)
    }

    @Test func comparesIdentityExpressionsWithTheWholeName() throws {
        let part = SignatureExpectation(identity: .matching(try WholeMatchPattern("https://github.com/slsa-framework")))
        let whole = SignatureExpectation(
            identity: .matching(try WholeMatchPattern("https://github.com/slsa-framework/.*"))
        )
        let layout = "images/slsa-container-v2.1.0"
        #expect(try verify(layout, expecting: part).first?.signatures.first?.verdict.isTrusted == false)
        #expect(try verify(layout, expecting: whole).first?.signatures.first?.verdict.isTrusted == true)
    }

    @Test func refusesUnderAnotherTrustedRoot() throws {
        let signature = try #require(
            try verify("images/slsa-container-v2.1.0", trust: .staging).first?.signatures.first
        )
        #expect(
            signature.obstacles == [
                "inclusion-promise~tlog.unknown-log", "log-validity~tlog.unknown-log",
                "log-threshold~earlier-check-failed", "trusted-time~earlier-check-failed",
                "certificate-path=chain.untrusted", "authority-validity~earlier-check-failed",
                "certificate-validity~earlier-check-failed", "certificate-timestamp~earlier-check-failed",
            ]
        )
    }

    @Test func refusesAsOfATimeBeforeTheSignature() throws {
        let signature = try #require(
            try verify("images/slsa-container-v2.1.0", at: Timestamp(rfc3339: "2024-01-01T00:00:00Z")).first?
                .signatures.first
        )
        #expect(signature.obstacles == ["trusted-time=time.after-reference"])
    }

    @Test func verifiesAPersonsKeylessSignature() throws {
        let expectation = SignatureExpectation(
            identity: .exactly("mitr@redhat.com"),
            issuer: .exactly("https://github.com/login/oauth")
        )
        let images = try verify("images-simple-signing/fulcio-rekor-valid", expecting: expectation)
        let signature = try #require(images.first?.signatures.first)
        #expect(signature.obstacles == ["image-content~image.missing"])
        #expect(signature.verdict.isTrusted == true)
        #expect(images.first?.content == .incomplete)
        #expect(signature.verdict.signedAt?.description.hasPrefix("2023-01-20T") == true)
    }

    @Test(arguments: [
        ("valid", "dir/cosign.pub", [String](), "key-only"),
        ("valid", "dir/cosign2.pub", ["signature=signature.invalid"], "none"),
        ("key-rekor-valid", "dir/cosign2.pub", [], "inclusion-promise"),
        (
            "key-rekor-valid", "dir/cosign.pub",
            [
                "log-entry-key=tlog.certificate-mismatch", "log-threshold~earlier-check-failed",
                "signature=signature.invalid",
            ],
            "none"
        ),
    ])
    func verifiesAKeysSignatureWithThatKeyOnly(
        layout: String,
        key: String,
        expected: [String],
        strength: String
    ) throws {
        let images = try verify(
            "images-simple-signing/\(layout)",
            key: key,
            expecting: SignatureExpectation(expectsKey: true)
        )
        let signature = try #require(images.first?.signatures.first)
        #expect(signature.obstacles.filter { !$0.hasPrefix("image-content") } == expected)
        #expect(signature.verdict.isTrusted == expected.isEmpty)
        #expect(signature.verdict.strength == strength)
    }

    @Test func saysWhichKeyIsMissing() throws {
        let signature = try #require(try verify("images-simple-signing/valid").first?.signatures.first)
        #expect(signature.obstacles.contains("signature~key.not-given"))
        #expect(!signature.verdict.isAuthentic)
    }

    @Test func refusesAPrivateChainUnderThePublicRoot() throws {
        let signature = try #require(try verify("images-simple-signing/pki-valid").first?.signatures.first)
        #expect(signature.obstacles.contains("certificate-path=chain.untrusted"))
        #expect(signature.obstacles.contains("log-threshold=tlog.entry-missing"))
    }
}
