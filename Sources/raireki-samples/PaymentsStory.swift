internal import Cryptography
internal import OCI
internal import Signing
internal import StrictJSON

/// The releases of a team that signs as GitLab's tutorial teaches, and what went wrong with some of them.
struct PaymentsStory {
    /// Issues the certificates and keeps the log of the whole story.
    var authority: LocalAuthority

    /// One piece of evidence.
    struct Sample {
        /// Its name below the evidence directory.
        var name: String
        /// What it holds.
        var layout: LayoutContents
        /// Whether it is written as one tar file.
        var isArchive = false
    }

    /// The moment from which the story counts: Monday, 2 March 2026, 09:00.
    private static let monday = Timestamp(seconds: 1_772_442_000)
    private static let day: Int64 = 86_400

    /// The authority at the beginning, with a log that others have written to before.
    init() throws {
        authority = try LocalAuthority(
            organization: "example.com",
            domain: "sigstore.example.com",
            keys: .seed("raireki samples"),
            start: Self.monday.adding(seconds: -60 * Self.day)
        )
        for number in 1...21 { authority.transparencyLog.pad(Array("an entry of somebody else, \(number)".utf8)) }
    }

    /// Every sample, in the order of the story.
    mutating func samples() throws -> [Sample] {
        [
            try signedAsTaught(), try signedWithProvenance(), try contradicted(), try altered(), unsigned(),
            try bundled(),
        ]
    }

    // MARK: - The releases

    private static func payments(_ day: Int64, _ tag: String, _ commit: String, pipeline: Int, job: Int) -> Release {
        let job = GitLabJob(
            projectPath: "acme/payments",
            projectID: "4711",
            namespaceID: "112",
            pipelineID: String(pipeline),
            jobID: String(job),
            commit: commit,
            userName: "Mika Sato"
        )
        return Release(
            job: job.onServer,
            tag: tag,
            time: monday.adding(seconds: day * Self.day + Int64(pipeline % 3600))
        )
    }

    /// Release 1.4.0: signatures in a manifest of their own, beside the image, as `cosign save` leaves them.
    private mutating func signedAsTaught() throws -> Sample {
        let commit = "5f2b1c9a7d3e48f6b0a1c2d3e4f5061728394a5b"
        let release = Self.payments(0, "1.4.0", commit, pipeline: 90117, job: 614_203)
        var layout = LayoutContents()
        let image = release.image().add(to: &layout)
        layout.list(image, name: release.name, kind: .image)
        layout.store(signatures: [try sign(image, of: release)], of: image, as: .legacy)
        return Sample(name: "payments-1.4.0", layout: layout)
    }

    /// Release 1.4.1: the signature as an OCI 1.1 referrer, as the tutorial's newest text has it, and SLSA provenance.
    private mutating func signedWithProvenance() throws -> Sample {
        let commit = "c81e728d9d4c2f636f067f89cc14862c65990d1e"
        let release = Self.payments(1, "1.4.1", commit, pipeline: 90188, job: 614_871)
        var layout = LayoutContents()
        let image = release.image().add(to: &layout)
        layout.list(image, name: release.name, kind: .image)
        layout.store(
            signatures: [try sign(image, of: release)],
            of: image,
            as: .referrer(writesArtifactType: true)
        )
        let attestation = try authority.attestImage(
            release.provenance(of: image.digest).bytes,
            predicateType: Release.provenanceType,
            with: authority.issueCredential(for: release.job.identity, at: release.time.adding(seconds: 12)),
            at: release.time.adding(seconds: 14)
        )
        layout.store(attestations: [attestation], of: image, as: .legacy)
        return Sample(name: "payments-1.4.1", layout: layout)
    }

