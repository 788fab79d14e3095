import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Evidence that is wrong is recorded, and the rest is read")
struct BadLayoutTests {
    /// A layout of two images, so that each test sees that the second one is not lost.
    private struct TwoImages {
        var layout = LayoutWriter()
        let first, second: Digest

        init() {
            first = layout.image(layer: "first")
            second = layout.image(layer: "second")
            layout.list(first)
            layout.list(second)
        }

        var firstLayer: Digest { Digest(hashing: StoredCompression.gzip(LayoutWriter.layer("first"))) }
    }

    @Test("An honest layout gives no warning")
    func honest() throws {
        let imported = try ImportedCase()
        let summary = try imported.add(TwoImages().layout)
        #expect(summary.images == 2)
        #expect(summary.artifacts == 7)
        #expect(summary.warnings == [:])
        #expect(try imported.warningCodes() == [])
        #expect(summary.source.kind == "oci-layout")
        #expect(summary.source.isComplete)
    }

    @Test("A pile that is no layout is refused")
    func notALayout() throws {
        let imported = try ImportedCase()
        let pile = try imported.directory.write("hello", to: "pile/readme.txt").dropLast("/readme.txt".count)
        #expect(throws: EvidenceError.nothingRecognised(path: String(pile))) { try imported.add(String(pile)) }
        let file = imported.directory.path("pile/readme.txt")
        #expect(throws: EvidenceError.nothingRecognised(path: file)) { try imported.add(file) }
        let absent = imported.directory.path("absent")
        #expect(throws: EvidenceError.cannotOpen(path: absent, code: ENOENT)) { try imported.add(absent) }
        #expect(throws: EvidenceError.notAFileOrFolder(path: "/dev/null")) { try imported.add("/dev/null") }
        #expect(try imported.file.read { try $0.sources() }.isEmpty)
    }

    @Test("A missing blob")
    func missingBlob() throws {
        var images = TwoImages()
        images.layout.remove(LayoutWriter.path(images.firstLayer))
        let imported = try ImportedCase()
        let summary = try imported.add(images.layout)
        #expect(try imported.warningCodes() == ["blob.missing"])
        #expect(summary.warnings == [.incomplete: 1])
        #expect(try imported.outcomes(to: images.firstLayer) == [.missing])
        #expect(try imported.file.read { try $0.graph(of: images.first).outcome } == .incomplete)
        #expect(try imported.file.read { try $0.graph(of: images.second).outcome } == .intact)
    }

    @Test("A layer with the wrong bytes")
    func wrongBytes() throws {
        var images = TwoImages()
        let other = StoredCompression.gzip(LayoutWriter.layer("fIrst"))
        images.layout.replace(images.firstLayer, with: other)
        let imported = try ImportedCase()
        let summary = try imported.add(images.layout)
        #expect(try imported.warningCodes() == ["blob.digest-mismatch", "layer.diffid-mismatch"])
        #expect(summary.warnings == [.contradicted: 2])
        let relationships = try imported.file.read { try $0.relationships(to: images.firstLayer) }
        #expect(relationships.map(\.outcome) == [.digestMismatch])
        #expect(relationships.map(\.observedDigest) == [Digest(hashing: other)])
        #expect(try imported.file.read { try $0.graph(of: images.first).outcome } == .altered)
    }

    @Test("A manifest with the wrong bytes is compared with its name, and read as what it is")
    func wrongManifest() throws {
        var images = TwoImages()
        let honest = try #require(images.layout.members[LayoutWriter.path(images.first)])
        let altered = honest + [UInt8(ascii: "\n")]
        images.layout.replace(images.first, with: altered)
        let imported = try ImportedCase()
        try imported.add(images.layout)
        #expect(try imported.warningCodes() == ["blob.digest-mismatch"])
        #expect(try imported.outcomes(to: images.first) == [.digestMismatch])
        #expect(try imported.role(of: images.first) == nil)
        #expect(try imported.role(of: Digest(hashing: altered)) == .imageManifest)
    }

