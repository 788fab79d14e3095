import Cryptography
import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// A real cosign verifies what the commands sign, and refuses it when it was tampered with.
@Suite(.enabled(if: Peer.has("cosign"), "no cosign in RAIREKI_PEERS"))
struct SigningPeerTests {
    private static let withoutLog = ["--insecure-ignore-tlog=true"]

    private func cosign(_ arguments: [String]) throws -> Peer.Outcome {
        try Peer.run("cosign", arguments)
    }

    private func sign(_ fixture: SigningFixture, _ arguments: [String]) throws {
        let run = try fixture.run(arguments)
        #expect(run.status == .success, "\(run.talk)")
    }

    // MARK: - Images

    /// cosign looks for `oci-1-1` in registries alone; see `Tests/registry`.
    @Test(arguments: ["bundle", "legacy"]) func verifiesAKeylessSignature(mode: String) throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        try sign(fixture, ["sign"] + fixture.keyless + ["--storage", mode, "-a", "tag=1.0", fixture.layout])
        let verify = ["verify", "--local-image", "--trusted-root", fixture.trustedRoot] + SigningFixture.expectation
        let good = try cosign(verify + ["-a", "tag=1.0", fixture.layout])
        #expect(good.status == 0, "\(good.everything)")
        #expect(try cosign(verify + ["-a", "tag=1.1", fixture.layout]).status != 0)
        let stranger = [
            "--certificate-identity", "https://gitlab.com/x", "--certificate-oidc-issuer", "https://gitlab.com",
        ]
        let wrong = ["verify", "--local-image", "--trusted-root", fixture.trustedRoot] + stranger + [fixture.layout]
        #expect(try cosign(wrong).status != 0)
        let other = try SigningFixture()
        try other.makeAuthority()
        var untrusted = verify
        untrusted[3] = other.trustedRoot
        #expect(try cosign(untrusted + [fixture.layout]).status != 0)
    }

    /// Another image in the place of the one that was signed.
    @Test(arguments: ["bundle", "legacy"]) func refusesASignatureOfAnotherImage(mode: String) throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        try sign(fixture, ["sign"] + fixture.keyless + ["--storage", mode, fixture.layout])
        let index = "\(fixture.layout)/index.json"
        var layout = LayoutContents()
        let other = SmallImage(layers: [], created: fixture.now, command: ["/b"]).add(to: &layout)
        let manifest = try #require(layout.blobs[other.digest])
        try fixture.directory.write(manifest, to: "layout/blobs/sha256/\(other.digest.hex)")
        var text = try String(contentsOfFile: index, encoding: .utf8)
        let first = try #require(text.range(of: "\(fixture.image)"))
        text.replaceSubrange(first, with: "\(other.digest)")
        try fixture.directory.write(text, to: "layout/index.json")
        let verify = ["verify", "--local-image", "--trusted-root", fixture.trustedRoot] + SigningFixture.expectation
        #expect(try cosign(verify + [fixture.layout]).status != 0)
    }

    /// cosign takes SHA-256 for the hash of every key's bundle unless it is told another, though it signs with the curve's.
    private static let digests = ["ecdsa-p384": "sha384", "ecdsa-p521": "sha512"]

    @Test(arguments: ["bundle", "legacy"], ["ecdsa-p256", "ecdsa-p384", "ecdsa-p521", "rsa-2048", "ed25519"])
    func verifiesAKeysSignature(mode: String, type: String) throws {
        let fixture = try SigningFixture()
        try fixture.makeKey(type)
        try sign(fixture, ["sign", "--key", fixture.key, "--storage", mode, "-a", "tag=1.0", fixture.layout])
        var verify = ["verify", "--local-image", "--key", fixture.publicKey, "-a", "tag=1.0"] + Self.withoutLog
        if mode == "bundle", let digest = Self.digests[type] { verify += ["--signature-digest-algorithm", digest] }
        let good = try cosign(verify + [fixture.layout])
        #expect(good.status == 0, "\(good.everything)")
        try fixture.makeKey(type)
        #expect(try cosign(verify + [fixture.layout]).status != 0)
    }

    @Test(arguments: ["bundle", "legacy"]) func verifiesAKeysSignatureThatIsLogged(mode: String) throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        try fixture.makeAuthority()
        let options = ["--key", fixture.key, "--authority", fixture.authority, "--storage", mode]
        try sign(fixture, ["sign"] + options + [fixture.layout])
        let verify = ["verify", "--local-image", "--key", fixture.publicKey, "--trusted-root", fixture.trustedRoot]
        let good = try cosign(verify + [fixture.layout])
        #expect(good.status == 0, "\(good.everything)")
    }

    @Test func verifiesASignatureInTheSecondLog() throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        try sign(fixture, ["sign"] + fixture.keyless + ["--log", "rekor-v2", fixture.layout])
        let verify = ["verify", "--local-image", "--trusted-root", fixture.trustedRoot] + SigningFixture.expectation
        let good = try cosign(verify + ["--use-signed-timestamps", fixture.layout])
        #expect(good.status == 0, "\(good.everything)")
    }

    @Test func verifiesWhatWasConvertedAndCopied() throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        try sign(fixture, ["sign"] + fixture.keyless + ["--storage", "oci-1-1", fixture.layout])
        try sign(fixture, ["convert", "--to", "legacy", fixture.layout])
        let copy = fixture.directory.path("copy")
        try sign(fixture, ["copy", fixture.layout, copy])
        let verify = ["verify", "--local-image", "--trusted-root", fixture.trustedRoot] + SigningFixture.expectation
        for layout in [fixture.layout, copy] {
            let good = try cosign(verify + [layout])
            #expect(good.status == 0, "\(good.everything)")
        }
    }

    // MARK: - Attestations

    @Test(
        arguments: ["bundle", "legacy"],
        [
            (
                "slsaprovenance1",
                #"{"buildDefinition":{"buildType":"https://a"},"runDetails":{"builder":{"id":"https://b"}}}"#
            ),
            ("spdxjson", #"{"spdxVersion":"SPDX-2.3"}"#), ("cyclonedx", #"{"bomFormat":"CycloneDX"}"#),
            ("custom", "free text"), ("https://a.example/type", "{}"),
        ]
    )
    func verifiesAttestations(mode: String, predicate: (type: String, text: String)) throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        let file = try fixture.directory.write(predicate.text, to: "predicate")
        let options = ["--predicate", file, "--type", predicate.type, "--storage", mode, fixture.layout]
        try sign(fixture, ["attest"] + fixture.keyless + options)
        let verify =
            ["verify-attestation", "--local-image", "--trusted-root", fixture.trustedRoot] + SigningFixture.expectation
        let good = try cosign(verify + ["--type", predicate.type, fixture.layout])
        #expect(good.status == 0, "\(good.everything)")
        #expect(try cosign(verify + ["--type", "vuln", fixture.layout]).status != 0)
    }

    // MARK: - Bundles

    /// The bundles that lie in a layout.
    private func bundles(_ layout: String) throws -> [[UInt8]] {
        let folder = "\(layout)/blobs/sha256"
        return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
            let bytes = [UInt8](FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data())
            let type = (try? JSONValue(parsing: bytes))?["mediaType"]?.string
            return type == "application/vnd.dev.sigstore.bundle.v0.3+json" ? bytes : nil
        }
    }

    /// The image's manifest is the artifact that the statement names.
    @Test func verifiesABundleOverTheManifestItself() throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        try sign(fixture, ["sign"] + fixture.keyless + [fixture.layout])
        let bundle = try #require(try bundles(fixture.layout).first)
        let path = try fixture.directory.write(bundle, to: "bundle.json")
        let manifest = "\(fixture.layout)/blobs/sha256/\(fixture.image.hex)"
        let verify =
            ["verify-blob-attestation", "--bundle", path, "--trusted-root", fixture.trustedRoot, "--type"]
            + ["https://sigstore.dev/cosign/sign/v1"] + SigningFixture.expectation
        let good = try cosign(verify + [manifest])
        #expect(good.status == 0, "\(good.everything)")
        let other = try fixture.directory.write("other", to: "other")
        #expect(try cosign(verify + [other]).status != 0)
        let flipped = bundle.map { $0 == UInt8(ascii: "4") ? UInt8(ascii: "5") : $0 }
        try fixture.directory.write(flipped, to: "bundle.json")
        #expect(try cosign(verify + [manifest]).status != 0)
    }

    @Test(.enabled(if: Peer.has("sigstore-go-verification"), "no sigstore-go"))
    func sigstoreGoVerifiesABundle() throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        for log in ["rekor-v1", "rekor-v2"] {
            try sign(fixture, ["sign"] + fixture.keyless + ["--log", log, fixture.layout])
        }
        let found = try bundles(fixture.layout)
        #expect(found.count == 2)
        for bundle in found {
            let path = try fixture.directory.write(bundle, to: "bundle.json")
            func verify(_ digest: String) throws -> Peer.Outcome {
                try Peer.run(
                    "sigstore-go-verification",
                    [
                        "-artifact-digest", digest, "-artifact-digest-algorithm", "sha256",
                        "-expectedSAN", SigningFixture.expectation[1], "-expectedIssuer", SigningFixture.expectation[3],
                        "-trustedrootJSONpath", fixture.trustedRoot, path,
                    ]
                )
            }
            let good = try verify(fixture.image.hex)
            #expect(good.status == 0, "\(good.everything)")
            #expect(try verify(Digest(hashing: [1]).hex).status != 0)
        }
    }

    // MARK: - Keys

    @Test func aKeyThatCosignMadeSignsHere() throws {
        let fixture = try SigningFixture()
        let prefix = fixture.directory.path("theirs")
        let made = try Peer.run(
            "cosign",
            ["generate-key-pair", "--output-key-prefix", prefix],
            environment: ["COSIGN_PASSWORD": "key"]
        )
        #expect(made.status == 0, "\(made.everything)")
        let open = try fixture.run(["keys", "public", "\(prefix).key"])
        #expect(open.output == (try String(contentsOfFile: "\(prefix).pub", encoding: .utf8)))
        try sign(fixture, ["sign", "--key", "\(prefix).key", fixture.layout])
        let verify = ["verify", "--local-image", "--key", "\(prefix).pub"] + Self.withoutLog
        let good = try cosign(verify + [fixture.layout])
        #expect(good.status == 0, "\(good.everything)")
    }

    @Test(arguments: ["ecdsa-p256", "ecdsa-p384", "ecdsa-p521", "rsa-2048", "ed25519"])
    func aKeyThatWasMadeHereSignsInCosign(type: String) throws {
        let fixture = try SigningFixture()
        try fixture.makeKey(type)
        let blob = try fixture.directory.write("content", to: "blob")
        let password = ["COSIGN_PASSWORD": "key"]
        let bundle = fixture.directory.path("bundle.json")
        let options = [
            "--key", fixture.key, "--bundle", bundle, "--tlog-upload=false", "--use-signing-config=false", "-y",
        ]
        let signed = try Peer.run("cosign", ["sign-blob"] + options + [blob], environment: password)
        #expect(signed.status == 0, "\(signed.everything)")
        let verify = ["verify-bundle", "--bundle", bundle, "--key", fixture.publicKey, "--insecure-ignore-tlog", blob]
        let ours = try fixture.run(verify)
        #expect(ours.status == .success, "\(ours.output)")
        let wrong = try Peer.run("cosign", ["public-key", "--key", fixture.key], environment: ["COSIGN_PASSWORD": "x"])
        #expect(wrong.status != 0)
        let right = try Peer.run("cosign", ["public-key", "--key", fixture.key], environment: password)
        #expect(String(decoding: right.output, as: UTF8.self).contains("BEGIN PUBLIC KEY"))
    }
}
