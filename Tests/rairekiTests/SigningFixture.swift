import CaseFixtures
import Cryptography
import Foundation
import Signing
import StrictJSON
import TestSupport

@testable import raireki

/// A layout, an authority and an issuer on disk, all made by the commands themselves.
struct SigningFixture {
    let directory: TemporaryDirectory
    let issuer: TokenIssuer
    /// The digest of the layout's image.
    let image: Digest
    let now = CaseFixture.time.adding(seconds: 3_600)

    static let environment = ["COSIGN_PASSWORD": "key", "RAIREKI_AUTHORITY_PASSWORD": "authority"]

    init(isIndex: Bool = false) throws {
        directory = try TemporaryDirectory()
        issuer = try TokenIssuer(kind: .rsa(bits: 2048))
        var signed = try SignedLayout(isIndex: isIndex)
        // As skopeo writes it: cosign's kind is for raireki to add.
        signed.layout.entries[0].annotations["kind"] = nil
        image = signed.image.digest
        _ = try signed.write(to: directory)
        try directory.write(issuer.keySet.compact, to: "jwks.json")
        try directory.write(try token(), to: "token.jwt")
    }

    var layout: String { directory.path("layout") }
    var authority: String { directory.path("authority") }
    var trustedRoot: String { directory.path("authority/trusted_root.json") }
    var key: String { directory.path("cosign.key") }
    var publicKey: String { directory.path("cosign.pub") }

    /// The job's token, with other claims where a test changes them.
    func token(_ change: (inout JSONObject) -> Void = { _ in }) throws -> String {
        var claims = VirtualSigstore.tokenClaims(at: now)
        change(&claims)
        return try issuer.token(claims)
    }

    /// Runs a command line with both passwords in its environment.
    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> CommandRun {
        let all = Self.environment.merging(environment) { _, given in given }
        return try CommandRun(arguments, case: directory.path("case.raireki"), environment: all)
    }

    func makeKey(_ type: String = "ecdsa-p256") throws {
        _ = try run(["keys", "generate", "--force", "--type", type, directory.path("cosign")])
    }

    func makeAuthority() throws {
        _ = try run(["authority", "create", "--domain", "sigstore.example", authority])
    }

    /// The options of a keyless signature.
    var keyless: [String] {
        [
            "--authority", authority, "--issuer-jwks", directory.path("jwks.json"), "--identity-token",
            directory.path("token.jwt"), "--oidc-issuer", "https://gitlab.com",
        ]
    }

    /// Whom a keyless signature names.
    static let expectation = [
        "--certificate-identity", VirtualSigstore.job.identity.name.text,
        "--certificate-oidc-issuer", VirtualSigstore.job.identity.issuer,
    ]
}
