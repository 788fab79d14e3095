package import Cryptography
package import Signing
package import Sigstore
internal import StrictJSON

/// A Sigstore instance of its own for a test: keys from a seed, and a clock that stands still.
///
/// A second instance with another seed gives everything "of somebody else".
package struct VirtualSigstore: Sendable {
    /// Issues, logs and stamps.
    package var authority: LocalAuthority
    /// The moment at which everything is signed unless a test says otherwise: 2026-03-02T09:00:00Z.
    package var time = VirtualSigstore.start.adding(seconds: 60 * 86_400)
    /// What is signed unless a test says otherwise.
    package var artifact = Array("what is signed\n".utf8)

    /// When the instance began: 2026-01-01T09:00:00Z.
    package static let start = Timestamp(seconds: 1_767_258_000)

    /// The job that signs.
    package static let job = GitLabJob(
        projectPath: "acme/payments",
        projectID: "4711",
        namespaceID: "112",
        pipelineID: "90117",
        jobID: "614203",
        commit: "5f2b1c9a7d3e48f6b0a1c2d3e4f5061728394a5b",
        userName: "Mika Sato"
    )

    /// An instance; the same seed gives the same keys.
    package init(seed: String = "virtual sigstore") throws {
        authority = try LocalAuthority(
            organization: "\(seed) org",
            domain: "sigstore.example",
            keys: .seed(seed),
            start: Self.start
        )
        // Other people's entries, so that proofs have hashes on both sides.
        for number in 0..<11 {
            authority.transparencyLog.pad([UInt8(number)])
            authority.tileLog.pad([UInt8(number)])
        }
    }

    /// The trusted root that goes with the instance.
    package var trustedRoot: [UInt8] { authority.trustedRoot }

    /// A policy that expects the job.
    package static var policy: VerificationPolicy {
        var policy = VerificationPolicy()
        let identity = job.identity
        policy.identity = IdentityExpectation(
            name: .exactly(identity.name.text),
            issuer: .exactly(identity.issuer)
        )
        return policy
    }

    /// A key with a certificate for the job.
    package mutating func credential() throws -> SigningCredential {
        try authority.issueCredential(for: Self.job.identity, at: time)
    }

    /// A key with the certificate that `change` made of the job's template.
    package mutating func credential(
        changing change: (inout CertificateTemplate) -> Void
    ) throws -> SigningCredential {
        let key = try authority.nextKey()
        var template = leafTemplate(for: key)
        change(&template)
        let issuer = authority.certificateAuthority
        let certificate = try issuer.issue(template, loggedIn: [authority.certificateLog], at: time)
        return SigningCredential(key: key, verifier: .certificate(certificate))
    }

    /// What a certificate of the job for a key says.
    package func leafTemplate(for key: SigningKey) -> CertificateTemplate {
        authority.certificateAuthority.leafTemplate(
            for: Self.job.identity,
            subjectPublicKeyInfo: key.subjectPublicKeyInfo,
            at: time
        )
    }
}

// MARK: - Signing

extension VirtualSigstore {
    /// Logged in the first log and stamped: any one proof may be taken away, and the others still stand.
    package static let everyProof = SigningPlan(isStamped: true)
    /// Logged in the second log and stamped.
    package static let second = SigningPlan(log: .second, isStamped: true)

    /// A bundle over the artifact that verifies.
    package mutating func signed(
        with credential: SigningCredential? = nil,
        version: BundleVersion = .v03,
        plan: SigningPlan = VirtualSigstore.everyProof
    ) throws -> SignedCase {
        let signer = try credential ?? self.credential()
        let bundle = try authority.signBlob(artifact, with: signer, version: version, plan: plan, at: time)
        return SignedCase(bundle: bundle, trustedRoot: trustedRoot, artifact: artifact)
    }

    /// A bundle with a statement about the artifact that verifies.
    package mutating func attested(
        with credential: SigningCredential? = nil,
        version: BundleVersion = .v03,
        plan: SigningPlan = VirtualSigstore.everyProof,
        payloadType: String = "application/vnd.in-toto+json",
        statement: [UInt8]? = nil
    ) throws -> SignedCase {
        let signer = try credential ?? self.credential()
        let bundle = try authority.signStatement(
            statement ?? self.statement(about: artifact).bytes,
            with: signer,
            payloadType: payloadType,
            version: version,
            plan: plan,
            at: time
        )
        return SignedCase(bundle: bundle, trustedRoot: trustedRoot, artifact: artifact)
    }

    /// A statement about bytes.
    package func statement(about bytes: [UInt8]) -> StatementDraft {
        StatementDraft(
            subjects: [StatementDraft.Subject(name: "artifact", digest: Digest(hashing: bytes))],
            predicateType: "https://slsa.dev/provenance/v1",
            predicate: ["buildDefinition": [:], "runDetails": [:]]
        )
    }

    /// A cosign layer that signs an image with the tutorial's annotations, and that verifies.
    package mutating func signedImage(
        _ image: Digest,
        with credential: SigningCredential? = nil,
        plan: SigningPlan = VirtualSigstore.everyProof
    ) throws -> SignedLayerCase {
        let payload = SimpleSigningDraft(
            dockerReference: "registry.example/\(Self.job.projectPath)",
            manifestDigest: image,
            annotations: Self.job.annotations(tag: "1.4.0")
        )
        let signer = try credential ?? self.credential()
        let layer = try authority.signImage(payload, with: signer, plan: plan, at: time)
        return SignedLayerCase(layer: layer, trustedRoot: trustedRoot, image: image)
    }

    /// A cosign layer that attests an image, and that verifies.
    package mutating func attestedImage(
        _ image: Digest,
        with credential: SigningCredential? = nil,
        plan: SigningPlan = VirtualSigstore.everyProof
    ) throws -> SignedLayerCase {
        let statement = StatementDraft(
            type: StatementDraft.v01,
            subjects: [StatementDraft.Subject(name: "registry.example/acme/payments", digest: image)],
            predicateType: "https://slsa.dev/provenance/v1",
            predicate: [:]
        )
        let layer = try authority.attestImage(
            statement.bytes,
            predicateType: statement.predicateType,
            with: try credential ?? self.credential(),
            plan: plan,
            at: time
        )
        return SignedLayerCase(layer: layer, trustedRoot: trustedRoot, image: image)
    }
}
