import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import TestSupport
import Testing

@Suite("Signatures are found wherever they lie")
struct SignatureDiscoveryTests {
    private static let bundleType = "application/vnd.dev.sigstore.bundle.v0.3+json"

    private func kind(_ word: String) -> JSONValue {
        ["kind": JSONValue("dev.cosignproject.cosign/\(word)")]
    }

    /// A bundle as cosign 3 stores it: a referrer of its own, with a statement inside.
    private func bundleReferrer(
        _ layout: inout LayoutWriter,
        of image: Digest,
        annotations: JSONValue = nil
    ) -> Digest {
        let envelope = LayoutWriter.envelope(
            of: image,
            predicateType: "https://sigstore.dev/cosign/sign/v1",
            predicate: [:],
            annotations: annotations
        )
        let bundle = layout.blob([
            "mediaType": JSONValue(Self.bundleType),
            "verificationMaterial": ["publicKey": ["hint": "key"], "tlogEntries": []],
            "dsseEnvelope": envelope,
        ])
        let empty = layout.blob(Array("{}".utf8))
        return layout.blob([
            "schemaVersion": 2, "mediaType": JSONValue(LayoutWriter.manifestType),
            "config": layout.descriptor("application/vnd.oci.empty.v1+json", empty),
            "layers": [layout.descriptor(Self.bundleType, bundle)],
            "subject": layout.descriptor(LayoutWriter.manifestType, image),
            "artifactType": JSONValue(Self.bundleType),
        ])
    }

