import ArgumentParser
import Cryptography
import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

@Suite struct AttestCommandTests {
    private static let verifier = ["--verifier-id", "https://audit.example", "--resource-uri", "registry.example/app"]

    /// The predicate of the one attestation in a layout.
    private func predicate(_ path: String, type: String) throws -> JSONValue {
        let folder = "\(path)/blobs/sha256"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let bytes = [UInt8](FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data())
            guard let payload = (try? JSONValue(parsing: bytes))?["dsseEnvelope"]?["payload"]?.string,
                let statement = Base64.decode(payload).flatMap({ try? JSONValue(parsing: $0) }),
                statement["predicateType"]?.string == type, let predicate = statement["predicate"]
            else { continue }
            return predicate
        }
        throw CommandError.noImages
    }

    @Test(arguments: ["bundle", "oci-1-1", "legacy"]) func anAttestationVerifies(mode: String) throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        let file = try fixture.directory.write(#"{"spdxVersion":"SPDX-2.3"}"#, to: "sbom.json")
        let options = ["--predicate", file, "--type", "spdxjson", "--storage", mode, fixture.layout]
        let run = try fixture.run(["attest"] + fixture.keyless + options)
        #expect(run.status == .success, "\(run.talk)")
        let read = try fixture.run(["import", fixture.layout])
        #expect(read.output.contains("0 signatures, 1 attestation"))
        let verify = ["verify", "--trusted-root", fixture.trustedRoot] + SigningFixture.expectation
        #expect(try fixture.run(verify).status == .success)
    }

    @Test func saysWhyAFileIsNoPredicate() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        let before = try FileManager.default.subpathsOfDirectory(atPath: fixture.layout).count
        for (text, type, reason) in [
            ("{}", "cyclonedx", "missing"), ("x", "spdxjson", "notJSON"), ("[]", "link", "notAnObject"),
        ] {
            let file = try fixture.directory.write(text, to: "predicate")
            let run = try fixture.run(
                ["attest", "--key", fixture.key, "--predicate", file, "--type", type, fixture.layout]
            )
            #expect(run.status == .failure)
            #expect(run.talk.contains("not a predicate of type \(type)") && run.talk.contains(reason), "\(run.talk)")
        }
        #expect(try FileManager.default.subpathsOfDirectory(atPath: fixture.layout).count == before)
    }

    // MARK: - Verification summaries

    @Test func attestsThatAnImageWasVerified() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        _ = try fixture.run(["sign", "--key", fixture.key, fixture.layout])
        _ = try fixture.run(["import", fixture.layout])
        _ = try fixture.run(["verify", "--key", fixture.publicKey, "--insecure-ignore-tlog"])
        let levels = ["--verified-level", "SLSA_BUILD_LEVEL_2"]
        let run = try fixture.run(
            ["attest", "--key", fixture.key, "--vsa"] + Self.verifier + levels + [fixture.layout]
        )
        #expect(run.status == .success, "\(run.talk)")
        let summary = try predicate(fixture.layout, type: "https://slsa.dev/verification_summary/v1")
        #expect(summary["verifier"]?["id"]?.string == "https://audit.example")
        #expect(summary["verificationResult"]?.string == "PASSED")
        #expect(summary["resourceUri"]?.string == "registry.example/app")
        #expect(summary["timeVerified"]?.string == fixture.now.description)
        #expect(summary["inputAttestations"]?.array?.count == 1)
        #expect(summary["verifiedLevels"]?.array?.compactMap(\.string) == ["SLSA_BUILD_LEVEL_2"])
        #expect(summary["policy"]?["digest"]?["sha256"]?.string?.utf8.count == 64)
    }

    @Test func attestsThatAnImageWasRefused() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        _ = try fixture.run(["sign", "--key", fixture.key, fixture.layout])
        _ = try fixture.run(["import", fixture.layout])
        let expected = ["--key", fixture.publicKey, "--insecure-ignore-tlog", "-a", "tag=other"]
        #expect(try fixture.run(["verify"] + expected).status == .finding)
        let options = ["--verified-level", "SLSA_BUILD_LEVEL_2", fixture.layout]
        let run = try fixture.run(["attest", "--key", fixture.key, "--vsa"] + Self.verifier + options)
        #expect(run.status == .success)
        let summary = try predicate(fixture.layout, type: "https://slsa.dev/verification_summary/v1")
        #expect(summary["verificationResult"]?.string == "FAILED")
        #expect(summary["verifiedLevels"]?.array?.compactMap(\.string) == ["FAILED"])
    }

    @Test func attestsNothingThatWasNotVerified() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        _ = try fixture.run(["sign", "--key", fixture.key, fixture.layout])
        let attest = ["attest", "--key", fixture.key, "--vsa"] + Self.verifier + [fixture.layout]
        #expect(try fixture.run(attest).talk.contains("no case at"))
        _ = try fixture.run(["import", fixture.layout])
        #expect(try fixture.run(attest).talk.contains("the case holds no verdict by an expectation on"))
        // Without an expectation nothing is trusted, and nothing can be summed up.
        _ = try fixture.run(["verify", "--trusted-root", "public-good", "--insecure-ignore-tlog"])
        #expect(try fixture.run(attest).talk.contains("the case holds no verdict by an expectation on"))
    }

    @Test(arguments: [
        [], ["--predicate", "a", "--vsa"], ["--vsa"], ["--predicate", "a", "--type", "no such"],
        ["--predicate", "a", "--verifier-id", "b"],
    ])
    func refusesArgumentsThatCannotBeMeant(arguments: [String]) {
        #expect(throws: (any Error).self) {
            try Raireki.parseAsRoot(["attest", "--key", "k"] + arguments + ["layout"])
        }
    }
}
