import ArgumentParser
import CaseFixtures
import CaseIndex
import Cryptography
import Foundation
import StrictJSON
import TestSupport
import Testing

@testable import raireki

@Suite("case verify and case seal") struct CaseVerifyTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("case.raireki")
        _ = try CommandRun(["import", SampleEvidence.paths[0], SampleEvidence.paths[1]], case: path)
    }

    private func checks(_ words: [String], case other: String? = nil) throws -> (raireki.ExitStatus, [String: String]) {
        let run = try CommandRun(["case", "verify", "--format", "json"] + words, case: other ?? path)
        let document = try JSONValue(parsing: Array(run.output.utf8))
        let pairs = (document["checks"]?.array ?? []).map { check in
            (check["name"]?.string ?? "", check["reason"]?.string ?? check["outcome"]?.string ?? "")
        }
        return (run.status, Dictionary(pairs) { first, _ in first })
    }

    private func key(_ kind: SigningKey.Kind = .ed25519, seed: String = "seal") throws -> (
        private: String, public: String
    ) {
        let key = try SigningKey(seed: seed, kind: kind)
        return (
            try directory.write(key.privateKeyPEM(), to: "\(seed).pem"),
            try directory.write(key.publicKeyPEM, to: "\(seed).pub")
        )
    }

    @Test func aCaseThatNobodyTouchedHolds() throws {
        let (status, checks) = try checks([])
        #expect(status == .success)
        let passed = ["schema", "integrity", "custody", "content", "tables", "documents", "layers", "imports"]
        for name in passed { #expect(checks[name] == "passed", "\(name)") }
        #expect(checks["head"] == "head.none")
        #expect(checks["evidence"] == "evidence.none")
        let text = try CommandRun(["case", "verify"], case: path)
        #expect(text.output.contains("not sealed: truncation cannot be detected"))
    }

    @Test func everyImportHasItsRecordInTheSameTransaction() throws {
        let activities = try CaseFile.openReadOnly(path).read { try $0.activities() }
        #expect(activities.map(\.verb) == ["import", "import"])
        let digests = try CaseFile.openReadOnly(path).read { try $0.sources() }.map(\.digest.description)
        let recorded = try activities.map { try JSONValue(parsing: Array($0.result.utf8))["digest"]?.string }
        #expect(recorded == digests)
    }

    @Test func readingEvidenceAgainTellsWhatChanged() throws {
        let copy = directory.path("copy")
        try FileManager.default.copyItem(atPath: SampleEvidence.paths[0], toPath: copy)
        _ = try CommandRun(["import", copy], case: path)
        #expect(try checks(["--evidence", copy, SampleEvidence.paths[1]]).0 == .success)
        _ = try directory.write("changed", to: "copy/oci-layout")
        let (status, after) = try checks(["--evidence", copy])
        #expect(status == .finding)
        #expect(after["evidence"] == "evidence.changed")
        let absent = try CommandRun(["case", "verify", "--evidence", directory.path("absent")], case: path)
        #expect(absent.status == .failure)
    }

    @Test func readingEvidenceAgainWritesNothing() throws {
        let before = try SharedData.bytes(at: path)
        _ = try checks(["--evidence"] + SampleEvidence.paths)
        #expect(try SharedData.bytes(at: path) == before)
    }

    @Test(arguments: [
        ("UPDATE activity SET verb = 'other' WHERE id = 1", "custody", "custody.broken"),
        ("UPDATE artifact SET role = 'blob'", "tables", "table.changed"),
        ("UPDATE content SET bytes = x'00' WHERE rowid = 1", "documents", "document.digest-mismatch"),
        ("CREATE TABLE extra (a)", "schema", "schema.changed"),
        ("UPDATE source SET isComplete = 0", "imports", "import.incomplete"),
        ("DELETE FROM activity", "custody", "custody.empty"),
        ("UPDATE fileEntry SET modified = modified + 1 WHERE id = 1", "layers", "layer.changed"),
        ("DELETE FROM fileEntry WHERE id = 2", "layers", "layer.changed"),
        (
            "INSERT INTO fileEntry SELECT id + 1000, pathID, attributesID, 1, 0, 0, 1 FROM fileEntry", "layers",
            "layer.changed"
        ),
        ("UPDATE layer SET id = 99 WHERE id = 1", "layers", "layer.changed"),
        ("UPDATE layer SET openImportID = 7", "layers", "layer.changed"),
        ("UPDATE path SET path = path || 'x' WHERE id = 1", "tables", "table.changed"),
        ("INSERT INTO openImport VALUES (1, 'p', '2024-01-01T00:00:00Z', 'x')", "imports", "import.incomplete"),
        ("UPDATE tableSum SET rows = rows + 1 WHERE name = 'claim'", "content", "content.unrecorded"),
    ])
    func anEditIsNamed(_ sql: String, _ check: String, _ reason: String) throws {
        #expect(try ProgramRun(["/usr/bin/sqlite3", path, sql]).status == 0)
        let (status, checks) = try checks([])
        #expect(status == .finding)
        #expect(checks[check] == reason)
        #expect(try CommandRun(["case", "seal"], case: path).status == .finding)
    }

    @Test func aSealIsAPointThatTheLogGoesOnThrough() throws {
        let run = try CommandRun(["case", "seal"], case: path)
        #expect(run.status == .success)
        let words = run.output.split(separator: " ")
        #expect(words.first == "3")
        let hash = try #require(words.last).trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try checks(["--head", hash]).1["head"] == "passed")
        let noted = try directory.write(run.output, to: "head.txt")
        _ = try CommandRun(["import", SampleEvidence.paths[2]], case: path)
        let (status, later) = try checks(["--head", noted])
        #expect(status == .success)
        #expect(later["head"] == "passed")
        #expect(later["signature"] == nil)
    }

    @Test func aCutTailIsFoundAgainstTheSeal() throws {
        let hash = try CommandRun(["case", "seal"], case: path).output
        let noted = try directory.write(hash, to: "head.txt")
        #expect(try ProgramRun(["/usr/bin/sqlite3", path, "DELETE FROM activity WHERE id = 3"]).status == 0)
        let (status, checks) = try checks(["--head", noted])
        #expect(status == .finding)
        #expect(checks["custody"] == "passed")
        #expect(checks["head"] == "head.truncated")
    }

    @Test(arguments: [SigningKey.Kind.ed25519, .p256, .p384])
    func aSignedSealIsCheckedWithItsKey(_ kind: SigningKey.Kind) throws {
        let (own, others) = (try key(kind), try key(kind, seed: "others"))
        let note = directory.path("head.note")
        #expect(try CommandRun(["case", "seal", "--sign-key", own.private, "-o", note], case: path).status == .success)
        #expect(try checks(["--head", note]).1["signature"] == "head.no-key")
        #expect(try checks(["--head", note, "--key", own.public]).1["signature"] == "passed")
        let (status, checks) = try checks(["--head", note, "--key", others.public])
        #expect(status == .finding)
        #expect(checks["signature"] == "head.signature")
        #expect(checks["head"] == "passed")
    }

    @Test func aSealOfAnotherCaseIsTold() throws {
        let other = directory.path("other.raireki")
        _ = try CommandRun(["import", SampleEvidence.paths[2]], case: other)
        let note = directory.path("other.note")
        let key = try key()
        _ = try CommandRun(["case", "seal", "--sign-key", key.private, "-o", note], case: other)
        #expect(try checks(["--head", note, "--key", key.public]).1["head"] == "head.other-case")
    }

    /// The commands that the help page gives, run as they stand.
    @Test func theHelpPagesCommandsCheckASealByHand() throws {
        let key = try key()
        _ = try CommandRun(
            ["case", "seal", "--sign-key", key.private, "-o", directory.path("head.note")],
            case: path
        )
        _ = try SharedData.bytes(at: key.public)
        let help = Raireki.helpMessage(for: CaseVerifyCommand.self, columns: 200)
        let lines = help.split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex { $0.contains("printf '%s") })
        let hashing = lines[start...].prefix { !$0.contains("A signed head") }.joined(separator: "\n")
        let signing = lines.filter { ["sed '", "tail -n 1", "openssl pkeyutl"].contains(where: $0.contains) }
        let script = (["cd \(directory.path)", hashing.replacing(" = N)", with: " = 2)")] + signing)
            .joined(separator: "\n").replacing("key.pub", with: key.public)
        let run = try ProgramRun(["/bin/bash", "-c", script])
        let record = try CaseFile.openReadOnly(path).read { try $0.activities() }[1]
        #expect(run.output.contains(record.hash), "\(script)\n\(run.output)\(run.talk)")
        #expect(run.output.contains("Signature Verified Successfully"))
    }

    @Test(arguments: ["", "zz", "12 34", "raireki-case/x\n1\nAAAA\n\n— x AAAA\n"])
    func whatIsNoHeadIsRefused(_ text: String) throws {
        let file = try directory.write(text, to: "head")
        let run = try CommandRun(["case", "verify", "--head", file], case: path)
        #expect(run.status == .failure)
        #expect(run.talk.hasPrefix("error: not the head of a custody log"))
    }

    @Test func whatIsNoKeyIsRefused() throws {
        let file = try directory.write("no key", to: "key")
        let run = try CommandRun(["case", "seal", "--sign-key", file], case: path)
        #expect(run.status == .failure)
        #expect(run.talk.hasPrefix("error: not a key to sign with"))
        #expect(throws: (any Error).self) { try Raireki.parseAsRoot(["case", "verify", "--key", file]) }
    }

    @Test func anIncompleteImportPassesNowhereAsWhole() throws {
        #expect(
            try ProgramRun(["/usr/bin/sqlite3", path, "UPDATE source SET isComplete = 0 WHERE id = 1"]).status == 0
        )
        for words in [["images"], ["case", "info"], ["verify"], ["report"], ["case", "verify"]] {
            let run = try CommandRun(words, case: path)
            #expect(run.status == .finding, "\(words)")
            #expect((run.talk + run.output).contains("import incomplete"), "\(words)")
        }
    }

    @Test func secretsDoNotReachTheLog() {
        let words = [
            "import", "--registry-password", "hunter2", "--token=abc", "https://user:pass@host/x", "glpat-123", "plain",
            "-----BEGIN PRIVATE KEY-----", "--case", "a",
        ]
        #expect(
            RedactedArguments(words).words == [
                "import", "--registry-password", "[redacted]", "--token=[redacted]", "https://[redacted]@host/x",
                "[redacted]", "plain", "[redacted]", "--case", "a",
            ]
        )
    }
}
