import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

@Suite("Every file of every layer is in the case")
struct FileEntryTests {
    private static let base = "application/vnd.oci.image.layer.v1.tar"

    /// A layout whose image has these layers, as they are.
    static func layout(_ layers: [[UInt8]], suffix: String = "") -> LayoutWriter {
        var layout = LayoutWriter()
        let configuration = layout.blob([
            "rootfs": ["type": "layers", "diff_ids": .array(layers.map { JSONValue("\(Digest(hashing: $0))") })]
        ])
        let descriptors = layers.map { text in
            let blob =
                switch suffix {
                case "+gzip": StoredCompression.gzip(text)
                case "+zstd": StoredCompression.zstd(text)
                default: text
                }
            let digest = layout.blob(blob)
            return layout.descriptor(base + suffix, digest)
        }
        layout.list(layout.blob(layout.manifest(configuration, descriptors)))
        return layout
    }

    /// One member of each kind.
    private static let everything: [UInt8] = {
        var tar = TarBytes()
        tar.addDirectory("./etc/")
        tar.add("etc/motd", Array("hello".utf8))
        tar.addLink("etc/link", to: "../motd")
        tar.addHardLink("etc/again", to: "./etc/motd")
        tar.addFIFO("run/pipe")
        tar.add("etc/.wh.passwd", [])
        tar.addExtendedHeader("SCHILY.xattr.security.capability", [1, 0, 0, 2])
        tar.add("bin/ping", Array("ELF".utf8))
        tar.add("/abs//./path", [7])
        tar.add("etc/motd", Array("twice".utf8))
        return tar.finished
    }()

    private func entries(_ imported: ImportedCase, _ layer: Digest) throws -> [FileEntryRecord] {
        try imported.file.read { reader in
            var entries: [FileEntryRecord] = []
            let record = try #require(try reader.layer(layer))
            try reader.forEachEntry(ofLayer: record.id) { entries.append($0.entry) }
            return entries
        }
    }

