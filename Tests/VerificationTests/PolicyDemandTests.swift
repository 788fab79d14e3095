import CaseIndex
import Cryptography
import OCI
import Signing
import TestSupport
import Testing
import Verification

/// What a policy asks of one signature: extensions, annotations, types of attestations, and where it may lie.
struct PolicyDemandTests {
    private static let identity =
        "identity: \"https://gitlab.com/acme/payments//.gitlab-ci.yml@refs/heads/main\", issuer: \"https://gitlab.com\""

    private static func signed() throws -> PolicyCase {
        var image = try PolicyCase()
        try image.sign(annotations: ["env": "prod, main"])
        return image
    }

    /// P-35, P-36, P-42, P-44, P-45, P-02: each with everything else right.
    @Test(arguments: [
        ("{\(identity)}", true), ("{\(identity), extensions: {source-repository-identifier: 4711}}", true),
        ("{\(identity), extensions: {source-repository-identifier: 4712}}", false),
        ("{\(identity), extensions: {build-trigger: push, 13: 5f2b1c9a7d3e48f6b0a1c2d3e4f5061728394a5b}}", true),
        ("{\(identity), extensions: {build-trigger: merge_request_event}}", false),
        ("{\(identity), extensions: {github-workflow-ref: refs/heads/main}}", false),
        ("{\(identity), annotations: {env: 'prod, main'}}", true), ("{\(identity), annotations: {env: prod}}", false),
        ("{\(identity), annotations: {stage: prod}}", false),
        (
            "{identityPattern: 'https://gitlab.com/acme/*//.gitlab-ci.yml@refs/heads/*', issuer: 'https://gitlab.com'}",
            true
        ),
        ("{identityPattern: 'https://gitlab.com/acm/**', issuer: 'https://gitlab.com'}", false),
        ("{identityPattern: 'https://gitlab.com/**', issuerPattern: 'https://*'}", true),
        ("{identityPattern: 'https://gitlab.com/**', issuer: 'https://gitlab.com/'}", false),
        ("{identityPattern: 'https://gitlab.com/**', issuer: 'https://GitLab.com'}", false),
        ("{identityPattern: 'https://gitlab.com/**', issuer: 'https://gitlab'}", false),
        ("{identityPattern: 'https://gitlab.com/**', anyIssuer: true}", true),
        ("{anyIdentity: true, issuer: 'https://gitlab.com'}", true),
        ("{anyIdentity: true, issuer: 'https://other.example'}", false),
        // P-33: alternatives do not escape the whole.
        ("{identityRegexp: '^https://gitlab|main$', issuer: 'https://gitlab.com'}", false),
        ("{identityRegexp: '^https://gitlab.*|main$', issuer: 'https://gitlab.com'}", true),
        // P-62
        ("{key: a}", false),
    ])
    func asksForWhatItSays(signer: String, isMet: Bool) throws {
        #expect(try Self.signed().judge("signatures: {anyOf: [\(signer)]}").policy?.isMet == isMet)
    }

    /// P-62 the other way round.
    @Test func takesNoKeyForACertificate() throws {
        var image = try PolicyCase()
        try image.sign(key: "a")
        let result = try image.judge("signatures: {anyOf: [{\(Self.identity)}, {key: b}]}")
        #expect(result.policy?.isMet == false)
    }

    /// P-03 and P-77: neither what the layer's annotation says counts, nor a prefix.
    @Test func asksForTheTypeThatWasSigned() throws {
        var image = try PolicyCase()
        try image.attest(key: "a", type: "https://example.com/scan/v1.evil")
        func isMet(_ type: String) throws -> Bool? {
            try image.judge("attestations: [{predicateType: \(type), anyOf: [{key: a}]}]").policy?.isMet
        }
        #expect(try isMet("https://slsa.dev/provenance/v1") == false)
        #expect(try isMet("https://example.com/scan/v1") == false)
        #expect(try isMet("https://example.com/scan/v1.evil") == true)
        #expect(try image.judge("signatures: {anyOf: [{key: a}]}").policy?.isMet == false)
    }

    @Test func takesNoSignatureForAnAttestation() throws {
        let demand = "attestations: [{predicateType: https://slsa.dev/provenance/v1, anyOf: [{\(Self.identity)}]}]"
        #expect(try Self.signed().judge(demand).policy?.isMet == false)
    }

    @Test(arguments: SignedLayout.Storage.allCases, [false, true])
    func findsASignatureWhereverItLies(storage: SignedLayout.Storage, isIndex: Bool) throws {
        var image = try PolicyCase(isIndex: isIndex)
        try image.signed.sign(image.signed.image.digest, storage: storage)
        let demand =
            storage == .legacyAttestation
            ? "attestations: [{predicateType: https://slsa.dev/provenance/v1, anyOf: [{\(Self.identity)}]}]"
            : "signatures: {anyOf: [{\(Self.identity), annotations: {com.gitlab.ci.job.id: 614203}}]}"
        let plain = demand.replacing(", annotations: {com.gitlab.ci.job.id: 614203}", with: "")
        #expect(try image.judge(plain).policy?.isMet == true)
        #expect(try image.judge(plain.replacing("payments", with: "others")).policy?.isMet == false)
    }

    /// P-79: a signature of an index covers the manifests that it lists, and none of a manifest covers the index.
    @Test func coversAManifestByItsIndexAndNotTheOtherWayRound() throws {
        let demand = ["signatures: {anyOf: [{\(Self.identity)}, {key: a}]}"]
        var above = try PolicyCase(isIndex: true)
        try above.sign()
        let attested = try above.signed.sigstore.attestedImage(above.signed.manifest.digest).layer
        above.signed.layout.store(attestations: [attested], of: above.signed.manifest, as: .legacy)
        let covered = try above.judgeAll(rule: "images: ['app:*']", demand)
        #expect(covered.map(\.image).contains(above.signed.manifest.digest))
        #expect(covered.compactMap(\.policy?.isMet) == [true, true])

        var below = try PolicyCase(isIndex: true)
        let layer = try below.signed.sigstore.signedImage(below.signed.manifest.digest).layer
        below.signed.layout.store(signatures: [layer], of: below.signed.manifest, as: .legacy)
        let results = try below.judgeAll(rule: "images: ['app:*']", demand)
        let index = try #require(results.first { $0.image == below.signed.image.digest })
        let manifest = try #require(results.first { $0.image == below.signed.manifest.digest })
        #expect(index.policy?.isMet == false)
        #expect(manifest.policy?.isMet == true)
    }

    /// P-80, A-54: what was altered after signing meets nothing.
    @Test func meetsNothingWithAlteredContent() throws {
        var image = try Self.signed()
        image.signed.flip(image.signed.layers[0])
        let result = try image.judge("signatures: {anyOf: [{\(Self.identity)}]}")
        #expect(result.content == .altered)
        #expect(result.policy?.isMet == false)
    }

    @Test func asksForTheKindOfSignatureThatItNames() throws {
        var image = try PolicyCase()
        try image.sign(key: "a")
        try image.attest(key: "a", type: "https://slsa.dev/provenance/v1")
        let result = try image.judge(
            "attestations: [{predicateType: https://slsa.dev/provenance/v1, anyOf: [{key: a}]}]"
        )
        #expect(result.policy?.isMet == true)
        let asked = result.signatures.map { $0.obstacles.isEmpty }
        #expect(asked.sorted { !$0 && $1 } == [false, true])
        #expect(result.signatures.flatMap(\.obstacles) == ["policy=policy.signer"])
    }
}
