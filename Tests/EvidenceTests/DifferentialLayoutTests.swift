import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A layout that other tools read differently, or should not have read, and the warnings that say so.
struct OddLayout: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let codes: [String]
    let images: Int
    let change: @Sendable (inout LayoutWriter) -> Void

    init(_ name: String, _ codes: [String], images: Int = 1, _ change: @escaping @Sendable (inout LayoutWriter) -> Void)
    {
        testDescription = name
        self.codes = codes
        self.images = images
        self.change = change
    }
}

extension OddLayout {
    private static let text = LayoutWriter.layer("layer")
    private static let layer = Digest(hashing: StoredCompression.gzip(text))

    /// Lists a document that is written as it stands.
    private static func document(_ text: String) -> @Sendable (inout LayoutWriter) -> Void {
        { $0.list($0.blob(Array(text.utf8))) }
    }

    /// An image of one layer with descriptors of one's own.
    private static func image(
        _ layout: inout LayoutWriter,
        diffIDs: [Digest] = [Digest(hashing: text)],
        layer change: (inout JSONObject) -> Void
    ) {
        let digest = layout.blob(StoredCompression.gzip(text))
        guard case .object(var descriptor) = layout.descriptor(LayoutWriter.layerType, digest) else { return }
        change(&descriptor)
        let configuration = layout.blob([
            "rootfs": ["type": "layers", "diff_ids": .array(diffIDs.map { JSONValue("\($0)") })]
        ])
        layout.list(layout.blob(layout.manifest(configuration, [.object(descriptor)])))
    }

    static let all: [OddLayout] = manifests + descriptors + blobs

