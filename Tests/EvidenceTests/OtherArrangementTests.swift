import CaseIndex
import Cryptography
import Evidence
import OCI
import Signing
import StrictJSON
import TestSupport
import Testing

@Suite("A registry's storage, a content store, a copied image, and files of their own")
struct OtherArrangementTests {
    // MARK: A registry's storage

    /// The storage of one repository with a tag that was moved, and a signature of its image.
    private struct Storage {
        var files: [String: [UInt8]] = [:]
        let repository = "registry/docker/registry/v2/repositories/acme/app"
        let first, second, signature: Digest

        init() {
            var layout = LayoutWriter()
            first = layout.image(layer: "first")
            second = layout.image(layer: "second")
            signature = layout.signatures(of: second)
            for (path, bytes) in layout.members where path.hasPrefix("blobs/") {
                let digest = Digest(hashing: bytes)
                files["registry/docker/registry/v2/blobs/sha256/\(digest.hex.prefix(2))/\(digest.hex)/data"] = bytes
            }
            for digest in [first, second, signature] {
                link("_manifests/revisions/sha256/\(digest.hex)", digest)
            }
            link("_manifests/tags/1.0/current", second)
            for digest in [first, second] { link("_manifests/tags/1.0/index/sha256/\(digest.hex)", digest) }
            link("_manifests/tags/sha256-\(second.hex).sig/current", signature)
            link("_manifests/tags/sha256-\(second.hex).sig/index/sha256/\(signature.hex)", signature)
        }

        mutating func link(_ path: String, _ digest: Digest) {
            files["\(repository)/\(path)/link"] = Array("\(digest)".utf8)
        }

