import Cryptography
import Foundation
import OCI
import Signing
import StrictJSON
import TestSupport
import Testing

/// A copy has everything that speaks of the image, wherever it was stored.
struct ImageCopyTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test(arguments: SignedLayout.Storage.allCases)
    func takesSignaturesOfEveryStorageAlong(storage: SignedLayout.Storage) throws {
        let signed = try SignedLayout(storage: storage)
        let source = try LayoutFolder(opening: try signed.write(to: directory), isReadOnly: true)
        let copied = try LayoutFolder.adding(to: directory.path("copy")) { layout throws(LayoutError) in
            try layout.copy(try source.image(.only), from: source)
        }
        #expect(copied.named + copied.referrers == 1)
        #expect(copied.missing.isEmpty)
        let copy = try LayoutFolder(opening: directory.path("copy"), isReadOnly: true)
        let attached = try Attachments(of: [try copy.image(.only)], in: copy)
        #expect(attached.named.count == copied.named)
        #expect(attached.referrers.count == copied.referrers)
        // What nothing listed is listed now.
        if copied.referrers == 1 {
            let name = "sha256-\(signed.image.digest.hex)"
            let list = try #require(copy.entries.first { $0.referenceName == name })
            #expect(try copy.manifests(of: list).map(\.digest) == attached.referrers.map(\.descriptor.digest))
        }
        #expect(try copy.inspect(try copy.image(.only)).isEmpty)
    }

    @Test func takesWhatSpeaksOfTheManifestsBelowAnIndex() throws {
        var signed = try SignedLayout(isIndex: true, storage: .legacy)
        let index = signed.image
        signed.image = signed.manifest
        try signed.sign(signed.manifest.digest, storage: .bundle)
        signed.image = index
        let source = try LayoutFolder(opening: try signed.write(to: directory), isReadOnly: true)
        let copied = try LayoutFolder.adding(to: directory.path("copy")) { layout throws(LayoutError) in
            try layout.copy(try source.image(.only), from: source)
        }
        #expect(copied.named == 1 && copied.referrers == 1)
    }

    @Test func leavesWhatSpeaksOfOtherImages() throws {
        var signed = try SignedLayout(storage: .legacy)
        let other = SmallImage(layers: [], created: VirtualSigstore.start, command: ["/b"]).add(to: &signed.layout)
        signed.layout.list(other, name: "other:1")
        let source = try LayoutFolder(opening: try signed.write(to: directory), isReadOnly: true)
        let copied = try LayoutFolder.adding(to: directory.path("copy")) { layout throws(LayoutError) in
            try layout.copy(try source.image(.name("other:1")), from: source)
        }
        #expect(copied.named == 0 && copied.referrers == 0)
        let copy = try LayoutFolder(opening: directory.path("copy"), isReadOnly: true)
        #expect(copy.entries.map(\.digest) == [other.digest])
    }

    @Test func copyingTwiceChangesNothing() throws {
        let source = try LayoutFolder(
            opening: try SignedLayout(storage: .bundle).write(to: directory),
            isReadOnly: true
        )
        func copy() throws -> [String: Data] {
            _ = try LayoutFolder.adding(to: directory.path("copy")) { layout throws(LayoutError) in
                try layout.copy(try source.image(.only), from: source)
            }
            return try LayoutFolderTests.files(directory.path("copy"))
        }
        #expect(try copy() == copy())
    }

    @Test func leavesNothingOfACopyThatFails() throws {
        var signed = try SignedLayout(storage: .legacy)
        signed.flip(signed.layers[1])
        let source = try LayoutFolder(opening: try signed.write(to: directory), isReadOnly: true)
        #expect(throws: LayoutError.self) {
            try LayoutFolder.adding(to: directory.path("copy")) { layout throws(LayoutError) in
                try layout.copy(try source.image(.only), from: source)
            }
        }
        var archive = LayoutArchive()
        _ = try archive.copy(try source.image(.only), from: source)
        #expect(throws: LayoutError.self) { try archive.write(to: directory.path("copy.tar")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["layout"])
    }

    @Test func doesNotTakeANameFromAnotherImage() throws {
        let signed = try SignedLayout()
        let source = try LayoutFolder(opening: try signed.write(to: directory), isReadOnly: true)
        var other = LayoutContents()
        let image = SmallImage(layers: [], created: VirtualSigstore.start, command: ["/b"]).add(to: &other)
        other.list(image, name: "app:1.4.0")
        try LayoutWriter.write(other, to: directory.path("copy"))
        #expect(throws: LayoutError.nameTaken("app:1.4.0", other: image.digest)) {
            try LayoutFolder.adding(to: directory.path("copy")) { layout throws(LayoutError) in
                try layout.copy(try source.image(.only), from: source)
            }
        }
    }

    // MARK: - From one storage to the other

    /// The payloads and their signatures, which must stay byte for byte.
    private func layers(_ layout: LayoutFolder) throws -> Set<JSONValue> {
        let attached = try Attachments(of: [try layout.image(.only)], in: layout)
        let manifests = attached.named.map(\.entry) + attached.referrers.map(\.descriptor)
        return Set(try manifests.flatMap { try layout.document($0)["layers"]?.array ?? [] })
    }

    @Test(arguments: [SignedLayout.Storage.legacy, .legacyAttestation])
    func convertsThereAndBackWithoutChangingWhatIsSigned(storage: SignedLayout.Storage) throws {
        let path = try SignedLayout(storage: storage).write(to: directory)
        let before = try LayoutFolderTests.files(path)
        for target in [StorageConversion.Target.referrer, .legacy] {
            var layout = try LayoutFolder(opening: path)
            let old = try layers(layout)
            let image = try layout.image(.only)
            let outcome = try StorageConversion(to: target, removesOld: true).convert(image, in: &layout)
            #expect(outcome.converted == 1)
            try layout.commit()
            #expect(try layers(layout) == old)
            let attached = try Attachments(of: [image], in: layout)
            #expect(attached.named.isEmpty == (target == .referrer))
            #expect(attached.referrers.isEmpty == (target == .legacy))
        }
        let after = try LayoutFolderTests.files(path)
        // The list of referrers is left, and is empty.
        #expect(before.allSatisfy { $0.key == "index.json" || after[$0.key] == $0.value })
    }

    @Test func leavesBundlesAsTheyAre() throws {
        var layout = try LayoutFolder(opening: try SignedLayout(storage: .bundle).write(to: directory))
        let conversion = StorageConversion(to: .legacy, removesOld: true)
        let outcome = try conversion.convert(try layout.image(.only), in: &layout)
        #expect(outcome.converted == 0 && outcome.bundles == 1)
    }
}
