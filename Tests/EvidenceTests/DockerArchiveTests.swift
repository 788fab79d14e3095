import Archive
import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

@Suite("What docker save writes")
struct DockerArchiveTests {
    private static let layers = ["lower", "upper"].map { LayoutWriter.layer($0) }
    private static let name = "app:1.0"

    private static func configuration(_ layers: [[UInt8]]) -> [UInt8] {
        let diffIDs = layers.map { JSONValue("\(Digest(hashing: $0))") }
        let json: JSONValue = [
            "architecture": "amd64", "os": "linux", "config": ["Labels": ["vendor": "acme"]],
            "rootfs": ["type": "layers", "diff_ids": .array(diffIDs)],
        ]
        return Array(json.compact.utf8)
    }

    private static let image = Digest(hashing: configuration(layers))

    /// An archive of one image; `change` may spoil members, which a nil takes away.
    private func archive(
        list: JSONValue? = nil,
        changing change: [String: [UInt8]?] = [:],
        link: (path: String, target: String)? = nil
    ) -> [UInt8] {
        let usual: JSONValue = [
            [
                "Config": JSONValue("\(Self.image.hex).json"), "RepoTags": [JSONValue(Self.name)],
                "Layers": ["a/layer.tar", "b/layer.tar"],
            ]
        ]
        var members: [String: [UInt8]] = [
            "\(Self.image.hex).json": Self.configuration(Self.layers), "a/layer.tar": Self.layers[0],
            "b/layer.tar": Self.layers[1], "manifest.json": Array((list ?? usual).compact.utf8),
        ]
        for (path, bytes) in change { members[path] = bytes }
        var tar = TarBytes()
        if let link { tar.addLink(link.path, to: link.target) }
        for (path, bytes) in members.sorted(by: { $0.key < $1.key }) { tar.add(path, bytes) }
        return tar.finished
    }

    private func outcome(_ imported: ImportedCase) throws -> ContentOutcome {
        try imported.file.read { try $0.graph(of: Self.image).outcome }
    }

    @Test("The configuration stands for the image", arguments: [false, true])
    func reads(isCompressed: Bool) throws {
        let imported = try ImportedCase()
        let bytes = isCompressed ? StoredCompression.gzip(archive()) : archive()
        let summary = try imported.add(archive: bytes)
        #expect(try imported.warningCodes() == [])
        #expect(summary.source.kind == "docker-archive")
        #expect(summary.images == 1)
        #expect(try imported.role(of: Self.image) == .savedImage)
        #expect(try outcome(imported) == .intact)
        let entry = try #require(try imported.file.read { try $0.images() }.first)
        #expect(entry.digest == Self.image)
        #expect(entry.names == [Self.name])
        #expect(entry.platforms == ["linux/amd64"])
        #expect(try imported.claims(about: Self.image, .label) == ["vendor": "acme"])
    }

    @Test("An image with a manifest and the same without one are both there, whichever comes first")
    func besideALayout() throws {
        var layout = LayoutWriter()
        let configuration = layout.blob(Self.configuration(Self.layers))
        let digests = Self.layers.map { layout.blob($0) }
        let layers = digests.map { layout.descriptor("application/vnd.oci.image.layer.v1.tar", $0) }
        let manifest = layout.blob(layout.manifest(configuration, layers))
        layout.list(manifest, annotations: ["org.opencontainers.image.ref.name": JSONValue(Self.name)])
        var artifacts: [[ArtifactRecord]] = []
        for isArchiveFirst in [true, false] {
            let imported = try ImportedCase()
            if isArchiveFirst { try imported.add(archive: archive()) }
            try imported.add(layout)
            if !isArchiveFirst { try imported.add(archive: archive()) }
            #expect(try imported.role(of: Self.image) == .savedImage)
            let images = try imported.file.read { try $0.images() }
            #expect(images.map(\.digest) == [Self.image, manifest].sorted())
            #expect(images.first { $0.digest == Self.image }?.names == [Self.name])
            artifacts.append(try imported.file.read { try $0.artifacts(in: ArtifactRole.allCases) })
        }
        #expect(artifacts[0].map(\.digest).contains(manifest) && artifacts[0] == artifacts[1])
    }

