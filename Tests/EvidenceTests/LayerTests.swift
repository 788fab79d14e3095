import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

@Suite("Layers are expanded while they are hashed")
struct LayerTests {
    /// A layout of one image whose layer is `bytes` and whose configuration names the digest of `text`.
    private func layout(_ bytes: [UInt8], text: [UInt8], type: String) -> LayoutWriter {
        var layout = LayoutWriter()
        let layer = layout.blob(bytes)
        let configuration = layout.blob([
            "rootfs": ["type": "layers", "diff_ids": [JSONValue("\(Digest(hashing: text))")]]
        ])
        layout.list(layout.blob(layout.manifest(configuration, [layout.descriptor(type, layer)])))
        return layout
    }

    private static let base = "application/vnd.oci.image.layer.v1.tar"

    @Test("Each compression", arguments: ["", "+gzip", "+zstd"])
    func compressions(suffix: String) throws {
        var tar = TarBytes()
        tar.add("file", (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 3) })
        let text = tar.finished
        let bytes =
            switch suffix {
            case "+gzip": StoredCompression.gzip(text)
            case "+zstd": StoredCompression.zstd(text)
            default: text
            }
        let imported = try ImportedCase()
        try imported.add(layout(bytes, text: text, type: Self.base + suffix))
        #expect(try imported.warningCodes() == [])
        #expect(try imported.file.read { try $0.artifact(Digest(hashing: bytes)) }?.diffID == Digest(hashing: text))
    }

    @Test("Bytes after the stream are noticed, although the diffID agrees")
    func trailingBytes() throws {
        let text = LayoutWriter.layer("layer")
        let bytes = StoredCompression.gzip(text) + Array("hidden".utf8)
        let imported = try ImportedCase()
        try imported.add(layout(bytes, text: text, type: Self.base + "+gzip"))
        #expect(try imported.warningCodes() == ["layer.trailing-bytes"])
        #expect(try imported.warnings().first?.message == "6 bytes follow the gzip stream")
        #expect(try imported.outcomes(to: Digest(hashing: bytes)) == [.matched])
    }

    @Test("Bytes after a zstd stream, and in its skippable frames, are told, and all files are kept")
    func trailingBytesOfZstd() throws {
        let text = LayoutWriter.layer("layer")
        let stream = StoredCompression.zstd(text)
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 5, 0, 0, 0] + Array("12345".utf8)
        let bytes = stream + skippable + Array("hidden".utf8)
        let imported = try ImportedCase()
        try imported.add(layout(bytes, text: text, type: Self.base + "+zstd"))
        #expect(try imported.warningCodes() == ["layer.skipped-frames", "layer.trailing-bytes"])
        #expect(
            Set(try imported.warnings().map(\.message)) == [
                "5 bytes lie in skippable zstd frames (1), which no reader expands", "6 bytes follow the zstd stream",
            ]
        )
        #expect(try imported.outcomes(to: Digest(hashing: bytes)) == [.matched])
        #expect(try imported.file.read { try $0.layer(Digest(hashing: bytes)) }?.entries == 1)
    }

    @Test("A layer that is cut short")
    func truncated() throws {
        let text = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        let bytes = Array(StoredCompression.gzip(text).prefix(50_000))
        let imported = try ImportedCase()
        try imported.add(layout(bytes, text: text, type: Self.base + "+gzip"))
        #expect(try imported.warningCodes() == ["layer.truncated"])
        #expect(try imported.outcomes(to: Digest(hashing: bytes)) == [.unreadable])
    }

    @Test("A layer that is not compressed as its media type says")
    func otherCompression() throws {
        let text = LayoutWriter.layer("layer")
        let imported = try ImportedCase()
        try imported.add(layout(StoredCompression.gzip(text), text: text, type: Self.base + "+zstd"))
        #expect(try imported.warningCodes() == ["layer.compression"])
    }

    @Test("A layer that is no archive gives no files, and is told")
    func noArchive() throws {
        let text = Array("layer".utf8)
        let imported = try ImportedCase()
        try imported.add(layout(StoredCompression.gzip(text), text: text, type: Self.base + "+gzip"))
        #expect(try imported.warningCodes() == ["layer.format"])
        let without = try ImportedCase()
        var limits = ImportLimits.standard
        limits.listsFiles = false
        try without.add(layout(StoredCompression.gzip(text), text: text, type: Self.base + "+gzip"), limits: limits)
        #expect(try without.warningCodes() == [])
    }

    @Test(
        "A compression that no layer has is named, and nothing is said of bytes that nobody saw",
        arguments: [("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]), ("bzip2", Array("BZh9".utf8))]
    )
    func unreadCompression(name: String, magic: [UInt8]) throws {
        let text = LayoutWriter.layer("layer")
        let bytes = magic + [UInt8](repeating: 7, count: 600)
        for suffix in ["+gzip", "+\(name)"] {
            let imported = try ImportedCase()
            let summary = try imported.add(layout(bytes, text: text, type: Self.base + suffix))
            #expect(summary.warnings[.incomplete] == 1)
            let told = try imported.warnings().filter { $0.code == "layer.format" }
            #expect(
                told.map(\.message) == [
                    "the layer is compressed with \(name), which is not read: its files are not listed, "
                        + "and its uncompressed bytes have no digest here"
                ]
            )
            let others = try imported.warnings().filter { $0.code != "layer.format" }.map(\.message)
            #expect(others == (suffix == "+gzip" ? ["the media type says gzip, and the bytes are \(name)"] : []))
            #expect(try imported.outcomes(to: Digest(hashing: bytes)) == [.unreadable])
            #expect(try imported.file.read { try $0.artifact(Digest(hashing: bytes)) }?.diffID == nil)
        }
    }

    @Test("A layer of a media type that is not known, and in no known format, is told")
    func unknownFormat() throws {
        let bytes = [UInt8](repeating: 0xA5, count: 700)
        let imported = try ImportedCase()
        try imported.add(layout(bytes, text: bytes, type: Self.base + "+encrypted"))
        #expect(
            try imported.warnings().map(\.message) == [
                "the layer is no tar archive, nor compressed in a way that is known; its files are not listed"
            ]
        )
    }

    @Test("A gzip trailer that does not fit is told, and so are several members")
    func trailer() throws {
        let text = LayoutWriter.layer("layer")
        var bytes = StoredCompression.gzip(text)
        bytes[bytes.count - 8] ^= 1
        let damaged = try ImportedCase()
        try damaged.add(layout(bytes, text: text, type: Self.base + "+gzip"))
        #expect(try damaged.warningCodes() == ["layer.checksum"])
        let two = StoredCompression.gzip(Array(text.prefix(700))) + StoredCompression.gzip(Array(text.dropFirst(700)))
        let members = try ImportedCase()
        try members.add(layout(two, text: text, type: Self.base + "+gzip"))
        #expect(try members.warningCodes() == ["layer.members"])
    }

    @Test("A bomb stops at the limit, and its own digest is still right")
    func bomb() throws {
        let bytes = StoredCompression.zstdZeros(blocks: 1000)
        var limits = ImportLimits.standard
        limits.expandedLayerBytes = 1 << 20
        let imported = try ImportedCase()
        try imported.add(layout(bytes, text: [], type: Self.base + "+zstd"), limits: limits)
        #expect(try imported.warningCodes() == ["limit.expanded-bytes"])
        #expect(try imported.outcomes(to: Digest(hashing: bytes)) == [.unreadable])
        #expect(try imported.file.read { try $0.artifact(Digest(hashing: bytes)) } != nil)
    }

    /// Ten files of 1,000 bytes, each 1,536 bytes of the archive.
    private static let tenFiles: [UInt8] = {
        var tar = TarBytes()
        for number in 0..<10 { tar.add("f\(number)", [UInt8](repeating: 7, count: 1000)) }
        return tar.finished
    }()

    @Test("What lies before the limit is kept, compressed or not", arguments: ["", "+gzip", "+zstd"])
    func limitKeepsFiles(suffix: String) throws {
        let bytes =
            switch suffix {
            case "+gzip": StoredCompression.gzip(Self.tenFiles)
            case "+zstd": StoredCompression.zstd(Self.tenFiles)
            default: Self.tenFiles
            }
        var limits = ImportLimits.standard
        limits.expandedLayerBytes = 5000
        let imported = try ImportedCase()
        let summary = try imported.add(layout(bytes, text: Self.tenFiles, type: Self.base + suffix), limits: limits)
        #expect(summary.warnings == [.incomplete: 1])
        let stream = "the \(suffix.dropFirst()) stream expands to more than the limit of 5000 bytes; "
        #expect(
            try imported.warnings().map(\.message) == [
                suffix.isEmpty
                    ? "files beyond the first 5000 bytes of the layer were not listed; 3 files were"
                    : stream + "its first 5000 bytes were read, and 3 files listed"
            ]
        )
        #expect(try imported.warningCodes() == ["limit.expanded-bytes"])
        #expect(try imported.file.read { try $0.layer(Digest(hashing: bytes)) }?.entries == 3)
    }

    @Test("All layers together have a budget too")
    func budget() throws {
        var limits = ImportLimits.standard
        limits.expandedBytes = 1 << 20
        let imported = try ImportedCase()
        try imported.add(
            layout(StoredCompression.zstdZeros(blocks: 100), text: [], type: Self.base + "+zstd"),
            limits: limits
        )
        #expect(try imported.warningCodes() == ["limit.expanded-bytes"])
        #expect(
            try imported.warnings().first?.message.hasPrefix(
                "the zstd stream was not read further: all of the evidence expands to the limit of 1048576 bytes; "
                    + "its first 1048576 bytes were read"
            ) == true
        )
    }

    @Test("A foreign layer need not be there")
    func foreign() throws {
        var layout = LayoutWriter()
        let configuration = layout.blob([
            "rootfs": ["type": "layers", "diff_ids": [JSONValue("\(Digest(hashing: []))")]]
        ])
        let layer = layout.descriptor(
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            Digest(hashing: Array("elsewhere".utf8))
        )
        layout.list(layout.blob(layout.manifest(configuration, [layer])))
        let imported = try ImportedCase()
        #expect(try imported.add(layout).warnings == [.recovered: 1])
        #expect(try imported.warningCodes() == ["layer.foreign"])
    }
}
