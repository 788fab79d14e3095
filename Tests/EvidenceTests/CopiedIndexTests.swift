import CaseIndex
import Cryptography
import Evidence
import TestSupport
import Testing

@Suite("A copy of an image of several platforms")
struct CopiedIndexTests {
    @Test("Signatures of the manifests of a copied index are those manifests'")
    func copiedIndex() throws {
        var layout = LayoutWriter()
        let images = [layout.image(layer: "one"), layout.image(layer: "two")]
        let entries = images.map { digest in
            let size = layout.members[LayoutWriter.path(digest)]?.count ?? 0
            let type = LayoutWriter.manifestType
            return #"{"mediaType":"\#(type)","digest":"\#(digest)","size":\#(size)}"#
        }
        let type = LayoutWriter.indexType
        let index = #"{"schemaVersion":2,"mediaType":"\#(type)","manifests":[\#(entries.joined(separator: ","))]}"#
        let imported = try ImportedCase()
        _ = try imported.directory.write(index, to: "copy/manifest.json")
        for (path, bytes) in layout.members where path.hasPrefix("blobs/") {
            let digest = Digest(hashing: bytes)
            let suffix = images.contains(digest) ? ".manifest.json" : ""
            _ = try imported.directory.write(bytes, to: "copy/\(digest.hex)\(suffix)")
        }
        let absent = Digest(hashing: Array("absent".utf8))
        let whole = Digest(hashing: Array(index.utf8))
        let signed = [("", whole), ("\(images[1].hex).", images[1]), ("\(absent.hex).", absent)]
        for (prefix, digest) in signed {
            let payload =
                #"{"critical":{"identity":{"docker-reference":""},"image":"#
                + #"{"docker-manifest-digest":"\#(digest)"},"type":"cosign container image signature"},"optional":null}"#
            let text = Base64.encode(Array(payload.utf8))
            let file =
                Array("\0sigstore-json\n".utf8)
                + Array(#"{"mimeType":"application/vnd.dev.cosign.simplesigning.v1+json","payload":"\#(text)"}"#.utf8)
            _ = try imported.directory.write(file, to: "copy/\(prefix)signature-1")
        }
        let outcome = try imported.all(imported.directory.path("copy"))
        #expect(outcome.summaries.map(\.source.kind) == ["dir"])
        #expect(outcome.unrecognised == [])
        #expect(outcome.summaries.first?.signatures == 3)
        #expect(Set(try imported.signatures().map(\.subject)) == [whole, images[1], absent])
        #expect(try imported.warningCodes().filter { $0 != "signature.material" } == [])
    }
}