    @Test("A name that other evidence gives to another image is told, and that of the same image is not")
    func contestedNames() throws {
        let imported = try ImportedCase()
        let names = { (summary: ImportSummary) in
            try imported.file.read { try $0.contestedNames(in: [summary.source.id]) }
        }
        #expect(try names(imported.add(archive: archive())) == [])
        var same = LayoutWriter()
        let configuration = same.blob(Self.configuration(Self.layers))
        same.list(
            same.blob(same.manifest(configuration, [])),
            annotations: ["org.opencontainers.image.ref.name": JSONValue(Self.name)]
        )
        #expect(try names(imported.add(same.write(to: imported.directory, "same"))) == [])
        var other = LayoutWriter()
        for name in [Self.name, "1.0"] {
            other.list(other.image(layer: name), annotations: ["org.opencontainers.image.ref.name": JSONValue(name)])
        }
        #expect(try names(imported.add(other.write(to: imported.directory, "other"))) == [Self.name])
    }

    @Test("A layer behind a symbolic link is found among the members, and nowhere else")
    func links() throws {
        let inside = try ImportedCase()
        try inside.add(
            archive: archive(
                changing: ["a/layer.tar": nil, "c/layer.tar": Self.layers[0]],
                link: ("a/layer.tar", "../c/layer.tar")
            )
        )
        #expect(try inside.warningCodes() == [])
        #expect(try outcome(inside) == .intact)
        for target in ["../../../etc/passwd", "/etc/passwd", "../a/layer.tar"] {
            let outside = try ImportedCase()
            try outside.add(archive: archive(changing: ["a/layer.tar": nil], link: ("a/layer.tar", target)))
            #expect(try outside.warningCodes() == ["blob.missing", "member.not-a-file"])
        }
    }

    @Test("A layer that was altered is told by the configuration")
    func altered() throws {
        let imported = try ImportedCase()
        try imported.add(archive: archive(changing: ["b/layer.tar": LayoutWriter.layer("other")]))
        #expect(try imported.warningCodes() == ["layer.diffid-mismatch"])
        #expect(try outcome(imported) == .altered)
    }

