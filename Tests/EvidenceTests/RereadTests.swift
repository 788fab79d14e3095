import Archive
import CaseIndex
import Cryptography
import Evidence
import Glibc
import StrictJSON
import TestSupport
import Testing

@Suite("Layers are read again from the evidence")
struct RereadTests {
    /// Keeps the content of one file.
    private final class Keeper: ContentReceiver {
        var bytes: [UInt8] = []
        func receive(_ chunk: UnsafeRawBufferPointer) { bytes += Array(chunk) }
        func end() {}
    }

    private static let text = Array("the second file".utf8)

    private func layout() -> (layout: LayoutWriter, layer: Digest) {
        var tar = TarBytes()
        tar.add("first", Array("1".utf8))
        tar.add("second", Self.text)
        var layout = LayoutWriter()
        let layer = layout.blob(StoredCompression.gzip(tar.finished))
        let configuration = layout.blob([
            "rootfs": ["type": "layers", "diff_ids": [JSONValue("\(Digest(hashing: tar.finished))")]]
        ])
        layout.list(layout.blob(layout.manifest(configuration, [layout.descriptor(LayoutWriter.layerType, layer)])))
        return (layout, layer)
    }

    private func read(_ layer: Digest, _ imported: ImportedCase, evidence: String? = nil) throws -> [UInt8] {
        let (record, places) = try imported.file.read { reader in
            (try #require(try reader.layer(layer)), try BlobPlace.places(of: layer, in: reader))
        }
        let keeper = Keeper()
        try LayerRereading(record, places: places, evidence: evidence).read { $0 == 1 ? keeper : nil }
        return keeper.bytes
    }

    @Test(
        "From a folder, a tar archive, and a compressed one",
        arguments: ["folder", "tar", "tar.gz", "tar.zst", "pile"]
    )
    func everywhere(kind: String) throws {
        let (layout, layer) = layout()
        let imported = try ImportedCase()
        switch kind {
        case "folder": try imported.add(layout)
        case "tar": try imported.add(archive: layout.archive(prefix: "./").finished)
        case "tar.gz": try imported.add(archive: StoredCompression.gzip(layout.archive().finished))
        case "tar.zst": try imported.add(archive: StoredCompression.zstd(layout.archive().finished))
        default:
            // Two layouts in a folder, and an archive beside them: parts are named by the folders that they lie in.
            _ = try layout.write(to: imported.directory, "pile/a b")
            var other = LayoutWriter()
            other.list(other.image())
            _ = try other.write(to: imported.directory, "pile/c")
            try imported.all(imported.directory.path("pile"))
        }
        #expect(try read(layer, imported) == Self.text)
    }

    @Test("From an archive within a folder")
    func nested() throws {
        let (layout, layer) = layout()
        let imported = try ImportedCase()
        try imported.directory.write(layout.archive().finished, to: "pile/inner.tar")
        try imported.all(imported.directory.path("pile"))
        #expect(try read(layer, imported) == Self.text)
    }

    @Test("From where the evidence is now")
    func moved() throws {
        let (layout, layer) = layout()
        let imported = try ImportedCase()
        let other = try TemporaryDirectory()
        let path = try layout.write(to: other, "elsewhere")
        try imported.add(path)
        _ = try layout.write(to: imported.directory, "here")
        #expect(try read(layer, imported, evidence: imported.directory.path("here")) == Self.text)
        #expect(throws: RereadError.self) {
            try read(layer, imported, evidence: imported.directory.path("nowhere"))
        }
    }

    @Test("Not when other bytes lie there now")
    func changed() throws {
        var (layout, layer) = layout()
        let imported = try ImportedCase()
        try imported.add(layout)
        var tar = TarBytes()
        tar.add("first", Array("1".utf8))
        tar.add("second", Array("other".utf8))
        layout.replace(layer, with: StoredCompression.gzip(tar.finished))
        _ = try layout.write(to: imported.directory)
        #expect(throws: RereadError.changed(layer)) { try read(layer, imported) }
    }

    @Test("Not through a symbolic link")
    func links() throws {
        let (layout, layer) = layout()
        let imported = try ImportedCase()
        try imported.add(layout)
        let path = imported.directory.path("layout/" + LayoutWriter.path(layer))
        try imported.directory.write([], to: "moved")
        #expect(rename(path, imported.directory.path("moved")) == 0)
        #expect(symlink(imported.directory.path("moved"), path) == 0)
        #expect(throws: RereadError.self) { try read(layer, imported) }
    }
}
