internal import CaseIndex
internal import Cryptography

/// Makes a case of many images with the records of the service that built them, the same ones each time.
///
/// A project has a base image and others on it. Each image has a signature as GitLab's tutorial makes it, a signed
/// provenance, and a signature by a key; each was made by the third job of a pipeline of four.
struct CorrelationCaseGenerator {
    let images: Int
    let signaturesOfImage: Int
    let jobs: Int
    let projects: Int
    let runners: Int

    /// Images of one transaction: this is not about how fast a disk is.
    private static let batch = 1_000
    static let jobsOfPipeline = 4
    static let server = "gitlab.example.com"
    private static let start = Timestamp(seconds: 1_767_225_600)

    // MARK: - What is made of what

    func project(of image: Int) -> Int { image % projects }
    func path(of project: Int) -> String { "group-\(project % 20)/app-\(project)" }
    func identity(of project: Int) -> String {
        "https://\(Self.server)/\(path(of: project))//.gitlab-ci.yml@refs/heads/main"
    }
    static func image(_ number: Int) -> Digest { digest("image \(number)") }
    static func pipeline(of image: Int) -> Int { 100_000 + image }
    static func job(of image: Int) -> Int { job(pipeline(of: image), 2) }
    static func job(_ pipeline: Int, _ position: Int) -> Int { 5_000_000 + pipeline * jobsOfPipeline + position }
    func runner(of job: Int) -> Int { Int((UInt64(job) &* 0x9E37_79B9_7F4A_7C15) >> 40) % runners }
    static func commit(of image: Int) -> String { String(digest("commit \(image)").hex.prefix(40)) }
    static func key(of project: Int) -> String { digest("key \(project / 5)").description }
    static func time(of image: Int) -> Timestamp { start.adding(seconds: Int64(image) * 300) }
    static func digest(_ name: String) -> Digest { Digest(hashing: Array(name.utf8)) }

    // MARK: - Writing

    /// Writes everything.
    func write(to caseFile: CaseFile, progress: (String) -> Void) throws {
        let sourceID = try caseFile.write { writer in
            try writer.insert(
                SourceRecord(
                    kind: "oci-layout",
                    path: "generated",
                    digest: Self.digest("generated"),
                    importedAt: Self.time(of: images),
                    isComplete: true
                )
            )
        }
        for first in stride(from: 0, to: images, by: Self.batch) {
            try caseFile.write { writer in
                for number in first..<min(first + Self.batch, images) {
                    try write(image: number, sourceID, writer)
                    let signatures = GeneratedSignatures(generator: self, number: number, sourceID: sourceID)
                    try signatures.write(count: signaturesOfImage, to: writer)
                }
            }
            if first % 10_000 == 0 { progress("images \(first)") }
        }
        let pipelines = jobs / Self.jobsOfPipeline
        for first in stride(from: 0, to: pipelines, by: Self.batch) {
            try caseFile.write { writer in
                for number in first..<min(first + Self.batch, pipelines) { try write(run: number, sourceID, writer) }
            }
            if first % 50_000 == 0 { progress("pipelines \(first)") }
        }
        try caseFile.write { writer in
            writer.appendActivity(
                verb: "generate",
                arguments: "[]",
                toolVersion: "0",
                startedAt: Self.start,
                result: "{}"
            )
        }
    }

    private func write(image number: Int, _ sourceID: Int64, _ writer: CaseWriter) throws {
        let image = Self.image(number)
        let project = project(of: number)
        try writer.insert(
            ArtifactRecord(
                digest: image,
                size: 1_200,
                mediaType: "application/vnd.oci.image.manifest.v1+json",
                role: .imageManifest
            )
        )
        try writer.insert(
            ReferenceRecord(
                name: "registry.example.com/\(path(of: project)):1.\(number / projects)",
                digest: image,
                sourceID: sourceID,
                key: "org.opencontainers.image.ref.name"
            )
        )
        var targets: [(RelationshipKind, Digest)] = [
            (.configuration, Self.digest("configuration \(number)")),
            (.layer, Self.digest("base \(project % 20)")), (.layer, Self.digest("runtime \(project)")),
        ]
        // The first image of a project is the base of its others.
        if number >= projects { targets.append((.layer, Self.digest("application \(number)"))) }
        for (position, target) in targets.enumerated() {
            var record = RelationshipRecord(
                sourceID: sourceID,
                origin: image,
                kind: target.0,
                position: target.0 == .configuration ? 0 : position - 1,
                target: target.1,
                mediaType: nil,
                size: 30_000_000,
                outcome: .matched
            )
            if target.0 == .layer { record.observedDiffID = Self.digest("diffID of \(target.1)") }
            try writer.insert(record)
        }
        let labels: [(Speaker, String, String)] = [
            (.label, "org.opencontainers.image.revision", Self.commit(of: number)),
            (.label, "org.opencontainers.image.source", "https://\(Self.server)/\(path(of: project))"),
            (.label, "org.opencontainers.image.title", "app-\(project)"),
            (.configuration, "/created", Self.time(of: number).adding(seconds: -60).description),
            (.configuration, "/architecture", "amd64"),
        ]
        for (speaker, key, value) in labels {
            try writer.insert(
                ClaimRecord(
                    subject: image,
                    signatureID: nil,
                    speaker: speaker,
                    key: key,
                    value: value,
                    readFrom: targets[0].1,
                    pointer: key
                )
            )
        }
    }

    private func write(run number: Int, _ sourceID: Int64, _ writer: CaseWriter) throws {
        let pipeline = Self.pipeline(of: number)
        let project = project(of: number)
        let origin = RunOrigin(
            sourceID: sourceID,
            service: "gitlab",
            server: Self.server,
            project: path(of: project),
            projectID: "\(1_000 + project)",
            readFrom: Self.digest("pipelines of \(project)"),
            pointer: "/\(number / projects)"
        )
        let time = Self.time(of: number)
        var record = PipelineRecord(origin: origin)
        (record.number, record.commitName, record.ref) = ("\(pipeline)", Self.commit(of: number), "main")
        (record.trigger, record.status, record.isProtected) = ("push", "success", true)
        record.user = "user-\(number % 997)"
        record.times = RunTimes(
            createdAt: time.adding(seconds: -600),
            startedAt: time.adding(seconds: -590),
            finishedAt: time.adding(seconds: 120)
        )
        try writer.insert(record)
        for (position, name) in ["test", "build", "sign", "deploy"].enumerated() {
            let number = Self.job(pipeline, position)
            var job = JobRecord(origin: origin, name: name)
            (job.number, job.pipelineNumber, job.stage) = ("\(number)", "\(pipeline)", name)
            (job.commitName, job.ref, job.status) = (record.commitName, "main", "success")
            (job.runnerID, job.user) = ("\(runner(of: number))", record.user)
            job.runnerName = "runner-\(runner(of: number)).example.com"
            job.times = RunTimes(
                createdAt: time.adding(seconds: -600),
                startedAt: time.adding(seconds: Int64(position - 2) * 120 - 30),
                finishedAt: time.adding(seconds: Int64(position - 2) * 120 + 60)
            )
            try writer.insert(job)
        }
    }
}
