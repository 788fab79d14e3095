import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

@Suite("What docker save wrote before it knew manifest.json")
struct LegacyDockerArchiveTests {
    private static let ids = ["a", "b", "c"].map { String(repeating: $0, count: 64) }

    /// The description of a layer.
    private static func description(_ id: String, parent: String?) -> [UInt8] {
        var text = #"{"id":"\#(id)","created":"2015-01-01T00:00:00Z","os":"linux","architecture":"amd64""#
        if let parent { text += #","parent":"\#(parent)""# }
        return Array((text + #","config":{"Labels":{"vendor":"acme"}}}"#).utf8)
    }

    /// The members of an archive of two images, of which one lies on the other.
    private static func members() -> [String: [UInt8]] {
        var members = ["repositories": Array(#"{"acme/app":{"1":"\#(ids[2])"},"acme/base":{"0":"\#(ids[1])"}}"#.utf8)]
        for (position, id) in ids.enumerated() {
            members["\(id)/VERSION"] = Array("1.0".utf8)
            members["\(id)/json"] = description(id, parent: position == 0 ? nil : ids[position - 1])
            members["\(id)/layer.tar"] = layer(position)
        }
        return members
    }

    private static func layer(_ position: Int) -> [UInt8] {
        var tar = TarBytes()
        tar.add("file\(position)", [UInt8(position)])
        return tar.finished
    }

    private static let application = Digest(hashing: description(ids[2], parent: ids[1]))
    private static let base = Digest(hashing: description(ids[1], parent: ids[0]))

    private func tar(_ change: (inout [String: [UInt8]]) -> Void = { _ in }) -> TarBytes {
        var members = Self.members()
        change(&members)
        var tar = TarBytes()
        for (path, bytes) in members.sorted(by: { $0.key < $1.key }) { tar.add(path, bytes) }
        return tar
    }

    private func layers(of image: Digest, _ imported: ImportedCase) throws -> [Digest] {
        try imported.file.read { try $0.relationships(from: image) }.filter { $0.kind == .layer }
            .sorted { $0.position < $1.position }.map(\.target)
    }

    private func check(_ imported: ImportedCase, _ summary: ImportSummary) throws {
        #expect(try imported.warningCodes() == ["layer.diffid-absent", "layer.diffid-absent"])
        #expect(summary.warnings == [.recovered: 2])
        #expect(summary.images == 2)
        let images = try imported.file.read { try $0.images() }
        let names = Dictionary(uniqueKeysWithValues: images.map { ($0.digest, $0.names) })
        #expect(names == [Self.application: ["acme/app:1"], Self.base: ["acme/base:0"]])
        #expect(images.map(\.platforms) == [["linux/amd64"], ["linux/amd64"]])
        let digests = (0..<3).map { Digest(hashing: Self.layer($0)) }
        #expect(try layers(of: Self.application, imported) == digests)
        #expect(try layers(of: Self.base, imported) == Array(digests.prefix(2)))
        #expect(try imported.claims(about: Self.application, .label) == ["vendor": "acme"])
        #expect(try imported.file.read { try $0.layers() }.count == 3)
    }

    @Test("Layers follow their parents, and repositories names images", arguments: ["tar", "tar.gz", "folder"])
    func reads(form: String) throws {
        let imported = try ImportedCase()
        guard form == "folder" else {
            let bytes = form == "tar" ? tar().finished : StoredCompression.gzip(tar().finished)
            let summary = try imported.add(archive: bytes)
            #expect(summary.source.kind == "docker-archive")
            return try check(imported, summary)
        }
        for (path, bytes) in Self.members() { _ = try imported.directory.write(bytes, to: "saved/\(path)") }
        let summary = try imported.add(imported.directory.path("saved"))
        #expect(summary.source.kind == "docker-folder")
        try check(imported, summary)
    }

    @Test("Without names the layers that lie below no other are images")
    func nameless() throws {
        let imported = try ImportedCase()
        try imported.add(archive: tar { $0["repositories"] = nil }.finished)
        let images = try imported.file.read { try $0.images() }
        #expect(images.map(\.digest) == [Self.application])
        #expect(images.map(\.names) == [[]])
        #expect(try layers(of: Self.application, imported).count == 3)
    }

    @Test("What is missing, circular or misnamed is said")
    func wrong() throws {
        let app = Self.ids[2], middle = Self.ids[1], bottom = Self.ids[0]
        let changes: [(code: String, message: String, change: (inout [String: [UInt8]]) -> Void)] = [
            ("blob.missing", "a layer is not in the archive", { $0["\(bottom)/layer.tar"] = nil }),
            ("blob.missing", "the layer below is not in the archive", { $0["\(bottom)/json"] = nil }),
            ("blob.missing", "a name leads to no layer of the archive", { $0["\(app)/json"] = nil }),
            (
                "manifest.malformed", "the layers lead in a circle",
                { $0["\(bottom)/json"] = Self.description(bottom, parent: middle) }
            ),
            (
                "manifest.ambiguous", "the layer calls itself otherwise than its folder",
                { $0["\(bottom)/json"] = Self.description(app, parent: nil) }
            ),
            (
                "manifest.not-json", "the description of a layer is not JSON with an id",
                { $0["\(bottom)/json"] = Array("{".utf8) }
            ),
            (
                "manifest.not-json", "docker's list of names is not a JSON object",
                { $0["repositories"] = Array("[]".utf8) }
            ),
            ("layout.version", "the layer does not state version 1.0", { $0["\(app)/VERSION"] = [0x32] }),
        ]
        for (code, message, change) in changes {
            let imported = try ImportedCase()
            try imported.add(archive: tar(change).finished)
            let found = try imported.warnings().contains { $0.code == code && $0.message == message }
            #expect(found, "\(message)")
        }
    }

    @Test("A truncated one keeps the layers and images before its end")
    func truncated() throws {
        let imported = try ImportedCase()
        try imported.add(archive: tar { $0["repositories"] = nil }.bytes)
        #expect(try imported.warningCodes() == ["archive.truncated", "layer.diffid-absent"])
        #expect(try layers(of: Self.application, imported).count == 3)
    }
}
