package import Cryptography
package import OCI
package import Signing
internal import StrictJSON

/// A whole case in the manner of GitLab, made when a test runs: a layout of images that the local authority's jobs signed,
/// the repository that they were built from, a project export, and what the REST interface says of pipelines, jobs and
/// the container registry.
///
/// Nothing in it contradicts anything until a test changes something.
package struct GeneratedCase: Sendable {
    /// Signs.
    package var sigstore: VirtualSigstore
    /// The repository, made by git itself.
    package let repository: GitRepositoryMaker
    /// The commits of `main`, the oldest first.
    package let commits: [String]
    /// The builds.
    package var builds: [GeneratedBuild]
    /// Tags that the registry's list names, beyond those of the builds.
    package var listedTags: [(tag: String, digest: Digest)] = []
    /// Changes the layout after everything is signed; it gets the descriptors of the images.
    package var change: @Sendable (inout LayoutContents, [WrittenDescriptor]) -> Void = { _, _ in }
    /// Options for verify beyond the trusted root.
    package var expectation: [String] = []
    /// The trusted root that verify is given, where it is not the one of the instance.
    package var trustedRoot: [UInt8]?
    /// Whether verify runs.
    package var isVerified = true
    /// Evidence that lies elsewhere.
    package var furtherEvidence: [String] = []
    /// Further files below the folder of records, by name.
    package var records: [String: String] = [:]

    /// One honest build of the second commit on `main`.
    package init() throws {
        sigstore = try VirtualSigstore()
        repository = try GitRepositoryMaker()
        let first = try repository.commit("Begin")
        let second = try repository.commit("Pay in yen too")
        let third = try repository.commit("Round as banks do")
        commits = [first, second, third]
        var job = VirtualSigstore.job
        job.commit = second
        builds = [GeneratedBuild(job, at: sigstore.time)]
        let identity = builds[0].identity
        expectation = [
            "--certificate-identity", identity.name.text, "--certificate-oidc-issuer", identity.issuer,
        ]
    }

    /// The first build, which most tests change.
    package var build: GeneratedBuild {
        get { builds[0] }
        set { builds[0] = newValue }
    }

    /// Adds builds of the same project before the first one, an hour apart, of which each signs an image of its own.
    package mutating func addEarlier(_ count: Int, _ change: (inout GeneratedBuild, Int) -> Void = { _, _ in }) {
        for number in 1...count {
            var build = GeneratedBuild(builds[0].job, at: sigstore.time.adding(seconds: -3_600 * Int64(number)))
            build.job.jobID = "61\(1_000 + number)"
            build.job.pipelineID = "8\(1_000 + number)"
            build.tag = "0.\(number).0"
            change(&build, number)
            builds.append(build)
        }
    }
}

// MARK: - Writing

extension GeneratedCase {
    /// Writes everything below a folder.
    ///
    /// - Returns: The paths to import, and that of the trusted root.
    package mutating func write(
        to directory: TemporaryDirectory
    ) throws -> (evidence: [String], trustedRoot: String) {
        var layout = LayoutContents()
        var images: [WrittenDescriptor] = []
        for build in builds { images.append(try add(build, to: &layout)) }
        change(&layout, images)
        try LayoutWriter.write(layout, to: directory.path("layout"))
        try writeRecords(images, to: directory)
        try writeExport(to: directory)
        let root = try directory.write(trustedRoot ?? sigstore.trustedRoot, to: "trusted_root.json")
        let hasRecords = builds.contains(where: \.isRecorded) || !records.isEmpty
        let names = ["layout", "export"] + (hasRecords ? ["records"] : [])
        return (names.map { directory.path($0) } + [repository.path] + furtherEvidence, root)
    }

    private func writeRecords(_ images: [WrittenDescriptor], to directory: TemporaryDirectory) throws {
        let recorded = builds.filter(\.isRecorded)
        try directory.write(Self.page(recorded.map(\.pipelineRecord)), to: "records/pipelines.json")
        try directory.write(Self.page(recorded.map(\.jobRecord)), to: "records/jobs.json")
        let own = zip(builds, images).filter(\.0.isRecorded).map { (tag: $0.0.tag, digest: $0.1.digest) }
        let tags = (own + listedTags).map { tag, digest -> JSONValue in
            [
                "name": JSONValue(tag), "path": JSONValue("acme/payments:\(tag)"),
                "location": JSONValue("registry.example/acme/payments:\(tag)"), "digest": JSONValue("\(digest)"),
                "created_at": JSONValue("\(sigstore.time)"),
            ]
        }
        try directory.write(Self.page(tags), to: "records/tags.json")
        for (name, text) in records { try directory.write(Array(text.utf8), to: "records/\(name)") }
    }

