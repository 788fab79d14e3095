import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

@Suite("Damage anywhere is noticed")
struct DamageTests {
    private func layout() -> LayoutWriter {
        var layout = LayoutWriter()
        let image = layout.image(layer: String(repeating: "content of a layer ", count: 50))
        layout.list(image, annotations: ["kind": "dev.cosignproject.cosign/image"])
        layout.list(layout.signatures(of: image), annotations: ["kind": "dev.cosignproject.cosign/sigs"])
        layout.list(
            layout.attestation(of: image, predicateType: "https://example.test/p"),
            annotations: ["kind": "dev.cosignproject.cosign/atts"]
        )
        return layout
    }

    @Test("A flipped bit in any blob contradicts its digest", .timeLimit(.minutes(5)))
    func flippedBits() throws {
        let imported = try ImportedCase()
        for (path, bytes) in layout().members.sorted(by: { $0.key < $1.key }) where path.hasPrefix("blobs/") {
            for offset in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 6)) {
                var damaged = layout()
                var changed = bytes
                changed[offset] ^= 1 << (offset % 8)
                damaged.put(changed, at: path)
                let summary = try imported.add(damaged)
                #expect(!summary.alreadyKnown)
                #expect((summary.warnings[.contradicted] ?? 0) > 0, "\(path) at \(offset)")
            }
        }
    }

    @Test("An archive that is cut anywhere is refused or said to be cut", .timeLimit(.minutes(5)))
    func cutArchives() throws {
        let archive = layout().archive().finished
        let imported = try ImportedCase()
        for length in stride(from: 1, to: archive.count - 1024, by: 307) {
            do {
                try imported.add(archive: Array(archive.prefix(length)))
                let codes = try imported.warningCodes()
                #expect(codes.contains("archive.truncated"), "\(length)")
            } catch EvidenceError.nothingRecognised {
                // Nothing of the layout was left.
            }
        }
        let sources = try imported.file.read { try $0.sources() }.count
        let cuts = try imported.warningCodes().count { $0 == "archive.truncated" }
        #expect(sources > 10)
        #expect(cuts == sources)
    }

    @Test("A flipped bit in an archive never stops the import of the rest with a crash", .timeLimit(.minutes(5)))
    func flippedArchives() throws {
        let archive = layout().archive().finished
        let imported = try ImportedCase()
        for offset in stride(from: 0, to: archive.count, by: 211) {
            var damaged = archive
            damaged[offset] ^= 0x10
            do {
                let summary = try imported.add(archive: damaged)
                #expect(!summary.alreadyKnown)
            } catch EvidenceError.nothingRecognised {
                // The marker itself was hit.
            }
        }
        #expect(try imported.file.read { try $0.sources() }.count > 20)
    }
}
