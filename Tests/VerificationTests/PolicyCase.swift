import CaseIndex
import Cryptography
import Evidence
import OCI
import PolicyFile
import Signing
import Sigstore
import StrictJSON
import TestSupport
import Verification

/// An image with several signatures, judged by a policy.
struct PolicyCase {
    var signed: SignedLayout
    private var layers: [SignatureLayer] = []
    private var attestations: [SignatureLayer] = []

    init(isIndex: Bool = false) throws {
        signed = try SignedLayout(isIndex: isIndex)
    }

    /// The key of a name.
    static func key(_ name: String) throws -> SigningKey {
        try SigningKey(seed: name, kind: .p256)
    }

    /// Signs with a certificate for a job of a project.
    mutating func sign(project: String = "acme/payments", annotations: [String: String] = [:]) throws {
        try sign(with: try credential(project), annotations)
    }

    /// Signs with a key.
    mutating func sign(key name: String, annotations: [String: String] = [:]) throws {
        try sign(with: SigningCredential(key: try Self.key(name)), annotations)
    }

    mutating func attest(key name: String, type: String) throws {
        let statement = StatementDraft(
            type: StatementDraft.v01,
            subjects: [StatementDraft.Subject(name: "app", digest: signed.image.digest)],
            predicateType: type,
            predicate: [:]
        )
        attestations.append(
            try signed.sigstore.authority.attestImage(
                statement.bytes,
                predicateType: "https://slsa.dev/provenance/v1",
                with: SigningCredential(key: try Self.key(name)),
                at: signed.sigstore.time
            )
        )
    }

    private mutating func credential(_ project: String) throws -> SigningCredential {
        var job = VirtualSigstore.job
        job.projectPath = project
        return try signed.sigstore.authority.issueCredential(for: job.identity, at: signed.sigstore.time)
    }

    private mutating func sign(with credential: SigningCredential, _ annotations: [String: String]) throws {
        let payload = SimpleSigningDraft(
            dockerReference: "registry.example/app",
            manifestDigest: signed.image.digest,
            annotations: annotations
        )
        layers.append(
            try signed.sigstore.authority.signImage(payload, with: credential, at: signed.sigstore.time)
        )
    }

    /// Spoils the newest signature.
    mutating func damage() {
        layers[layers.count - 1]["dev.cosignproject.cosign/signature"] = Base64.encode([1, 2, 3])
    }

    /// What a policy with one rule for `app:*` comes to.
    func judge(_ requirement: String...) throws -> ImageVerification {
        try judge(rule: "images: ['app:*']", requirement)
    }

    func judge(rule: String, _ requirement: [String]) throws -> ImageVerification {
        let images = try judgeAll(rule: rule, requirement)
        return images.first { $0.image == signed.image.digest } ?? images[0]
    }

    /// The same for every image that the case lists.
    func judgeAll(rule: String, _ requirement: [String]) throws -> [ImageVerification] {
        let lines = ["version: 1", "rules:", "- name: app", "  " + rule] + requirement.map { "  " + $0 }
        let policy = try PolicyFile.parse(Array(lines.joined(separator: "\n").utf8), name: "policy.yaml") { name in
            try PublicKey(subjectPublicKeyInfo: try Self.key(name).subjectPublicKeyInfo)
        }
        let directory = try TemporaryDirectory()
        var layout = signed
        if !layers.isEmpty { layout.layout.store(signatures: layers, of: signed.image, as: .legacy) }
        if !attestations.isEmpty { layout.layout.store(attestations: attestations, of: signed.image, as: .legacy) }
        let imported = try ImportedLayout(layout.write(to: directory))
        let trust = TrustMaterial(root: try TrustedRoot(parsing: signed.sigstore.trustedRoot), name: "virtual")
        let stage = VerificationStage(caseFile: imported.caseFile, trust: trust, standard: .policy(policy), at: nil)
        return try stage.run(images: imported.caseFile.read { try $0.images() }.map(\.digest)).images
    }
}