    @Test("Each kind of member, with what its header says", arguments: ["", "+gzip", "+zstd"], [false, true])
    func kinds(suffix: String, inArchive: Bool) throws {
        let layout = Self.layout([Self.everything], suffix: suffix)
        let imported = try ImportedCase()
        if inArchive {
            try imported.add(archive: layout.archive().finished)
        } else {
            try imported.add(layout)
        }
        let codes = try imported.warningCodes()
        #expect(codes == ["tar.repeated-path"])
        let layer = try imported.file.read { try #require(try $0.layers().first) }
        #expect(layer.expandedDigest == Digest(hashing: Self.everything))
        #expect(layer.entries == 9 && layer.failure == nil)
        let entries = try entries(imported, layer.digest)
        let paths = entries.map { String(decoding: $0.path, as: UTF8.self) }
        #expect(
            paths == [
                "etc", "etc/motd", "etc/link", "etc/again", "run/pipe", "etc/.wh.passwd", "bin/ping", "abs/path",
                "etc/motd",
            ]
        )
        #expect(
            entries.map(\.kind) == [
                .directory, .file, .symbolicLink, .hardLink, .fifo, .file, .file, .file, .file,
            ]
        )
        #expect(entries[1].content?.digest == Digest(hashing: Array("hello".utf8)).bytes)
        #expect(entries[1].content?.size == 5)
        #expect(entries[2].link == Array("../motd".utf8))
        #expect(entries[3].link == Array("etc/motd".utf8) && entries[3].content == nil)
        #expect(
            entries[6].details == [FileDetailRecord(name: "xattr:security.capability", value: [1, 0, 0, 2])]
        )
        #expect(entries[7].details == [FileDetailRecord(name: "path", value: Array("/abs//./path".utf8))])
    }

    @Test("The digest over all entries is that of what is stored")
    func entriesDigest() throws {
        let imported = try ImportedCase()
        try imported.add(Self.layout([Self.everything], suffix: "+gzip"))
        let layer = try imported.file.read { try #require(try $0.layers().first) }
        var canonical: [UInt8] = []
        for entry in try entries(imported, layer.digest) { entry.appendCanonical(to: &canonical) }
        #expect(Digest(hashing: canonical) == layer.entriesDigest)
    }

    @Test("Names keep their bytes, whatever those are")
    func rawNames() throws {
        let names: [[UInt8]] = [[0x61, 0xFF], [0x61, 0xFE], Array("é".utf8), Array("e\u{301}".utf8)]
        var tar = TarBytes()
        for name in names {
            tar.addExtendedHeader("path", name)
            tar.add("short", name)
        }
        let imported = try ImportedCase()
        try imported.add(Self.layout([tar.finished]))
        let layer = try imported.file.read { try #require(try $0.layers().first) }
        #expect(try entries(imported, layer.digest).map(\.path) == names)
        for name in names {
            let found = try imported.file.read { try $0.entries(path: name) }
            #expect(found.map(\.entry.content?.digest) == [Digest(hashing: name).bytes])
        }
    }

    @Test("Files are found by content, under every hard link too")
    func byContent() throws {
        let imported = try ImportedCase()
        try imported.add(Self.layout([Self.everything]))
        let found = try imported.file.read { try $0.entries(content: Digest(hashing: Array("hello".utf8)).bytes) }
        #expect(found.map { String(decoding: $0.entry.path, as: UTF8.self) } == ["etc/motd", "etc/again"])
        #expect(found.map(\.position) == [1, 3])
    }

    @Test("A large layer is the same, whether one thread or two read it, in a folder or an archive")
    func pipelined() throws {
        var tar = TarBytes()
        for number in 0..<20_000 { tar.add("d\(number % 7)/f\(number)", Array("content \(number)".utf8)) }
        tar.add("large", [UInt8](repeating: 7, count: 9 << 20))
        let layout = Self.layout([tar.finished], suffix: "+gzip")
        var digests: Set<Digest> = []
        for workers in [1, 2] {
            var limits = ImportLimits.standard
            limits.workers = workers
            let folder = try ImportedCase()
            try folder.add(layout, limits: limits)
            let archive = try ImportedCase()
            try archive.add(archive: layout.archive().finished, limits: limits)
            for imported in [folder, archive] {
                let layer = try imported.file.read { try #require(try $0.layers().first) }
                #expect(layer.entries == 20_001)
                #expect(layer.expandedDigest == Digest(hashing: tar.finished))
                digests.insert(layer.entriesDigest)
                #expect(try entries(imported, layer.digest).count == 20_001)
                let codes = try imported.warningCodes()
                #expect(codes == [])
            }
        }
        #expect(digests.count == 1)
    }

    @Test("A layer that the case has is not listed again, and one that lies in its place is")
    func knownLayer() throws {
        let layer = LayoutWriter.layer("same")
        let blob = StoredCompression.gzip(layer)
        let imported = try ImportedCase()
        try imported.add(Self.layout([layer], suffix: "+gzip"))
        var other = Self.layout([layer, LayoutWriter.layer("more")], suffix: "+gzip")
        let summary = try imported.add(other.write(to: imported.directory, "second"))
        #expect(!summary.alreadyKnown)
        let codes = try imported.warningCodes()
        #expect(codes == [])
        #expect(try imported.file.read { try $0.layers() }.count == 2)
        #expect(try imported.file.read { try $0.artifact(Digest(hashing: blob)) }?.diffID == Digest(hashing: layer))
        // Other bytes in the place of a layer that is known.
        let evil = StoredCompression.gzip(LayoutWriter.layer("evil"))
        other.replace(Digest(hashing: blob), with: evil)
        try imported.add(other.write(to: imported.directory, "third"))
        #expect(try imported.file.read { try $0.layer(Digest(hashing: evil)) }?.entries == 1)
    }

    @Test("Without files the case has none")
    func noFiles() throws {
        var limits = ImportLimits.standard
        limits.listsFiles = false
        let imported = try ImportedCase()
        try imported.add(Self.layout([Self.everything]), limits: limits)
        #expect(try imported.file.read { try $0.layers() }.isEmpty)
        let codes = try imported.warningCodes()
        #expect(codes == [])
    }

    @Test("Limits keep what was read, and are told")
    func limits() throws {
        var tar = TarBytes()
        for number in 0..<10 { tar.add("directory/file-\(number)", [1]) }
        var limits = ImportLimits.standard
        limits.layerEntries = 4
        let few = try ImportedCase()
        try few.add(Self.layout([tar.finished]), limits: limits)
        let codes = try few.warningCodes()
        #expect(codes == ["limit.layer-entries"])
        #expect(try few.file.read { try $0.layers().first }?.entries == 4)
        limits = .standard
        limits.pathBytes = 90
        tar = TarBytes()
        for number in 0..<10 { tar.add(String(repeating: "d", count: 88) + "/file-\(number)", [1]) }
        let short = try ImportedCase()
        try short.add(Self.layout([tar.finished]), limits: limits)
        let shortCodes = try short.warningCodes()
        #expect(shortCodes == ["limit.path-bytes"])
        #expect(try short.warnings().first?.message.hasPrefix("10 paths are longer than 90 bytes") == true)
    }

    @Test("A layer that is cut short keeps the files before, and says so")
    func cutShort() throws {
        var tar = TarBytes()
        for number in 0..<10 { tar.add("file-\(number)", [UInt8](repeating: 1, count: 1000)) }
        let imported = try ImportedCase()
        try imported.add(Self.layout([Array(tar.finished.prefix(5000))]))
        let codes = try imported.warningCodes()
        #expect(codes == ["layer.entries"])
        let layer = try imported.file.read { try #require(try $0.layers().first) }
        #expect(layer.entries == 3)
        #expect(layer.failure == "the layer's archive ends early, after byte 5000")
    }

    @Test("Evidence that is an archive itself is no layer")
    func evidenceIsNoLayer() throws {
        let imported = try ImportedCase()
        var layout = LayoutWriter()
        layout.list(layout.image())
        _ = try imported.directory.write(layout.archive().finished, to: "pile/saved.tar")
        let outcome = try imported.all(imported.directory.path("pile"))
        #expect(outcome.summaries.count == 1)
        #expect(try imported.file.read { try $0.layers() }.map(\.entries) == [1])
    }

    // MARK: - Imports that end early

    @Test("What a process that is gone left behind is removed, but for whole layers")
    func abandoned() throws {
        let imported = try ImportedCase()
        let digest = Digest(hashing: Array("layer".utf8))
        try imported.file.write { writer in
            let id = try writer.begin(
                OpenImportRecord(path: "gone", startedAt: ImportedCase.time, owner: "another-boot 1 1")
            )
            let half = try writer.beginLayer(openImportID: id)
            try writer.append(
                [FileEntryRecord(path: Array("a".utf8), kind: .file, mode: 0o644)],
                toLayer: half,
                from: 0
            )
            let whole = try writer.beginLayer(openImportID: id)
            try writer.append(
                [FileEntryRecord(path: Array("b".utf8), kind: .file, mode: 0o644)],
                toLayer: whole,
                from: 0
            )
            try writer.complete(
                layerID: whole,
                LayerRecord(
                    digest: digest,
                    size: 1,
                    expandedDigest: digest,
                    expandedSize: 1,
                    compression: nil,
                    entries: 1,
                    entriesDigest: digest
                )
            )
        }
        #expect(try imported.file.read { try $0.openImports() }.map(\.path) == ["gone"])
        #expect(try imported.file.read { try $0.entries(path: Array("a".utf8)) }.isEmpty)
        try imported.add(Self.layout([Self.everything]))
        #expect(try imported.file.read { try $0.openImports() }.isEmpty)
        #expect(try imported.file.read { try $0.entries(path: Array("a".utf8)) }.isEmpty)
        #expect(try imported.file.read { try $0.entries(path: Array("b".utf8)) }.count == 1)
        #expect(try imported.file.read { try $0.layer(digest) } != nil)
    }

    @Test("An import that is under way elsewhere is left alone, and one that is refused leaves nothing")
    func underWay() throws {
        let imported = try ImportedCase()
        let owner = try #require(Self.livingProcess)
        try imported.file.write { writer in
            _ = try writer.begin(OpenImportRecord(path: "elsewhere", startedAt: ImportedCase.time, owner: owner))
        }
        try imported.add(Self.layout([Self.everything]))
        let junk = try imported.directory.write(Array("junk".utf8), to: "junk")
        #expect(throws: EvidenceError.nothingRecognised(path: junk)) { try imported.add(junk) }
        #expect(try imported.file.read { try $0.openImports() }.map(\.path) == ["elsewhere"])
        #expect(try imported.file.read { try $0.layers() }.count == 1)
    }

    /// What a process that runs writes of itself while it imports: read while an import goes on.
    private static let livingProcess: String? = {
        final class Seen: @unchecked Sendable { var owner: String? }
        let seen = Seen()
        guard let imported = try? ImportedCase(),
            let path = try? layout([everything]).write(to: imported.directory)
        else { return nil }
        _ = try? Importer(caseFile: imported.file).run(path: path, at: ImportedCase.time) { _ in
            if seen.owner == nil { seen.owner = try? imported.file.read { try $0.openImports() }.first?.owner }
        }
        return seen.owner
    }()
}
