import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

@Suite("A limit that is hit keeps what was read, and says how much there was")
struct LimitTests {
    private func limits(_ name: ImportLimitName, _ value: Int64) -> ImportLimits {
        var limits = ImportLimits.standard
        limits[name] = value
        return limits
    }

    /// Imports as a folder and as an archive, and gives the one warning.
    private func warning(_ layout: LayoutWriter, _ limits: ImportLimits, isArchive: Bool) throws -> WarningRecord {
        let imported = try ImportedCase()
        _ =
            try isArchive
            ? imported.add(archive: layout.archive().finished, limits: limits) : imported.add(layout, limits: limits)
        let warnings = try imported.warnings()
        #expect(warnings.map(\.severity) == [.incomplete])
        return try #require(warnings.first)
    }

    @Test("Descriptors of an index", arguments: [false, true])
    func descriptors(isArchive: Bool) throws {
        var layout = LayoutWriter()
        for number in 0..<5 { layout.list(layout.image(layer: "\(number)")) }
        let found = try warning(layout, limits(.descriptors, 3), isArchive: isArchive)
        #expect(found.code == "limit.descriptors")
        #expect(found.message == "5 descriptors; those beyond the limit of 3 were not looked at")
    }

    @Test("Members and files")
    func members() throws {
        var layout = LayoutWriter()
        layout.list(layout.image())
        var tar = layout.archive()
        for number in 0..<4 { tar.add("zz\(number)", [1]) }
        let imported = try ImportedCase()
        let summary = try imported.add(archive: tar.finished, limits: limits(.members, 6))
        #expect(summary.images == 1)
        #expect(try imported.warnings().map(\.code) == ["limit.members"])
        #expect(try imported.warnings().first?.message == "9 members; those beyond the limit of 6 were not read")
        let folder = try ImportedCase()
        let path = try layout.write(to: folder.directory)
        for number in 0..<4 { try folder.directory.write("x", to: "layout/zz\(number)") }
        _ = try folder.add(path, limits: limits(.members, 6))
        #expect(try folder.warningCodes().contains("limit.members"))
    }

    @Test("Paths", arguments: [false, true])
    func paths(isArchive: Bool) throws {
        var layout = LayoutWriter()
        layout.list(layout.image())
        let name = String(repeating: "n", count: 90)
        layout.put([1], at: name)
        let found = try warning(layout, limits(.pathBytes, 80), isArchive: isArchive)
        #expect(found.code == "limit.path-bytes")
        #expect(found.message == "a path of 90 bytes, more than the limit of 80")
        #expect(found.path == String(repeating: "n", count: 64))
    }

    @Test("Extended headers of an archive")
    func extendedHeaders() throws {
        var layout = LayoutWriter()
        layout.list(layout.image())
        var tar = layout.archive()
        tar.addExtendedHeader("comment", [UInt8](repeating: UInt8(ascii: "c"), count: 2000))
        tar.add("x", [1])
        let imported = try ImportedCase()
        try imported.add(archive: tar.finished, limits: limits(.extendedHeaderBytes, 1000))
        #expect(try imported.warningCodes() == ["tar.pax-too-large"])
        let other = try ImportedCase()
        try other.add(archive: tar.finished)
        #expect(try other.warningCodes() == [])
    }

    @Test("Signatures of one manifest: a hundred thousand claimed ones are counted")
    func signaturesOfACarrier() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        let payload = layout.blob(["critical": [:]])
        let layer = layout.descriptor("application/vnd.dev.cosign.simplesigning.v1+json", payload)
        let configuration = layout.blob([:])
        let manifest = layout.blob(layout.manifest(configuration, Array(repeating: layer, count: 100_001)))
        layout.list(image)
        layout.list(manifest, annotations: ["org.opencontainers.image.ref.name": JSONValue("sha256-\(image.hex).sig")])
        let imported = try ImportedCase()
        try imported.add(layout, limits: limits(.signaturesPerSubject, 1_000_000))
        let message = try imported.warnings().first { $0.code == "limit.signatures" }?.message
        #expect(message == "100001 signatures; those beyond the limit of 1000 were not examined")
        #expect(try imported.signatures().count == 1000)
    }

    @Test("Signatures of one image, over all their manifests")
    func signaturesOfASubject() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image)
        for signer in 0..<5 { _ = layout.signatures(of: image, subject: image, signer: "\(signer)") }
        let imported = try ImportedCase()
        try imported.add(layout, limits: limits(.signaturesPerSubject, 3))
        #expect(try imported.signatures().count == 3)
        let found = try #require(try imported.warnings().first { $0.code == "limit.signatures" })
        #expect(found.message == "5 signatures of one artifact; those beyond the limit of 3 were not examined")
        #expect(found.digest == image)
    }

    @Test("Every limit has a name, and can be another")
    func names() {
        for name in ImportLimitName.allCases {
            var limits = ImportLimits.standard
            limits[name] = 7
            #expect(limits[name] == 7)
            #expect(limits != .standard)
            #expect(!name.purpose.isEmpty)
        }
    }
}
