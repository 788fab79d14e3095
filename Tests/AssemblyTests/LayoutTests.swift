import Cryptography
import Glibc
import OCI
import StrictJSON
import TestSupport
import Testing

@testable import Assembly

/// Layouts to which images are added, and from which they are taken.
struct LayoutTests {
    private func entries(_ layout: String) throws -> [JSONValue] {
        try JSONValue(parsing: SharedData.bytes(at: "\(layout)/index.json"))["manifests"]?.array ?? []
    }

    private func name(_ entry: JSONValue) -> String? { entry["annotations"]?["io.containerd.image.name"]?.string }

    @Test func keepsWhatIsInALayout() throws {
        var made = try BuildCase("FROM scratch\nCOPY a /", files: ["a": "1"])
        made.request.names = [try ImageReference("app:1")]
        let first = try made.build()
        // What another tool put there stays, and so do members that mean nothing here.
        let index =
            #"{"x":1,"schemaVersion":2,"manifests":[{"mediaType":"t","digest":"sha256:00","size":1,"other":[]},"#
        let text = String(decoding: try SharedData.bytes(at: made.layout + "/index.json"), as: UTF8.self)
        try made.folder.write(index + text.split(separator: "[", maxSplits: 1)[1], to: "layout/index.json")
        try made.folder.write("2", to: "context/a")
        made.request.names = [try ImageReference("app:2")]
        let second = try made.build()
        try made.folder.write("3", to: "context/a")
        let third = try made.build()
        let found = try entries(made.layout)
        #expect(found.map { $0["digest"]?.string } == ["sha256:00"] + [first, second, third].map(\.digest.description))
        #expect(found.map(name) == [nil, "app:1", nil, "app:2"])
        #expect(found[0]["other"] != nil)
        #expect(try JSONValue(parsing: SharedData.bytes(at: made.layout + "/index.json"))["x"]?.int64 == 1)
        #expect(TestFolder.names(made.layout).sorted() == ["blobs", "index.json", "oci-layout"])
    }

    @Test func addsTheSameImageOnce() throws {
        var made = try BuildCase("FROM scratch\nCOPY a /", files: ["a": "1"])
        made.request.names = [try ImageReference("app:1")]
        _ = try made.build()
        let before = try SharedData.bytes(at: made.layout + "/index.json")
        _ = try made.build()
        #expect(try SharedData.bytes(at: made.layout + "/index.json") == before)
    }

    @Test func refusesATagThatIsAnothers() throws {
        var made = try BuildCase("FROM scratch")
        made.request.names = [try ImageReference("app:1")]
        _ = try made.build()
        let before = try SharedData.bytes(at: made.layout + "/index.json")
        made.request.names = [try ImageReference("other:1")]
        #expect(made.error() == AssemblyError(.nameTaken(name: "1", by: "app:1")))
        #expect(try SharedData.bytes(at: made.layout + "/index.json") == before)
    }

    @Test func refusesFoldersThatAreNoLayout() throws {
        let made = try BuildCase("FROM scratch")
        try made.folder.write("precious", to: "layout/notes.txt")
        #expect(made.error() == AssemblyError(.notALayout(path: made.layout)))
        let broken = try BuildCase("FROM scratch")
        _ = try broken.build()
        try broken.folder.write("{", to: "layout/index.json")
        #expect(broken.error()?.fault == .malformedLayout(path: broken.layout, reason: "index.json is not an index"))
        #expect(try SharedData.bytes(at: broken.layout + "/index.json") == Array("{".utf8))
    }

    @Test func removesWhatAKilledWriterLeft() throws {
        let made = try BuildCase("FROM scratch")
        try made.folder.write("", to: "layout/.raireki-dead00/lock")
        try made.folder.write("half", to: "layout/.raireki-dead00/1.part")
        _ = try made.build()
        #expect(TestFolder.names(made.layout).sorted() == ["blobs", "index.json", "oci-layout"])
    }

    @Test func neverReadsWhatItWrites() throws {
        var made = try BuildCase("FROM scratch\nCOPY . /x", files: ["a": "1"])
        let layout = made.folder.path("context/out")
        made.request.names = [try ImageReference("app:1")]
        let first = try ImageBuilder(made.request).build(to: [.layout(layout)])
        let second = try ImageBuilder(made.request).build(to: [.layout(layout)])
        #expect(first.descriptor == second.descriptor)
    }

    @Test func writesTheSameArchiveEveryTime() throws {
        var made = try BuildCase("FROM scratch\nCOPY a /", files: ["a": "1"])
        made.request.names = [try ImageReference("app:1")]
        let paths = ["one.tar", "two.tar"].map(made.folder.path)
        for path in paths { _ = try ImageBuilder(made.request).build(to: [.archive(path)]) }
        let bytes = try SharedData.bytes(at: paths[0])
        #expect(try bytes == SharedData.bytes(at: paths[1]))
        let members = try BuiltImage.members(bytes).map { String($0.prefix { $0 != " " }) }
        #expect(members.count == 5 && members.suffix(2) == ["index.json", "oci-layout"])
        #expect(TestFolder.names(made.folder.path).sorted() == ["context", "one.tar", "two.tar"])
    }

