import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

@Suite("What is odd about documents and signatures is named")
struct OddDocumentTests {
    @Test("A layer that expands to nonsense")
    func damagedLayer() throws {
        var bytes = StoredCompression.gzip((0..<200_000).map { UInt8(truncatingIfNeeded: $0) })
        // The length of the second stored block no longer fits its complement.
        bytes[10 + 5 + 0xFFFF + 1] ^= 0xFF
        var layout = LayoutWriter()
        let layer = layout.blob(bytes)
        let configuration = layout.blob(["rootfs": ["diff_ids": [JSONValue("\(Digest(hashing: []))")]]])
        layout.list(
            layout.blob(layout.manifest(configuration, [layout.descriptor(LayoutWriter.layerType, layer)]))
        )
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == ["layer.damaged"])
        #expect(try imported.outcomes(to: layer) == [.unreadable])
    }

    @Test("A manifest that states another media type than its descriptor")
    func mediaType() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image, type: "application/vnd.docker.distribution.manifest.v2+json")
        let imported = try ImportedCase()
        #expect(try imported.add(layout).warnings == [.recovered: 1])
        #expect(try imported.warningCodes() == ["manifest.media-type"])
    }

    @Test("Embedded data that are not what the digest names")
    func embeddedData() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        guard var object = layout.descriptor(LayoutWriter.manifestType, image).object else { return }
        object["data"] = "e30="
        layout.list(.object(object))
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == ["descriptor.data-mismatch"])
        #expect(try imported.outcomes(to: image) == [.matched])
    }

    @Test("An archive with a damaged header goes on behind it")
    func damagedArchive() throws {
        var layout = LayoutWriter()
        layout.list(layout.image())
        var tar = TarBytes()
        tar.add("a", [1])
        tar.add("lost", [1])
        tar.add(layout.archive())
        var bytes = tar.finished
        bytes[1024 + 148] ^= 0x01
        let imported = try ImportedCase()
        #expect(try imported.add(archive: bytes).images == 1)
        #expect(try imported.warningCodes() == ["archive.damaged", "tar.header-checksum"])
    }

    @Test(
        "Material of a signature that cannot be read, while the signature stays",
        arguments: [
            ["dev.cosignproject.cosign/signature": "AAAA", "dev.sigstore.cosign/bundle": "{"],
            ["dev.cosignproject.cosign/signature": "not base64"], ["other": "annotation"],
            [
                "dev.cosignproject.cosign/signature": "AAAA",
                "dev.sigstore.cosign/certificate": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            ],
        ] as [[String: String]]
    )
    func material(annotations: [String: String]) throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image, annotations: ["kind": "dev.cosignproject.cosign/image"])
        let payload = layout.blob([
            "critical": [
                "identity": ["docker-reference": "p"], "image": ["docker-manifest-digest": JSONValue("\(image)")],
                "type": "cosign container image signature",
            ],
            "optional": nil,
        ])
        let configuration = layout.blob(["rootfs": ["diff_ids": [JSONValue("\(payload)")]]])
        let pairs = annotations.sorted { $0.key < $1.key }.map { ($0.key, JSONValue($0.value)) }
        let layer = layout.descriptor(
            "application/vnd.dev.cosign.simplesigning.v1+json",
            payload,
            annotations: .object(JSONObject(pairs))
        )
        layout.list(
            layout.blob(layout.manifest(configuration, [layer])),
            annotations: ["kind": "dev.cosignproject.cosign/sigs"]
        )
        let imported = try ImportedCase()
        #expect(try imported.add(layout).signatures == 1)
        #expect(try imported.warningCodes() == ["signature.material"])
    }

    @Test("An unsigned statement that is none")
    func unsignedStatement() throws {
        var layout = LayoutWriter()
        let statement = layout.blob(["_type": "https://example.test/Other"])
        let configuration = layout.blob(["rootfs": ["diff_ids": [JSONValue("\(statement)")]]])
        layout.list(
            layout.blob(
                layout.manifest(configuration, [layout.descriptor("application/vnd.in-toto+json", statement)])
            )
        )
        let imported = try ImportedCase()
        #expect(try imported.add(layout).unsignedStatements == 0)
        #expect(try imported.warningCodes() == ["statement.malformed"])
        #expect(try imported.file.read { try $0.content(statement) } != nil)
    }

    @Test("More signatures than the limit are counted, not examined")
    func manySignatures() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image, annotations: ["kind": "dev.cosignproject.cosign/image"])
        let payload = layout.blob([
            "critical": ["image": ["docker-manifest-digest": JSONValue("\(image)")], "type": "t"]
        ])
        let diffID = JSONValue("\(payload)")
        let configuration = layout.blob(["rootfs": ["diff_ids": .array(Array(repeating: diffID, count: 5))]])
        let layer = layout.descriptor(
            "application/vnd.dev.cosign.simplesigning.v1+json",
            payload,
            annotations: ["dev.cosignproject.cosign/signature": "AAAA"]
        )
        layout.list(
            layout.blob(layout.manifest(configuration, Array(repeating: layer, count: 5))),
            annotations: ["kind": "dev.cosignproject.cosign/sigs"]
        )
        var limits = ImportLimits.standard
        limits.signaturesPerCarrier = 3
        let imported = try ImportedCase()
        #expect(try imported.add(layout, limits: limits).signatures == 3)
        #expect(try imported.warningCodes() == ["limit.signatures"])
    }
}