    private static let manifests: [OddLayout] = [
        OddLayout(
            "two members of one name",
            ["json.duplicate-name"],
            document(#"{"schemaVersion":2,"layers":[],"layers":[]}"#)
        ),
        OddLayout(
            "two members of one name, one escaped",
            ["json.duplicate-name"],
            document(#"{"schemaVersion":2,"layers":[],"l\u0061yers":[]}"#)
        ),
        OddLayout(
            "a member in another case",
            ["manifest.ambiguous"],
            document(#"{"schemaVersion":2,"layers":[],"Layers":[]}"#)
        ),
        OddLayout(
            "a manifest and an index",
            ["manifest.ambiguous"],
            document(#"{"schemaVersion":2,"layers":[],"manifests":[]}"#)
        ),
        OddLayout(
            "a manifest and an index in another case",
            ["manifest.ambiguous"],
            document(#"{"schemaVersion":2,"layers":[],"Manifests":[]}"#)
        ),
        OddLayout(
            "a manifest of both schemas",
            ["manifest.ambiguous"],
            document(#"{"schemaVersion":2,"layers":[],"fsLayers":[],"history":[]}"#)
        ),
        OddLayout(
            "an index that is listed as a manifest",
            ["manifest.ambiguous"],
            document(#"{"schemaVersion":2,"manifests":[]}"#)
        ),
        OddLayout(
            "a second document behind the first",
            ["manifest.not-json"],
            document(#"{"schemaVersion":2,"layers":[]}{}"#)
        ),
        OddLayout("a comma too many", ["manifest.not-json"], document(#"{"schemaVersion":2,"layers":[],}"#)),
        OddLayout("a byte order mark", ["manifest.not-json"]) { layout in
            layout.list(layout.blob([0xEF, 0xBB, 0xBF] + Array(#"{"schemaVersion":2,"layers":[]}"#.utf8)))
        },
        OddLayout("an index in UTF-16", ["manifest.not-json"]) { layout in
            let text = #"{"schemaVersion":2,"manifests":[]}"#
            layout.put(
                text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] },
                at: "index.json"
            )
        },
        OddLayout("an index of null", ["index.empty"]) {
            $0.put(#"{"schemaVersion":2,"manifests":null}"#, at: "index.json")
        },
        OddLayout("a version from the future", ["layout.version"]) { layout in
            layout.put(#"{"imageLayoutVersion":"9.9.9"}"#, at: "oci-layout")
        },
        OddLayout("one name for two images", ["reference.ambiguous"], images: 3) { layout in
            let name: JSONValue = ["org.opencontainers.image.ref.name": "latest"]
            layout.list(layout.image(layer: "a"), annotations: name)
            layout.list(layout.image(layer: "b"), annotations: name)
        },
    ]

    private static let descriptors: [OddLayout] = [
        OddLayout("a digest that leads out", ["descriptor.malformed-digest"], images: 2) { layout in
            image(&layout) { $0["digest"] = "sha256:../../canary/secret" }
        },
        OddLayout("a digest with another separator", ["descriptor.malformed-digest"], images: 2) { layout in
            image(&layout) { $0["digest"] = "../../x:y" }
        },
        OddLayout("a digest in capitals", ["descriptor.malformed-digest"], images: 2) { layout in
            image(&layout) { $0["digest"] = JSONValue("sha256:\(layer.hex.uppercased())") }
        },
        OddLayout("a digest with a sign in it", ["descriptor.malformed-digest"], images: 2) { layout in
            image(&layout) { $0["digest"] = JSONValue("sha256:" + String(repeating: "+f", count: 32)) }
        },
        OddLayout("a digest that is one digit short", ["descriptor.malformed-digest"], images: 2) { layout in
            image(&layout) { $0["digest"] = JSONValue("sha256:\(layer.hex.dropLast())") }
        },
        OddLayout("a digest without digits", ["descriptor.malformed-digest"], images: 2) { layout in
            image(&layout) { $0["digest"] = "sha256:" }
        },
        OddLayout("a digest of an algorithm that is broken", ["descriptor.malformed-digest"], images: 2) { layout in
            image(&layout) { $0["digest"] = "md5:d41d8cd98f00b204e9800998ecf8427e" }
        },
        OddLayout("a size that is one short", ["blob.size-mismatch"], images: 2) { layout in
            image(&layout) { $0["size"] = JSONValue(($0["size"]?.int64 ?? 0) - 1) }
        },
        OddLayout("a size that is one over", ["blob.size-mismatch"], images: 2) { layout in
            image(&layout) { $0["size"] = JSONValue(($0["size"]?.int64 ?? 0) + 1) }
        },
        OddLayout("a size below zero", ["descriptor.malformed"], images: 2) { layout in
            image(&layout) { $0["size"] = -1 }
        },
        OddLayout("a size that is the largest number", ["blob.size-mismatch"], images: 2) { layout in
            image(&layout) { $0["size"] = JSONValue(Int64.max) }
        },
        OddLayout("a diffID of something else", ["layer.diffid-mismatch"], images: 2) { layout in
            image(&layout, diffIDs: [Digest(hashing: [9])]) { _ in }
        },
        OddLayout("no diffIDs", ["layer.diffid-absent"], images: 2) { layout in image(&layout, diffIDs: []) { _ in } },
        OddLayout("more diffIDs than layers", ["layer.diffid-count"], images: 2) { layout in
            image(&layout, diffIDs: [Digest(hashing: text), Digest(hashing: [9])]) { _ in }
        },
        OddLayout("embedded data that are other bytes", ["descriptor.data-mismatch"], images: 2) { layout in
            image(&layout) { $0["data"] = "AAAA" }
        },
        OddLayout("addresses, which nobody opens", ["descriptor.urls"], images: 2) { layout in
            image(&layout) { $0["urls"] = ["http://127.0.0.1:1/"] }
        },
    ]

    private static let blobs: [OddLayout] = [
        OddLayout("a manifest with other bytes than its digest", ["blob.digest-mismatch"], images: 2) { layout in
            let digest = layout.image(layer: "other")
            layout.list(digest)
            layout.replace(digest, with: (layout.members[LayoutWriter.path(digest)] ?? []) + [0x20])
        },
        OddLayout("an index that lists itself by lying", ["blob.digest-mismatch"], images: 2) { layout in
            let name = Digest(hashing: [1, 2, 3])
            let index = layout.index([layout.descriptor(LayoutWriter.indexType, name)])
            layout.replace(name, with: Array(index.compact.utf8))
            layout.list(name, type: LayoutWriter.indexType)
        },
        OddLayout("a layer that says zstd and is gzip", ["layer.compression"], images: 2) { layout in
            image(&layout) { $0["mediaType"] = "application/vnd.oci.image.layer.v1.tar+zstd" }
        },
        OddLayout("bytes behind the gzip stream", ["layer.trailing-bytes"], images: 2) { layout in
            let digest = layout.blob(StoredCompression.gzip(text) + [1, 2, 3])
            let configuration = layout.blob(["rootfs": ["diff_ids": [JSONValue("\(Digest(hashing: text))")]]])
            let descriptor = layout.descriptor(LayoutWriter.layerType, digest)
            layout.list(layout.blob(layout.manifest(configuration, [descriptor])))
        },
        OddLayout("numbers that overflow in the configuration", [], images: 2) { layout in
            let digest = layout.blob(StoredCompression.gzip(text))
            let configuration = layout.blob([
                "config": ["User": "4294967296", "Labels": ["containerd.io/restart": "binary:///bin/sh"]],
                "rootfs": ["diff_ids": [JSONValue("\(Digest(hashing: text))")]],
            ])
            layout.list(
                layout.blob(layout.manifest(configuration, [layout.descriptor(LayoutWriter.layerType, digest)]))
            )
        },
    ]
}

@Suite("Layouts that tools read differently")
struct DifferentialLayoutTests {
    @Test("Each is named for what it is, whole or as an archive, and hides no other image", arguments: OddLayout.all)
    func odd(layout odd: OddLayout) throws {
        var layout = LayoutWriter()
        let honest = layout.image(layer: "honest")
        layout.list(honest)
        odd.change(&layout)
        for isArchive in [false, true] {
            let imported = try ImportedCase()
            let summary = try isArchive ? imported.add(archive: layout.archive().finished) : imported.add(layout)
            #expect(try imported.warningCodes() == odd.codes)
            #expect(summary.images == odd.images)
            #expect(try imported.role(of: honest) == .imageManifest)
        }
    }

    @Test("What has two readings is kept, and nothing is reached through it")
    func ambiguous() throws {
        var layout = LayoutWriter()
        let hidden = layout.image(layer: "hidden")
        let text = """
            {"schemaVersion":2,"manifests":[{"digest":"\(hidden)","size":1}],"layers":[]}
            """
        let digest = layout.blob(Array(text.utf8))
        layout.list(digest, type: LayoutWriter.indexType)
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == ["manifest.ambiguous"])
        #expect(try imported.file.read { try $0.content(digest) } == Array(text.utf8))
        #expect(try imported.outcomes(to: hidden) == [])
    }

    @Test("An image whose layers have one digest is read once, and two images are told apart by content alone")
    func sharedContent() throws {
        var layout = LayoutWriter()
        let first = layout.image(layer: "same", labels: ["a": "1"])
        let second = layout.image(layer: "same", labels: ["a": "2"])
        layout.list(first)
        layout.list(second)
        let imported = try ImportedCase()
        #expect(try imported.add(layout).images == 2)
        #expect(try imported.claims(about: first, .label) == ["a": "1"])
        #expect(try imported.claims(about: second, .label) == ["a": "2"])
    }

    @Test("A bomb of documents ten deep and ten wide is visited once each")
    func bomb() throws {
        var layout = LayoutWriter()
        var digest = layout.image()
        var type = LayoutWriter.manifestType
        for _ in 0..<10 {
            digest = layout.blob(layout.index(Array(repeating: layout.descriptor(type, digest), count: 10)))
            type = LayoutWriter.indexType
        }
        layout.list(digest, type: type)
        let imported = try ImportedCase()
        #expect(try imported.add(layout).artifacts == 14)
    }

    @Test("A chain of ten thousand referrers ends at the limit of depth")
    func chain() throws {
        var layout = LayoutWriter()
        var digest = layout.image()
        let configuration = layout.blob([:])
        for _ in 0..<10_000 {
            let subject = layout.descriptor(LayoutWriter.manifestType, digest)
            digest = layout.blob(layout.manifest(configuration, [], [("subject", subject)]))
        }
        layout.list(digest)
        let imported = try ImportedCase()
        try imported.add(archive: layout.archive().finished)
        #expect(Set(try imported.warningCodes()).isSuperset(of: ["limit.depth"]))
    }

    @Test("A symbolic link for the root of an archive has no effect")
    func rootLink() throws {
        var layout = LayoutWriter()
        layout.list(layout.image())
        var tar = TarBytes()
        tar.addLink(".", to: "/etc")
        tar.addLink("blobs", to: "/etc")
        tar.add(layout.archive())
        let imported = try ImportedCase()
        #expect(try imported.add(archive: tar.finished).images == 1)
        #expect(try imported.warningCodes().allSatisfy { $0 == "member.not-a-file" })
    }

    @Test("Names in docker's list that lead out are names, and nothing else")
    func dockerNames() throws {
        var tar = TarBytes()
        let list: JSONValue = [
            [
                "Config": "../../etc/passwd", "RepoTags": ["../../x:y"],
                "Layers": ["/etc/hostname", "../canary/layer.tar"],
            ]
        ]
        tar.add("manifest.json", Array(list.compact.utf8))
        let imported = try ImportedCase()
        let summary = try imported.add(archive: tar.finished)
        #expect(summary.source.kind == "docker-archive")
        #expect(summary.images == 0)
        #expect(try imported.warningCodes().isEmpty == false)
    }

    @Test("An archive whose index is larger than the limit keeps its blobs, and says how much there was")
    func largeIndex() throws {
        var layout = LayoutWriter()
        layout.list(layout.image())
        let padding = String(repeating: " ", count: 5000)
        layout.put(Array(layout.index([]).compact.utf8) + Array(padding.utf8), at: "index.json")
        var limits = ImportLimits.standard
        limits.documentBytes = 4096
        let imported = try ImportedCase()
        let summary = try imported.add(archive: layout.archive().finished, limits: limits)
        #expect(try imported.warningCodes() == ["limit.bytes"])
        let message = try #require(try imported.warnings().first?.message)
        #expect(message.contains("5") && message.contains("4096"))
        #expect(summary.images == 1)
    }

    @Test(
        "Formats of archives that are not read are not taken for others",
        arguments: [
            [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], [0x42, 0x5A, 0x68, 0x39],
        ]
    )
    func otherFormats(magic: [UInt8]) throws {
        let imported = try ImportedCase()
        let path = try imported.directory.write(magic + [UInt8](repeating: 7, count: 2000), to: "layer.tar")
        #expect(throws: EvidenceError.nothingRecognised(path: path)) { try imported.add(path) }
    }

    @Test(
        "Links of a registry's storage that name no digest",
        arguments: ["../../../x", "sha256:abc", "sha256:\(Digest(hashing: []).hex)\r\n", "", "\n"]
    )
    func links(text: String) throws {
        let digest = Digest(hashing: Array("blob".utf8))
        let root = "disk/docker/registry/v2"
        let imported = try ImportedCase()
        try imported.directory.write("blob", to: "\(root)/blobs/sha256/\(digest.hex.prefix(2))/\(digest.hex)/data")
        try imported.directory.write(text, to: "\(root)/repositories/a/_manifests/tags/x/current/link")
        let huge = String(repeating: "\(digest)\n", count: 100_000)
        try imported.directory.write(huge, to: "\(root)/repositories/a/_manifests/tags/y/current/link")
        try imported.add(imported.directory.path("disk"))
        #expect(try imported.warningCodes() == ["link.malformed", "link.malformed"])
        #expect(try imported.file.read { try $0.references() }.isEmpty)
    }
}
