import CaseIndex
import Cryptography
import OCI
import Signing
import Sigstore
import TestSupport
import Testing
import Verification

/// What is expected decides over trust, what is required over authenticity, and each part of both counts.
struct ExpectationTests {
    private static let identity = VirtualSigstore.job.identity

    private func verify(
        _ signed: SignedLayout,
        expecting expectation: SignatureExpectation = SignatureExpectation(),
        keys: [ManagedKey] = [],
        requirements: InstanceRequirements = .public,
        at time: Timestamp? = nil
    ) throws -> ImageVerification {
        let directory = try TemporaryDirectory()
        let root = try TrustedRoot(parsing: signed.sigstore.trustedRoot)
        let trust = TrustMaterial(root: root, name: "virtual", keys: keys, requirements: requirements)
        let images = try ImportedLayout(signed.write(to: directory)).verify(
            trust: trust,
            expecting: expectation,
            at: time
        )
        return try #require(images.first)
    }

    private func expecting(
        issuer: String = identity.issuer,
        _ annotations: (key: String, value: String)...
    ) -> SignatureExpectation {
        SignatureExpectation(
            identity: .exactly(Self.identity.name.text),
            issuer: .exactly(issuer),
            annotations: annotations
        )
    }

    @Test("A signed annotation must be there and have the value", arguments: [SignedLayout.Storage.legacy, .bundle])
    func annotations(storage: SignedLayout.Storage) throws {
        let signed = try SignedLayout(storage: storage)
        let right = try verify(signed, expecting: expecting(("tag", "1.4.0")))
        #expect(right.signatures.map(\.obstacles) == [[]])
        #expect(right.isGood)
        let wrong = try verify(signed, expecting: expecting(("tag", "1.4.1")))
        #expect(wrong.signatures.map(\.obstacles) == [["annotations=claim.annotation-mismatch"]])
        #expect(wrong.signatures.map(\.verdict.isTrusted) == [false])
        #expect(!wrong.isGood)
        let absent = try verify(signed, expecting: expecting(("tag", "1.4.0"), ("absent", "")))
        #expect(absent.signatures.map(\.obstacles) == [["annotations=claim.annotation-missing"]])
    }

    @Test("An attestation of anything but a signature carries no annotations")
    func annotationsOfAttestations() throws {
        let image = try verify(SignedLayout(storage: .legacyAttestation), expecting: expecting(("tag", "1.4.0")))
        #expect(image.signatures.map(\.obstacles) == [[]])
    }

    @Test("Annotations of another subject are not the image's")
    func annotationsOfAnotherSubject() throws {
        var signed = try SignedLayout()
        var statement = StatementDraft.signature(of: signed.image.digest, annotations: ["tag": "1.4.0"])
        statement.subjects.insert(.init(digest: Digest(hashing: [1]), annotations: ["tag": "other"]), at: 0)
        let bundle = try signed.sigstore.attested(statement: statement.bytes).bundle
        signed.layout.store(
            bundle: bundle,
            predicateType: statement.predicateType,
            of: signed.image,
            created: signed.sigstore.time
        )
        #expect(try verify(signed, expecting: expecting(("tag", "1.4.0"))).signatures.map(\.obstacles) == [[]])
        let other = try verify(signed, expecting: expecting(("tag", "other")))
        #expect(other.signatures.map(\.obstacles) == [["annotations=claim.annotation-mismatch"]])
    }

