import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

@Suite("The whole graph is walked, each document once")
struct GraphTests {
    @Test("An index with its children and an attestation manifest of BuildKit")
    func multiPlatform() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        let statement = layout.blob([
            "_type": "https://in-toto.io/Statement/v0.1", "predicateType": "https://spdx.dev/Document",
            "subject": [["name": "_", "digest": ["sha256": JSONValue(image.hex)]]], "predicate": ["name": "sbom"],
        ])
        let configuration = layout.blob(["rootfs": ["type": "layers", "diff_ids": [JSONValue("\(statement)")]]])
        let attestation = layout.blob(
            layout.manifest(configuration, [layout.descriptor("application/vnd.in-toto+json", statement)])
        )
        let annotations: JSONValue = [
            "vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": JSONValue("\(image)"),
        ]
        let index = layout.blob(
            layout.index([
                layout.descriptor(LayoutWriter.manifestType, image),
                layout.descriptor(LayoutWriter.manifestType, attestation, annotations: annotations),
            ])
        )
        layout.list(index, type: LayoutWriter.indexType)
        let imported = try ImportedCase()
        let summary = try imported.add(layout)
        #expect(try imported.warningCodes() == [])
        #expect(summary.images == 1)
        #expect(summary.unsignedStatements == 1)
        #expect(summary.attestations == 0)
        #expect(try imported.role(of: index) == .imageIndex)
        #expect(try imported.role(of: image) == .imageManifest)
        #expect(try imported.role(of: attestation) == .attestationManifest)
        #expect(try imported.claims(about: image, .unsignedStatement)["/predicate/name"] == "sbom")
        #expect(try imported.file.read { try $0.content(statement) } != nil)
    }

    @Test("Blobs may be addressed by SHA-512")
    func otherAlgorithm() throws {
        var layout = LayoutWriter()
        let text = LayoutWriter.layer("layer")
        let layer = layout.blob(StoredCompression.gzip(text), .sha512)
        let configuration = layout.blob(["rootfs": ["diff_ids": [JSONValue("\(Digest(hashing: text))")]]])
        layout.list(
            layout.blob(layout.manifest(configuration, [layout.descriptor(LayoutWriter.layerType, layer)]))
        )
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == [])
        #expect(try imported.outcomes(to: layer) == [.matched])
        #expect(try imported.file.read { try $0.artifact(layer) }?.diffID == Digest(hashing: text))
    }

    @Test("A bomb of indexes that list the same index many times is visited once each", .timeLimit(.minutes(1)))
    func bomb() throws {
        var layout = LayoutWriter()
        var digest = layout.image()
        var type = LayoutWriter.manifestType
        for _ in 0..<30 {
            digest = layout.blob(
                layout.index(Array(repeating: layout.descriptor(type, digest), count: 10))
            )
            type = LayoutWriter.indexType
        }
        layout.list(digest, type: type)
        let imported = try ImportedCase()
        #expect(try imported.add(layout).images == 1)
        #expect(try imported.warningCodes() == [])
    }

    @Test("Documents deeper than the limit are not followed, and that is said")
    func deep() throws {
        var layout = LayoutWriter()
        var digest = layout.image()
        var type = LayoutWriter.manifestType
        for _ in 0..<10 {
            digest = layout.blob(layout.index([layout.descriptor(type, digest)]))
            type = LayoutWriter.indexType
        }
        layout.list(digest, type: type)
        var limits = ImportLimits.standard
        limits.graphDepth = 5
        let imported = try ImportedCase()
        try imported.add(layout, limits: limits)
        #expect(try imported.warningCodes().contains("limit.depth"))
    }

    @Test("A document that pretends to contain itself is read once", .timeLimit(.minutes(1)))
    func loop() throws {
        var layout = LayoutWriter()
        let name = Digest(hashing: Array("a digest of something else".utf8))
        layout.replace(name, with: Array(layout.index([layout.descriptor(LayoutWriter.indexType, name)]).compact.utf8))
        layout.list(name, type: LayoutWriter.indexType)
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == ["blob.digest-mismatch"])
    }

    @Test("Labels and members of the configuration are claims about the image")
    func configurationClaims() throws {
        var layout = LayoutWriter()
        let image = layout.image(labels: ["com.gitlab.ci.commit.sha": "abc", "a/b": "c"])
        layout.list(image, annotations: ["org.opencontainers.image.ref.name": "v1"])
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.claims(about: image, .label) == ["com.gitlab.ci.commit.sha": "abc", "a/b": "c"])
        #expect(try imported.claims(about: image, .configuration)["/created"] == "2026-01-02T03:04:05Z")
        #expect(
            try imported.claims(about: image, .manifestAnnotation) == ["org.opencontainers.image.ref.name": "v1"]
        )
        let pointers = try imported.file.read { try $0.claims(about: image) }.map(\.pointer)
        #expect(pointers.contains("/config/Labels/a~1b"))
    }
}
