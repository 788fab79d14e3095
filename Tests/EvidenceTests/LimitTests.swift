import CaseIndex
import Cryptography
import Evidence
import Signing
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

    /// A layout whose blobs come before what it is known by.
    private func blobsFirst() -> (tar: TarBytes, count: Int) {
        var layout = LayoutWriter()
        layout.list(layout.image())
        var tar = TarBytes()
        let members = layout.finished.sorted { $0.key < $1.key }
        for (path, bytes) in members where path.hasPrefix("blobs/") { tar.add(path, bytes) }
        let count = members.count { $0.key.hasPrefix("blobs/") }
        for (path, bytes) in members where !path.hasPrefix("blobs/") { tar.add(path, bytes) }
        return (tar, count)
    }

    @Test("A limit that is hit before a layout shows itself", arguments: [ImportLimitName.members, .expandedBytes])
    func membersBeforeTheIndex(name: ImportLimitName) throws {
        let (tar, count) = blobsFirst()
        let bytes = tar.finished
        let imported = try ImportedCase()
        let content = Int64(bytes.count - 1024 - 512 * (count + 2))
        let limit = name == .members ? Int64(count) : content / 2
        let summary = try imported.add(archive: bytes, limits: limits(name, limit))
        #expect(summary.source.kind == "oci-archive")
        #expect(summary.artifacts > 0)
        let found = try #require(try imported.warnings().first { $0.code.hasPrefix("limit.") })
        #expect(found.severity == .incomplete)
        let message =
            name == .members
            ? "\(count + 2) members; those beyond the limit of \(count) were not read"
            : "the archive expands to more than the limit of \(limit) bytes"
        #expect(found.message.hasPrefix(message))
        #expect(summary.losses == ["\(found.code): \(found.message)"])
    }

    /// What is said of a layout of which nothing but the name of a blob was seen.
    private static let unseen = ["blob.unreadable", "layout.no-index", "layout.no-marker"]

    @Test("A limit that leaves nothing to be recognised by is named all the same", arguments: [false, true])
    func nothingLeft(isCompressed: Bool) throws {
        let bytes = blobsFirst().tar.finished
        for (name, code) in [(ImportLimitName.pathBytes, "limit.path-bytes"), (.expandedBytes, "limit.expanded-bytes")]
        {
            let imported = try ImportedCase()
            let archive = isCompressed ? StoredCompression.gzip(bytes) : bytes
            let summary = try imported.add(archive: archive, limits: limits(name, 5))
            // The name of the first blob is seen where the archive is not compressed.
            let isNamed = !isCompressed && name == .expandedBytes
            #expect(summary.source.kind == (isNamed ? "oci-archive" : "incomplete-archive"))
            #expect(summary.source.digest == Digest(hashing: archive))
            #expect(Set(try imported.warningCodes()).subtracting(Self.unseen) == [code])
            #expect(summary.losses.allSatisfy { $0.hasPrefix(code) } && !summary.losses.isEmpty)
        }
    }

    @Test("A document that is too large to be looked at may be evidence")
    func largeDocument() throws {
        var sigstore = try VirtualSigstore()
        let bytes = try sigstore.attested().bundle.bytes
        for isArchive in [false, true] {
            let imported = try ImportedCase()
            var tar = TarBytes()
            tar.add("a.json", bytes)
            let path = try imported.directory.write(isArchive ? tar.finished : bytes, to: "a.json")
            let summary = try imported.add(path, limits: limits(.attestationBytes, 10))
            #expect(summary.source.kind == "documents")
            #expect((summary.signatures, summary.attestations, summary.artifacts) == (0, 0, 1))
            let found = try #require(try imported.warnings().first)
            #expect((found.code, found.severity) == ("limit.bytes", .incomplete))
            #expect(found.message == "\(bytes.count) bytes, more than the limit of 10 (--limit attestation-bytes=…)")
            #expect(found.path == "a.json")
        }
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
