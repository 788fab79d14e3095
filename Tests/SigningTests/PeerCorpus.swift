import Attestation
import Cryptography
import Foundation
import Signing
import Sigstore
import TestSupport

/// One signature that Raireki, sigstore-go and cosign are asked about in the same words.
struct PeerQuestion: Sendable {
    /// What it is, for people.
    let name: String
    let bundle: [UInt8]
    let trustedRoot: [UInt8]
    /// The artifact's bytes; nil when only its digest is known.
    let artifact: [UInt8]?
    let digest: Digest
    /// The certificate's name and issuer that are expected; nil for anybody.
    let identity: (name: String, issuer: String)?
    let isStatement: Bool
    /// Whether cosign is to look at timestamps, which it otherwise passes over.
    let hasTimestamps: Bool
    let report: @Sendable () throws -> VerificationReport
}

/// Whether each accepts it.
struct PeerVerdicts: Equatable {
    let raireki: Bool
    let sigstoreGo: Bool
    let cosign: Bool

    var agree: Bool { raireki == sigstoreGo && raireki == cosign }
}

extension PeerQuestion {
    /// Asks all three.
    func verdicts() throws -> PeerVerdicts {
        let directory = try TemporaryDirectory()
        try directory.write(bundle, to: "bundle.json")
        try directory.write(trustedRoot, to: "trusted_root.json")
        if let artifact { try directory.write(artifact, to: "artifact") }
        let reasons = try? report()
        return PeerVerdicts(
            raireki: reasons?.isVerified ?? false,
            sigstoreGo: try Peer.run("sigstore-go-verification", sigstoreGoArguments(directory)).status == 0,
            cosign: try Peer.run("cosign", cosignArguments(directory)).status == 0
        )
    }

    private func sigstoreGoArguments(_ directory: TemporaryDirectory) -> [String] {
        let expected =
            identity.map { ["-expectedSAN", $0.name, "-expectedIssuer", $0.issuer] }
            ?? ["-expectedSANRegex", ".*", "-expectedIssuerRegex", ".*"]
        let subject =
            artifact == nil
            ? ["-artifact-digest", digest.hex, "-artifact-digest-algorithm", digest.algorithm.rawValue]
            : ["-artifact", directory.path("artifact")]
        let root = ["-trustedrootJSONpath", directory.path("trusted_root.json")]
        return root + expected + subject + [directory.path("bundle.json")]
    }

    private func cosignArguments(_ directory: TemporaryDirectory) -> [String] {
        let expected =
            identity.map { ["--certificate-identity", $0.name, "--certificate-oidc-issuer", $0.issuer] }
            ?? ["--certificate-identity-regexp", ".*", "--certificate-oidc-issuer-regexp", ".*"]
        var arguments = ["--bundle", directory.path("bundle.json")]
        arguments += ["--trusted-root", directory.path("trusted_root.json")] + expected
        if hasTimestamps { arguments.append("--use-signed-timestamps") }
        guard isStatement else {
            let subject = artifact == nil ? "\(digest)" : directory.path("artifact")
            return ["verify-blob"] + arguments + [subject]
        }
        arguments += ["--type", predicateType]
        guard artifact == nil else { return ["verify-blob-attestation"] + arguments + [directory.path("artifact")] }
        return ["verify-blob-attestation"] + arguments
            + ["--digest", digest.hex, "--digestAlg", digest.algorithm.rawValue]
    }

    /// The statement's own predicate type, because cosign must be told one.
    private var predicateType: String {
        guard let bundle = try? SigstoreBundle(parsing: bundle), case .envelope(let envelope) = bundle.content,
            let statement = try? Statement(parsing: envelope.payload)
        else { return "slsaprovenance1" }
        return statement.predicateType
    }
}

extension SignedCase {
    fileprivate var isStatement: Bool {
        switch bundle.content {
        case .message: false
        case .envelope: true
        }
    }
}

extension PeerQuestion {
    /// Every defect that is one of the signature and not of the policy.
    static func ofDefects() throws -> [PeerQuestion] {
        let policies = Set((Defect.ofPolicies + Defect.ofOperators).map(\.description))
        let timestamps = Set(Defect.ofTimestamps.map(\.description))
        return try Defect.all.filter { !policies.contains($0.description) }.map { defect in
            let made = try defect.make()
            let identity = VirtualSigstore.job.identity
            return PeerQuestion(
                name: defect.description,
                bundle: made.bytes,
                trustedRoot: made.trustedRoot,
                artifact: made.artifact,
                digest: Digest(hashing: made.artifact),
                identity: (identity.name.text, identity.issuer),
                isStatement: made.isStatement,
                hasTimestamps: timestamps.contains(defect.description) && !made.bundle.timestamps.isEmpty,
                report: { try made.verify() }
            )
        }
    }

    /// Every bundle of the shared material that has a certificate, for anybody's identity and the artifact that it
    /// names itself.
    static func ofRealBundles() throws -> [PeerQuestion] {
        try realFiles().filter(isBundle).compactMap { file in
            let bytes = try SharedData.bytes(file)
            let staging = ["rekor-v2", "bundle-with-rekor-v2-entry", "bundle-with-timestamp"]
            let isStaging = staging.contains { file.contains($0) } && !file.hasSuffix("bundle.dsse.rekor-v2.sigstore")
            let root = try SharedData.bytes("trust/\(isStaging ? "staging" : "public-good").trusted_root.json")
            let parsed = try? SigstoreBundle(parsing: bytes)
            if case .publicKey(_)? = parsed?.keyMaterial { return nil }
            guard let stated = try parsed.map({ try statedDigest($0) }), let digest = stated else { return nil }
            let text = try SharedData.bytes("bundles/bundles-of-sigstore-java/artifact.txt")
            let artifact = Digest(hashing: text) == digest ? text : nil
            var isStatement = false
            if case .envelope(_)? = parsed?.content { isStatement = true }
            return PeerQuestion(
                name: String(file.dropFirst("bundles/".count)),
                bundle: bytes,
                trustedRoot: root,
                artifact: artifact,
                digest: digest,
                identity: nil,
                isStatement: isStatement,
                hasTimestamps: !(parsed?.timestamps.isEmpty ?? true),
                report: {
                    let verifier = Verifier(root: try TrustedRoot(parsing: root))
                    let entity = SignedEntity(try SigstoreBundle(parsing: bytes))
                    let subject = artifact.map { Artifact.bytes($0) } ?? .digest(digest)
                    return verifier.verify(entity, of: subject, policy: VerificationPolicy())
                }
            )
        }
    }

    private static func realFiles() throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: SharedData.path("bundles"))
        return names.sorted().map { "bundles/\($0)" }
    }

    private static func isBundle(_ file: String) -> Bool {
        let names = ["trusted_root", "public-good.json", "scaffolding.json", "public-key-validity.json", "jsonl"]
        return (file.hasSuffix(".json") || file.hasSuffix(".sigstore")) && !names.contains { file.contains($0) }
    }

    private static func statedDigest(_ bundle: SigstoreBundle) throws -> Digest? {
        switch bundle.content {
        case .messageSignature(_, let digest, _):
            if digest.isEmpty {
                return Digest(hashing: try SharedData.bytes("bundles/bundles-of-sigstore-java/artifact.txt"))
            }
            return DigestAlgorithm.allCases.compactMap { Digest($0, digest) }.first
        case .envelope(let envelope):
            let digests = (try? Statement(parsing: envelope.payload))?.subjects.first?.digests ?? []
            return digests.compactMap { try? Digest(parsing: "\($0.algorithm):\($0.value)") }.first
        }
    }
}
