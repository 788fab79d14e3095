import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Filesystem

@Suite("Layers on top of each other")
struct MergedViewTests {
    /// The members of an image in the order of the view, each as `layer path fate [by]`.
    private func view(_ layers: [[FileEntryRecord]]) throws -> [String] {
        let fixture = try CaseFixture()
        let digests = try layers.enumerated().map { try fixture.addLayer("\($0)", $1) }
        let image = try fixture.addImage("app", layers: digests)
        return try fixture.caseFile.read { reader in
            var lines: [String] = []
            try MergedView(try ImageStack(of: image, in: reader), in: reader).forEach({ _ in true }) { file in
                let by = file.endedBy.map { " \($0)" } ?? ""
                lines.append("\(file.layer) \(String(decoding: file.path, as: UTF8.self)) \(file.fate.rawValue)\(by)")
            }
            return lines
        }
    }

    @Test("A later file of the same path overwrites")
    func overwrites() throws {
        #expect(
            try view([[.folder("etc"), .file("etc/a", "1"), .file("etc/b")], [.file("etc/a", "2")]]) == [
                "0 etc visible", "0 etc/a overwritten 1", "1 etc/a visible", "0 etc/b visible",
            ]
        )
    }

    @Test("A folder that is stated again keeps what is in it")
    func restates() throws {
        #expect(
            try view([[.folder("etc"), .file("etc/a")], [.folder("etc")]]) == [
                "0 etc restated 1", "1 etc visible", "0 etc/a visible",
            ]
        )
    }

    @Test("A whiteout deletes a file, or a folder with everything in it")
    func whiteouts() throws {
        #expect(
            try view([
                [.folder("d"), .file("d/a"), .folder("d/e"), .file("d/e/b"), .file("k")],
                [.file(".wh.d"), .file(".wh.nothing")],
            ]) == [
                "1 .wh.d whiteout", "1 .wh.nothing whiteout", "0 d deleted 1", "0 d/a deleted 1", "0 d/e deleted 1",
                "0 d/e/b deleted 1", "0 k visible",
            ]
        )
    }

    @Test("A whiteout spares its own layer, wherever it stands", arguments: [true, false])
    func ownLayer(whiteoutFirst: Bool) throws {
        let own: [FileEntryRecord] = [.folder("d"), .file("d/new")]
        let layer = whiteoutFirst ? [.file(".wh.d")] + own : own + [.file(".wh.d")]
        let lines = try view([[.folder("d"), .file("d/old")], layer])
        #expect(lines.contains("1 d/new visible"))
        #expect(lines.contains("0 d/old deleted 1"))
        #expect(lines.contains("1 d visible"))
    }

    @Test("An opaque marker hides what lower layers have in the folder, not the folder")
    func opaque() throws {
        #expect(
            try view([
                [.folder("d"), .file("d/old"), .folder("d/e"), .file("d/e/f")],
                [.file("d/new"), .file("d/.wh..wh..opq")],
                [.file("d/old")],
            ]) == [
                "0 d visible", "1 d/.wh..wh..opq opaque-marker", "0 d/e hidden-by-opaque 1",
                "0 d/e/f hidden-by-opaque 1", "1 d/new visible", "0 d/old hidden-by-opaque 1", "2 d/old visible",
            ]
        )
    }

    @Test("AUFS's own files are neither visible nor whiteouts")
    func metadata() throws {
        #expect(
            try view([[.file("plnk")], [.file(".wh..wh.plnk"), .file(".wh.")]]) == [
                "1 .wh. union-metadata", "1 .wh..wh.plnk union-metadata", "0 plnk visible",
            ]
        )
    }

    @Test("A folder that becomes a file hides what was in it")
    func ancestors() throws {
        #expect(
            try view([[.folder("d"), .file("d/a")], [.link("d", to: "elsewhere")]]) == [
                "0 d overwritten 1", "1 d visible", "0 d/a hidden-by-ancestor 1",
            ]
        )
    }

    @Test("A file below what was a link takes the link's place")
    func impliedFolder() throws {
        #expect(
            try view([[.link("lib", to: "usr/lib")], [.file("lib/x")]]) == [
                "0 lib overwritten 1", "1 lib/x visible",
            ]
        )
    }

    @Test("A link whose place a later layer takes is told, with the member that takes it, and no other is")
    func replacedLinks() throws {
        let fixture = try CaseFixture()
        let layers = try [
            fixture.addLayer(
                "0",
                [.link("lib", to: "usr/lib"), .link("bin", to: "usr/bin"), .file("f"), .folder("d")]
            ),
            fixture.addLayer(
                "1",
                [.file("lib/a"), .file("lib/b"), .folder("bin"), .file("bin/c"), .file("f/x"), .file("d/y")]
            ),
        ]
        let image = try fixture.addImage("app", layers: layers)
        try fixture.caseFile.read { reader in
            let view = try MergedView(try ImageStack(of: image, in: reader), in: reader)
            #expect(view.replacedLinkCount == 1)
            let link = try #require(view.replacedLinks.first)
            #expect(try reader.fileEntry(id: link.link)?.path == Array("lib".utf8))
            #expect(try reader.fileEntry(id: link.member)?.path == Array("lib/a".utf8))
            #expect(link.linkLayer == 0 && link.layer == 1)
        }
    }

    @Test("Of two members with one path in a layer the later counts, and both are told")
    func repeated() throws {
        #expect(
            try view([[.file("a", "1"), .file("a", "2")]]) == ["0 a repeated 0", "0 a visible"]
        )
    }

    @Test("What lies below a file of its own layer is nowhere")
    func misplaced() throws {
        #expect(try view([[.file("a"), .file("a/b")]]) == ["0 a visible", "0 a/b misplaced 0"])
        #expect(try view([[.file("")], [.file("x")]]) == ["0  misplaced 0", "1 x visible"])
    }

    @Test("A hard link leads to the file that was there when it was made")
    func hardLinks() throws {
        let fixture = try CaseFixture()
        let layer = try fixture.addLayer("0", [.file("a", "1"), .link("b", to: "a", isHard: true)])
        let over = try fixture.addLayer("1", [.file("a", "2"), .link("c", to: "gone", isHard: true)])
        let image = try fixture.addImage("app", layers: [layer, over])
        try fixture.caseFile.read { reader in
            var sources: [String: String] = [:]
            try MergedView(try ImageStack(of: image, in: reader), in: reader).forEach({ $0 == .visible }) { file in
                let source = try file.source.flatMap { try reader.fileEntry(id: $0) }
                sources[String(decoding: file.path, as: UTF8.self)] = source.map { Digest.hex(of: $0) } ?? "none"
            }
            #expect(sources["b"] == Digest(hashing: Array("1".utf8)).hex)
            #expect(sources["c"] == "none")
        }
    }
}

extension Digest {
    fileprivate static func hex(of entry: FileEntryRecord) -> String {
        Hexadecimal.encode(entry.content?.digest ?? [])
    }
}
