import Cryptography
import OCI
import Signing
import StrictJSON
import TestSupport
import Testing

/// Layouts have the shape that cosign and registries give them.
struct LayoutContentsTests {
    private func json(_ layout: LayoutContents, _ digest: Digest) throws -> JSONValue {
        try JSONValue(parsing: try #require(layout.blobs[digest]))
    }

    private func image(_ layout: inout LayoutContents) -> WrittenDescriptor {
        let member = TarWriter.Member(path: "a", bytes: [1])
        return SmallImage(layers: [[member]], created: Timestamp(seconds: 0), command: ["/a"]).add(to: &layout)
    }

    @Test func namesALegacySignatureTwice() throws {
        var sigstore = try VirtualSigstore()
        var layout = LayoutContents()
        let image = image(&layout)
        layout.list(image, kind: .image)
        let stored = layout.store(signatures: [try sigstore.signedImage(image.digest).layer], of: image, as: .legacy)
        let entry = try #require(layout.entries.last)
        #expect(entry.annotations["kind"] == "dev.cosignproject.cosign/sigs")
        #expect(entry.annotations["org.opencontainers.image.ref.name"] == "sha256-\(image.digest.hex).sig")
        let manifest = try json(layout, stored.digest)
        #expect(manifest["subject"] == nil)
        // The size by which cosign's configuration of one signature is known.
        #expect(manifest["config"]?["size"]?.int64 == 233)
    }

    @Test(arguments: [true, false])
    func tiesAReferrerToItsImage(writesArtifactType: Bool) throws {
        var sigstore = try VirtualSigstore()
        var layout = LayoutContents()
        let image = image(&layout)
        let storage = SignatureStorage.referrer(writesArtifactType: writesArtifactType)
        let stored = layout.store(signatures: [try sigstore.signedImage(image.digest).layer], of: image, as: storage)
        let manifest = try json(layout, stored.digest)
        let type = "application/vnd.dev.cosign.artifact.sig.v1+json"
        #expect(manifest["subject"]?["digest"]?.string == image.digest.description)
        #expect(manifest["config"]?["mediaType"]?.string == type)
        #expect(manifest["artifactType"]?.string == (writesArtifactType ? type : nil))
        let index = try json(layout, try #require(layout.entries.last).digest)
        #expect(index["manifests"]?.array?.compactMap { $0["artifactType"]?.string } == [type])
    }

    @Test func listsAllReferrersInOneIndexSortedByDigest() throws {
        var sigstore = try VirtualSigstore()
        var layout = LayoutContents()
        let image = image(&layout)
        var stored: [Digest] = []
        for _ in 0..<3 {
            let bundle = try sigstore.attested().bundle
            stored.append(
                layout.store(bundle: bundle, predicateType: "p", of: image, created: sigstore.time).digest
            )
        }
        let named = layout.entries.filter {
            $0.annotations["org.opencontainers.image.ref.name"] == "sha256-\(image.digest.hex)"
        }
        #expect(named.count == 1)
        let index = try json(layout, try #require(named.first).digest)
        let listed = index["manifests"]?.array?.compactMap { $0["digest"]?.string }
        #expect(listed == stored.sorted().map(\.description))
        // Neither of the two indexes that were replaced is left behind.
        #expect(layout.blobs.values.filter { (try? JSONValue(parsing: $0))?["manifests"] != nil }.count == 1)
    }

    @Test func writesTheSameFilesEveryTime() throws {
        var first = LayoutContents()
        var second = LayoutContents()
        first.list(image(&first), name: "x")
        second.list(image(&second), name: "x")
        #expect(first.archive == second.archive)
        #expect(first.files.last?.path == "oci-layout")
    }
}