    @Test("A descriptor that states another size")
    func wrongSize() throws {
        var images = TwoImages()
        let descriptor: JSONValue = [
            "mediaType": JSONValue(LayoutWriter.manifestType), "digest": JSONValue("\(images.first)"), "size": 1,
        ]
        images.layout.list(descriptor)
        let imported = try ImportedCase()
        try imported.add(images.layout)
        #expect(try imported.warningCodes() == ["blob.size-mismatch"])
        #expect(try imported.outcomes(to: images.first) == [.matched, .sizeMismatch])
    }

    @Test("A configuration that names other layers")
    func wrongDiffID() throws {
        var layout = LayoutWriter()
        let image = layout.image(diffID: Digest(hashing: []))
        layout.list(image)
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == ["layer.diffid-mismatch"])
        let layer = Digest(hashing: StoredCompression.gzip(LayoutWriter.layer("layer")))
        let relationships = try imported.file.read { try $0.relationships(to: layer) }
        #expect(relationships.map(\.outcome) == [.diffIDMismatch])
        #expect(relationships.map(\.claimedDiffID) == [Digest(hashing: [])])
        #expect(relationships.map(\.observedDiffID) == [Digest(hashing: LayoutWriter.layer("layer"))])
    }

    @Test("A configuration that names fewer layers than there are")
    func tooFewDiffIDs() throws {
        var layout = LayoutWriter()
        let layer = layout.blob(StoredCompression.gzip(LayoutWriter.layer("x")))
        let configuration = layout.blob([
            "rootfs": ["type": "layers", "diff_ids": [JSONValue("\(Digest(hashing: LayoutWriter.layer("x")))")]]
        ])
        let descriptor = layout.descriptor(LayoutWriter.layerType, layer)
        layout.list(layout.blob(layout.manifest(configuration, [descriptor, descriptor])))
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == ["layer.diffid-count"])
    }

    @Test(
        "A manifest that cannot be read",
        arguments: [
            ("not json", "manifest.not-json"),
            (#"{"schemaVersion":2,"layers":[],"layers":[]}"#, "json.duplicate-name"),
            (#"{"schemaVersion":2,"layers":[],"manifests":[]}"#, "manifest.ambiguous"),
            (#"{"schemaVersion":2,"layers":[],"Layers":[]}"#, "manifest.ambiguous"),
            (#"{"schemaVersion":2,"manifests":[]}"#, "manifest.ambiguous"),
            (#"{"schemaVersion":2,"layers":{}}"#, "manifest.malformed"),
            (#"{"schemaVersion":2,"layers":[]}{}"#, "manifest.not-json"),
            (#"{"schemaVersion":2}"#, "manifest.malformed"),
        ]
    )
    func unreadableManifest(text: String, code: String) throws {
        var images = TwoImages()
        let digest = images.layout.blob(Array(text.utf8))
        images.layout.list(digest)
        let imported = try ImportedCase()
        let summary = try imported.add(images.layout)
        #expect(try imported.warningCodes() == [code])
        #expect(summary.images == 2)
        // What could not be read is not lost: whoever doubts the refusal can look.
        #expect(try imported.file.read { try $0.content(digest) } == (text.utf8.first == 0x7B ? Array(text.utf8) : nil))
    }

    @Test(
        "A descriptor that is not well formed does not hide the others",
        arguments: [
            ("sha256:../../etc/passwd", 2, "descriptor.malformed-digest"),
            ("sha256:abc", 2, "descriptor.malformed-digest"),
            ("md5:d41d8cd98f00b204e9800998ecf8427e", 2, "descriptor.malformed-digest"),
            ("sha256:\(Digest(hashing: []).hex.uppercased())", 2, "descriptor.malformed-digest"),
            ("sha256:\(Digest(hashing: []).hex)", -1, "descriptor.malformed"),
        ] as [(String, Int64, String)]
    )
    func malformedDescriptor(digest: String, size: Int64, code: String) throws {
        var layout = LayoutWriter()
        layout.list([
            "mediaType": JSONValue(LayoutWriter.manifestType), "digest": JSONValue(digest), "size": JSONValue(size),
        ])
        let image = layout.image()
        layout.list(image)
        let imported = try ImportedCase()
        let summary = try imported.add(layout)
        #expect(try imported.warningCodes() == [code])
        #expect(summary.images == 1)
        #expect(try imported.outcomes(to: image) == [.matched])
    }

    @Test("Text from evidence is escaped in warnings")
    func escapedWarnings() throws {
        var layout = LayoutWriter()
        layout.list(["digest": "sha256:\u{1B}[31m\u{202E}", "size": 2])
        let imported = try ImportedCase()
        try imported.add(layout)
        let message = try #require(try imported.warnings().first?.message)
        #expect(message == "/manifests/0/digest is no digest: sha256:\\u{1b}[31m\\u{202e}")
    }

    @Test("A FIFO, a symbolic link and a folder in a blob's place are not opened", .timeLimit(.minutes(1)))
    func specialBlobs() throws {
        var images = TwoImages()
        let layer = LayoutWriter.path(images.firstLayer)
        images.layout.remove(layer)
        let imported = try ImportedCase()
        let path = try images.layout.write(to: imported.directory)
        #expect(mkfifo("\(path)/\(layer)", 0o600) == 0)
        #expect(symlink("/etc/passwd", "\(path)/link") == 0)
        let summary = try imported.add(path)
        #expect(try imported.warningCodes() == ["blob.not-a-file", "member.not-a-file"])
        #expect(summary.warnings == [.incomplete: 1, .recovered: 1])
        #expect(try imported.outcomes(to: images.firstLayer) == [.unreadable])
    }

    @Test("A blob that is a symbolic link is not followed, even to the right bytes")
    func linkedBlob() throws {
        var images = TwoImages()
        let place = LayoutWriter.path(images.firstLayer)
        let bytes = try #require(images.layout.members[place])
        images.layout.remove(place)
        let imported = try ImportedCase()
        let path = try images.layout.write(to: imported.directory)
        try imported.directory.write(bytes, to: "outside")
        #expect(symlink("../../../outside", "\(path)/\(place)") == 0)
        try imported.add(path)
        #expect(try imported.warningCodes() == ["blob.not-a-file"])
        #expect(try imported.outcomes(to: images.firstLayer) == [.unreadable])
    }

    @Test("A layout without index.json still gives what its blobs say")
    func noIndex() throws {
        let imported = try ImportedCase()
        let path = try TwoImages().layout.write(to: imported.directory)
        #expect(unlink("\(path)/index.json") == 0)
        let summary = try imported.add(path)
        #expect(try imported.warningCodes() == ["layout.no-index"])
        #expect(summary.images == 2)
    }

    @Test(
        "The file oci-layout",
        arguments: [
            (nil, ["layout.no-marker"]), (#"{"imageLayoutVersion":"9.9.9"}"#, ["layout.version"]),
            ("nonsense", ["layout.version"]),
        ] as [(String?, [String])]
    )
    func marker(text: String?, codes: [String]) throws {
        var images = TwoImages()
        if let text { images.layout.put(text, at: "oci-layout") } else { images.layout.remove("oci-layout") }
        let imported = try ImportedCase()
        #expect(try imported.add(images.layout).images == 2)
        #expect(try imported.warningCodes() == codes)
    }

    @Test("One name for two images")
    func ambiguousName() throws {
        var layout = LayoutWriter()
        let name: JSONValue = ["org.opencontainers.image.ref.name": "latest"]
        layout.list(layout.image(layer: "a"), annotations: name)
        layout.list(layout.image(layer: "b"), annotations: name)
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == ["reference.ambiguous"])
        #expect(try imported.file.read { try $0.references() }.map(\.name) == ["latest", "latest"])
    }
}
