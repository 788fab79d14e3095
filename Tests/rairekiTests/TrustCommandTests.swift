import Cryptography
import Signing
import Sigstore
import StrictJSON
import TUF
import TestSupport
import Testing

@testable import raireki

@Suite struct TrustCommandTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func listsTheBuiltInRoots() throws {
        let text = try CommandRun(["trust", "list"])
        #expect(text.status == .success)
        let names = text.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        #expect(names == ["public-good", "staging", "github"])
        #expect(text.output.contains("  transparency log       https://rekor.sigstore.dev "))
        let json = try JSONValue(parsing: Array(try CommandRun(["trust", "list", "--format", "json"]).output.utf8))
        #expect(json["schema"]?.string == "urn:raireki:trusted-roots:1")
        #expect(json["roots"]?.array?.compactMap { $0["name"]?.string } == ["public-good", "staging", "github"])
    }

    @Test func showsEveryKeyAndCertificate() throws {
        let text = try CommandRun(["trust", "show", "public-good"]).output
        #expect(text.contains("id          c0d23d6ad406973f9559f3ba2d1ca01f84147d8ffc5b8445c224f98b9591801d"))
        #expect(text.contains("    subject     CN=sigstore-intermediate,O=sigstore.dev"))
        let json = try JSONValue(
            parsing: Array(try CommandRun(["trust", "show", "github", "--format", "json"]).output.utf8)
        )
        #expect(json["certificateAuthorities"]?.array?.count == 6)
        #expect(json["certificateAuthorities"]?.array?.first?["certificates"]?.array?.count == 3)
        #expect(json["transparencyLogs"] == [])
    }

    @Test func refusesToShowWhatIsNoRoot() throws {
        let run = try CommandRun(["trust", "show", try directory.write("{}", to: "x.json")])
        #expect(run.status == .failure)
        #expect(run.talk.hasPrefix("error: not a trusted root ("))
    }

    private func authority() throws -> LocalAuthority {
        try LocalAuthority(
            organization: "Example",
            domain: "example.com",
            keys: .seed("create"),
            start: Timestamp(seconds: 1_700_000_000)
        )
    }

    private func pem(_ certificates: [[UInt8]]) -> String {
        certificates.map { PEMBlock(label: "CERTIFICATE", content: $0).text }.joined()
    }

    @Test func makesARootFromTheFilesOfAnInstance() throws {
        let local = try authority()
        let output = directory.path("trusted_root.json")
        let run = try CommandRun([
            "trust", "create",
            "--fulcio", try directory.write(pem(local.certificateAuthority.chain.reversed()), to: "fulcio-root.pem"),
            "--rekor", try directory.write(local.transparencyLog.key.publicKeyPEM, to: "rekor-pub.pem"),
            "--rekor", try directory.write(local.tileLog.key.publicKeyPEM, to: "rekor2-pub.pem"),
            "--ctfe", try directory.write(local.certificateLog.key.publicKeyPEM, to: "ctfe-pub.pem"),
            "--tsa", try directory.write(pem(local.timestampAuthority.chain), to: "tsa.pem"),
            "--rekor-url", "https://\(local.tileLog.host)", "--start", "2023-11-14T22:13:20Z", "-o", output,
        ])
        #expect(run.status == .success, "\(run.talk)")
        let made = try TrustedRoot(parsing: try OutputFile.read(output))
        let expected = try TrustedRoot(parsing: local.trustedRoot)
        #expect(made.certificateAuthorities.map(\.chain) == expected.certificateAuthorities.map(\.chain))
        #expect(made.timestampAuthorities.map(\.chain) == expected.timestampAuthorities.map(\.chain))
        #expect(made.transparencyLogs.map(\.logID) == expected.transparencyLogs.map(\.logID))
        #expect(made.certificateLogs.map(\.publicKey) == expected.certificateLogs.map(\.publicKey))
        #expect(made.transparencyLogs.map(\.validity) == expected.transparencyLogs.map(\.validity))
        #expect(run.output.contains(Digest(hashing: try OutputFile.read(output)).description))
    }

    @Test func saysWhichFileDoesNotFit() throws {
        let local = try authority()
        let both = pem([local.certificateAuthority.root, local.timestampAuthority.root])
        let file = try directory.write(both, to: "both.pem")
        let output = directory.path("out.json")
        let mixed = try CommandRun(["trust", "create", "--fulcio", file, "-o", output])
        #expect(mixed.status == .failure)
        #expect(mixed.talk.hasPrefix("error: not one chain of certificates: \(file)\nhint: "))
        let key = try directory.write(local.tileLog.key.publicKeyPEM, to: "rekor.pem")
        let unnamed = try CommandRun(["trust", "create", "--rekor", key, "-o", output])
        #expect(unnamed.talk.hasSuffix("hint: give --rekor-url\n"))
        let swapped = try CommandRun(["trust", "create", "--fulcio", key, "-o", output])
        #expect(swapped.talk.hasPrefix("error: not certificates in PEM ("))
        #expect(!OutputFile.exists(output))
    }

    @Test(.enabled(if: SharedData.isPresent, "../shared/data is absent"))
    func updatesFromACopyOfTheRepository() throws {
        let from = try SharedData.path("trust/tuf")
        let (output, seen) = (directory.path("trusted_root.json"), directory.path("seen.json"))
        let arguments = ["trust", "update", "--from", from, "--seen", seen, "-o", output]
        let run = try CommandRun(arguments + ["--at", "2026-08-25T00:00:00Z"])
        #expect(run.status == .success, "\(run.talk)")
        #expect(try OutputFile.read(output) == (try SharedData.bytes("trust/public-good.trusted_root.json")))
        #expect(run.output.contains("\nroot       15       5 keys, needs 3  2026-11-20T13:58:18Z"))
        #expect(run.output.contains("verified as of 2026-08-25T00:00:00Z"))
        // What was seen is remembered: were it newer, this copy would be older.
        let memory = String(decoding: try OutputFile.read(seen), as: UTF8.self)
        try OutputFile.write(memory.replacing("\"snapshot\": 165", with: "\"snapshot\": 166"), to: seen)
        let again = try CommandRun(arguments + ["--at", "2026-08-25T00:00:00Z"])
        #expect(again.status == .failure)
        #expect(again.talk.hasPrefix("error: snapshot goes back to version 165 after 166: timestamp.json\nhint: "))
    }

    @Test(.enabled(if: SharedData.isPresent, "../shared/data is absent"))
    func writesNothingFromAnExpiredCopy() throws {
        let output = directory.path("trusted_root.json")
        let run = try CommandRun([
            "trust", "update", "--from", try SharedData.path("trust/tuf"), "--at", "2026-09-01T00:00:00Z", "-o", output,
        ])
        #expect(run.status == .failure)
        #expect(
            run.talk == """
                error: timestamp expired at 2026-08-28T19:25:56Z, before 2026-09-01T00:00:00Z; its signatures hold: \
                timestamp.json
                hint: fetch a newer copy
                hint: --at TIME judges as of an earlier moment

                """
        )
        #expect(!OutputFile.exists(output))
    }

    @Test func hasASentenceForEveryRefusal() throws {
        let count = SignatureCount(role: "root", threshold: 2, signers: [], rejected: ["a"])
        let time = Timestamp(seconds: 0)
        let digest = Digest(hashing: [])
        let errors: [TUFError] = [
            .missing(names: ["f"]), .tooLarge(file: "f", limit: 1), .notAFile(file: "f"),
            .unreadable(file: "f", code: 13), .notJSON(file: "f", .byteOrderMark),
            .malformed(file: "f", path: "p", expected: "an integer"), .notCanonical(file: "f", number: "1.0"),
            .wrongType(file: "f", expected: "root", found: "x"), .unsupportedSpecification(file: "f", version: "2"),
            .invalidThreshold(file: "f", role: "root", threshold: 0),
            .repeatedKeyIdentifier(file: "f", role: "root", keyID: "k"), .repeatedSignature(file: "f", keyID: "k"),
            .refusedRoleName(file: "f", name: "../x"), .refusedTargetName("../x"),
            .thresholdNotReached(file: "f", count),
            .wrongVersion(file: "f", expected: 1, found: 2), .rollback(file: "f", role: "r", seen: 2, found: 1),
            .expired(file: "f", role: "root", expires: time, at: time),
            .startingRootContradicted(file: "f", version: 1), .rootChainBroken(trusted: 1, found: 3),
            .tooManyRoots(limit: 1), .notListed(in: "f", name: "n"), .noLongerListed(in: "f", name: "n"),
            .wrongLength(file: "f", expected: 1, found: 2), .wrongDigest(file: "f", expected: digest, found: digest),
            .unknownTarget("t"), .tooManyDelegations(limit: 1),
        ]
        for error in errors {
            let line = try #require(ErrorMessages.lines(for: error).first)
            let name = String(describing: error).prefix { $0 != "(" }
            #expect(!line.hasPrefix("error: \(name)("), "the fallback prints the case's own name")
            #expect(!line.hasSuffix("."))
        }
    }
}
