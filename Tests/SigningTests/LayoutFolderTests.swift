import Cryptography
import Foundation
import OCI
import Signing
import StrictJSON
import TestSupport
import Testing

/// A layout on disk is read with care and changed in one step, or not at all.
struct LayoutFolderTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Every file below a folder with its bytes.
    static func files(_ path: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            files[name] = FileManager.default.contents(atPath: "\(path)/\(name)")
        }
        return files
    }

    private func key() throws -> ImageSigner {
        let key = try SigningKey(seed: "layout", kind: .p256)
        return ImageSigner(
            storage: .legacy,
            plan: SigningPlan(log: .none),
            credential: SigningCredential(key: key),
            time: VirtualSigstore.start
        )
    }

    private func sign(_ layout: inout LayoutFolder, _ annotations: [String: String] = [:]) throws {
        var services = NoServices()
        let image = try layout.image(.only)
        _ = try key().sign(image, in: &layout, annotations: annotations, references: ["a/b"], with: &services)
    }

    // MARK: - Finding the image

    @Test func findsAnImageByNameDigestAndWithout() throws {
        let signed = try SignedLayout(isIndex: true, storage: .legacy)
        let layout = try LayoutFolder(opening: try signed.write(to: directory), isReadOnly: true)
        for selection in [
            LayoutReference.Selection.only, .name("app:1.4.0"), .name("1.4.0"), .digest(signed.image.digest),
        ] {
            #expect(try layout.image(selection).digest == signed.image.digest)
        }
        #expect(try layout.image(.digest(signed.manifest.digest)).digest == signed.manifest.digest)
        #expect(try layout.family(of: try layout.image(.only)).count == 3)
        #expect(throws: LayoutError.unknown("2.0", path: layout.path)) { try layout.image(.name("2.0")) }
        let absent = Digest(hashing: [])
        #expect(throws: LayoutError.unknown("\(absent)", path: layout.path)) { try layout.image(.digest(absent)) }
    }

    @Test func asksWhichOfSeveralImagesIsMeant() throws {
        var signed = try SignedLayout()
        var other = SmallImage(layers: [], created: VirtualSigstore.start, command: ["/b"])
        other.platform.architecture = "riscv64"
        let second = other.add(to: &signed.layout)
        signed.layout.list(second, name: "other/app:1.4.0")
        let layout = try LayoutFolder(opening: try signed.write(to: directory), isReadOnly: true)
        let error = #expect(throws: LayoutError.self) { try layout.image(.only) }
        guard case .ambiguous(nil, _, let candidates)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(candidates.count == 2)
        // The end of both names; the whole name of one of them decides.
        #expect(throws: LayoutError.self) { try layout.image(.name("1.4.0")) }
        #expect(try layout.image(.name("app:1.4.0")).digest == signed.image.digest)
    }

    @Test func cutsAReferenceWhereThePathEnds() throws {
        let path = directory.path("a:b")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let digest = Digest(hashing: [1])
        #expect(LayoutReference(parsing: path) == LayoutReference(path: path))
        #expect(LayoutReference(parsing: "\(path):x/y:1.0") == LayoutReference(path: path, image: .name("x/y:1.0")))
        #expect(LayoutReference(parsing: "\(path)@\(digest)") == LayoutReference(path: path, image: .digest(digest)))
        let absent = directory.path("absent") + ":1.0"
        #expect(LayoutReference(parsing: absent) == LayoutReference(path: absent))
    }

    // MARK: - Reading with care

    @Test func refusesWhatIsNoLayout() throws {
        #expect(throws: LayoutError.notALayout(path: directory.path)) { try LayoutFolder(opening: directory.path) }
        let absent = directory.path("absent")
        #expect(throws: LayoutError.storage(.cannotRead(path: absent, code: ENOENT))) {
            try LayoutFolder(opening: absent)
        }
        let path = try SignedLayout().write(to: directory)
        try directory.write(#"{"imageLayoutVersion":"2.0.0"}"#, to: "layout/oci-layout")
        #expect(throws: LayoutError.notALayout(path: path)) { try LayoutFolder(opening: path) }
    }

    @Test(arguments: ["", "{", "[]", #"{"manifests":[{}]}"#, #"{"manifests":[],"layers":[]}"#])
    func refusesAnIndexThatIsNone(text: String) throws {
        let path = try SignedLayout().write(to: directory)
        try directory.write(text, to: "layout/index.json")
        let error = #expect(throws: LayoutError.self) { try LayoutFolder(opening: path) }
        guard case .malformed("\(path)/index.json", _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func refusesToVouchForABlobThatWasChanged() throws {
        var signed = try SignedLayout()
        signed.flip(signed.layers[0])
        let layout = try LayoutFolder(opening: try signed.write(to: directory))
        let error = #expect(throws: LayoutError.self) { try layout.inspect(try layout.image(.only)) }
        guard case .digestMismatch(let path, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path.hasSuffix(signed.layers[0].hex))
    }

    @Test func namesTheBlobsThatAreNotThere() throws {
        var signed = try SignedLayout()
        signed.layout.blobs[signed.layers[1]] = nil
        let layout = try LayoutFolder(opening: try signed.write(to: directory))
        #expect(try layout.inspect(try layout.image(.only)) == [signed.layers[1]])
    }

    @Test func doesNotFollowALinkOutOfTheLayout() throws {
        let signed = try SignedLayout()
        let path = try signed.write(to: directory)
        let blob = "\(path)/blobs/sha256/\(signed.image.digest.hex)"
        try FileManager.default.moveItem(atPath: blob, toPath: directory.path("outside"))
        try FileManager.default.createSymbolicLink(atPath: blob, withDestinationPath: directory.path("outside"))
        let layout = try LayoutFolder(opening: path)
        #expect(throws: LayoutError.self) { try layout.inspect(try layout.image(.name("app:1.4.0"))) }
    }

    // MARK: - Changing

    @Test func changesNothingBeforeItIsCommitted() throws {
        let path = try SignedLayout().write(to: directory)
        let before = try Self.files(path)
        var layout = try LayoutFolder(opening: path)
        try sign(&layout)
        #expect(try Self.files(path) == before)
        try layout.commit()
        let after = try Self.files(path)
        #expect(after.count == before.count + 3)
        #expect(before.allSatisfy { $0.key == "index.json" || after[$0.key] == $0.value })
    }

    @Test func keepsWhatAnotherProgramWroteIntoTheIndex() throws {
        var signed = try SignedLayout()
        signed.layout.entries[0].annotations["kind"] = nil
        let path = try signed.write(to: directory)
        let before = try #require(try Self.files(path)["index.json"])
        var index = try #require(try JSONValue(parsing: [UInt8](before)).object)
        var entry = try #require(index["manifests"]?.array?.first?.object)
        entry["x-unknown"] = ["a": "kept"]
        index["manifests"] = [.object(entry)]
        index["x-other"] = "kept as well"
        try directory.write(JSONValue.object(index).compact, to: "layout/index.json")
        var layout = try LayoutFolder(opening: path)
        try sign(&layout)
        try layout.commit()
        let after = try #require(try Self.files(path)["index.json"])
        let written = try JSONValue(parsing: [UInt8](after))
        #expect(written["x-other"]?.string == "kept as well")
        let first = written["manifests"]?.array?.first
        #expect(first?["x-unknown"]?["a"]?.string == "kept")
        #expect(first?["annotations"]?["kind"]?.string == "dev.cosignproject.cosign/image")
    }

    @Test func appendsASecondSignatureToTheFirst() throws {
        let signed = try SignedLayout(storage: .legacy)
        let path = try signed.write(to: directory)
        var layout = try LayoutFolder(opening: path)
        try sign(&layout, ["by": "somebody else"])
        try layout.commit()
        let entries = layout.entries.filter { $0.kind == .signatures }
        #expect(entries.count == 1)
        let layers = try layout.document(try #require(entries.first))["layers"]?.array
        #expect(layers?.count == 2)
        // The manifest of one signature is nothing's any more.
        let names = try Self.files(path).keys.filter { $0.hasPrefix("blobs/sha256/") }
        let documents = names.compactMap { name in
            (try? JSONValue(parsing: [UInt8](FileManager.default.contents(atPath: "\(path)/\(name)") ?? Data())))
        }
        #expect(
            documents.count { $0["layers"]?.array?.first?["mediaType"]?.string == MediaType.simpleSigning.text } == 1
        )
    }

    /// What a full disk does: one of the writes fails, at whichever place.
    @Test func leavesEverythingAsItWasWhenWritingFails() throws {
        let path = try SignedLayout().write(to: directory)
        let before = try Self.files(path)
        var layout = try LayoutFolder(opening: path)
        try sign(&layout)
        // A folder has the name that a blob needs.
        let payload = try #require(layout.entries.last)
        let blob = "\(path)/blobs/sha256/\(payload.digest.hex)"
        try FileManager.default.createDirectory(atPath: "\(blob)/x", withIntermediateDirectories: true)
        #expect(throws: LayoutError.self) { try layout.commit() }
        try FileManager.default.removeItem(atPath: blob)
        #expect(try Self.files(path) == before)
    }

    @Test func losesNothingWhenManySignAtOnce() async throws {
        let path = try SignedLayout().write(to: directory)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<12 {
                group.addTask {
                    var layout = try LayoutFolder(opening: path)
                    try sign(&layout, ["number": "\(number)"])
                    try layout.commit()
                }
            }
            try await group.waitForAll()
        }
        let layout = try LayoutFolder(opening: path, isReadOnly: true)
        let entry = try #require(layout.entries.first { $0.kind == .signatures })
        #expect(try layout.document(entry)["layers"]?.array?.count == 12)
    }

    @Test func takesAwayWhatAStoppedWriterLeft() throws {
        let path = try SignedLayout().write(to: directory)
        try directory.write("half", to: "layout/.raireki-123")
        _ = try LayoutFolder(opening: path, isReadOnly: true)
        #expect(FileManager.default.fileExists(atPath: "\(path)/.raireki-123"))
        _ = try LayoutFolder(opening: path)
        #expect(!FileManager.default.fileExists(atPath: "\(path)/.raireki-123"))
    }
}
