import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

@Suite("Layouts in archives")
struct ArchiveImportTests {
    private func layout() -> (LayoutWriter, image: Digest) {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image, annotations: ["kind": "dev.cosignproject.cosign/image"])
        layout.list(layout.signatures(of: image), annotations: ["kind": "dev.cosignproject.cosign/sigs"])
        return (layout, image)
    }

    @Test(
        "Every compression, with the layout at the root or one folder deep",
        arguments: ["none", "gzip", "zstd"],
        ["", "./", "saved/"]
    )
    func reads(compression: String, prefix: String) throws {
        let (layout, image) = layout()
        let tar = layout.archive(prefix: prefix).finished
        let bytes =
            switch compression {
            case "gzip": StoredCompression.gzip(tar)
            case "zstd": StoredCompression.zstd(tar)
            default: tar
            }
        let imported = try ImportedCase()
        let summary = try imported.add(archive: bytes)
        #expect(try imported.warningCodes() == [])
        #expect((summary.images, summary.signatures) == (1, 1))
        #expect(summary.source.kind == "oci-archive")
        #expect(summary.source.digest == Digest(hashing: bytes))
        let location = try #require(try imported.file.read { try $0.locations(of: image) }.first)
        #expect(location.path == "\(prefix == "saved/" ? "saved/" : "")\(LayoutWriter.path(image))")
        guard compression == "none" else {
            #expect(location.offset == nil)
            return
        }
        let offset = try #require(location.offset.map { Int($0) })
        let content = try #require(try imported.file.read { try $0.content(image) })
        #expect(Array(bytes[offset..<offset + content.count]) == content)
    }

    @Test("An archive without its end keeps everything before")
    func truncated() throws {
        let (layout, image) = layout()
        var tar = TarBytes()
        for (path, bytes) in layout.finished.sorted(by: { $0.key < $1.key }) where !path.hasPrefix("blobs/") {
            tar.add(path, bytes)
        }
        for (path, bytes) in layout.finished.sorted(by: { $0.key < $1.key }) where path.hasPrefix("blobs/") {
            tar.add(path, bytes)
        }
        tar.add("zzz", [UInt8](repeating: 1, count: 5000))
        let imported = try ImportedCase()
        let summary = try imported.add(archive: Array(tar.bytes.dropLast(3000)))
        #expect(try imported.warningCodes() == ["archive.truncated", "blob.unreadable"])
        #expect((summary.images, summary.signatures) == (1, 1))
        #expect(try imported.outcomes(to: image) == [.matched])
        #expect(summary.warnings == [.incomplete: 2])
    }

    @Test("An archive that lost its index with its end gives what its blobs say")
    func truncatedBeforeIndex() throws {
        let (layout, image) = layout()
        var tar = TarBytes()
        for (path, bytes) in layout.members.sorted(by: { $0.key < $1.key }) where path.hasPrefix("blobs/") {
            tar.add("saved/" + path, bytes)
        }
        let imported = try ImportedCase()
        let summary = try imported.add(archive: tar.bytes)
        #expect(try imported.warningCodes() == ["archive.truncated", "layout.no-index", "layout.no-marker"])
        #expect((summary.images, summary.signatures) == (1, 1))
        #expect(try imported.role(of: image) == .imageManifest)
    }

    @Test("Bytes after the end of an archive are noticed, zeros are not", arguments: [0, 100, 600_000])
    func trailingBytes(padding: Int) throws {
        let archive = layout().0.archive().finished + [UInt8](repeating: 0, count: padding)
        let padded = try ImportedCase()
        try padded.add(archive: archive)
        #expect(try padded.warningCodes() == [])
        let imported = try ImportedCase()
        let summary = try imported.add(archive: archive + Array("hidden".utf8))
        #expect(try imported.warningCodes() == ["archive.trailing-bytes"])
        #expect(summary.warnings == [.recovered: 1])
    }

    @Test("A compressed archive that is cut short")
    func truncatedGzip() throws {
        let (layout, _) = layout()
        var tar = layout.archive()
        // What the last 64 KiB expand to is lost with libarchive.
        tar.add("zzz", [UInt8](repeating: 1, count: 200_000))
        let imported = try ImportedCase()
        let bytes = Array(StoredCompression.gzip(tar.finished).dropLast(50_000))
        let summary = try imported.add(archive: bytes)
        #expect(try imported.warningCodes() == ["archive.truncated", "blob.unreadable"])
        #expect(summary.signatures == 1)
        #expect(summary.source.digest == Digest(hashing: bytes))
    }

    @Test("Members that occur twice, links and FIFOs")
    func oddMembers() throws {
        let (layout, image) = layout()
        var tar = layout.archive()
        tar.add("oci-layout", Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))
        tar.addLink("blobs/sha256/\(Digest(hashing: [1]).hex)", to: "/etc/passwd")
        tar.addFIFO("pipe")
        tar.add("../../outside", [1])
        let imported = try ImportedCase()
        try imported.add(archive: tar.finished)
        #expect(try imported.warningCodes() == ["blob.not-a-file", "member.duplicate", "member.not-a-file"])
        #expect(try imported.outcomes(to: image) == [.matched])
    }

    @Test("A blob stored as a hard link of an earlier one is that one's bytes")
    func hardLink() throws {
        let (layout, image) = layout()
        var tar = TarBytes()
        let place = LayoutWriter.path(image)
        for (path, bytes) in layout.finished.sorted(by: { $0.key < $1.key }) {
            guard path == place else {
                tar.add(path, bytes)
                continue
            }
            tar.add("elsewhere", bytes)
            tar.addHardLink(path, to: "elsewhere")
        }
        let imported = try ImportedCase()
        #expect(try imported.add(archive: tar.finished).images == 1)
        #expect(try imported.warningCodes() == [])
        #expect(try imported.outcomes(to: image) == [.matched])
    }

    @Test("An odd header is named, and its member is read")
    func oddHeader() throws {
        var tar = layout().0.archive()
        tar.addExtendedHeader("path", [0x61, 0xFF])
        tar.add("short", [1])
        let imported = try ImportedCase()
        try imported.add(archive: tar.finished)
        #expect(try imported.warningCodes() == ["archive.header"])
        #expect(try imported.warnings().map(\.path) == ["a\\xff"])
    }

    @Test("Every layout of an archive is a source of its own, and the same one twice is one")
    func severalLayouts() throws {
        var tar = layout().0.archive(prefix: "a/")
        tar.add(layout().0.archive(prefix: "b/"))
        var other = LayoutWriter()
        other.list(other.image(layer: "else"))
        tar.add(other.archive(prefix: "deep/down/c/"))
        let imported = try ImportedCase()
        let path = try imported.directory.write(tar.finished, to: "pile.tar")
        let outcome = try imported.all(path)
        #expect(outcome.summaries.map(\.source.path) == [path + "/a", path + "/a", path + "/deep/down/c"])
        #expect(outcome.summaries.map(\.alreadyKnown) == [false, true, false])
        #expect(try imported.warningCodes() == [])
        #expect(try imported.file.read { try $0.images() }.count == 2)
        // The folder by itself is the same evidence.
        let folder = try layout().0.write(to: imported.directory)
        #expect(try imported.add(folder).alreadyKnown)
    }

    @Test("An archive of something else is refused")
    func otherArchive() throws {
        var tar = TarBytes()
        tar.add("readme.txt", Array("hello".utf8))
        let imported = try ImportedCase()
        let path = imported.directory.path("layout.tar")
        for bytes in [tar.finished, [], Array("text".utf8), StoredCompression.gzip(Array("text".utf8))] {
            #expect(throws: EvidenceError.nothingRecognised(path: path)) { try imported.add(archive: bytes) }
        }
    }

    @Test("A compressed archive that ends before its first member is evidence that was lost", arguments: [3, 200])
    func truncatedAtOnce(count: Int) throws {
        let (layout, _) = layout()
        let imported = try ImportedCase()
        let bytes = Array(StoredCompression.gzip(layout.archive().finished).prefix(count))
        let summary = try imported.add(archive: bytes)
        #expect(summary.source.kind == "incomplete-archive")
        #expect(summary.source.digest == Digest(hashing: bytes))
        #expect(try imported.warningCodes() == ["archive.truncated"])
        #expect(summary.losses == ["archive.truncated: the archive ends early, after byte \(count)"])
    }

    @Test("Documents for which no room is left are counted")
    func noRoom() throws {
        let (layout, _) = layout()
        var limits = ImportLimits.standard
        limits.retainedBytes = 10
        let imported = try ImportedCase()
        try imported.add(archive: layout.archive().finished, limits: limits)
        #expect(try imported.warningCodes().contains("limit.bytes"))
    }
}
