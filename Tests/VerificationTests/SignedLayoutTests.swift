import CaseIndex
import Cryptography
import OCI
import Signing
import Sigstore
import TestSupport
import Testing
import Verification

/// Layouts that were signed here: wherever the signature lies it is found and holds, and one flipped bit anywhere is
/// refused for what it is in.
struct SignedLayoutTests {
    private func verify(_ signed: SignedLayout) throws -> [ImageVerification] {
        let directory = try TemporaryDirectory()
        let root = try TrustedRoot(parsing: signed.sigstore.trustedRoot)
        let identity = VirtualSigstore.job.identity
        return try ImportedLayout(signed.write(to: directory)).verify(
            trust: TrustMaterial(root: root, name: "virtual"),
            expecting: SignatureExpectation(
                identity: .exactly(identity.name.text),
                issuer: .exactly(identity.issuer),
                annotations: []
            )
        )
    }

    @Test(arguments: SignedLayout.Storage.allCases, [false, true])
    func trustsASignatureWhereverItLies(storage: SignedLayout.Storage, isIndex: Bool) throws {
        let images = try verify(SignedLayout(isIndex: isIndex, storage: storage))
        #expect(images.count == 1)
        let image = try #require(images.first)
        #expect(image.content == .intact)
        #expect(image.signatures.map(\.obstacles) == [[]])
        #expect(image.signatures.map(\.verdict.isTrusted) == [true])
    }

    @Test(arguments: SignedLayout.Storage.allCases)
    func refusesASignatureThatNamesAnotherImage(storage: SignedLayout.Storage) throws {
        var signed = try SignedLayout()
        try signed.sign(Digest(hashing: [1]), storage: storage)
        let image = try #require(try verify(signed).first)
        let isClaim = [.legacy, .referrer, .referrerWithoutType].contains(storage)
        #expect(image.signatures.map(\.obstacles) == [[isClaim ? "subject=claim.digest" : "subject=subject.mismatch"]])
        #expect(image.signatures.map(\.verdict.isTrusted) == [false])
    }

    @Test(arguments: SignedLayout.Storage.allCases, [0, 1])
    func refusesAFlippedBitInALayer(storage: SignedLayout.Storage, layer: Int) throws {
        var signed = try SignedLayout(storage: storage)
        signed.flip(signed.layers[layer])
        let image = try #require(try verify(signed).first)
        #expect(image.content == .altered)
        #expect(image.signatures.map(\.obstacles) == [["image-content=image.digest-mismatch"]])
    }

    @Test func refusesAFlippedBitInTheConfiguration() throws {
        var signed = try SignedLayout(storage: .legacy)
        signed.flip(signed.configuration)
        let image = try #require(try verify(signed).first)
        #expect(image.signatures.map(\.obstacles) == [["image-content=image.digest-mismatch"]])
    }

    @Test func refusesAFlippedBitInOnePlatformOfAnIndex() throws {
        var signed = try SignedLayout(isIndex: true, storage: .bundle)
        signed.flip(signed.manifest.digest)
        let image = try #require(try verify(signed).first)
        #expect(image.content == .altered)
        #expect(image.signatures.map(\.obstacles) == [["image-content=image.digest-mismatch"]])
    }

    @Test func refusesAFlippedBitInTheManifest() throws {
        var signed = try SignedLayout(storage: .legacy)
        signed.flip(signed.image.digest)
        let image = try #require(try verify(signed).first)
        #expect(image.content == .altered)
        #expect(image.signatures.map(\.obstacles) == [["image-content=image.digest-mismatch"]])
    }

    /// The last byte is the brace that ends the document: envelopes and bundles are then none.
    @Test(arguments: SignedLayout.Storage.allCases)
    func refusesAFlippedBitInThePayload(storage: SignedLayout.Storage) throws {
        var signed = try SignedLayout(storage: storage)
        let types = ["simplesigning.v1+json", "dsse.envelope.v1+json", "sigstore.bundle.v0.3+json"]
        let manifest = signed.layout.blobs.values.map { String(decoding: $0, as: UTF8.self) }.first { text in
            text.contains("\"layers\"") && types.contains { text.contains($0) }
        }
        let layers = try #require(manifest).split(separator: "\"layers\"")[1]
        let digest = try Digest(parsing: String(layers.split(separator: "\"digest\":\"")[1].prefix(71)))
        signed.flip(digest)
        let image = try #require(try verify(signed).first)
        let isClaim = [.legacy, .referrer, .referrerWithoutType].contains(storage)
        let expected =
            isClaim
            ? [
                "log-entry-digest=tlog.artifact-mismatch", "log-threshold~earlier-check-failed",
                "signature=signature.invalid", "statement=claim.malformed", "subject~earlier-check-failed",
            ] : ["form=material.malformed"]
        #expect(image.signatures.map(\.obstacles) == [expected])
        #expect(image.signatures.map(\.verdict.isAuthentic) == [false])
        #expect(image.signatures.map(\.verdict.isTrusted) == [false])
    }

    /// The payload of a claim, by what its bytes are replaced with; nil takes it away.
    private func withPayload(_ bytes: [UInt8]?) throws -> ImageVerification {
        var signed = try SignedLayout(storage: .legacy)
        let marker = Array("critical".utf8)
        let payload = signed.layout.blobs.first { blob in
            blob.value.count < 4096 && blob.value.indices.contains { blob.value[$0...].starts(with: marker) }
        }
        signed.layout.blobs[try #require(payload).key] = bytes
        return try #require(try verify(signed).first)
    }

    @Test func saysWhetherAPayloadIsMissingOrAnother() throws {
        let missing = try withPayload(nil)
        #expect(missing.signatures.map(\.obstacles) == [["form=payload.missing"]])
        // Too large to be kept: known only not to be what its descriptor names.
        let other = try withPayload([UInt8](repeating: 0x20, count: 17 << 20))
        #expect(other.signatures.map(\.obstacles) == [["form=payload.altered"]])
        #expect(other.signatures.map(\.verdict.isTrusted) == [false])
    }

    @Test func saysThatASignedImageIsNotInTheEvidence() throws {
        var signed = try SignedLayout(storage: .legacy)
        signed.layout.entries.removeAll { $0.digest == signed.image.digest }
        signed.layout.blobs[signed.image.digest] = nil
        let directory = try TemporaryDirectory()
        let root = try TrustedRoot(parsing: signed.sigstore.trustedRoot)
        let imported = try ImportedLayout(signed.write(to: directory))
        let stage = VerificationStage(
            caseFile: imported.caseFile,
            trust: TrustMaterial(root: root, name: "virtual"),
            standard: .expectation(SignatureExpectation()),
            at: nil
        )
        let image = try #require(try stage.run(images: [signed.image.digest]).images.first)
        #expect(image.signatures.map(\.obstacles) == [["image-content~image.missing"]])
        #expect(
            image.signatures[0].checks.last { $0.name == "image-content" }?.detail == "the image is not in the evidence"
        )
        #expect(image.content == .incomplete)
    }

    @Test func saysThatAnImageIsUnsigned() throws {
        let image = try #require(try verify(SignedLayout()).first)
        #expect(image.signatures.isEmpty)
        #expect(image.content == .intact)
    }
}
