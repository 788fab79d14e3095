import CaseIndex
import Cryptography
import Notary
import OCI
import OpenPGP
import PolicyFile
import Signing
import Sigstore
import StrictJSON
import TestSupport
import Testing
import Verification

/// Policies over signatures that are in no format of Sigstore: they count where a rule names their signer, and are never
/// passed over in silence.
@Suite("Policies and signatures of other formats")
struct PolicyFormatTests {
    private static func policy(_ image: Digest, _ demand: String) throws -> ImagePolicy {
        let text = "version: 1\nrules:\n- images: ['\(image)']\n  \(demand)\n"
        return try PolicyFile.parse(Array(text.utf8), name: "policy.yaml") { name in
            try PublicKey(subjectPublicKeyInfo: try SigningKey(seed: name, kind: .p256).subjectPublicKeyInfo)
        }
    }

    private func judge(
        _ imported: ImportedLayout,
        _ image: Digest,
        _ trust: TrustMaterial,
        _ demand: String,
        at time: Timestamp? = nil
    ) throws -> ImageVerification {
        let standard = VerificationStandard.policy(try Self.policy(image, demand))
        let stage = VerificationStage(caseFile: imported.caseFile, trust: trust, standard: standard, at: time)
        return try #require(try stage.run(images: [image]).images.first)
    }

    @Test("A signer of the Notary Project is asked for by name", arguments: NotaryEnvelope.Format.allCases)
    func notary(format: NotaryEnvelope.Format) throws {
        let (image, manifest) = (NotaryJudgementTests.image, NotaryJudgementTests.manifest)
        let signer = try NotarySigner(key: SigningKey(seed: "signer", kind: .p256))
        let draft = NotaryDraft(signer, image, size: manifest.count, annotations: ["build": "7"])
        let directory = try TemporaryDirectory()
        let layout = try NotaryJudgementTests.layout(draft.envelope(format), format, statesType: true)
        let imported = try ImportedLayout(directory.write(layout.finished, to: "layout.tar"))
        var trust = try TrustMaterial.builtIn()
        trust.notary = NotaryTrust(
            store: NotaryTrustStore(authorities: [try Certificate(der: signer.chain[2])]),
            name: "store"
        )
        func judge(_ signers: String) throws -> ImageVerification {
            try self.judge(imported, image, trust, "signatures: {anyOf: [\(signers)]}", at: NotaryDraft.time)
        }
        for signers in ["{notaryIdentity: '*'}", "{notaryIdentity: '*', annotations: {build: 7}}"] {
            let met = try judge(signers)
            #expect(met.policy?.isMet == true)
            #expect(met.signatures.map(\.obstacles) == [[]])
            #expect(met.signatures.map(\.verdict.isTrusted) == [true])
        }
        let others = [
            "{notaryIdentity: 'x509.subject: C=US, ST=WA, O=acme'}", "{notaryIdentity: '*', annotations: {build: 8}}",
            "{identity: a, issuer: b}", "{key: signer}",
            "{openPGPKey: \(String(repeating: "0", count: 40))}",
        ]
        for signers in others {
            let unmet = try judge(signers)
            #expect(unmet.policy?.isMet == false, "\(signers)")
            #expect(unmet.signatures.map(\.obstacles) == [["policy=policy.signer"]], "\(signers)")
            #expect(unmet.signatures.map(\.verdict.isAuthentic) == [true])
            #expect(unmet.signatures.map(\.verdict.isTrusted) == [false])
            #expect(unmet.policy?.rules.first?.requirements.first?.others.count == 1)
            let detail = unmet.signatures[0].checks.last { $0.name == "policy" }?.detail
            #expect(detail?.contains("only notaryIdentity names such signers") == true)
        }
        // Twice the same signer is one signer.
        let twice = "signatures: {anyOf: [{notaryIdentity: '*'}, {key: signer}], minimum: 2}"
        #expect(try self.judge(imported, image, trust, twice, at: NotaryDraft.time).policy?.isMet == false)
    }

    @Test("A key of OpenPGP is asked for by its fingerprint", .enabled(if: GPGHome.isPresent, "GnuPG is absent"))
    func openPGP() throws {
        let home = try GPGHome()
        let configuration = Digest(hashing: Array("{}".utf8))
        let manifest = Array(
            """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[],"config":\
            {"mediaType":"application/vnd.oci.empty.v1+json","digest":"\(configuration)","size":2}}
            """.utf8
        )
        let image = Digest(hashing: manifest)
        let payload: JSONValue = [
            "critical": [
                "identity": ["docker-reference": "acme/app:1.0"],
                "image": ["docker-manifest-digest": JSONValue("\(image)")], "type": "atomic container signature",
            ],
            "optional": [:],
        ]
        let directory = try TemporaryDirectory()
        _ = try directory.write(manifest, to: "copy/manifest.json")
        _ = try directory.write("{}", to: "copy/\(configuration.hex)")
        _ = try directory.write(try home.sign(Array(payload.compact.utf8)), to: "copy/signature-1")
        let imported = try ImportedLayout(directory.path("copy"))
        var trust = try TrustMaterial.builtIn()
        trust.openPGP = OpenPGPTrust(keyring: try OpenPGPKeyring(home.publicKey), name: "keys", verifier: GPGV.find())
        func judge(_ signer: String) throws -> ImageVerification {
            try self.judge(imported, image, trust, "signatures: {allOf: [\(signer)]}")
        }
        let zeros = String(repeating: "0", count: 40)
        let stranger = try judge("{openPGPKey: \(zeros)}")
        #expect(stranger.policy?.isMet == false)
        #expect(stranger.signatures.map(\.obstacles) == [["policy=policy.signer"]])
        let identity = try #require(stranger.signatures.first?.verdict.identity)
        let fingerprint = try #require(identity.split(separator: " ").last)
        for digits in ["\(fingerprint)", fingerprint.lowercased()] {
            #expect(try judge("{openPGPKey: '\(digits)'}").policy?.isMet == true)
            #expect(try judge("{openPGPKey: '\(digits)', reference: 'acme/*'}").policy?.isMet == true)
            #expect(try judge("{openPGPKey: '\(digits)', reference: 'other/*'}").policy?.isMet == false)
        }
        #expect(try judge("{notaryIdentity: '*'}").policy?.isMet == false)
    }

    /// P-66, P-72: a good signature of this very digest, made for another name.
    @Test("The name that was signed is compared where a rule asks for it", arguments: SignedLayout.Storage.allCases)
    func reference(storage: SignedLayout.Storage) throws {
        var image = try PolicyCase()
        try image.signed.sign(image.signed.image.digest, storage: storage)
        let identity = VirtualSigstore.job.identity
        let signer = "identity: '\(identity.name.text)', issuer: '\(identity.issuer)'"
        let demand =
            storage == .legacyAttestation
            ? "attestations: [{predicateType: https://slsa.dev/provenance/v1, allOf: [{SIGNER}]}]"
            : "signatures: {allOf: [{SIGNER}]}"
        func isMet(_ reference: String) throws -> Bool? {
            try image.judge(demand.replacing("SIGNER", with: signer + reference)).policy?.isMet
        }
        #expect(try isMet("") == true)
        #expect(try isMet(", reference: registry.example/acme/other") == false)
        // cosign 3 signs no name with the digest.
        let hasName = ![.bundle, .orphanBundle].contains(storage)
        #expect(try isMet(", reference: registry.example/acme/payments") == hasName)
        #expect(try isMet(", reference: 'registry.example/acme/*'") == hasName)
    }
}
