import CaseIndex
import Cryptography
import Sigstore
import TestSupport
import Testing
import Verification

/// The real cosign and Raireki judge the same layouts, and must agree.
@Suite(
    .enabled(if: SharedData.isPresent, "../shared/data is absent"),
    .enabled(if: Peer.has("cosign"), "no cosign in RAIREKI_PEERS")
)
struct CosignPeerTests {
    /// One question that both are asked.
    struct Question: CustomTestStringConvertible, Sendable {
        let layout: String
        var identity = ""
        var issuer = ""
        var key: String?
        var root = BuiltInTrust.publicGood
        var isAttestation = false
        let isTrusted: Bool
        var testDescription: String {
            "\(layout) by \(key ?? identity) of \(issuer) under \(root.rawValue): \(isTrusted)"
        }
    }

    private static let generator =
        "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml"
    private static let actions = "https://token.actions.githubusercontent.com"

    private static func attestation(
        _ version: String,
        identity: String? = nil,
        issuer: String = actions,
        root: BuiltInTrust = .publicGood,
        isTrusted: Bool
    ) -> Question {
        Question(
            layout: "images/slsa-container-\(version)",
            identity: identity ?? "\(generator)@refs/tags/\(version)",
            issuer: issuer,
            root: root,
            isAttestation: true,
            isTrusted: isTrusted
        )
    }

    private static let questions =
        ["v1.4.0", "v1.8.0", "v1.10.0", "v2.1.0"].flatMap { version in
            [
                attestation(version, isTrusted: true),
                attestation(version, identity: "\(generator)@refs/heads/main", isTrusted: false),
                attestation(version, issuer: "https://gitlab.com", isTrusted: false),
                attestation(version, root: .staging, isTrusted: false),
            ]
        } + [
            Question(
                layout: "images-simple-signing/fulcio-rekor-valid",
                identity: "mitr@redhat.com",
                issuer: "https://github.com/login/oauth",
                isTrusted: true
            ),
            Question(
                layout: "images-simple-signing/fulcio-rekor-valid",
                identity: "someone@redhat.com",
                issuer: "https://github.com/login/oauth",
                isTrusted: false
            ),
            Question(layout: "images-simple-signing/valid", key: "dir/cosign.pub", isTrusted: true),
            Question(layout: "images-simple-signing/valid", key: "dir/cosign2.pub", isTrusted: false),
            Question(layout: "images-simple-signing/key-rekor-valid", key: "dir/cosign2.pub", isTrusted: true),
            Question(layout: "images-simple-signing/key-rekor-valid", key: "dir/cosign.pub", isTrusted: false),
        ]

    @Test(arguments: questions)
    func agreesWithCosign(_ question: Question) throws {
        #expect(try cosignTrusts(question) == question.isTrusted)
        #expect(try weTrust(question) == question.isTrusted)
    }

    private func weTrust(_ question: Question) throws -> Bool {
        var expectation = SignatureExpectation(expectsKey: question.key != nil)
        if question.key == nil {
            expectation.identity = .exactly(question.identity)
            expectation.issuer = .exactly(question.issuer)
        }
        let images = try ImportedLayout(SharedData.path(question.layout)).verify(
            trust: try .builtIn(question.root, keys: question.key.map { [$0] } ?? []),
            expecting: expectation
        )
        return images.flatMap(\.signatures).contains { $0.verdict.isTrusted == true }
    }

    private func cosignTrusts(_ question: Question) throws -> Bool {
        var arguments = [question.isAttestation ? "verify-attestation" : "verify", "--local-image"]
        if question.isAttestation { arguments += ["--type", "slsaprovenance"] }
        if let key = question.key {
            // cosign asks for a log entry even where a key signed; two of these have none.
            arguments += ["--key", try SharedData.path(key), "--insecure-ignore-tlog"]
        } else {
            arguments += ["--certificate-identity", question.identity, "--certificate-oidc-issuer", question.issuer]
        }
        let root = question.root == .staging ? "staging" : "public-good"
        arguments += ["--trusted-root", try SharedData.path("trust/\(root).trusted_root.json")]
        arguments += ["--new-bundle-format=false", try SharedData.path(question.layout)]
        return try Peer.run("cosign", arguments).status == 0
    }
}
