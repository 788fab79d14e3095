import CaseFixtures
import CaseIndex
import Cryptography
import Evidence
import Foundation
import OCI
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// The commands about files, from evidence on disk to their output.
@Suite struct FileCommandTests {
    private static let secret = "glpat-" + "Zx8yQw3rT5uI7oP9aS1d"
    private static let lower: [TarWriter.Member] = [
        .init(path: "etc/passwd", bytes: Array("root\n".utf8)),
        .init(path: "srv/token", bytes: Array(secret.utf8), mode: 0o600),
        .init(path: "srv/kept", bytes: Array("kept".utf8)),
    ]
    private static let upper: [TarWriter.Member] = [
        .init(path: "srv/.wh.token", bytes: []), .init(path: "etc/passwd", bytes: Array("root\nme\n".utf8)),
        .init(path: "bin/tool", bytes: Array("tool".utf8), mode: 0o4755),
    ]

    /// A case with two images, of which the second deletes what the first has.
    private func fixture() throws -> (directory: TemporaryDirectory, path: String) {
        let directory = try TemporaryDirectory()
        var layout = LayoutContents()
        for (name, layers) in [("app:1", [Self.lower]), ("app:2", [Self.lower, Self.upper])] {
            var image = SmallImage(layers: layers, created: Timestamp(seconds: 1_700_000_000), command: ["tool"])
            if name == "app:2" { image.labels = ["note": "token \(Self.secret)"] }
            layout.list(image.add(to: &layout), name: name)
        }
        try LayoutWriter.write(layout, to: directory.path("layout"))
        let imported = try CommandRun(["import", directory.path("layout")], case: directory.path("case.raireki"))
        #expect(imported.status == .success, "\(imported.talk)")
        return (directory, directory.path("case.raireki"))
    }

    private func paths(_ output: String) throws -> [String] {
        let document = try JSONValue(parsing: Array(output.utf8))
        return (document["images"]?.array?[0]["files"]?.array ?? []).compactMap { $0["path"]?.string }
    }

    @Test func listsWhatIsVisibleWhatIsLostAndEachLayer() throws {
        let (directory, path) = try fixture()
        defer { withExtendedLifetime(directory) {} }
        let visible = try CommandRun(["files", "app:2", "--format", "json"], case: path)
        #expect(try paths(visible.output) == ["bin/tool", "etc/passwd", "srv/kept"])
        #expect(visible.status == .success)
        let lost = try CommandRun(["files", "app:2", "--deleted", "--format", "json"], case: path)
        #expect(try paths(lost.output) == ["etc/passwd", "srv/token"])
        let layers = try CommandRun(["files", "app:2", "--layers"], case: path)
        #expect(layers.output.contains("[whiteout]  srv/.wh.token"))
        let some = try CommandRun(["files", "app:2", "/srv/*"], case: path)
        #expect(some.output == "-rw-r--r--  0:0                 4  1970-01-01T00:00:00Z  srv/kept\n")
        let none = try CommandRun(["files", "app:1", "nothing/**"], case: path)
        #expect(none.output.isEmpty)
        #expect(none.talk == "no files that match\n")
    }

    @Test func saysWhenFilesWereLeftOut() throws {
        let directory = try fixture().directory
        defer { withExtendedLifetime(directory) {} }
        let path = directory.path("other.raireki")
        var limits = ImportLimits.standard
        limits.listsFiles = false
        let caseFile = try CaseFile.openOrCreate(path)
        _ = try Importer(caseFile: caseFile, limits: limits).run(
            path: directory.path("layout"),
            at: Timestamp(seconds: 1_700_000_000)
        )
        try caseFile.close()
        let run = try CommandRun(["files", "app:1"], case: path)
        #expect(run.status == .finding)
        #expect(run.talk.contains("its files are not in the case"))
    }

    /// A case into which the fixture's images were imported with another limit, under another name.
    private func imported(_ directory: TemporaryDirectory, _ change: (inout ImportLimits) -> Void) throws -> String {
        let path = directory.path("limited.raireki")
        var limits = ImportLimits.standard
        change(&limits)
        let caseFile = try CaseFile.openOrCreate(path)
        defer { try? caseFile.close() }
        _ = try Importer(caseFile: caseFile, limits: limits).run(
            path: directory.path("layout"),
            at: Timestamp(seconds: 1_700_000_000)
        )
        return path
    }