    // MARK: - Bases

    /// A layout with a base image that has two layers, of which the second takes things away.
    private func base(_ folder: TemporaryDirectory) throws -> String {
        let path = folder.path("base")
        var lower = TarBytes()
        lower.add("etc/passwd", Array("root:x:0:0::/root:/bin/sh\nme:x:7:8::/home/me:/bin/sh\n".utf8))
        lower.add("etc/group", Array("root:x:0:\nstaff:x:50:\n".utf8))
        lower.add("gone/a", [1])
        lower.add("hidden/a", [1])
        lower.addLink("lib", to: "usr/lib")
        var upper = TarBytes()
        upper.add(".wh.gone", [])
        upper.add("hidden/.wh..wh..opq", [])
        upper.add("hidden/b", Array("b".utf8))
        upper.add("usr/lib/so", Array("so".utf8))
        let blobs = try BlobFolder(in: folder.path)
        let layers = try [lower, upper].map { try blobs.add($0.finished) }
        let configuration: JSONValue = [
            "architecture": "amd64", "os": "linux", "vendor": "kept",
            "config": ["Env": ["PATH=/bin", "B=base"], "OnBuild": ["ENV T=$B"]],
            "rootfs": ["type": "layers", "diff_ids": .array(layers.map { JSONValue($0.digest.description) })],
            "history": [["created_by": "made"]],
        ]
        let document = try blobs.add(GoJSON.encode(configuration)).descriptor(.imageConfiguration)
        let manifest = ManifestDraft(
            configuration: document,
            layers: layers.map { $0.descriptor(MediaType("application/vnd.docker.image.rootfs.diff.tar")) }
        )
        let descriptor = try blobs.add(manifest.bytes).descriptor(.dockerManifest)
        let layout = try LayoutFolder(path: path)
        for digest in blobs.blobs.keys { _ = try layout.blobs.add(SharedData.bytes(at: blobs.path(of: digest))) }
        try layout.commit([IndexEntry(descriptor: descriptor, name: try ImageReference("debian:12"))])
        blobs.remove()
        return path
    }

    private func onBase(_ dockerfile: String, files: [String: String] = ["a": "A"], image: String? = nil) throws
        -> BuildCase
    {
        var made = try BuildCase(dockerfile, files: files)
        let path = try base(made.folder)
        made.request.bases = [("docker.io/library/debian:12", LayoutSource(path: path, image: image))]
        return made
    }

    @Test func buildsOnAnImageOfALayout() throws {
        let image = try onBase("FROM debian:12\nCOPY --chown=me:staff a /lib/\nENV C=1\n").build()
        let layers = image.result.images[0].layers
        #expect(layers.count == 3)
        #expect(layers[0].mediaType == .layer)
        #expect(try image.layers()[2] == ["usr/lib/a 644 7:50"])
        let configuration = try image.configuration()
        #expect(configuration["vendor"]?.string == "kept")
        #expect(try image.history() == ["made", "ENV T=base", "COPY --chown=me:staff a /lib/ # buildkit", "ENV C=1"])
        #expect(try image.run()?["Env"]?.array?.compactMap(\.string) == ["PATH=/bin", "B=base", "T=base", "C=1"])
        #expect(try image.run()?["OnBuild"] == nil)
    }

