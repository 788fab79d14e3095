import Cryptography
import Signing
import Sigstore
import StrictJSON
import TestSupport
import Testing

/// Certificates say of a token what Fulcio's table says.
struct TokenIdentityTests {
    private static let gitHub = JSONObject([
        ("iss", "https://token.actions.githubusercontent.com"), ("sub", "repo:acme/app:ref:refs/heads/main"),
        ("job_workflow_ref", "acme/app/.github/workflows/build.yml@refs/heads/main"), ("job_workflow_sha", "aa"),
        ("event_name", "push"), ("sha", "bb"), ("workflow", "build"), ("repository", "acme/app"),
        ("ref", "refs/heads/main"), ("runner_environment", "github-hosted"), ("repository_id", "1"),
        ("repository_owner", "acme"), ("repository_owner_id", "2"),
        ("workflow_ref", "acme/app/.github/workflows/build.yml@refs/heads/main"), ("workflow_sha", "cc"),
        ("run_id", "3"), ("run_attempt", "4"), ("repository_visibility", "public"),
    ])

    /// What a certificate for the claims says, read back from its DER.
    private func certified(_ claims: JSONObject, _ kind: TokenKind) throws -> CertificateIdentity {
        var sigstore = try VirtualSigstore()
        let identity = try SigningIdentity(claims, kind: kind)
        let credential = try sigstore.authority.issueCredential(for: identity, at: sigstore.time)
        return try CertificateIdentity(try Certificate(der: try #require(credential.certificate)))
    }

    @Test func namesAJobOfGitLab() throws {
        var claims = VirtualSigstore.tokenClaims(at: VirtualSigstore.start)
        claims["environment"] = "production"
        #expect(TokenKind.detect(claims) == .gitLab)
        let identity = try certified(claims, .gitLab)
        #expect(identity.name == "https://gitlab.com/acme/payments//.gitlab-ci.yml@refs/heads/main")
        #expect(identity.issuer == "https://gitlab.com")
        let said = Dictionary(uniqueKeysWithValues: identity.extensions.map { ($0.key.rawValue, $0.value) })
        #expect(said[12] == "https://gitlab.com/acme/payments")
        #expect(said[13] == VirtualSigstore.job.commit)
        #expect(said[14] == "refs/heads/main")
        #expect(said[16] == "https://gitlab.com/acme")
        #expect(said[21] == "https://gitlab.com/acme/payments/-/jobs/614203")
        #expect(said[23] == "production")
        #expect(said[24] == "project_path:acme/payments:ref_type:branch:ref:main")
        // The five that only GitHub's certificates have.
        #expect((2...6).allSatisfy { said[$0] == nil })
    }

    @Test func namesATagOfGitLab() throws {
        var claims = VirtualSigstore.tokenClaims(at: VirtualSigstore.start)
        claims["ref_type"] = "tag"
        claims["ref"] = "v1"
        #expect(try SigningIdentity(claims, kind: .gitLab).claims[14] == "refs/tags/v1")
        claims["ref_type"] = "other"
        #expect(throws: IdentityTokenError.noIdentity("ref_type is neither branch nor tag")) {
            try SigningIdentity(claims, kind: .gitLab)
        }
    }

    /// Fulcio itself fails for such a job.
    @Test func refusesAJobWhoseConfigurationIsElsewhere() throws {
        var claims = VirtualSigstore.tokenClaims(at: VirtualSigstore.start)
        claims["ci_config_ref_uri"] = .null
        #expect(TokenKind.detect(claims) == .gitLab)
        let error = #expect(throws: IdentityTokenError.self) { try SigningIdentity(claims, kind: .gitLab) }
        guard case .noIdentity? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["sha", "project_id", "job_id", "runner_environment", "sub", "iss"])
    func asksForTheClaimsThatItCertifies(name: String) throws {
        var claims = VirtualSigstore.tokenClaims(at: VirtualSigstore.start)
        claims[name] = nil
        #expect(throws: IdentityTokenError.missingClaim(name)) { try SigningIdentity(claims, kind: .gitLab) }
    }

    @Test func namesAJobOfGitHub() throws {
        #expect(TokenKind.detect(Self.gitHub) == .gitHub)
        let identity = try certified(Self.gitHub, .gitHub)
        #expect(identity.name == "https://github.com/acme/app/.github/workflows/build.yml@refs/heads/main")
        let said = Dictionary(uniqueKeysWithValues: identity.extensions.map { ($0.key.rawValue, $0.value) })
        #expect(said[2] == "push" && said[3] == "bb" && said[4] == "build" && said[5] == "acme/app")
        #expect(said[6] == "refs/heads/main" && said[10] == "aa" && said[19] == "cc" && said[13] == "bb")
        #expect(said[21] == "https://github.com/acme/app/actions/runs/3/attempts/4")
    }

    @Test func namesAPersonOnlyByAVerifiedAddress() throws {
        var claims = JSONObject([("iss", "https://accounts.example"), ("sub", "7"), ("email", "mika@example.com")])
        #expect(TokenKind.detect(claims) == .email)
        #expect(throws: IdentityTokenError.noIdentity("the address is not verified")) {
            try SigningIdentity(claims, kind: .email)
        }
        claims["email_verified"] = true
        #expect(try certified(claims, .email).name == "mika@example.com")
        claims["email"] = "mika"
        #expect(throws: IdentityTokenError.noIdentity("not an address")) { try SigningIdentity(claims, kind: .email) }
    }

    @Test func namesAWorkloadByItsURI() throws {
        var claims = JSONObject([("iss", "https://spire.example"), ("sub", "spiffe://example/build")])
        #expect(TokenKind.detect(claims) == .uri)
        #expect(try certified(claims, .uri).name == "spiffe://example/build")
        claims["sub"] = "a b: c"
        #expect(throws: IdentityTokenError.noIdentity("the subject is not a URI")) {
            try SigningIdentity(claims, kind: .uri)
        }
    }
}