    @Test func aSearchSaysInHowManyLayersItCouldNotLook() throws {
        let directory = try fixture().directory
        defer { withExtendedLifetime(directory) {} }
        let path = try imported(directory) { $0.listsFiles = false }
        let run = try CommandRun(["find", "file", "--path", "srv/kept"], case: path)
        #expect(run.status == .finding)
        #expect(run.output.isEmpty)
        #expect(run.talk.hasPrefix("not in the layers whose files are known\n"))
        #expect(run.talk.contains("incomplete: the files of 2 layers are not in the case\n"))
        let json = try CommandRun(
            ["find", "file", "--path", "srv/kept", "--path", "x", "--format", "json"],
            case: path
        )
        let document = try JSONValue(parsing: Array(json.output.utf8))
        #expect(document["unknownLayers"]?.int64 == 2)
        #expect(document["partlyKnownLayers"]?.int64 == 0)
        #expect(json.talk.contains("0 of 2 found, 2 not in the layers whose files are known"))
    }

    @Test func aSearchInPartsOfLayersIsIncompleteWhateverItFinds() throws {
        let directory = try fixture().directory
        defer { withExtendedLifetime(directory) {} }
        let path = try imported(directory) { $0.layerEntries = 2 }
        let run = try CommandRun(["find", "file", "--path", "srv/token"], case: path)
        #expect(run.status == .finding)
        #expect(run.output.contains("srv/token"))
        #expect(run.talk.hasPrefix("incomplete: the files of 2 layers are only in part in the case\n"))
    }

    @Test func aSearchInAWholeCaseHasNoUnknownLayers() throws {
        let (directory, path) = try fixture()
        defer { withExtendedLifetime(directory) {} }
        let run = try CommandRun(["find", "file", "--path", "srv/kept", "--format", "json"], case: path)
        let document = try JSONValue(parsing: Array(run.output.utf8))
        #expect(document["unknownLayers"]?.int64 == 0)
        #expect(document["partlyKnownLayers"]?.int64 == 0)
        #expect(run.status == .success)
        #expect(run.talk.isEmpty)
    }

    @Test func findsByContentPathAndList() throws {
        let (directory, path) = try fixture()
        defer { withExtendedLifetime(directory) {} }
        let digest = Digest(hashing: Array(Self.secret.utf8)).hex
        let found = try CommandRun(["find", "file", "--sha256", digest], case: path)
        #expect(found.status == .success)
        #expect(found.output.contains("deleted by layer 2; layer 1 introduces it"))
        #expect(found.output.contains("visible; layer 1 introduces it"))
        #expect(found.output.contains("unsigned"))
        let none = try CommandRun(["find", "file", "--path", "**/nothing"], case: path)
        #expect(none.status == .finding)
        #expect(none.talk == "not in the case\n")
        let list =
            "# known bad\n\(digest.uppercased())\r\n\(Digest(hashing: []).hex) *empty\nd41d8cd98f00b204e9800998ecf8427e\n"
        let file = try directory.write(Array((list + "\(Digest(hashing: [1]).hex)  x\n").utf8), to: "list")
        let listed = try CommandRun(["find", "file", "--hash-list", file, "--format", "json"], case: path)
        let document = try JSONValue(parsing: Array(listed.output.utf8))
        #expect(document["searches"]?.int64 == 3)
        #expect(document["unmatched"]?.int64 == 1)
        #expect(document["skippedLines"]?.int64 == 1)
        #expect(listed.talk.contains("2 of 3 found, 1 not in the case"))
    }

    @Test func refusesAListWithoutHashes() throws {
        let (directory, path) = try fixture()
        defer { withExtendedLifetime(directory) {} }
        let run = try CommandRun(
            ["find", "file", "--hash-list", try directory.write(Array("nothing\n".utf8), to: "list")],
            case: path
        )
        #expect(run.status == .failure)
        #expect(run.talk.hasPrefix("error: no SHA-256 in the list"))
    }

