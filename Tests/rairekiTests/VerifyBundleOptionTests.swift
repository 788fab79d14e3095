import ArgumentParser
import Cryptography
import Signing
import Sigstore
import TestSupport
import Testing

@testable import raireki

/// What may be said of keys and witnesses beside a bundle.
struct VerifyBundleOptionTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func run(_ signed: SignedCase, _ options: [String]) throws -> CommandRun {
        let bundle = try directory.write(String(decoding: signed.bytes, as: UTF8.self), to: "bundle.json")
        let root = try directory.write(String(decoding: signed.trustedRoot, as: UTF8.self), to: "root.json")
        let artifact = try directory.write(String(decoding: signed.artifact, as: UTF8.self), to: "artifact")
        return try CommandRun(
            ["verify-bundle", "--bundle", bundle, "--trusted-root", root] + options + [artifact]
        )
    }

    private var identity: [String] {
        let identity = VirtualSigstore.job.identity
        return ["--certificate-identity", identity.name.text, "--certificate-oidc-issuer", identity.issuer]
    }

    @Test func countsWitnessesWhoseKeysAreGiven() throws {
        var sigstore = try VirtualSigstore()
        var signed = try sigstore.signed()
        let witness = try LocalWitness(name: "witness.example", keys: .seed("witness"))
        let note = try #require(signed.bundle.entries[0].proof?.checkpoint)
        let keys = try directory.write("# known\n\n\(witness.verifierKey)\n", to: "witnesses")
        let options = identity + ["--witness-keys", keys, "--witnesses", "1"]
        let without = try run(signed, options)
        #expect(without.status == .finding)
        #expect(without.output.contains("0 known witnesses cosigned, 1 are asked for"))
        signed.bundle.entries[0].proof?.checkpoint = try witness.cosigning(note, at: sigstore.time)
        let with = try run(signed, options + ["--format", "json"])
        #expect(with.status == .success)
        #expect(with.output.contains("\"strength\": \"witnessed\""))
        let broken = try directory.write("witness.example+00+AA==", to: "broken")
        let refused = try run(signed, identity + ["--witness-keys", broken])
        #expect(refused.status == .failure)
        #expect(refused.talk.hasPrefix("error: not a list of witnesses' keys ("))
        #expect(throws: (any Error).self) { try run(signed, identity + ["--witnesses", "1"]) }
    }

    @Test func judgesWhetherAKeyWasStillValid() throws {
        var sigstore = try VirtualSigstore()
        let key = try sigstore.authority.nextKey()
        let signed = try sigstore.signed(with: SigningCredential(key: key))
        let block = PEMBlock(label: "PUBLIC KEY", content: key.subjectPublicKeyInfo)
        let options = ["--key", try directory.write(block.text, to: "key.pub")]
        #expect(try run(signed, options).status == .success)
        let within = ["--key-valid-from", "2026-01-01T00:00:00Z", "--key-valid-until", "2026-12-31T00:00:00Z"]
        #expect(try run(signed, options + within).status == .success)
        let retired = try run(signed, options + ["--key-valid-until", "2026-03-01T00:00:00Z"])
        #expect(retired.status == .finding)
        #expect(retired.output.contains("the key is valid from the beginning to 2026-03-01T00:00:00Z"))
        let early = try run(signed, options + ["--key-valid-from", "2026-04-01T00:00:00Z"])
        #expect(early.status == .finding)
        #expect(throws: (any Error).self) { try run(signed, options + ["--key-valid-until", "tomorrow"]) }
    }
}