    private static func page(_ values: [JSONValue]) -> [UInt8] {
        Array(JSONValue.array(values).compact.utf8)
    }

    /// A project export of the shape of GitLab 16, with the repository as a bundle.
    private func writeExport(to directory: TemporaryDirectory) throws {
        try directory.write(Array("0.2.4".utf8), to: "export/VERSION")
        try directory.write(Array("16.8.1".utf8), to: "export/GITLAB_VERSION")
        try directory.write(Array("{}".utf8), to: "export/tree/project.json")
        let lines = builds.filter(\.isRecorded).map { $0.exported.compact + "\n" }.joined()
        try directory.write(Array(lines.utf8), to: "export/tree/project/ci_pipelines.ndjson")
        try repository.git(["bundle", "create", "-q", directory.path("export/project.bundle"), "--all"])
    }
}

// MARK: - Signing

extension GeneratedCase {
    private mutating func add(_ build: GeneratedBuild, to layout: inout LayoutContents) throws -> WrittenDescriptor {
        let content = [
            TarWriter.Member(path: "app/start", bytes: Array("job \(build.job.jobID)\n".utf8), mode: 0o755)
        ]
        var small = SmallImage(layers: [content], created: build.createdAt, command: ["/app/start"])
        small.labels = build.labels
        var platforms: [WrittenDescriptor] = []
        let image: WrittenDescriptor
        if build.isIndex {
            let first = small
            small.platform.architecture = "arm64"
            platforms = [first.add(to: &layout), small.add(to: &layout)]
            image = layout.addIndex(of: [first, small])
        } else {
            image = small.add(to: &layout)
        }
        layout.list(
            image,
            name: build.listedName ?? "registry.example/acme/payments:\(build.tag)",
            kind: build.isIndex ? .imageIndex : .image
        )
        if build.isSigned {
            let signed = [image] + (build.signsPlatforms ? platforms : [])
            for target in signed { try sign(target, build, &layout) }
        }
        if build.isAttested {
            let configuration = Digest(hashing: small.configuration)
            try attest(build.attestsConfiguration ? configuration : image.digest, image, build, &layout)
        }
        return image
    }

    private mutating func sign(
        _ image: WrittenDescriptor,
        _ build: GeneratedBuild,
        _ layout: inout LayoutContents
    ) throws {
        let payload = SimpleSigningDraft(
            dockerReference: build.reference,
            manifestDigest: build.signedDigest ?? image.digest,
            annotations: build.signedAnnotations
        )
        let credential = try credential(build.identity, build)
        let layer = try sigstore.authority.signImage(
            payload,
            with: credential,
            plan: VirtualSigstore.everyProof,
            at: build.signedAt
        )
        let storage = build.isReferrer ? SignatureStorage.referrer(writesArtifactType: true) : .legacy
        layout.store(signatures: [layer], of: image, as: storage)
    }

    private mutating func attest(
        _ digest: Digest,
        _ image: WrittenDescriptor,
        _ build: GeneratedBuild,
        _ layout: inout LayoutContents
    ) throws {
        let statement = StatementDraft(
            subjects: [StatementDraft.Subject(name: build.reference, digest: digest)],
            predicateType: "https://slsa.dev/provenance/v1",
            predicate: build.predicate
        )
        let layer = try sigstore.authority.attestImage(
            statement.bytes,
            predicateType: statement.predicateType,
            with: try credential(build.attestationIdentity, build),
            plan: VirtualSigstore.everyProof,
            at: build.signedAt
        )
        layout.store(attestations: [layer], of: image, as: .legacy)
    }

    private mutating func credential(
        _ identity: SigningIdentity,
        _ build: GeneratedBuild
    ) throws -> SigningCredential {
        try sigstore.authority.issueCredential(for: identity, at: build.signedAt)
    }
}