    @Test func takesTheImageThatANameAmongSeveralOrADigestSays() throws {
        var made = try BuildCase("FROM scratch\nLABEL n=1", files: ["a": "1"])
        made.request.names = [try ImageReference("one:x")]
        let first = try made.build()
        var second = try BuildCase("FROM scratch\nLABEL n=2", files: ["a": "1"])
        second.request.names = [try ImageReference("two:y")]
        _ = try ImageBuilder(second.request).build(to: [.layout(made.layout)])
        for (name, label) in [("one:x", "1"), ("docker.io/library/two:y", "2"), ("any@\(first.digest)", "1")] {
            var on = try BuildCase("FROM \(name)")
            on.request.bases = [(name, LayoutSource(path: made.layout, image: nil))]
            #expect(try on.build().run()?["Labels"]?["n"]?.string == label)
        }
        var other = try BuildCase("FROM other")
        other.request.bases = [("other", LayoutSource(path: made.layout, image: nil))]
        guard case .ambiguousImage? = other.error()?.fault else { return #expect(Bool(false)) }
        let absent = Digest(hashing: []).description
        var pinned = try BuildCase("FROM any@\(absent)")
        pinned.request.bases = [("any@\(absent)", LayoutSource(path: made.layout, image: "x"))]
        #expect(pinned.error()?.fault == .noSuchImage(layout: made.layout, name: absent))
    }

    @Test func copiesFromAnImageOfALayout() throws {
        let image = try onBase("FROM scratch\nCOPY --from=debian:12 /lib/so /hidden /x/").build()
        #expect(try image.layers() == [["x/ 755 0:0", "x/b 644 0:0", "x/so 644 0:0"]])
        #expect(try image.text("x/so") == "so")
        for path in ["gone/a", "hidden/a"] {
            let error = try onBase("FROM scratch\nCOPY --from=debian:12 \(path) /x").error()
            #expect(error?.fault == .noSuchFile(path: path, source: "debian:12"))
        }
    }

    @Test func refusesBasesThatAreNotWhatTheySay() throws {
        let damaged = try onBase("FROM debian:12\nCOPY a /b")
        let layout = damaged.folder.path("base/blobs/sha256")
        for name in TestFolder.names(layout) {
            var bytes = try SharedData.bytes(at: "\(layout)/\(name)")
            // The layers are the archives; one byte of content is another.
            guard bytes.count > 1024 else { continue }
            bytes[512] ^= 1
            try damaged.folder.write(bytes, to: "base/blobs/sha256/\(name)")
        }
        guard case .damagedBlob? = damaged.error()?.fault else { return #expect(Bool(false)) }
        #expect(TestFolder.names(damaged.folder.path).sorted() == ["base", "context"])
        #expect(try onBase("FROM debian:12", image: "13").error()?.fault.isNoSuchImage == true)
        var other = try onBase("FROM debian:12")
        other.request.platforms = [try ImagePlatform("linux/arm64")]
        other.request.isPlatformStated = true
        #expect(other.error()?.fault.isNoSuchImage == true)
        #expect(other.error()?.location == DockerfileLocation(line: 1, column: 6))
        var absent = try BuildCase("FROM x")
        absent.request.bases = [("x", LayoutSource(path: "/nonexistent", image: nil))]
        #expect(absent.error()?.fault == .unreadableLayout(path: "/nonexistent", code: ENOENT))
    }

    @Test(arguments: [
        ("a", "a", nil), ("a:1", "a", "1"), ("a:r/x:1", "a", "r/x:1"), ("a@sha256:00", "a", "sha256:00"),
        ("b:1", "b:1", nil), ("a:b", "a:b", nil),
    ])
    func readsWhereABaseLies(_ text: String, _ path: String, _ image: String?) {
        let source = LayoutSource(parsing: text) { ["a", "a:b"].contains($0) }
        #expect(source == LayoutSource(path: path, image: image))
    }

    @Test(arguments: ["", ":1", "a:", "a:b:c/", "a b:1", "a//b", "a:-x", "a/"])
    func refusesNames(_ text: String) {
        #expect(throws: AssemblyError(.badName(text))) { try ImageReference(text) }
    }

    // MARK: - Root file systems

    @Test func takesARootFileSystemAsItIs() throws {
        let folder = try TemporaryDirectory()
        try folder.write("A", to: "root/etc/a")
        #expect(chmod(folder.path("root/etc/a"), 0o4755) == 0)
        var archive = TarBytes()
        archive.addDirectory("etc")
        archive.add("etc/a", Array("A".utf8))
        try folder.write(archive.finished, to: "root.tar")
        for (path, member) in [("root", "etc/a 4755 0:0"), ("root.tar", "etc/a 644 0:0")] {
            var request = BuildRequest(
                .rootFileSystem(path: folder.path(path), changes: ["CMD [\"/a\"]", "WORKDIR /etc"])
            )
            request.temporaryFolder = folder.path
            let layout = folder.path("layout")
            let image = BuiltImage(
                folder: folder,
                layout: layout,
                result: try ImageBuilder(request).build(to: [.layout(layout)])
            )
            #expect(try image.layers()[0].last == member)
            #expect(try image.run()?["Cmd"]?.compact == #"["/a"]"#)
            #expect(try image.run()?["WorkingDir"]?.string == "/etc")
        }
        for (path, changes, fault) in [
            ("root", ["COPY a b"], AssemblyError.Fault.notForRootFileSystem("COPY")),
            ("root/etc/a", [], .notAnArchive(path: folder.path("root/etc/a"))),
            ("none", [], .unreadableFile(path: folder.path("none"), code: ENOENT)),
        ] {
            var request = BuildRequest(.rootFileSystem(path: folder.path(path), changes: changes))
            request.temporaryFolder = folder.path
            #expect(throws: AssemblyError(fault)) {
                try ImageBuilder(request).build(to: [.layout(folder.path("other"))])
            }
        }
    }
}

extension AssemblyError.Fault {
    fileprivate var isNoSuchImage: Bool {
        if case .noSuchImage = self { true } else { false }
    }
}
