internal import CaseIndex
internal import Cryptography

// What images are said to come from.

extension ImageSearch {
    /// Images of which documents state a value, and those of which they name a job or run that a CI service recorded
    /// with that value.
    func stated(_ criterion: ImageCriterion) throws -> [ImageMatch] {
        try said(criterion) + recorded(criterion)
    }

    // MARK: - What documents say

    private func said(_ criterion: ImageCriterion) throws -> [ImageMatch] {
        guard let fact = criterion.kind.fact else { return [] }
        let wanted = criterion.value
        let isBeginning = criterion.kind == .commit && wanted.utf8.count < 40
        return try claims.candidates(fact, wanted, isBeginning: isBeginning).flatMap { claim in
            try claims.read(claim, fact).filter { found in
                isBeginning
                    ? found.value.normal.utf8.starts(with: wanted.utf8) : found.value.normal.hasSameBytes(as: wanted)
            }.filter { $0.value.aspect.isLookedFor(as: criterion.kind) }.map { try match(criterion, $0) }
        }
    }

    private func match(_ criterion: ImageCriterion, _ found: ClaimSearch.Found) throws -> ImageMatch {
        let claim = found.claim
        let signature = try claim.signatureID.flatMap { try claims.signature($0) }
        return ImageMatch(
            criterion: criterion,
            image: claim.subject,
            records: ["claim:\(claim.id)"],
            basis: found.basis,
            place: "\(claim.speaker.words) \(claim.key)",
            value: claim.value,
            time: try signature.flatMap { time(of: $0) } ?? builtTime(claim.subject),
            signatureID: claim.signatureID
        )
    }

    // MARK: - What services recorded

    private func recorded(_ criterion: ImageCriterion) throws -> [ImageMatch] {
        var matches: [ImageMatch] = []
        var named: Set<[String]> = []
        for run in try runs(criterion) {
            // Exports may hold the same job several times.
            let key = [run.fact.rawValue, run.number, run.origin.server ?? "", run.origin.project ?? "", run.value]
            guard named.insert(key).inserted else { continue }
            for claim in try claims.candidates(run.fact, run.number, project: run.origin.project) {
                let found = try claims.read(claim, run.fact).filter { found in
                    found.value.aspect == .itself && found.value.normal.hasSameBytes(as: run.number)
                }
                for found in found where try run.origin.mayBe(of: project(of: found)) {
                    matches.append(run.match(criterion, found))
                }
            }
        }
        return matches
    }

    /// The project in which a number counts: as the value says, else as the same document does; `host/path` or a path.
    private func project(of found: ClaimSearch.Found) throws -> String? {
        if let scope = found.value.scope { return scope }
        let own = try reader.claims(about: found.claim.subject, signature: found.claim.signatureID)
        for claim in own where claim.speaker == found.claim.speaker {
            let project = try claims.read(claim, .project).first { $0.value.aspect == .itself }?.value
            if let project { return project.scope.map { "\($0)/\(project.normal)" } ?? project.normal }
        }
        return nil
    }

    /// The jobs and runs of which a service recorded what is looked for.
    private func runs(_ criterion: ImageCriterion) throws -> [RecordedRun] {
        let value = criterion.value
        switch criterion.kind {
        case .runner:
            return try reader.jobs(onRunner: value).compactMap { job in
                RecordedRun(job, "runner", [job.runnerID, job.runnerName].compactMap(\.self).joined(separator: " "))
            }
        case .user:
            let jobs = try reader.jobs(ofUser: value).compactMap { RecordedRun($0, "user", value) }
            return try jobs + reader.pipelines(ofUser: value).flatMap { try around($0, "user", value) }
        case .commit where value.utf8.count >= ImageSearch.shortestCommit:
            let jobs = try reader.jobs(ofCommitsBeginning: value).compactMap {
                RecordedRun($0, "commit", $0.commitName ?? value)
            }
            let pipelines = try reader.pipelines(ofCommitsBeginning: value)
            return try jobs + pipelines.flatMap { try around($0, "commit", $0.commitName ?? value) }
        case .pipeline:
            return try reader.pipelines(number: value).flatMap { try around($0, "number", value) }
        case .commit, .job, .identity, .issuer, .key, .layer, .digest: return []
        }
    }

    /// A run, and the jobs that belong to it.
    private func around(_ pipeline: PipelineRecord, _ what: String, _ value: String) throws -> [RecordedRun] {
        guard let number = pipeline.number else { return [] }
        let jobs = try reader.jobs(ofPipeline: number).filter { $0.origin.isSameProject(as: pipeline.origin) }
        return [RecordedRun(pipeline, what, value)].compactMap(\.self)
            + jobs.compactMap { RecordedRun($0, "pipeline \(number)", value) }
    }

    /// Fewer digits of a commit than this fit too much.
    package static var shortestCommit: Int { 7 }
}

/// A job or run that a service recorded with what is looked for.
private struct RecordedRun {
    let fact: Fact
    let number: String
    let origin: RunOrigin
    let record: String
    let what: String
    let value: String
    let times: RunTimes

    init?(_ job: JobRecord, _ what: String, _ value: String) {
        guard let number = job.number else { return nil }
        (fact, self.number, origin, record) = (.job, number, job.origin, "job:\(job.id)")
        (self.what, self.value, times) = (
            "\(what) of job \(number), as \(job.origin.service) recorded it", value, job.times
        )
    }

    init?(_ pipeline: PipelineRecord, _ what: String, _ value: String) {
        guard let number = pipeline.number else { return nil }
        (fact, self.number, origin, record) = (.pipeline, number, pipeline.origin, "pipeline:\(pipeline.id)")
        (self.what, self.value) = ("\(what) of run \(number), as \(pipeline.origin.service) recorded it", value)
        times = pipeline.times
    }

    /// The image that a claim ties to the job or run; no better founded than the service's record.
    func match(_ criterion: ImageCriterion, _ found: ClaimSearch.Found) -> ImageMatch {
        let first = times.startedAt ?? times.createdAt ?? times.finishedAt
        return ImageMatch(
            criterion: criterion,
            image: found.claim.subject,
            records: [record, "claim:\(found.claim.id)"],
            basis: found.basis.weaker(.record),
            place: what,
            value: value,
            time: first.map {
                MatchTime(first: $0, last: max($0, times.finishedAt ?? $0), basis: .record, record: record)
            },
            signatureID: found.claim.signatureID
        )
    }
}

extension ImageCriterion.Kind {
    /// The fact that documents state.
    fileprivate var fact: Fact? {
        switch self {
        case .commit: .commit
        case .pipeline: .pipeline
        case .job: .job
        case .runner: .runner
        case .user: .user
        case .identity, .issuer, .key, .layer, .digest: nil
        }
    }
}

extension Aspect {
    /// Whether a value that describes this side of a fact is what is looked for.
    fileprivate func isLookedFor(as kind: ImageCriterion.Kind) -> Bool {
        switch kind {
        case .runner: self == .itself || self == .environment || self == .name
        case .user: self == .itself || self == .name || self == .mail
        default: self == .itself
        }
    }
}
