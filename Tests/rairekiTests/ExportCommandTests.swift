import ArgumentParser
import CaseFixtures
import CaseIndex
import Cryptography
import Foundation
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// What `raireki export` writes as JSON Lines.
@Suite struct ExportCommandTests {
    private let directory: TemporaryDirectory
    private let fixture: CaseFixture
    private let folder: String

    init() throws {
        directory = try TemporaryDirectory()
        fixture = try HostileCase.make()
        folder = directory.path("export")
    }

    private func export(_ words: String..., to path: String? = nil) throws -> CommandRun {
        try CommandRun(["export", "--jsonl", path ?? folder] + words, case: fixture.path)
    }

    private func check(_ words: String...) throws -> CommandRun {
        try CommandRun(["export", "--check", folder] + words)
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try SharedData.bytes(at: path), as: UTF8.self)
    }

    private var leftovers: [String] {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(
                atPath: (folder as NSString).deletingLastPathComponent
            )
            return names.filter { $0.contains("partial") || $0.contains("replaced") }
        }
    }

    // MARK: - Writing

    @Test func givesTheSameBytesForTheSameCase() throws {
        #expect(try export().status == .success)
        let second = directory.path("second")
        #expect(try export(to: second).output.contains("written to"))
        #expect(try Self.text(folder + "/SHA256SUMS") == Self.text(second + "/SHA256SUMS"))
        #expect(try check().status == .success)
        #expect(try export().output.hasPrefix("unchanged: "))
        #expect(try leftovers == [])
    }

    @Test func tellsTheSameAsADocument() throws {
        let written = try JSONValue(parsing: Array(try export("--format", "json").output.utf8))
        #expect(written["schema"]?.string == "urn:raireki:export-result:1")
        #expect(written["isUnchanged"]?.bool == false)
        let checked = try JSONValue(parsing: Array(try check("--format", "json").output.utf8))
        #expect(checked["holds"]?.bool == true)
        #expect(checked["case"] == written["case"])
        #expect(checked["digest"] == written["digest"])
    }

    @Test func keepsNumbersThatReadersRound() throws {
        _ = try export("--compression", "none")
        let artifacts = try Self.text(folder + "/artifact/part-00000.jsonl")
        #expect(artifacts.contains(#""size":9223372036854775807"#))
        #expect(artifacts.contains(#""_exact":{"size":"9223372036854775807"}"#))
    }

    @Test func writesWhatIsNoTextAsDigits() throws {
        _ = try export("--compression", "none")
        let paths = try Self.text(folder + "/path/part-00000.jsonl")
        #expect(paths.contains(#""path":"\\xfffe""#))
        #expect(paths.contains(#""path":"\\x5c783030""#))
        #expect(paths.contains(#""path":"line\u000abreak""#))
    }

    @Test func replacesTheStateThatTheCaseHadBefore() throws {
        _ = try export()
        try fixture.addClaim(CaseFixture.digest("image base:1"), .label, "new", "claim")
        try fixture.caseFile.write { writer in
            writer.appendActivity(
                verb: "import",
                arguments: "[]",
                toolVersion: "0.0.0",
                startedAt: CaseFixture.time,
                result: "{}"
            )
        }
        let grown = try export()
        #expect(grown.status == .success)
        #expect(grown.output.hasPrefix("written to "))
        #expect(try check().status == .success)
        #expect(try leftovers == [])
    }

    // MARK: - Refusing

    @Test func leavesOtherPeoplesFilesAlone() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try OutputFile.write("mine", to: folder + "/notes.txt")
        let run = try export()
        #expect(run.status == .failure)
        #expect(run.talk.contains("the folder holds what is no export (notes.txt)"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes.txt"])
    }

    @Test func leavesAnExportAloneToWhichAFileWasAdded() throws {
        _ = try export()
        try OutputFile.write("mine", to: folder + "/notes.txt")
        #expect(try export().talk.contains("notes.txt"))
        #expect(OutputFile.exists(folder + "/notes.txt"))
    }

    @Test func leavesTheExportOfAnotherCaseAlone() throws {
        let other = directory.path("other.raireki")
        _ = try CommandRun(["import", SampleEvidence.paths[0]], case: other)
        #expect(try CommandRun(["export", "--jsonl", folder], case: other).status == .success)
        let run = try export("--replace")
        #expect(run.status == .failure)
        #expect(run.talk.contains("another case"))
    }

    @Test func saysWhenAValueIsStoredAsNothingThatIsWritten() throws {
        let path = fixture.path
        try fixture.caseFile.close()
        let tampered = try ProgramRun(["/usr/bin/sqlite3", path, "UPDATE artifact SET size = 'many'"])
        #expect(tampered.status == 0, "\(tampered.talk)")
        let run = try export()
        #expect(run.status == .failure)
        #expect(run.talk.contains("artifact.size holds: text"), "\(run.talk)")
        #expect(!OutputFile.exists(folder))
        #expect(try leftovers == [])
    }

    @Test func leavesNothingWhenTheDiskIsFull() throws {
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$@\""
        let words = [ProgramRun.program, "export", "--jsonl", folder, "--compression", "none", "--case", fixture.path]
        let run = try ProgramRun(["/bin/bash", "-c", script, "bash"] + words)
        #expect(run.status == 2)
        #expect(run.talk.contains("cannot write (file too large)"), "\(run.talk)")
        #expect(!OutputFile.exists(folder))
        #expect(try leftovers == [])
    }

    @Test(arguments: [
        (["export"], "Give one of"), (["export", "--jsonl", "a", "--postgresql", "b"], "Give one of"),
        (["export", "--check", "a", "--key", "b"], "--key signs"),
        (["export", "--jsonl", "a", "--public-key", "b"], "--public-key is for --check"),
        (["export", "--print-question", "why"], "No such question: why"),
    ])
    func asksForWhatIsMissing(_ words: [String], _ message: String) {
        let error = #expect(throws: (any Error).self) { try CommandRun(words) }
        #expect(error.map { Raireki.fullMessage(for: $0) }?.contains(message) == true)
    }

    // MARK: - Checking

    @Test func findsWhatWasChangedAddedAndTakenAway() throws {
        _ = try export("--compression", "none")
        try OutputFile.write("{}\n", to: folder + "/claim/part-00000.jsonl")
        try OutputFile.write("{}\n", to: folder + "/claim/part-00001.jsonl")
        try FileManager.default.removeItem(atPath: folder + "/schema/claim.schema.json")
        let run = try check()
        #expect(run.status == .finding)
        #expect(run.output.contains("changed: claim/part-00000.jsonl\n"))
        #expect(run.output.contains("not in the list: claim/part-00001.jsonl\n"))
        #expect(run.output.contains("missing: schema/claim.schema.json\n"))
    }

    @Test(arguments: ["", "x", "../../etc/passwd", "a/../../b"])
    func saysWhenTheListIsNone(_ name: String) throws {
        _ = try export()
        let digest = String(repeating: "0", count: 64)
        try OutputFile.write("\(digest)  \(name)\n", to: folder + "/SHA256SUMS")
        let run = try check()
        if name == "x" {
            #expect(run.output.contains("missing: x"))
        } else {
            #expect(run.talk.contains("SHA256SUMS is no list of digests"))
        }
        #expect(run.status != .success)
    }

    @Test func saysWhenThereIsNoExport() throws {
        #expect(try check().talk.contains("cannot read (no such file or directory)"))
    }

    // MARK: - Signing

    @Test(arguments: [SigningKey.Kind.p256, .ed25519])
    func signsTheListForOpenSSL(_ kind: SigningKey.Kind) throws {
        let (key, other) = (try SigningKey(generating: kind), try SigningKey(generating: kind))
        for (name, key) in [("own", key), ("other", other)] {
            try OutputFile.write(try key.privateKeyPEM(), to: directory.path("\(name).key"))
            try OutputFile.write(key.publicKeyPEM, to: directory.path("\(name).pub"))
        }
        #expect(try export("--key", directory.path("own.key")).status == .success)
        #expect(try check("--public-key", directory.path("own.pub")).status == .success)
        let foreign = try check("--public-key", directory.path("other.pub"))
        #expect(foreign.status == .finding)
        #expect(foreign.output.contains("the list is not signed by the key"))
        // Not signed anew when there is nothing to sign.
        let before = try Self.text(folder + "/SHA256SUMS.sig")
        #expect(try export("--key", directory.path("own.key")).output.hasPrefix("unchanged"))
        #expect(try Self.text(folder + "/SHA256SUMS.sig") == before)
        let verify =
            kind == .ed25519
            ? "openssl pkeyutl -verify -rawin -pubin -inkey \"$2\" -in SHA256SUMS -sigfile ../s"
            : "openssl dgst -sha256 -verify \"$2\" -signature ../s SHA256SUMS"
        let script = "cd \"$1\" && sha256sum --quiet -c SHA256SUMS && base64 -d SHA256SUMS.sig > ../s && \(verify)"
        for (name, status) in [("own", 0), ("other", 1)] {
            let run = try ProgramRun(["/bin/bash", "-c", script, "bash", folder, directory.path("\(name).pub")])
            #expect(run.status == Int32(status), "\(name): \(run.output) \(run.talk)")
        }
    }

    @Test(.enabled(if: Peer.has("cosign"))) func signsTheListForCosign() throws {
        let key = try SigningKey(generating: .p256)
        try OutputFile.write(try key.privateKeyPEM(), to: directory.path("own.key"))
        try OutputFile.write(key.publicKeyPEM, to: directory.path("own.pub"))
        _ = try export("--key", directory.path("own.key"))
        let run = try ProgramRun([
            Peer.path("cosign") ?? "", "verify-blob", "--key", directory.path("own.pub"), "--signature",
            folder + "/SHA256SUMS.sig", "--insecure-ignore-tlog", folder + "/SHA256SUMS",
        ])
        #expect(run.status == 0, "\(run.talk)")
    }

    // MARK: - Schemas

    @Test(.enabled(if: ReportTool.has(ReportTool.python))) func writesRowsThatFitTheirSchemas() throws {
        _ = try export("--compression", "none")
        let script = SharedData.projectRoot + "/Tests/export/schemas.py"
        let run = try ProgramRun([ReportTool.python, script, folder])
        #expect(run.status == 0, "\(run.output) \(run.talk)")
    }

    @Test func printsEveryQuestionInBothDialects() throws {
        let list = try CommandRun(["export", "--print-question", "list"]).output
        let names = list.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(names.count == 13)
        for name in names {
            for dialect in ["postgresql", "spark"] {
                let text = try CommandRun(["export", "--print-question", name, "--dialect", dialect]).output
                #expect(text.hasPrefix("-- \(name): "))
                let isQuoted = ["image", "path", "kind", "at", "old"].contains { text.contains(":'\($0)'") }
                #expect(isQuoted == (dialect == "postgresql" && text.contains("-- :")), "\(name) \(dialect)")
            }
        }
        #expect(try CommandRun(["export", "--print-schema", "postgresql"]).output.contains("create_distributed_table"))
        #expect(try CommandRun(["export", "--print-schema", "spark"]).output.contains("USING json"))
    }
}
