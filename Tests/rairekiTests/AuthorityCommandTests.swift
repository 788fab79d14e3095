import ArgumentParser
import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

@Suite struct AuthorityCommandTests {
    @Test func makesWhatASelfManagedSigstoreHandsOut() throws {
        let fixture = try SigningFixture()
        let made = try fixture.run(["authority", "create", "--organization", "Acme", fixture.authority])
        #expect(made.status == .success)
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.authority).sorted()
        #expect(
            names == [
                "authority.json", "ctfe.pub", "fulcio.pem", "keys.sealed", "log-v1", "log-v2", "rekor-v2.pub",
                "rekor.pub", "roots.sealed", "signing_config.json", "trusted_root.json", "tsa.pem",
            ]
        )
        let show = try fixture.run(["authority", "show", fixture.authority])
        #expect(show.output.contains("organisation: Acme\n"))
        #expect(show.output.contains("rekor-v1:     0 entries\n"))
        let root = try fixture.run(["authority", "trusted-root", fixture.authority]).output
        #expect(root == (try String(contentsOfFile: fixture.trustedRoot, encoding: .utf8)))
    }

    /// The PEM files make the same trusted root by `trust create`: both hold the same keys.
    @Test func itsPublicFilesAreReadByTrustCreate() throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        let again = fixture.directory.path("again.json")
        let files = ["--fulcio", "fulcio.pem", "--rekor", "rekor.pub", "--ctfe", "ctfe.pub", "--tsa", "tsa.pem"]
            .map { $0.hasPrefix("-") ? $0 : fixture.authority + "/" + $0 }
        let made = try fixture.run(
            ["trust", "create", "--rekor-url", "https://rekor.sigstore.example"] + files + ["-o", again]
        )
        #expect(made.status == .success, "\(made.talk)")
        _ = try fixture.run(["sign"] + fixture.keyless + [fixture.layout])
        _ = try fixture.run(["import", fixture.layout])
        let verify = ["verify", "--trusted-root", again] + SigningFixture.expectation
        #expect(try fixture.run(verify).status == .success)
    }

    @Test func listsAndAuditsWhatItLogged() throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        for _ in 0..<3 { _ = try fixture.run(["sign"] + fixture.keyless + [fixture.layout]) }
        let log = try fixture.run(["authority", "log", fixture.authority])
        #expect(log.status == .success)
        #expect(log.output.split(separator: "\n").count { $0.contains("  dsse  ") } == 3)
        let json = try fixture.run(["authority", "log", "--format", "json", fixture.authority])
        let document = try JSONValue(parsing: Array(json.output.utf8))
        #expect(document["entries"]?.array?.count == 3)
        #expect(document["entries"]?.array?.first?["body"]?["kind"]?.string == "dsse")
        let path = "\(fixture.authority)/log-v1/entries"
        var bytes = [UInt8](try #require(FileManager.default.contents(atPath: path)))
        bytes[3] ^= 1
        try fixture.directory.write(bytes, to: "authority/log-v1/entries")
        let damaged = try fixture.run(["authority", "log", fixture.authority])
        #expect(damaged.status == .finding)
        #expect(damaged.output.isEmpty)
        #expect(damaged.talk.contains("an entry is not what was logged"))
    }

    @Test func touchesNothingThatIsThere() throws {
        let fixture = try SigningFixture()
        let run = try fixture.run(["authority", "create", fixture.layout])
        #expect(run.status == .failure)
        #expect(run.talk.contains("something is there already"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.layout).count == 3)
        // No working folder is left beside it.
        let beside = try FileManager.default.contentsOfDirectory(atPath: fixture.directory.path)
        #expect(!beside.contains { $0.contains("raireki-") })
    }

    @Test func saysWhereNoAuthorityIs() throws {
        let fixture = try SigningFixture()
        for command in ["show", "log", "trusted-root"] {
            let run = try fixture.run(["authority", command, fixture.layout])
            #expect(run.status == .failure)
            #expect(run.talk.contains("no authority in"))
        }
    }

    @Test(arguments: [["--domain", "Not A Domain"], ["--organization", ""], ["--issuer-jwks", "a"]])
    func refusesArgumentsThatCannotBeMeant(arguments: [String]) {
        #expect(throws: (any Error).self) { try Raireki.parseAsRoot(["authority", "create"] + arguments + ["x"]) }
    }
}