    @Test("By the kind annotation of a saved layout, as cosign and hauler write it", arguments: [true, false])
    func kindAnnotation(isCosign: Bool) throws {
        let vendor = isCosign ? "dev.cosignproject.cosign" : "dev.hauler"
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image, annotations: ["kind": JSONValue("\(vendor)/image")])
        layout.list(layout.signatures(of: image), annotations: ["kind": JSONValue("\(vendor)/sigs")])
        layout.list(
            layout.attestation(of: image, predicateType: "https://example.test/p"),
            annotations: ["kind": JSONValue("\(vendor)/atts")]
        )
        let imported = try ImportedCase()
        let summary = try imported.add(layout)
        #expect(try imported.warningCodes() == [])
        #expect((summary.images, summary.signatures, summary.attestations) == (1, 1, 1))
        for signature in try imported.signatures() {
            #expect(signature.subject == image)
            #expect(try imported.storages(of: signature) == [.kindAnnotation])
            #expect(try imported.role(of: signature.carrier) == .signatureManifest)
            #expect(try imported.role(of: signature.payload) == .payload)
            #expect(try imported.file.read { try $0.content(signature.payload) } != nil)
        }
    }

    @Test("The predicate type is the statement's, not the annotation's")
    func predicateType() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image, annotations: kind("image"))
        layout.list(
            layout.attestation(
                of: image,
                predicateType: "https://example.test/p",
                predicate: ["a": ["b", 1]],
                annotatedType: "https://example.test/lie"
            ),
            annotations: kind("atts")
        )
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == ["annotation.mismatch"])
        let signature = try #require(try imported.signatures().first)
        #expect(signature.kind == .attestation)
        #expect(signature.predicateType == "https://example.test/p")
        let claims = try imported.claims(about: image, .statement)
        #expect(claims["/predicate/a/0"] == "b")
        #expect(claims["/predicate/a/1"] == "1")
        #expect(try imported.claims(about: image, .carrierAnnotation) == ["predicateType": "https://example.test/lie"])
    }

    @Test("By the name of a tag, alone or at the end of a reference", arguments: ["", "registry.test/p:", "pre-"])
    func tagName(prefix: String) throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image)
        let name: JSONValue = ["org.opencontainers.image.ref.name": JSONValue("\(prefix)sha256-\(image.hex).sig")]
        layout.list(layout.signatures(of: image), annotations: name)
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == [])
        let signature = try #require(try imported.signatures().first)
        #expect(signature.subject == image)
        #expect(try imported.storages(of: signature) == [.tagName])
        #expect(try imported.claims(about: image, .signedAnnotation) == ["signer": "a"])
        #expect(try imported.claims(about: image, .payload)["docker-reference"] == "registry.test/p")
    }

    @Test("By the subject of a listed manifest")
    func subject() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image)
        layout.list(layout.signatures(of: image, subject: image))
        layout.list(bundleReferrer(&layout, of: image))
        let imported = try ImportedCase()
        let summary = try imported.add(layout)
        #expect(try imported.warningCodes() == [])
        #expect((summary.images, summary.signatures, summary.attestations) == (1, 2, 0))
        for signature in try imported.signatures() {
            #expect(signature.subject == image)
            #expect(try imported.storages(of: signature) == [.subject])
        }
        #expect(Set(try imported.signatures().map(\.kind)) == [.simpleSigning, .bundle])
    }

    @Test("In a bundle that no index lists, as cosign 3 saves it")
    func orphanBundle() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image, annotations: kind("image"))
        let carrier = bundleReferrer(&layout, of: image)
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.warningCodes() == [])
        let signature = try #require(try imported.signatures().first)
        #expect(signature.carrier == carrier)
        #expect(signature.subject == image)
        #expect(signature.predicateType == "https://sigstore.dev/cosign/sign/v1")
        #expect(try imported.storages(of: signature) == [.orphan])
        #expect(try imported.outcomes(to: image) == [.matched, .matched])
    }

    @Test("The annotations of cosign 3 are read from the statement's subject")
    func bundleAnnotations() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image)
        layout.list(bundleReferrer(&layout, of: image, annotations: ["com.gitlab.ci.job.id": "5678"]))
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.claims(about: image, .signedAnnotation) == ["com.gitlab.ci.job.id": "5678"])
    }

    @Test("In a manifest that an earlier save left behind: its payload tells what it is about")
    func orphanSignatures() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        _ = layout.signatures(of: image)
        let imported = try ImportedCase()
        let summary = try imported.add(layout)
        #expect(try imported.warningCodes() == ["index.empty"])
        #expect(summary.images == 1)
        let signature = try #require(try imported.signatures().first)
        #expect(signature.subject == image)
        #expect(try imported.storages(of: signature) == [.orphan])
    }

    @Test("By the fallback index of referrers")
    func fallbackIndex() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image)
        let referrer = bundleReferrer(&layout, of: image)
        let index = layout.blob(layout.index([layout.descriptor(LayoutWriter.manifestType, referrer)]))
        layout.list(
            index,
            type: LayoutWriter.indexType,
            annotations: ["org.opencontainers.image.ref.name": JSONValue("sha256-\(image.hex)")]
        )
        let imported = try ImportedCase()
        let summary = try imported.add(layout)
        #expect(try imported.warningCodes() == [])
        #expect(summary.images == 1)
        #expect(try imported.role(of: index) == .referrersIndex)
        let signature = try #require(try imported.signatures().first)
        #expect(try imported.storages(of: signature) == [.fallbackIndex, .subject])
        #expect(try imported.signatures().count == 1)
    }

    @Test("One signature that several conventions find is one signature")
    func severalConventions() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image, annotations: kind("image"))
        layout.list(
            layout.signatures(of: image, subject: image),
            annotations: [
                "kind": "dev.cosignproject.cosign/sigs",
                "org.opencontainers.image.ref.name": JSONValue("sha256-\(image.hex).sig"),
            ]
        )
        let imported = try ImportedCase()
        #expect(try imported.add(layout).signatures == 1)
        let signature = try #require(try imported.signatures().first)
        #expect(try imported.storages(of: signature) == [.kindAnnotation, .subject, .tagName])
    }

    @Test("Storage decides what a signature is attached to, even when its payload names another image")
    func movedSignature() throws {
        var layout = LayoutWriter()
        let image = layout.image(layer: "victim")
        let other = Digest(hashing: Array("other".utf8))
        layout.list(image, annotations: kind("image"))
        layout.list(layout.signatures(of: other), annotations: kind("sigs"))
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.signatures().map(\.subject) == [image])
        #expect(try imported.claims(about: image, .payload)["docker-manifest-digest"] == "\(other)")
    }

    @Test("With several images in one layout the name decides, else the payload")
    func severalImages() throws {
        var layout = LayoutWriter()
        let first = layout.image(layer: "first")
        let second = layout.image(layer: "second")
        func named(_ kind: String, _ name: String?) -> JSONValue {
            var object = JSONObject([("kind", JSONValue("dev.hauler/\(kind)"))])
            object["io.containerd.image.name"] = name.map { JSONValue($0) }
            return .object(object)
        }
        layout.list(first, annotations: named("image", "registry.test/first:1"))
        layout.list(second, annotations: named("image", "registry.test/second:1"))
        layout.list(layout.signatures(of: second, signer: "b"), annotations: named("sigs", "registry.test/first:1"))
        layout.list(layout.signatures(of: second, signer: "c"), annotations: named("sigs", nil))
        let imported = try ImportedCase()
        try imported.add(layout)
        #expect(try imported.signatures().map(\.subject).sorted() == [first, second].sorted())
        #expect(try imported.warningCodes() == [])
    }

    @Test("A signature of which nothing says what it is about is counted")
    func unattached() throws {
        var layout = LayoutWriter()
        let payload = layout.blob(["critical": [:], "optional": nil])
        let configuration = layout.blob(["rootfs": ["diff_ids": [JSONValue("\(payload)")]]])
        let layer = layout.descriptor("application/vnd.dev.cosign.simplesigning.v1+json", payload)
        layout.list(layout.blob(layout.manifest(configuration, [layer])))
        let imported = try ImportedCase()
        #expect(try imported.add(layout).signatures == 0)
        #expect(try imported.warningCodes() == ["signature.payload", "signature.unattached"])
    }

    @Test("A signature whose payload is missing is still a signature")
    func missingPayload() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image, annotations: kind("image"))
        let carrier = layout.signatures(of: image)
        layout.list(carrier, annotations: kind("sigs"))
        let document = try #require(layout.members[LayoutWriter.path(carrier)])
        let manifest = try JSONValue(parsing: document)
        let payload = try #require(manifest["layers"]?.array?.first?["digest"]?.string)
        layout.remove(LayoutWriter.path(try Digest(parsing: payload)))
        let imported = try ImportedCase()
        #expect(try imported.add(layout).signatures == 1)
        #expect(try imported.warningCodes() == ["blob.missing"])
        #expect(try imported.signatures().map { "\($0.payload)" } == [payload])
    }

    @Test("Claims of a statement stop at the limit, and that is said")
    func manyClaims() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        layout.list(image, annotations: kind("image"))
        layout.list(
            layout.attestation(
                of: image,
                predicateType: "https://example.test/p",
                predicate: .array((0..<100).map { JSONValue($0) })
            ),
            annotations: kind("atts")
        )
        var limits = ImportLimits.standard
        limits.claimsPerStatement = 50
        let imported = try ImportedCase()
        try imported.add(layout, limits: limits)
        #expect(try imported.claims(about: image, .statement).count == 50)
        let warning = try #require(try imported.warnings().first)
        #expect((warning.code, warning.severity) == ("limit.claims", .incomplete))
        #expect(
            warning.message.hasSuffix(
                " claims; those beyond the limit of 50 are kept but not listed (--limit claims-per-statement=…)"
            )
        )
        #expect(warning.message.prefix { $0.isNumber }.count == 3)
        #expect(try imported.warningCodes() == ["limit.claims"])
    }
}