    @Test("Nothing is called trusted without an expectation, and everything that is expected counts")
    func expectations() throws {
        let signed = try SignedLayout(storage: .legacy)
        #expect(try verify(signed).signatures.map(\.verdict.isTrusted) == [nil])
        #expect(try verify(signed).isGood)
        let wrong = try verify(signed, expecting: SignatureExpectation(issuer: .exactly("https://issuer.example")))
        #expect(wrong.signatures.map(\.obstacles) == [["identity=identity.issuer"]])
        #expect(wrong.signatures.map(\.verdict.isTrusted) == [false])
        #expect(wrong.signatures.map(\.verdict.isAuthentic) == [true])
        #expect(!wrong.isGood)
        let key = try SigningKey(seed: "somebody", kind: .p256).subjectPublicKeyInfo
        let managed = ManagedKey(publicKey: try PublicKey(subjectPublicKeyInfo: key))
        let keyed = try verify(signed, expecting: SignatureExpectation(expectsKey: true), keys: [managed])
        #expect(keyed.signatures.map(\.obstacles) == [["identity=material.kind"]])
        #expect(keyed.signatures.map(\.verdict.isTrusted) == [false])
    }

    @Test("What is signed after the moment as of which is judged does not count")
    func referenceTime() throws {
        let signed = try SignedLayout(storage: .legacy)
        let image = try verify(signed, at: signed.sigstore.time.adding(seconds: -1))
        #expect(image.signatures.map(\.obstacles) == [["trusted-time=time.after-reference"]])
        #expect(try verify(signed, at: signed.sigstore.time).isGood)
    }

    @Test("Logs, certificate logs and timestamps are required as often as is said")
    func requirements() throws {
        let signed = try SignedLayout(storage: .legacy)
        let asked: [(WritableKeyPath<InstanceRequirements, Int>, Int, [String])] = [
            (\.timestamps, 1, []), (\.logs, 2, ["log-threshold=threshold.distinct-logs"]),
            (\.certificateLogs, 2, ["certificate-timestamp=threshold.distinct-certificate-logs"]),
            (\.timestamps, 2, ["timestamp=threshold.distinct-timestamps"]),
        ]
        for (requirement, number, obstacles) in asked {
            var requirements = InstanceRequirements.public
            requirements[keyPath: requirement] = number
            #expect(try verify(signed, requirements: requirements).signatures.map(\.obstacles) == [obstacles])
        }
    }

    @Test("A certificate's signature needs a log, a key's does not")
    func logs() throws {
        var signed = try SignedLayout()
        let plan = SigningPlan(log: .none, isStamped: true)
        let layer = try signed.sigstore.signedImage(signed.image.digest, plan: plan).layer
        signed.layout.store(signatures: [layer], of: signed.image, as: .legacy)
        #expect(try verify(signed).signatures.map(\.obstacles) == [["log-threshold=tlog.entry-missing"]])

        var keyed = try SignedLayout()
        let key = try keyed.sigstore.authority.nextKey()
        let credential = SigningCredential(key: key)
        let bare = try keyed.sigstore.signedImage(keyed.image.digest, with: credential, plan: plan).layer
        keyed.layout.store(signatures: [bare], of: keyed.image, as: .legacy)
        let managed = ManagedKey(publicKey: try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo))
        #expect(try verify(keyed, keys: [managed]).signatures.map(\.obstacles) == [[]])
        #expect(try verify(keyed).signatures.map(\.verdict.isAuthentic) == [false])
        // Nobody was asked for, so nobody is distrusted either.
        #expect(try verify(keyed).signatures.map(\.verdict.isTrusted) == [nil])
    }

    @Test("One signature that does not hold spoils an image, and so does a layer that is missing")
    func images() throws {
        var signed = try SignedLayout(storage: .legacy)
        try signed.sign(Digest(hashing: [1]), storage: .bundle)
        let image = try verify(signed, expecting: expecting())
        #expect(image.signatures.count == 2)
        #expect(image.signatures.contains { $0.verdict.isTrusted == true })
        #expect(!image.isGood)

        var partial = try SignedLayout(storage: .legacy)
        partial.layout.blobs[partial.layers[0]] = nil
        let incomplete = try verify(partial, expecting: expecting())
        #expect(incomplete.signatures.map(\.obstacles) == [["image-content~image.missing"]])
        #expect(incomplete.signatures.map(\.verdict.isTrusted) == [true])
        #expect(!incomplete.isGood)
    }
}