    @Test("What is missing or misnamed is said")
    func missing() throws {
        let layer = try ImportedCase()
        try layer.add(archive: archive(changing: ["b/layer.tar": nil]))
        #expect(try layer.warningCodes() == ["blob.missing"])
        let configuration = try ImportedCase()
        try configuration.add(archive: archive(changing: ["\(Self.image.hex).json": nil]))
        #expect(try configuration.warningCodes() == ["blob.missing"])
        #expect(try configuration.file.read { try $0.images() }.isEmpty)
        let misnamed = try ImportedCase()
        try misnamed.add(archive: archive(changing: ["\(Self.image.hex).json": Self.configuration([])]))
        #expect(try misnamed.warningCodes() == ["blob.digest-mismatch", "layer.diffid-absent"])
        let malformed = try ImportedCase()
        try malformed.add(archive: archive(list: [["Config": "x"], 7]))
        #expect(try malformed.warningCodes() == ["manifest.malformed", "manifest.malformed"])
        let empty = try ImportedCase()
        try empty.add(archive: archive(list: []))
        #expect(try empty.warningCodes() == ["manifest.malformed"])
        let duplicate = try ImportedCase()
        let twice = Array(#"[{"Config":"a","Config":"b","Layers":[]}]"#.utf8)
        try duplicate.add(archive: archive(changing: ["manifest.json": twice]))
        #expect(try duplicate.warningCodes() == ["manifest.not-json"])
    }

    @Test("Newer archives are layouts, to which docker's list adds names")
    func layoutAndList() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image)
        let manifest = try JSONValue(parsing: try #require(layout.members[LayoutWriter.path(image)]))
        let configuration = try #require(manifest["config"]?["digest"]?.string).dropFirst("sha256:".count)
        layout.put(
            #"[{"Config":"blobs/sha256/\#(configuration)","RepoTags":["app:2.0"],"Layers":[]}]"#,
            at: "manifest.json"
        )
        let imported = try ImportedCase()
        let summary = try imported.add(layout)
        #expect(summary.source.kind == "oci-layout")
        #expect(try imported.warningCodes() == [])
        #expect(try imported.file.read { try $0.images() }.map(\.names) == [["app:2.0"]])
        let other = String(repeating: "0", count: 64)
        layout.put(#"[{"Config":"blobs/sha256/\#(other)","RepoTags":["x"],"Layers":[]}]"#, at: "manifest.json")
        let contradicting = try ImportedCase()
        try contradicting.add(layout)
        #expect(try contradicting.warningCodes() == ["manifest.ambiguous"])
    }

    /// The members in the order in which docker writes them: the list comes last.
    private func inDockersOrder(_ isNamedByKaniko: Bool) -> (layers: TarBytes, whole: TarBytes) {
        let places = Self.layers.map { layer in
            let hex = Digest(hashing: layer).hex
            return isNamedByKaniko ? "\(hex).tar.gz" : "\(hex)/layer.tar"
        }
        var tar = TarBytes()
        for (path, bytes) in zip(places, Self.layers) { tar.add(path, bytes) }
        let layers = tar
        tar.add(
            isNamedByKaniko ? "sha256:\(Self.image.hex)" : "\(Self.image.hex).json",
            Self.configuration(Self.layers)
        )
        return (layers, tar)
    }

    @Test(
        "An archive that lost its list with its end gives its layers and images",
        arguments: [(false, ""), (true, ""), (false, "gzip")]
    )
    func truncated(isNamedByKaniko: Bool, compression: String) throws {
        let imported = try ImportedCase()
        let bytes = inDockersOrder(isNamedByKaniko).whole.bytes
        let summary = try imported.add(archive: compression.isEmpty ? bytes : StoredCompression.gzip(bytes))
        #expect(try imported.warningCodes() == ["archive.truncated"])
        #expect(summary.warnings == [.incomplete: 1])
        #expect(summary.source.kind == "docker-archive")
        #expect(summary.images == 1)
        #expect(try imported.role(of: Self.image) == .savedImage)
        #expect(try outcome(imported) == .intact)
        #expect(try imported.claims(about: Self.image, .label) == ["vendor": "acme"])
        #expect(try imported.file.read { try $0.images() }.map(\.names) == [[]])
    }

    @Test("What a truncated archive lost of an image is said, and layers without an image are kept")
    func truncatedLayers() throws {
        let (layers, whole) = inDockersOrder(false)
        let headless = try ImportedCase()
        let summary = try headless.add(archive: Array(layers.bytes.dropLast(510)))
        #expect(try headless.warnings().map(\.code).sorted() == ["archive.truncated", "blob.unreadable"])
        #expect((summary.images, summary.artifacts) == (0, 1))
        #expect(try headless.role(of: Digest(hashing: Self.layers[0])) == .layer)
        #expect(try headless.role(of: Digest(hashing: Self.layers[1])) == nil)
        let other = try ImportedCase()
        try other.add(archive: Array(whole.bytes.dropFirst(512 + Self.layers[0].count)))
        let lost = try #require(try other.warnings().first { $0.code == "blob.missing" })
        #expect(lost.message == "layer 0, \(Digest(hashing: Self.layers[0])), is not in what was read")
        #expect(lost.digest == Self.image)
        #expect(try other.warningCodes() == ["archive.truncated", "blob.missing"])
    }

    @Test("A truncated archive of nothing known is evidence that was lost")
    func truncatedStranger() throws {
        var tar = TarBytes()
        tar.add("readme.txt", Array("hello".utf8))
        let imported = try ImportedCase()
        let outcome = try imported.all(imported.directory.write(tar.bytes, to: "some.tar"))
        #expect(outcome.summaries.map(\.source.kind) == ["incomplete-archive"])
        #expect(outcome.summaries.map(\.source.digest) == [Digest(hashing: tar.bytes)])
        #expect(outcome.unrecognised == ["readme.txt"])
        let warning = try #require(try imported.warnings().first)
        #expect((warning.code, warning.severity) == ("archive.truncated", .incomplete))
        #expect(warning.message == "the archive ends without the mark of its end")
    }

    @Test("Thousands of damaged archives are read or refused")
    func mutations() throws {
        let good = archive()
        var mutator = Mutator(seed: 1979)
        var read = 0
        for _ in 0..<300 {
            let imported = try ImportedCase()
            do {
                try imported.add(archive: mutator.mutate(good))
                read += 1
            } catch EvidenceError.nothingRecognised {}
        }
        #expect(read > 0)
    }
}
