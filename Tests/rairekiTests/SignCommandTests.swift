import ArgumentParser
import Cryptography
import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

@Suite struct SignCommandTests {
    private static let modes = ["bundle", "oci-1-1", "legacy"]

    // MARK: - What is signed verifies

    @Test(arguments: modes) func aKeyedSignatureVerifies(mode: String) throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        let signed = try fixture.run([
            "sign", "--key", fixture.key, "--storage", mode, "-a", "tag=1.0", "-a", "note=a,b=c", fixture.layout,
        ])
        #expect(signed.status == .success, "\(signed.talk)")
        _ = try fixture.run(["import", fixture.layout])
        let verify = ["verify", "--key", fixture.publicKey, "--insecure-ignore-tlog", "-a", "note=a,b=c"]
        let good = try fixture.run(verify)
        #expect(good.status == .success, "\(good.output)")
        #expect(try fixture.run(verify + ["-a", "tag=1.1"]).status == .finding)
        let search = ["find", "images", "--key", fixture.publicKey]
        let found = try fixture.run(search)
        #expect(found.status == .success && found.output.contains("\(fixture.image)"))
        let blast = ["blast", "--key", fixture.publicKey]
        #expect(try fixture.run(blast).output.contains("\(fixture.image)"))
        // A key that was tried and did not sign is nobody's.
        try fixture.makeKey()
        #expect(try fixture.run(verify).status == .finding)
        let other = try fixture.run(search)
        #expect(other.status == .finding && other.talk.contains("no image in the case fits"))
        #expect(try !fixture.run(blast).output.contains("\(fixture.image)"))
    }

    @Test(arguments: modes) func aKeylessSignatureVerifies(mode: String) throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        let signed = try fixture.run(["sign"] + fixture.keyless + ["--storage", mode, "-a", "tag=1.0", fixture.layout])
        #expect(signed.status == .success, "\(signed.talk)")
        #expect(signed.output.contains("log entry 0"))
        _ = try fixture.run(["import", fixture.layout])
        let verify = ["verify", "--trusted-root", fixture.trustedRoot, "-a", "tag=1.0"] + SigningFixture.expectation
        let good = try fixture.run(verify)
        #expect(good.status == .success, "\(good.output)")
        #expect(try fixture.run(verify + ["-a", "tag=1.1"]).status == .finding)
        var other = verify
        other[6] = "https://gitlab.com/acme/other//.gitlab-ci.yml@refs/heads/main"
        #expect(other != verify)
        #expect(try fixture.run(other).status == .finding)
    }

    @Test func aKeyIsLoggedAndStampedByAnAuthority() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        try fixture.makeAuthority()
        let options = ["sign", "--key", fixture.key, "--authority", fixture.authority, fixture.layout]
        #expect(try fixture.run(options).output.contains("log entry 0"))
        _ = try fixture.run(["import", fixture.layout])
        let verify = [
            "verify", "--key", fixture.publicKey, "--trusted-root", fixture.trustedRoot, "--use-signed-timestamps",
        ]
        let good = try fixture.run(verify)
        #expect(good.status == .success, "\(good.output)")
    }

    @Test func theSecondLogIsForBundles() throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        let options = ["sign"] + fixture.keyless + ["--log", "rekor-v2", fixture.layout]
        #expect(try fixture.run(options).status == .success)
        _ = try fixture.run(["import", fixture.layout])
        let verify = ["verify", "--trusted-root", fixture.trustedRoot] + SigningFixture.expectation
        #expect(try fixture.run(verify).status == .success)
        #expect(throws: (any Error).self) { try fixture.run(options + ["--storage", "legacy"]) }
    }

    @Test func recursiveSignsWhatAnIndexLists() throws {
        let fixture = try SigningFixture(isIndex: true)
        try fixture.makeKey()
        let options = ["sign", "--key", fixture.key, "--storage", "legacy", fixture.layout]
        let alone = try fixture.run(options)
        #expect(alone.output.split(separator: "\n").count == 1)
        #expect(alone.talk.contains("--recursive"))
        #expect(try fixture.run(options + ["--recursive"]).output.split(separator: "\n").count == 3)
    }

    @Test func aSignatureIsMadeForEachIdentity() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        let options = ["sign", "--key", fixture.key, "--storage", "legacy", fixture.layout]
        let without = try fixture.run(options)
        #expect(without.talk.contains("names none"))
        let two = try fixture.run(options + ["--sign-container-identity", "a/b", "--sign-container-identity", "c/d"])
        #expect(two.output.split(separator: "\n").count == 2)
    }

    @Test func jsonNamesWhatWasStored() throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        let run = try fixture.run(["sign", "--format", "json"] + fixture.keyless + [fixture.layout])
        let document = try JSONValue(parsing: Array(run.output.utf8))
        #expect(document["schema"]?.string == "urn:raireki:sign:1")
        #expect(document["signatures"]?.array?.first?["image"]?.string == "\(fixture.image)")
        #expect(document["signatures"]?.array?.first?["logIndex"]?.int64 == 0)
    }

    // MARK: - GitLab

    @Test func takesTheElevenAnnotationsFromAJob() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        let job = VirtualSigstore.job
        let variables = [
            "GITLAB_USER_NAME": job.userName, "CI_PIPELINE_ID": job.pipelineID, "CI_PIPELINE_URL": job.pipelineURL,
            "CI_JOB_ID": job.jobID, "CI_JOB_URL": job.jobURL, "CI_COMMIT_SHA": job.commit,
            "CI_COMMIT_REF_NAME": job.refName, "CI_PROJECT_PATH": job.projectPath, "CI_PROJECT_URL": job.projectURL,
            "CI_COMMIT_SHORT_SHA": "5f2b1c9a",
        ]
        let options = ["sign", "--key", fixture.key, "--gitlab-ci", fixture.layout]
        let run = try fixture.run(options, environment: variables)
        #expect(!run.talk.contains("note: no "))
        _ = try fixture.run(["import", fixture.layout])
        let expected = job.annotations(tag: "5f2b1c9a").flatMap { ["-a", "\($0.key)=\($0.value)"] }
        #expect(expected.count == 22)
        let verify = ["verify", "--key", fixture.publicKey, "--insecure-ignore-tlog"] + expected
        #expect(try fixture.run(verify).status == .success)
    }

    @Test func saysWhichVariablesAreMissing() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        let run = try fixture.run(
            ["sign", "--key", fixture.key, "--gitlab-ci", fixture.layout],
            environment: ["CI_JOB_ID": "1", "IMAGE_TAG": "x", "CI_COMMIT_SHORT_SHA": ""]
        )
        #expect(run.talk.components(separatedBy: "note: no ").count == 10)
        #expect(run.talk.contains("note: no GITLAB_USER_NAME, so no annotation com.gitlab.ci.user.name"))
        #expect(!run.talk.contains("CI_JOB_ID"))
    }

    // MARK: - Bad input

    /// The reason for which a run failed, on a layout that it must have left alone.
    private func failure(_ fixture: SigningFixture, _ arguments: [String], _ environment: [String: String] = [:]) throws
        -> String
    {
        let before = try Self.files(fixture.layout)
        let run = try fixture.run(arguments, environment: environment)
        #expect(run.status == .failure, "\(arguments)")
        #expect(try Self.files(fixture.layout) == before)
        return run.talk
    }

    private static func files(_ path: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            files[name] = FileManager.default.contents(atPath: "\(path)/\(name)")
        }
        return files
    }

    @Test func tellsAWrongPassword() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        try fixture.makeAuthority()
        let key = ["sign", "--key", fixture.key, fixture.layout]
        #expect(try failure(fixture, key, ["COSIGN_PASSWORD": "other"]).contains("the password does not open the key"))
        let keyless = ["sign"] + fixture.keyless + [fixture.layout]
        #expect(
            try failure(fixture, keyless, ["RAIREKI_AUTHORITY_PASSWORD": "other"])
                .contains("the password does not open the authority's keys")
        )
    }

    @Test func readsThePasswordsFirstLineFromAFile() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        let password = try fixture.directory.write("key\nmore\n", to: "password")
        let options = ["sign", "--key", fixture.key, "--key-password-file", password, fixture.layout]
        #expect(try fixture.run(options, environment: ["COSIGN_PASSWORD": "other"]).status == .success)
    }

    @Test(arguments: [
        ("expired", "the token expired at"), ("audience", "the token is not for sigstore"),
        ("issuer", "the token is of another issuer"), ("unsigned", "the token's algorithm is refused: none"),
        ("hmac", "the token's algorithm is refused: HS256"), ("stranger", "the token's signature does not verify"),
        ("configuration", "ci_config_ref_uri is null"), ("garbage", "not an identity token"),
    ])
    func refusesATokenAndSaysWhy(defect: String, reason: String) throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        let text: String
        let claims = VirtualSigstore.tokenClaims(at: fixture.now)
        switch defect {
        case "expired": text = try fixture.token { $0["exp"] = JSONValue(fixture.now.seconds) }
        case "audience": text = try fixture.token { $0["aud"] = "https://gitlab.com" }
        case "issuer": text = try fixture.token { $0["iss"] = "https://gitlab.example" }
        case "unsigned": text = try fixture.issuer.token(claims, header: JSONObject([("alg", "none")]))
        case "hmac":
            text = try fixture.issuer.token(claims, header: JSONObject([("alg", "HS256"), ("kid", "key-1")]))
        case "stranger": text = try TokenIssuer(kind: .rsa(bits: 2048)).token(claims)
        case "configuration": text = try fixture.token { $0["ci_config_ref_uri"] = .null }
        default: text = "garbage"
        }
        try fixture.directory.write(text, to: "token.jwt")
        let talk = try failure(fixture, ["sign"] + fixture.keyless + [fixture.layout])
        #expect(talk.contains(reason), "\(talk)")
        #expect(try fixture.run(["authority", "show", fixture.authority]).output.contains("0 entries"))
    }

    @Test func asksForATokenAndItsIssuersKeys() throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        let bare = ["sign", "--authority", fixture.authority, fixture.layout]
        #expect(try failure(fixture, bare).contains("no identity token"))
        let token = ["SIGSTORE_ID_TOKEN": try fixture.token()]
        #expect(try failure(fixture, bare, token).contains("the keys of the token's issuer are not known"))
        let keys = ["--issuer-jwks", fixture.directory.path("jwks.json")]
        let run = try fixture.run(bare + keys, environment: token)
        #expect(run.status == .success)
        #expect(run.talk.contains("note: any issuer whose key"))
    }

    @Test func anAuthorityTakesTheIssuersThatItKnows() throws {
        let fixture = try SigningFixture()
        let keys = fixture.directory.path("jwks.json")
        let create = [
            "authority", "create", "--issuer", "https://gitlab.com", "--issuer-jwks", keys, fixture.authority,
        ]
        #expect(try fixture.run(create).status == .success)
        let sign = ["sign", "--authority", fixture.authority, fixture.layout]
        #expect(try fixture.run(sign, environment: ["SIGSTORE_ID_TOKEN": fixture.token()]).status == .success)
        let other = try fixture.token { $0["iss"] = "https://gitlab.example" }
        let talk = try fixture.run(sign, environment: ["SIGSTORE_ID_TOKEN": other]).talk
        #expect(talk.contains("the authority takes no tokens of: https://gitlab.example"))
        #expect(talk.contains("hint: it takes those of https://gitlab.com"))
        // Neither an option nor keys that the signer brings change whom the authority takes.
        let stranger = try TokenIssuer(kind: .rsa(bits: 2048))
        let theirs = try fixture.directory.write(stranger.keySet.compact, to: "stranger.json")
        let brought = sign + ["--oidc-issuer", "https://gitlab.example", "--issuer-jwks", theirs]
        #expect(try fixture.run(brought, environment: ["SIGSTORE_ID_TOKEN": other]).talk.contains("takes no tokens of"))
        let forged = try stranger.token(VirtualSigstore.tokenClaims(at: fixture.now))
        let refused = try fixture.run(sign + ["--issuer-jwks", theirs], environment: ["SIGSTORE_ID_TOKEN": forged])
        #expect(refused.talk.contains("the token's signature does not verify"))
    }

    @Test func namesTheImagesWhenATagIsUnknownOrMeansSeveral() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        let unknown = try failure(fixture, ["sign", "--key", fixture.key, "\(fixture.layout):2.0"])
        #expect(unknown.contains("no image of that name or digest"))
        let absent = try fixture.run(["sign", "--key", fixture.key, fixture.directory.path("absent")])
        #expect(absent.status == .failure)
        #expect(absent.talk.contains("no such file or directory"))
        let folder = try fixture.run(["sign", "--key", fixture.key, fixture.directory.path])
        #expect(folder.talk.contains("not an OCI image layout"))
    }

    @Test func signsNothingWhenABlobWasChanged() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        let manifest = try JSONValue(
            parsing: [UInt8](
                FileManager.default.contents(atPath: "\(fixture.layout)/blobs/sha256/\(fixture.image.hex)") ?? Data()
            )
        )
        let layer = try #require(manifest["layers"]?.array?.first?["digest"]?.string).split(separator: ":")[1]
        try fixture.directory.write("changed", to: "layout/blobs/sha256/\(layer)")
        let talk = try failure(fixture, ["sign", "--key", fixture.key, fixture.layout])
        #expect(talk.contains("a blob is not what its name says"))
    }

    @Test(arguments: [
        [], ["--key", "a", "--identity-token", "b"], ["--key", "a", "-a", "novalue"], ["--key", "a", "--log", "x"],
        ["--authority", "a", "--log", "none", "--no-timestamp"],
    ])
    func refusesArgumentsThatCannotBeMeant(arguments: [String]) {
        #expect(throws: (any Error).self) { try Raireki.parseAsRoot(["sign"] + arguments + ["layout"]) }
    }
}
