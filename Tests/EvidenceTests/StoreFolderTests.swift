import CaseIndex
import Cryptography
import Evidence
import TestSupport
import Testing

@Suite("Stores that are handed over by a folder above, by their own, or by one inside")
struct StoreFolderTests {
    // MARK: A content store

    private func writeStore(_ imported: ImportedCase) throws -> Digest {
        var layout = LayoutWriter()
        let image = layout.image()
        for (path, bytes) in layout.members where path.hasPrefix("blobs/") {
            _ = try imported.directory.write(bytes, to: "state/io.containerd.content.v1.content/" + path)
        }
        return image
    }

    @Test(
        "A content store is known by its form",
        arguments: [
            ("state", "containerd-store"), ("state/io.containerd.content.v1.content", "content-store"),
            ("state/io.containerd.content.v1.content/blobs", "content-store"),
            ("state/io.containerd.content.v1.content/blobs/sha256", "content-store"),
        ]
    )
    func contentStore(folder: String, kind: String) throws {
        let imported = try ImportedCase()
        let image = try writeStore(imported)
        let outcome = try imported.all(imported.directory.path(folder))
        #expect(outcome.summaries.map(\.source.kind) == [kind])
        #expect(outcome.unrecognised == [])
        #expect(try imported.file.read { try $0.images() }.map(\.digest) == [image])
        #expect(try imported.warningCodes() == [])
    }

    @Test("Blobs of a layout are the layout's, and a file is not a store for being called by its digest")
    func noStore() throws {
        let imported = try ImportedCase()
        var layout = LayoutWriter()
        layout.list(layout.image())
        let outcome = try imported.all(layout.write(to: imported.directory))
        #expect(outcome.summaries.map(\.source.kind) == ["oci-layout"])
        let bytes = Array("alone".utf8)
        _ = try imported.directory.write(bytes, to: "one/\(Digest(hashing: bytes).hex)")
        let other = imported.directory.path("one")
        #expect(throws: EvidenceError.nothingRecognised(path: other)) { try imported.all(other) }
        for name in ["a", "b"] {
            // Neither has the digest that it is called by.
            _ = try imported.directory.write(bytes, to: "two/\(Digest(hashing: Array(name.utf8)).hex)")
        }
        let two = imported.directory.path("two")
        #expect(throws: EvidenceError.nothingRecognised(path: two)) { try imported.all(two) }
    }

    // MARK: A registry's storage

    private struct Storage {
        var files: [String: [UInt8]] = [:]
        let image: Digest

        init(_ algorithm: DigestAlgorithm = .sha256) {
            var layout = LayoutWriter()
            let digest = layout.image()
            image = Digest(hashing: layout.members[LayoutWriter.path(digest)] ?? [], algorithm)
            for (path, bytes) in layout.members where path.hasPrefix("blobs/") {
                let blob = Digest(hashing: bytes) == digest ? image : Digest(hashing: bytes)
                files["blobs/\(blob.algorithm.rawValue)/\(blob.hex.prefix(2))/\(blob.hex)/data"] = bytes
            }
            let manifests = "repositories/acme/app/_manifests"
            let place = "\(image.algorithm.rawValue)/\(image.hex)"
            for path in ["revisions/\(place)", "tags/1.0/current", "tags/1.0/index/\(place)"] {
                files["\(manifests)/\(path)/link"] = Array("\(image)".utf8)
            }
        }

        func write(to imported: ImportedCase, below root: String) throws {
            for (path, bytes) in files { _ = try imported.directory.write(bytes, to: root + path) }
        }
    }

    @Test(
        "A registry's storage is known by its form",
        arguments: ["", "/docker", "/docker/registry", "/docker/registry/v2"]
    )
    func registry(folder: String) throws {
        let imported = try ImportedCase()
        let storage = Storage()
        try storage.write(to: imported, below: "disk/docker/registry/v2/")
        let outcome = try imported.all(imported.directory.path("disk\(folder)"))
        #expect(outcome.summaries.map(\.source.kind) == ["registry-storage"])
        #expect(outcome.unrecognised == [])
        #expect(try imported.warningCodes() == [])
        let images = try imported.file.read { try $0.images() }
        #expect(images.map(\.digest) == [storage.image])
        #expect(images.first?.names == ["acme/app:1.0"])
    }

    @Test("A storage in folders of other names, one of them called as one of its own")
    func renamed() throws {
        let imported = try ImportedCase()
        let storage = Storage()
        try storage.write(to: imported, below: "disk/repositories/copy/")
        try imported.all(imported.directory.path("disk"))
        #expect(try imported.file.read { try $0.images() }.first?.names == ["acme/app:1.0"])
        #expect(try imported.warningCodes() == [])
    }

    @Test("Only the blobs of a storage, or only its repositories")
    func halves() throws {
        let imported = try ImportedCase()
        let storage = Storage()
        try storage.write(to: imported, below: "v2/")
        try imported.all(imported.directory.path("v2/blobs"))
        #expect(try imported.file.read { try $0.images() }.map(\.digest) == [storage.image])
        #expect(try imported.warningCodes() == [])
        let outcome = try imported.all(imported.directory.path("v2/repositories"))
        #expect(outcome.summaries.map(\.source.kind) == ["registry-storage"])
        #expect(try imported.file.read { try $0.images() }.first?.names == ["acme/app:1.0"])
        // The blobs are not there; that is told once for each.
        #expect(try imported.warningCodes() == ["blob.missing"])
        try imported.all(imported.directory.path("v2/repositories/acme/app"))
        #expect(try imported.file.read { try $0.references() }.map(\.name).contains("1.0"))
    }

    @Test("Blobs of a storage are measured by the algorithm of their place")
    func longerDigests() throws {
        let imported = try ImportedCase()
        let storage = Storage(.sha512)
        try storage.write(to: imported, below: "disk/docker/registry/v2/")
        try imported.all(imported.directory.path("disk"))
        #expect(try imported.file.read { try $0.images() }.map(\.digest) == [storage.image])
        #expect(try imported.warningCodes() == [])
    }
}