    /// Release 1.4.2: the job signed with another commit in its annotations than its certificate names.
    private mutating func contradicted() throws -> Sample {
        let commit = "e4da3b7fbbce2345d7772b0674a318d53c7d2f11"
        let release = Self.payments(2, "1.4.2", commit, pipeline: 90254, job: 615_390)
        var claimed = release
        claimed.job.commit = "c81e728d9d4c2f636f067f89cc14862c65990d1e"
        var layout = LayoutContents()
        let image = claimed.image().add(to: &layout)
        layout.list(image, name: release.name, kind: .image)
        let signature = try sign(image, of: release, annotations: claimed.annotations)
        layout.store(signatures: [signature], of: image, as: .legacy)
        return Sample(name: "payments-1.4.2", layout: layout)
    }

    /// Release 1.4.3: one setting in the upper layer was changed after the image had been signed.
    private mutating func altered() throws -> Sample {
        let commit = "1679091c5a880faf6fb5e6087eb1b2dc0f6a2e77"
        let release = Self.payments(3, "1.4.3", commit, pipeline: 90311, job: 615_902)
        var layout = LayoutContents()
        let image = release.image().add(to: &layout)
        layout.list(image, name: release.name, kind: .image)
        layout.store(signatures: [try sign(image, of: release)], of: image, as: .legacy)
        let original = StoredGzip.encode(TarWriter.archive(release.application(account: "settlement-0001")))
        let changed = StoredGzip.encode(TarWriter.archive(release.application(account: "settlement-6660")))
        layout.blobs[Digest(hashing: original)] = changed
        return Sample(name: "payments-1.4.3", layout: layout)
    }

    /// A debugging build that somebody passed on as one file: nobody signed it.
    private func unsigned() -> Sample {
        let commit = "8f14e45fceea167a5a36dedd4bea2543ce61d402"
        var release = Self.payments(3, "1.4.3-debug", commit, pipeline: 90312, job: 615_911)
        release.time = release.time.adding(seconds: 7_200)
        var layout = LayoutContents()
        layout.list(release.image(account: "settlement-test").add(to: &layout), name: release.name)
        return Sample(name: "payments-1.4.3-debug", layout: layout, isArchive: true)
    }

    /// The gateway 2.0.0: two platforms, signed with a Sigstore bundle over the index, as cosign 3 does.
    private mutating func bundled() throws -> Sample {
        let commit = "c9f0f895fb98ab9159f51fd0297e236d0a5e9b3c"
        var release = Self.payments(4, "2.0.0", commit, pipeline: 90377, job: 616_448)
        (release.job.projectPath, release.job.projectID, release.job.userName) = ("acme/gateway", "4802", "Noor Haddad")
        (release.job.refName, release.job.isTag) = ("v2.0.0", true)
        var layout = LayoutContents()
        let index = layout.addIndex(of: [release.image(), release.image(architecture: "arm64")])
        layout.list(index, name: release.name, kind: .imageIndex)
        let statement = StatementDraft.signature(of: index.digest, annotations: release.annotations)
        let bundle = try authority.signStatement(
            statement.bytes,
            with: authority.issueCredential(for: release.job.identity, at: release.time),
            plan: SigningPlan(isStamped: true),
            at: release.time.adding(seconds: 3)
        )
        let created = release.time.adding(seconds: 4)
        layout.store(bundle: bundle, predicateType: statement.predicateType, of: index, created: created)
        return Sample(name: "gateway-2.0.0", layout: layout)
    }

    /// Signs an image as its job does, with a certificate for the job and the annotations of the tutorial.
    private mutating func sign(
        _ image: WrittenDescriptor,
        of release: Release,
        annotations: [String: String]? = nil
    ) throws -> SignatureLayer {
        let payload = SimpleSigningDraft(
            dockerReference: release.repository,
            manifestDigest: image.digest,
            annotations: annotations ?? release.annotations
        )
        let credential = try authority.issueCredential(for: release.job.identity, at: release.time)
        return try authority.signImage(payload, with: credential, at: release.time.adding(seconds: 2))
    }
}

extension GitLabJob {
    /// The same job on the story's instance.
    fileprivate var onServer: GitLabJob {
        var job = self
        job.server = "https://gitlab.example.com"
        return job
    }
}
