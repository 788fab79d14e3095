import CaseIndex
import Cryptography
import OCI
import Signing
import Sigstore
import StrictJSON
import TestSupport
import Testing
import Verification

/// What nobody signed decides nothing, and where it lies it is said.
@Suite("Annotations, versions, hints and files that nobody signed")
struct UnsignedDataTests {
    private static let identity = VirtualSigstore.job.identity

    private static func expecting(_ annotations: (key: String, value: String)...) -> SignatureExpectation {
        SignatureExpectation(
            identity: .exactly(identity.name.text),
            issuer: .exactly(identity.issuer),
            annotations: annotations
        )
    }

    private func judge(
        _ signed: SignedLayout,
        _ expectation: SignatureExpectation = expecting(),
        adding files: [String: [UInt8]] = [:]
    ) throws -> (signature: SignatureVerification, warnings: [String]) {
        let directory = try TemporaryDirectory()
        let path = try signed.write(to: directory)
        for (name, bytes) in files { try directory.write(bytes, to: "layout/\(name)") }
        let imported = try ImportedLayout(path)
        let trust = TrustMaterial(root: try TrustedRoot(parsing: signed.sigstore.trustedRoot), name: "virtual")
        let images = try imported.verify(trust: trust, expecting: expectation)
        let signatures = try #require(images.first { $0.image == signed.image.digest }).signatures
        return (try #require(signatures.first), try imported.caseFile.read { try $0.warnings() }.map(\.code))
    }

    /// P-01, P-02: the annotation stands beside the signature, in its manifest's list of layers.
    @Test("An annotation beside the signature is not one in it", arguments: [true, false])
    func besideTheSignature(isReferrer: Bool) throws {
        var signed = try SignedLayout()
        var layer = try signed.sigstore.signedImage(signed.image.digest).layer
        layer["org.opencontainers.image.vendor"] = "acme"
        layer["env"] = "prod"
        let storage = Signing.SignatureStorage.referrer(writesArtifactType: true)
        signed.layout.store(signatures: [layer], of: signed.image, as: isReferrer ? storage : .legacy)
        #expect(try judge(signed).signature.obstacles == [])
        #expect(try judge(signed).signature.verdict.isTrusted == true)
        for wanted in [("org.opencontainers.image.vendor", "acme"), ("env", "prod")] {
            let judged = try judge(signed, Self.expecting(wanted)).signature
            #expect(judged.obstacles == ["annotations=claim.annotation-missing"])
            #expect(judged.verdict.isTrusted == false)
        }
    }

    /// P-03, P-04: a referrer whose annotations say another form and another type than what is in it.
    @Test("Annotations that lie about a bundle are named, and the bundle is what counts", arguments: [true, false])
    func lyingAnnotations(isMessage: Bool) throws {
        var signed = try SignedLayout()
        let image = try #require(signed.layout.blobs[signed.image.digest])
        let statement = StatementDraft(
            subjects: [StatementDraft.Subject(name: "app", digest: signed.image.digest)],
            predicateType: "https://example.com/scan/v1",
            predicate: [:]
        )
        signed.sigstore.artifact = image
        let bundle = try isMessage ? signed.sigstore.signed() : signed.sigstore.attested(statement: statement.bytes)
        func stored(_ predicateType: String?) throws -> (signature: SignatureVerification, warnings: [String]) {
            var copy = signed
            copy.layout.store(
                bundle: bundle.bundle,
                predicateType: predicateType,
                of: signed.image,
                created: signed.sigstore.time
            )
            return try judge(copy)
        }
        let honest = try stored(isMessage ? nil : statement.predicateType)
        #expect(honest.warnings == [])
        #expect(honest.signature.verdict.isTrusted == true)
        let lying = try stored(isMessage ? "https://slsa.dev/provenance/v1" : nil)
        #expect(lying.warnings == Array(repeating: "annotation.mismatch", count: isMessage ? 2 : 1))
        #expect(lying.signature.obstacles == [])
        let typed = try stored("https://slsa.dev/provenance/v1")
        #expect(typed.warnings == Array(repeating: "annotation.mismatch", count: isMessage ? 2 : 1))
        #expect(typed.signature.obstacles == [])
    }

    /// P-05: the referrer's annotation and the files' times lie in the leaf's validity, and no log or authority does.
    @Test("The time that an annotation states is no time of signing")
    func statedCreation() throws {
        var signed = try SignedLayout()
        signed.sigstore.artifact = try #require(signed.layout.blobs[signed.image.digest])
        var bundle = try signed.sigstore.signed(plan: SigningPlan()).bundle
        bundle.entries[0].promise = nil
        signed.layout.store(bundle: bundle, predicateType: nil, of: signed.image, created: signed.sigstore.time)
        let judged = try judge(signed).signature
        #expect(judged.obstacles.contains("trusted-time=time.unsigned"))
        #expect(judged.verdict.signedAt == nil)
    }

    /// P-06: nothing signs the version; what is left is what the lower one asks for, and the proof is graded so.
    @Test("A version that was lowered leaves what the signature still proves")
    func loweredVersion() throws {
        var sigstore = try VirtualSigstore()
        var signed = try sigstore.signed(plan: SigningPlan())
        #expect(try signed.verify().proof.strength == .inclusionProof)
        signed.bundle.version = .v01
        signed.bundle.entries[0].proof = nil
        let lowered = try signed.verify()
        #expect(lowered.reasons == [])
        #expect(lowered.proof.strength == .inclusionPromise)
    }

    /// P-08: both keys are trusted, and the hint names the one that did not sign.
    @Test("A hint to another trusted key decides nothing")
    func hintToAnotherKey() throws {
        var sigstore = try VirtualSigstore()
        let (own, other) = (try sigstore.authority.nextKey(), try sigstore.authority.nextKey())
        var signed = try sigstore.signed(with: SigningCredential(key: own))
        signed.bundle.material = .publicKey(hint: Base64.encode(other.keyID))
        let keys = try [other, own].map { try PublicKey(subjectPublicKeyInfo: $0.subjectPublicKeyInfo) }
        signed.policy = VerificationPolicy()
        signed.policy.keys = keys.map { ManagedKey(publicKey: $0) }
        let report = try signed.verify()
        #expect(report.reasons == [])
        #expect(report.proof.publicKey == keys[1])
        signed.policy.keys = [ManagedKey(publicKey: keys[0])]
        #expect(try signed.verify().reasons.contains("signature.invalid"))
    }

    /// P-09: the evidence brings along the authority by which it would be trusted.
    @Test("What the evidence brings along is never trusted")
    func broughtAlong() throws {
        var signed = try SignedLayout()
        var other = try VirtualSigstore(seed: "brought along")
        let layer = try other.signedImage(signed.image.digest).layer
        signed.layout.store(signatures: [layer], of: signed.image, as: .legacy)
        let pem = { (der: [UInt8]) in Array(PEMBlock(label: "CERTIFICATE", content: der).text.utf8) }
        let judged = try judge(
            signed,
            adding: [
                "trusted_root.json": other.trustedRoot,
                "rekor.pub": Array(other.authority.transparencyLog.key.publicKeyPEM.utf8),
                "fulcio.pem": pem(other.authority.certificateAuthority.root),
                "cosign.pub": pem(other.authority.certificateAuthority.root),
            ]
        ).signature
        #expect(judged.obstacles.contains("certificate-path=chain.untrusted"))
        #expect(judged.obstacles.contains { $0.hasSuffix("tlog.unknown-log") })
        #expect(judged.verdict.isTrusted == false)
    }

    /// P-42 to P-45: the right job by name, with another fact about it in its certificate.
    @Test(
        "Every extension that is expected must say it",
        arguments: [
            (FulcioExtension.sourceRepositoryURI, "https://gitlab.com/attacker/payments"),
            (.sourceRepositoryIdentifier, "99"), (.buildTrigger, "merge_request_event"),
            (.sourceRepositoryDigest, String(repeating: "0", count: 40)), (.sourceRepositoryRef, "refs/heads/other"),
            (.runnerEnvironment, "gitlab-hosted"), (.buildSignerURI, "https://gitlab.com/acme/other"),
            (.buildConfigURI, "https://gitlab.com/acme/other"), (.deploymentEnvironment, "production"),
        ]
    )
    func extensions(known: FulcioExtension, other: String) throws {
        var sigstore = try VirtualSigstore()
        var signed = try sigstore.signed()
        let certificate = try #require(try signed.verify().proof.certificate)
        if let stated = try CertificateIdentity(certificate).extensions[known] {
            signed.policy.identity?.extensions = [known: stated]
            #expect(try signed.verify().reasons == [])
        }
        signed.policy.identity?.extensions = [known: other]
        #expect(try signed.verify().reasons == ["cert.oid"])
    }
}