    @Test func extractsVisibleAndDeletedFilesAndNotesIt() throws {
        let (directory, path) = try fixture()
        defer { withExtendedLifetime(directory) {} }
        let target = directory.path("out")
        let visible = try CommandRun(["extract", "app:2", "/etc/passwd", "-o", target], case: path)
        #expect(visible.status == .success, "\(visible.talk)")
        #expect(try OutputFile.read(target) == Array("root\nme\n".utf8))
        let again = try CommandRun(["extract", "app:2", "etc/passwd", "-o", target], case: path)
        #expect(again.status == .failure)
        #expect(again.talk.contains("a file is there already"))
        let gone = try CommandRun(["extract", "app:2", "srv/token", "-o", "-"], case: path)
        #expect(gone.status == .failure)
        #expect(gone.talk.contains("deleted by layer 2"))
        let deleted = try CommandRun(
            ["extract", "app:2", "srv/token", "--deleted", "-o", target, "--force"],
            case: path
        )
        #expect(deleted.status == .success, "\(deleted.talk)")
        #expect(try OutputFile.read(target) == Array(Self.secret.utf8))
        let caseFile = try CaseFile.openReadOnly(path)
        defer { try? caseFile.close() }
        let log = try caseFile.read { try $0.activities() }
        #expect(log.map(\.verb) == ["import", "extract", "extract"])
        #expect(log.last?.result.contains(Digest(hashing: Array(Self.secret.utf8)).hex) == true)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: directory.path).allSatisfy { !$0.hasPrefix(".raireki") }
        )
    }

    @Test func extractsNothingFromEvidenceThatHasChanged() throws {
        let (directory, path) = try fixture()
        defer { withExtendedLifetime(directory) {} }
        let blobs = directory.path("layout/blobs/sha256")
        for name in try FileManager.default.contentsOfDirectory(atPath: blobs) {
            var bytes = try OutputFile.read("\(blobs)/\(name)")
            bytes.append(0)
            try directory.write(bytes, to: "layout/blobs/sha256/\(name)")
        }
        let run = try CommandRun(["extract", "app:1", "srv/kept", "-o", directory.path("out")], case: path)
        #expect(run.status == .failure)
        #expect(run.talk.contains("the evidence has changed"))
        #expect(!OutputFile.exists(directory.path("out")))
    }

    @Test func takesPathsThatAreNotTextAsItShowsThem() throws {
        let directory = try TemporaryDirectory()
        let names: [[UInt8]] = [
            Array("caf".utf8) + [0xE9] + Array(".txt".utf8), Array(#"a\x2db"#.utf8), Array(#"two\\backslashes"#.utf8),
            Array("line\nbreak".utf8),
        ]
        var tar = TarBytes()
        for name in names {
            tar.addExtendedHeader("path", Array("d/".utf8) + name)
            tar.add("short", name)
        }
        var layout = LayoutContents()
        let configuration: JSONValue = [
            "architecture": "amd64", "os": "linux",
            "rootfs": ["type": "layers", "diff_ids": [JSONValue("\(Digest(hashing: tar.finished))")]],
        ]
        let manifest = ManifestDraft(
            configuration: layout.add(Array(configuration.compact.utf8), mediaType: .imageConfiguration),
            layers: [layout.add(tar.finished, mediaType: .layer)]
        )
        layout.list(layout.add(manifest.bytes, mediaType: .imageManifest), name: "app:1")
        try LayoutWriter.write(layout, to: directory.path("layout"))
        let path = directory.path("case.raireki")
        let imported = try CommandRun(["import", directory.path("layout")], case: path)
        #expect(imported.status == .success, "\(imported.talk)")
        let listed = try CommandRun(["files", "app:1"], case: path).output.split(separator: "\n")
            .map { String($0.split(separator: " ").last ?? "") }
        #expect(Set(listed) == [#"d/caf\xe9.txt"#, #"d/a\\x2db"#, #"d/two\\\\backslashes"#, #"d/line\u{a}break"#])
        for shown in listed + [#"d/a\x2db"#] {
            let found = try CommandRun(["find", "file", "--path", shown], case: path)
            #expect(found.status == .success, "\(shown)")
            #expect(try CommandRun(["files", "app:1", shown], case: path).output.split(separator: "\n").count == 1)
            let target = directory.path("out")
            let run = try CommandRun(["extract", "app:1", shown, "-o", target, "--force"], case: path)
            #expect(run.status == .success, "\(run.talk)")
            #expect(try names.contains(OutputFile.read(target)))
        }
        #expect(try CommandRun(["files", "app:1", #"d/*\xe9*"#], case: path).output.contains(#"d/caf\xe9.txt"#))
    }

    @Test func saysWhereOtherToolsWouldUnpackAFile() throws {
        let fixture = try CaseFixture()
        let layers = try [
            fixture.addLayer("0", [.link("lib", to: "usr/lib")]), fixture.addLayer("1", [.file("lib/evil.so")]),
        ]
        try fixture.addImage("app", layers: layers)
        let sentence =
            "layer 2 has lib/evil.so below lib, which layer 1 has as a symbolic link to usr/lib: an overlay shows a "
            + "folder in its place, as listed here; tools that unpack layers over each other write to where it leads"
        let run = try CommandRun(["files", "app"], case: fixture.path)
        #expect(run.talk == "note: \(sentence)\n")
        #expect(run.status == .success)
        let json = try CommandRun(["files", "app", "--format", "json"], case: fixture.path)
        let document = try JSONValue(parsing: Array(json.output.utf8))
        #expect(document["images"]?.array?[0]["replacedLinks"]?.array?.compactMap(\.string) == [sentence])
    }

    @Test func argumentsThatAreNotTextBecomeWhatListingsShow() {
        #expect(RawArguments.text(Array("caf".utf8) + [0xE9]) == #"caf\xe9"#)
        #expect(RawArguments.text(Array("café".utf8)) == "café")
        #expect(RawArguments.text(Array(#"a\b"#.utf8)) == #"a\b"#)
    }

    @Test func neverWritesContentToATerminal() throws {
        let (directory, path) = try fixture()
        defer { withExtendedLifetime(directory) {} }
        let run = try CommandRun(["extract", "app:1", "srv/kept", "-o", "-"], case: path, terminal: 80)
        #expect(run.status == .failure)
        #expect(run.talk.contains("not written to a terminal"))
    }

    @Test func comparesImages() throws {
        let (directory, path) = try fixture()
        defer { withExtendedLifetime(directory) {} }
        let run = try CommandRun(["diff", "app:1", "app:2"], case: path)
        #expect(run.status == .finding)
        #expect(run.output.contains("~ etc/passwd: content (5 => 8 bytes)"))
        #expect(run.output.contains("[gains set-user-ID, executable]  bin/tool"))
        #expect(run.output.contains("+ note: token"))
        let same = try CommandRun(["diff", "app:1", "app:1"], case: path)
        #expect(same.status == .success)
        #expect(same.output.isEmpty)
        let part = try CommandRun(["diff", "app:1", "app:2", "--only", "provenance"], case: path)
        #expect(part.status == .success || !part.output.contains("files"))
    }

    @Test func findsSecretsInDeletedFilesAndLabels() throws {
        let (directory, path) = try fixture()
        defer { withExtendedLifetime(directory) {} }
        let run = try CommandRun(["secrets", "app:2"], case: path)
        #expect(run.status == .finding)
        #expect(!run.output.contains(Self.secret))
        #expect(run.output.contains(Digest(hashing: Array(Self.secret.utf8)).hex))
        #expect(run.output.contains("deleted by layer 2"))
        #expect(run.output.contains("/config/Labels/note"))
        // Once more: the findings are replaced, and tracing leaves them alone.
        _ = try CommandRun(["secrets", "app:2"], case: path)
        _ = try CommandRun(["trace", "app:2"], case: path)
        let caseFile = try CaseFile.openReadOnly(path)
        defer { try? caseFile.close() }
        let rules = try caseFile.read { reader in
            try reader.images().flatMap { try reader.findings(about: $0.digest) }.map(\.rule)
        }
        #expect(rules.filter { $0 == "secret.gitlab-personal-access-token" }.count == 2)
        #expect(rules.contains { !$0.hasPrefix("secret.") })
    }

    @Test func saysHowManyFilesItDoesNotOpen() throws {
        let directory = try TemporaryDirectory()
        let marks: [[UInt8]] = [
            [0x1F, 0x8B, 0x08, 0], [0x50, 0x4B, 0x03, 0x04], [0x28, 0xB5, 0x2F, 0xFD],
            [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], Array("BZh9".utf8), [0x1F], [], Array("plain".utf8),
        ]
        let members = marks.enumerated().map { TarWriter.Member(path: "f\($0.offset)", bytes: $0.element) }
        var layout = LayoutContents()
        let image = SmallImage(layers: [members], created: Timestamp(seconds: 1_700_000_000), command: ["f"])
        layout.list(image.add(to: &layout), name: "packed:1")
        try LayoutWriter.write(layout, to: directory.path("layout"))
        let path = directory.path("case.raireki")
        _ = try CommandRun(["import", directory.path("layout")], case: path)
        let run = try CommandRun(["secrets", "--format", "json"], case: path)
        #expect(run.status == .success, "\(run.talk)")
        #expect(run.talk.contains("not looked into: 5 compressed files and archives"))
        let document = try JSONValue(parsing: Array(run.output.utf8))
        #expect(document["packed"] == JSONValue(5) && document["files"] == JSONValue(8))
    }

    @Test func showsLineage() throws {
        let (directory, path) = try fixture()
        defer { withExtendedLifetime(directory) {} }
        let run = try CommandRun(["lineage", "app:2"], case: path)
        #expect(run.status == .success)
        let lines = run.output.split(separator: "\n")
        try #require(lines.count == 2)
        #expect(lines[0].hasPrefix("app:1  "))
        #expect(lines[1].hasPrefix("└─ app:2  "))
        #expect(lines[1].hasSuffix("layer-digests, 1 layer shared  ◀"))
    }
}