        func archive() -> [UInt8] {
            var tar = TarBytes()
            for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
                // Longer than a header has room for.
                tar.addExtendedHeader("path", Array("./\(path)".utf8))
                tar.add("x", bytes)
            }
            return tar.finished
        }
    }

    @Test("A registry's storage has tags, what they named before, and signatures", arguments: [false, true])
    func registry(isCompressed: Bool) throws {
        let storage = Storage()
        let imported = try ImportedCase()
        let bytes = isCompressed ? StoredCompression.gzip(storage.archive()) : storage.archive()
        let summary = try imported.add(archive: bytes)
        #expect(summary.source.kind == "registry-archive")
        // The signatures' payloads are of no matter to import, and no content of the writer's.
        #expect(try imported.warningCodes().filter { !$0.hasPrefix("signature.") } == [])
        #expect((summary.images, summary.signatures) == (2, 1))
        let images = try imported.file.read { try $0.images() }
        #expect(images.first { $0.digest == storage.second }?.names == ["acme/app:1.0"])
        #expect(images.first { $0.digest == storage.first }?.names == ["acme/app:1.0 (earlier)"])
        let signature = try #require(try imported.signatures().first)
        #expect(signature.subject == storage.second)
        #expect(try imported.storages(of: signature).contains(.tagName))
    }

    @Test("As a folder it is the same")
    func registryFolder() throws {
        let storage = Storage()
        let imported = try ImportedCase()
        for (path, bytes) in storage.files { _ = try imported.directory.write(bytes, to: "disk/" + path) }
        let summary = try imported.add(imported.directory.path("disk"))
        #expect(summary.source.kind == "registry-storage")
        #expect((summary.images, summary.signatures) == (2, 1))
    }

    @Test("Links that do not agree with the storage are told")
    func links() throws {
        var storage = Storage()
        let absent = Digest(hashing: [9])
        storage.link("_manifests/tags/gone/current", absent)
        storage.link("_manifests/revisions/sha256/\(absent.hex)", storage.first)
        storage.files["\(storage.repository)/_manifests/tags/odd/current/link"] = Array("sha256:xyz".utf8)
        let imported = try ImportedCase()
        try imported.add(archive: storage.archive())
        let codes = try imported.warningCodes().filter { !$0.hasPrefix("signature.") }
        // The odd tag names nothing; the other one names what is neither listed nor there.
        #expect(codes == ["blob.missing", "link.malformed", "link.mismatch", "link.unlisted"])
    }

    @Test("A manifest without a tag is told with its repository, and a tag of an unlisted manifest is warned of")
    func revisions() throws {
        var storage = Storage()
        let other = "registry/docker/registry/v2/repositories/other/_manifests"
        storage.files["\(other)/revisions/sha256/\(storage.first.hex)/link"] = Array("\(storage.first)".utf8)
        storage.files["\(other)/tags/taken/current/link"] = Array("\(storage.second)".utf8)
        let imported = try ImportedCase()
        try imported.add(archive: storage.archive())
        let images = try imported.file.read { try $0.images() }
        let first = try #require(images.first { $0.digest == storage.first })
        #expect(Set(first.names) == ["acme/app:1.0 (earlier)", "other@\(storage.first)"])
        let warning = try #require(try imported.warnings().first { $0.code == "link.unlisted" })
        #expect(warning.path.hasSuffix("other/_manifests/tags/taken/current/link"))
        #expect(warning.digest == storage.second)
        #expect(try imported.warnings().count { $0.code == "link.unlisted" } == 1)
        #expect(try imported.file.read { try $0.references() }.count { $0.isRevision } == 1)
    }

    @Test(
        "The storage of the ORAS registry",
        .enabled(if: SharedData.isPresent, "../shared/data is absent")
    )
    func oras() throws {
        let imported = try ImportedCase()
        let summary = try imported.add(SharedData.path("registry-storage/oras-artifacts"))
        #expect(summary.source.kind == "registry-storage")
        let tagged = try Digest(
            parsing: "sha256:fd6ed2f36b5465244d5dc86cb4e7df0ab8a9d24adc57825099f522fe009a22bb"
        )
        let references = try imported.file.read { try $0.references() }
        #expect(references.filter { !$0.isRevision }.map(\.name) == ["command/artifacts:foobar"])
        #expect(references.filter { !$0.isRevision }.map(\.digest) == [tagged])
        let artifact = try #require(try imported.file.read { try $0.otherArtifact("artifacts:foobar") })
        #expect((artifact.digest, artifact.role) == (tagged, .artifactManifest))
        #expect(artifact.referrers.count == 2)
        let referrers = try artifact.referrers.map { digest in
            try imported.file.read { try $0.otherArtifact("\(digest)") }
        }
        #expect(referrers.map { $0?.role } == [.artifactManifest, .artifactManifest])
        #expect(referrers.map { $0?.subjects } == [[tagged], [tagged]])
        let older = try imported.file.read { try $0.otherArtifact("8d7a27ff") }
        #expect(older?.role == .artifactManifest)
        #expect(older?.mediaType == "application/vnd.oci.artifact.manifest.v1+json")
        #expect(older?.referrers.count == 1)
        #expect(try imported.warningCodes() == [])
        let error = ImageNameError.otherArtifact("foobar", artifact)
        #expect(throws: error) { try ImageName.resolve(["foobar"], in: imported.file) }
        #expect(summary.artifacts == 10)
    }

    // MARK: containerd

    @Test("containerd's content store is a pile of blobs in which manifests are found")
    func contentStore() throws {
        var layout = LayoutWriter()
        let image = layout.image()
        let imported = try ImportedCase()
        for (path, bytes) in layout.members where path.hasPrefix("blobs/") {
            _ = try imported.directory.write(bytes, to: "containerd/io.containerd.content.v1.content/" + path)
        }
        let summary = try imported.add(imported.directory.path("containerd"))
        #expect(summary.source.kind == "containerd-store")
        #expect(try imported.warningCodes() == [])
        #expect(try imported.file.read { try $0.images() }.map(\.digest) == [image])
    }

    // MARK: dir:

    @Test(
        "Copies of containers/image, each with its signatures",
        .enabled(if: SharedData.isPresent, "../shared/data is absent"),
        arguments: [
            ("cosign-valid", ["cosign-valid"]), ("cosign-fulcio-rekor-valid", ["cosign-fulcio-rekor-valid"]),
            ("cosign-modified-manifest", ["cosign-valid"]), ("cosign-valid", ["cosign-valid", "valid"]),
            ("cosign-valid", []),
        ]
    )
    func copies(name: String, signatures: [String]) throws {
        // Some of the shared copies have links in place of files; they are put together here.
        let manifest = try SharedData.bytes("dir/dir-img-\(name)/manifest.json")
        let imported = try ImportedCase()
        _ = try imported.directory.write(manifest, to: "copy/manifest.json")
        for (position, other) in signatures.enumerated() {
            let bytes = try SharedData.bytes("dir/dir-img-\(other)/signature-1")
            _ = try imported.directory.write(bytes, to: "copy/signature-\(position + 1)")
        }
        let summary = try imported.add(imported.directory.path("copy"))
        #expect(summary.source.kind == "dir")
        #expect(summary.signatures == signatures.count)
        let image = Digest(hashing: manifest)
        #expect(try imported.role(of: image) == .imageManifest)
        #expect(try imported.signatures().map(\.subject) == signatures.map { _ in image })
        let ofOpenPGP = try imported.signatures().filter { $0.kind == .openPGP }
        #expect(ofOpenPGP.count == signatures.count { $0 == "valid" })
        #expect(try imported.warningCodes().filter { $0 != "blob.missing" } == [])
    }

    // MARK: Files of their own

    @Test("Bundles and envelopes attach to what they name, whichever comes first", arguments: [false, true])
    func documents(imageFirst: Bool) throws {
        let imported = try ImportedCase()
        var signed = try SignedLayout()
        let statement = StatementDraft.signature(of: signed.image.digest, annotations: [:])
        let bundle = try signed.sigstore.attested(statement: statement.bytes).bundle.bytes
        let layout = try signed.write(to: imported.directory)
        let one = try imported.directory.write(bundle, to: "one.sigstore.json")
        if imageFirst { try imported.add(layout) }
        let summary = try imported.add(one)
        if !imageFirst { try imported.add(layout) }
        #expect(summary.source.kind == "documents")
        let record = try #require(try imported.signatures().first)
        #expect(record.subject == signed.image.digest)
        #expect(try imported.storages(of: record) == [.looseFile])
        #expect(try imported.warningCodes() == [])
        #expect(try imported.file.read { try $0.images() }.map(\.signatureCount) == [1])
    }

    @Test("One document a line, and what is nothing known is said")
    func lines() throws {
        var sigstore = try VirtualSigstore()
        let first = try sigstore.attested().bundle.bytes
        let second = try sigstore.signed().bundle.bytes
        let imported = try ImportedCase()
        let text = first + [0x0A] + second + [0x0A] + Array("{}\n".utf8)
        let summary = try imported.add(imported.directory.write(text, to: "all.jsonl"))
        #expect(summary.signatures + summary.attestations == 2)
        #expect(try imported.warningCodes() == ["document.unknown"])
        #expect(Set(try imported.signatures().map(\.subject)) == [Digest(hashing: sigstore.artifact)])
    }

    @Test("What cosign prints of a signature is that signature")
    func downloaded() throws {
        var sigstore = try VirtualSigstore()
        let image = Digest(hashing: [1])
        let layer = try sigstore.signedImage(image).layer
        let annotations = Dictionary(layer.annotations.map { ($0.name, $0.value) }) { first, _ in first }
        let der = PEMDocument.content(annotations["dev.sigstore.cosign/certificate"] ?? "")
        let line: JSONValue = [
            "Base64Signature": JSONValue(annotations["dev.cosignproject.cosign/signature"]),
            "Payload": JSONValue(Base64.encode(layer.blob)), "Cert": ["Raw": JSONValue(Base64.encode(der))],
            "Chain": nil,
            "Bundle": try JSONValue(parsing: Array((annotations["dev.sigstore.cosign/bundle"] ?? "").utf8)),
            "RFC3161Timestamp": nil,
        ]
        let imported = try ImportedCase()
        try imported.add(imported.directory.write(line.compact + "\n", to: "signatures.txt"))
        let record = try #require(try imported.signatures().first)
        #expect((record.kind, record.subject) == (.simpleSigning, image))
        #expect(try imported.file.read { try $0.certificates(of: record.id) }.map(\.der) == [der])
        #expect(try imported.file.read { try $0.logEntries(of: record.id) }.count == 1)
    }

    // MARK: Mixtures

    @Test("Archives in a folder are opened, and each is a source of its own")
    func nested() throws {
        let imported = try ImportedCase()
        var layout = LayoutWriter()
        layout.list(layout.image(layer: "one"))
        let tar = layout.archive(prefix: "").finished
        _ = try imported.directory.write(tar, to: "pile/a.tar")
        var other = LayoutWriter()
        other.list(other.image(layer: "two"))
        let compressed = StoredCompression.gzip(other.archive(prefix: "x/").finished)
        _ = try imported.directory.write(compressed, to: "pile/deep/b.tgz")
        var strange = TarBytes()
        strange.add("readme", [1])
        _ = try imported.directory.write(strange.finished, to: "pile/c.tar")
        let outcome = try imported.all(imported.directory.path("pile"))
        #expect(outcome.summaries.map(\.source.kind) == ["oci-archive", "oci-archive"])
        #expect(outcome.summaries.map(\.source.digest) == [Digest(hashing: tar), Digest(hashing: compressed)])
        #expect(outcome.unrecognised == ["c.tar"])
        // The same archive by itself is known.
        #expect(try imported.add(imported.directory.path("pile/a.tar")).alreadyKnown)
    }

    /// Archives inside archives: a layout and a registry's backup in an archive, that in a compressed one.
    private func boxes() throws -> (layout: [UInt8], inner: [UInt8], outer: [UInt8]) {
        var layout = LayoutWriter()
        layout.list(layout.image(layer: "boxed"))
        let archive = layout.archive().finished
        var inner = TarBytes()
        inner.add("notes/readme.txt", Array("hello".utf8))
        inner.add("evidence/layout.tar", archive)
        inner.add("evidence/registry.tar.gz", StoredCompression.gzip(Storage().archive()))
        var outer = TarBytes()
        outer.add("seized.tar", inner.finished)
        return (archive, inner.finished, StoredCompression.gzip(outer.finished))
    }

    @Test("Archives inside archives are opened, compressed or not")
    func boxed() throws {
        let boxes = try boxes()
        let imported = try ImportedCase()
        let path = try imported.directory.write(boxes.outer, to: "all.tgz")
        let outcome = try imported.all(path)
        #expect(outcome.summaries.map(\.source.kind) == ["oci-archive", "registry-archive"])
        #expect(outcome.summaries.first?.source.digest == Digest(hashing: boxes.layout))
        #expect(outcome.summaries.first?.source.path == "\(path)/seized.tar/evidence/layout.tar")
        #expect(outcome.unrecognised == ["seized.tar/notes/readme.txt"])
        #expect(!outcome.isLimited)
        // The same without the outer box, which is not compressed.
        let other = try ImportedCase()
        let plain = try other.all(other.directory.write(boxes.inner, to: "inner.tar"))
        #expect(plain.summaries.map(\.source.digest) == outcome.summaries.map(\.source.digest))
    }

    @Test("Archives deeper, or more of them, than the limits are named and not opened")
    func boxedTooDeep() throws {
        let boxes = try boxes()
        let imported = try ImportedCase()
        var limits = ImportLimits.standard
        limits.archiveNesting = 0
        let path = try imported.directory.write(boxes.inner, to: "inner.tar")
        let closed = try imported.all(path, limits: limits)
        #expect(closed.isLimited)
        #expect(closed.summaries.map(\.source.kind) == ["incomplete-archive"])
        #expect(closed.summaries.map(\.source.digest) == [Digest(hashing: boxes.inner)])
        #expect(
            try imported.warnings().map { "\($0.severity) \($0.code): \($0.message)" } == [
                "incomplete limit.archive-nesting: 2 archives not opened: deeper in one another than the limit of 0 "
                    + "(--limit archive-nesting=…)"
            ]
        )
        // Known by now, and the archives in it are not.
        limits.archiveNesting = 3
        #expect(
            try imported.all(path, limits: limits).summaries.map(\.source.kind) == ["oci-archive", "registry-archive"]
        )
    }

    @Test("More archives than the limit are counted with the evidence that they lie in", arguments: [false, true])
    func tooManyBoxes(isFolder: Bool) throws {
        let boxes = try boxes()
        let imported = try ImportedCase()
        var limits = ImportLimits.standard
        limits.archives = 1
        var path = try imported.directory.write(boxes.inner, to: "inner.tar")
        if isFolder {
            _ = try imported.directory.write(boxes.layout, to: "pile/evidence/layout.tar")
            _ = try imported.directory.write(
                StoredCompression.gzip(Storage().archive()),
                to: "pile/evidence/registry.tar.gz"
            )
            path = imported.directory.path("pile")
        }
        let outcome = try imported.all(path, limits: limits)
        #expect(outcome.isLimited)
        #expect(
            outcome.summaries.map(\.source.kind) == [
                isFolder ? "incomplete-folder" : "incomplete-archive", "oci-archive",
            ]
        )
        #expect(outcome.unrecognised.first == "evidence/registry.tar.gz (not opened: --limit archives=1)")
        let message = "2 archives; those beyond the limit of 1 were not opened (--limit archives=…)"
        #expect(outcome.summaries.first?.losses == ["limit.archives: \(message)"])
        #expect(try imported.warningCodes() == ["limit.archives"])
        #expect(try imported.file.read { try $0.cutSources() } == ["\(path): limit.archives"])
    }

    @Test("A folder of everything is walked, and what is not recognised is named")
    func mixture() throws {
        let imported = try ImportedCase()
        var layout = LayoutWriter()
        layout.list(layout.image())
        _ = try layout.write(to: imported.directory)
        let storage = Storage()
        for (path, bytes) in storage.files { _ = try imported.directory.write(bytes, to: "backup/" + path) }
        var sigstore = try VirtualSigstore()
        _ = try imported.directory.write(try sigstore.attested().bundle.bytes, to: "notes/a.json")
        _ = try imported.directory.write("hello", to: "notes/readme.txt")
        let other = try ImportedCase()
        let root = imported.directory.path("")
        let outcome = try other.all(root)
        let kinds = outcome.summaries.map(\.source.kind).sorted()
        #expect(kinds == ["documents", "oci-layout", "registry-storage"])
        #expect(outcome.unrecognised.contains("notes/readme.txt"))
    }
}

/// The content of a PEM text's first block.
private enum PEMDocument {
    static func content(_ text: String) -> [UInt8] {
        (try? PEMBlock.parse(text))?.first?.content ?? []
    }
}
