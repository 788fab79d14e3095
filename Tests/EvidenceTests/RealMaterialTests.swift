import CaseIndex
import Cryptography
import Evidence
import TestSupport
import Testing

/// One piece of the shared material, and what is true of it.
struct RealPiece: CustomTestStringConvertible, Sendable {
    let path: String
    let kind: String
    let images: Int
    let signatures: Int
    let codes: [String]

    init(_ path: String, _ kind: String, images: Int = 0, signatures: Int = 0, _ codes: [String] = []) {
        self.path = path
        self.kind = kind
        self.images = images
        self.signatures = signatures
        self.codes = codes
    }

    var testDescription: String { path }

    /// The blobs of the copied images are not in the material, and some of their files are links that became texts.
    static let all: [RealPiece] = [
        RealPiece("archives/test-docker-image.tar", "docker-archive", images: 1),
        RealPiece("archives/test-kaniko-image.tar", "docker-archive", images: 1),
        RealPiece("archives/test-oci-gzip-image.tar", "oci-archive", images: 1),
        RealPiece("archives/test-oci-zstd-image.tar", "oci-archive", images: 1),
        RealPiece(
            "layouts/regclient-testrepo",
            "oci-layout",
            images: 7,
            ["layer.diffid-absent", "layer.diffid-absent"]
        ),
        RealPiece("registry-storage/oras-artifacts", "registry-storage"),
        RealPiece("dir/dir-img-cosign-valid", "dir", images: 1, signatures: 1, ["blob.missing", "blob.missing"]),
        RealPiece(
            "dir/dir-img-cosign-fulcio-rekor-valid",
            "dir",
            images: 1,
            signatures: 1,
            ["blob.missing", "blob.missing"]
        ),
        RealPiece(
            "dir/dir-img-cosign-modified-manifest",
            "dir",
            images: 1,
            ["blob.missing", "blob.missing", "signature.unsupported"]
        ),
        RealPiece(
            "dir/dir-img-cosign-mixed",
            "dir",
            ["manifest.not-json", "signature.unsupported", "signature.unsupported"]
        ),
        RealPiece("dir/dir-img-valid", "dir", signatures: 1, ["manifest.not-json"]),
    ]
}

@Suite("Material that others made")
struct RealMaterialTests {
    @Test(
        "It is imported with what is true of it",
        .enabled(if: SharedData.isPresent, "../shared/data is absent"),
        arguments: RealPiece.all
    )
    func material(piece: RealPiece) throws {
        let imported = try ImportedCase()
        let outcome = try imported.all(SharedData.path(piece.path))
        #expect(outcome.summaries.map(\.source.kind) == [piece.kind])
        #expect(outcome.summaries.map(\.images) == [piece.images])
        #expect(outcome.summaries.map(\.signatures) == [piece.signatures])
        #expect(outcome.unrecognised == [])
        #expect(try imported.warningCodes() == piece.codes)
    }

    @Test(
        "Nothing of a whole folder of archives is lost",
        .enabled(if: SharedData.isPresent, "../shared/data is absent")
    )
    func folder() throws {
        let imported = try ImportedCase()
        let outcome = try imported.all(SharedData.path("archives"))
        #expect(
            outcome.summaries.map(\.source.kind) == ["docker-archive", "docker-archive", "oci-archive", "oci-archive"]
        )
        #expect(outcome.unrecognised == [])
        #expect(try imported.warningCodes() == [])
    }

    @Test("An archive that this machine's own tools made", .enabled(if: Peer.has("skopeo"), "skopeo is absent"))
    func skopeo() throws {
        let directory = try TemporaryDirectory()
        let signed = try SignedLayout()
        let layout = try signed.write(to: directory)
        let archive = directory.path("saved.tar")
        let copied = try Peer.run(
            "skopeo",
            ["--insecure-policy", "copy", "oci:\(layout):app:1.4.0", "docker-archive:\(archive):acme/app:1.4.0"]
        )
        try #require(copied.status == 0, "\(copied.everything)")
        let imported = try ImportedCase()
        let summary = try imported.add(archive)
        #expect((summary.source.kind, summary.images) == ("docker-archive", 1))
        #expect(try imported.warningCodes() == [])
        // Expanded layers keep their diffIDs, and the configuration stands for the image.
        let image = try #require(try imported.file.read { try $0.images() }.first)
        #expect(image.names.contains { $0.hasSuffix("acme/app:1.4.0") })
        #expect(image.digest == signed.configuration)
    }
}
