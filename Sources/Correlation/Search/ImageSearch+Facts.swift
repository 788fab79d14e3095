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
        let candidates = try claims.candidates(fact, wanted, isBeginning: isBeginning)
        return try inParts(candidates) { candidates, search in
            try search.claims.read(candidates, fact).filter { found in
                guard found.value.aspect.isLookedFor(as: criterion.kind) else { return false }
                return isBeginning
                    ? found.value.normal.utf8.starts(with: wanted.utf8) : found.value.normal.hasSameBytes(as: wanted)
            }.map { try search.match(criterion, $0) }
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
            time: try signature.flatMap { try time(of: $0) } ?? builtTime(claim.subject),
            signatureID: claim.signatureID
        )
    }

    // MARK: - What services recorded

    private func recorded(_ criterion: ImageCriterion) throws -> [ImageMatch] {
        let runs = try runs(criterion)
        return try recorded(criterion, .job, runs.filter(\.isJob))
            + recorded(criterion, .pipeline, runs.filter { !$0.isJob })
    }

    private func recorded(_ criterion: ImageCriterion, _ fact: Fact, _ runs: [RunMention]) throws -> [ImageMatch] {
        // Those of one number belong together, whatever their projects.
        let groups = Dictionary(grouping: runs) { Array($0.number.utf8) }.values.sorted { $0[0].id < $1[0].id }
        return try inParts(groups) { try $1.recorded(criterion, fact, $0) }
    }

    private func recorded(_ criterion: ImageCriterion, _ fact: Fact, _ groups: [[RunMention]]) throws -> [ImageMatch] {
        let runs = groups.flatMap(\.self)
        let byNumber = Dictionary(grouping: runs) { Array($0.number.utf8) }
        let found = try claims.read(try claims.candidates(fact, runs), fact).filter { $0.value.aspect == .itself }
        var matches: [ImageMatch] = []
        for found in found {
            var seen: Set<String> = []
            for run in byNumber[Array(found.value.normal.utf8)] ?? [] {
                guard run.mayBe(of: try found.value.scope ?? claims.project(of: found.claim)) else { continue }
                // Exports may hold the same job several times.
                guard seen.insert("\(run.server ?? "")/\(run.project ?? "") \(run.value)").inserted else { continue }
                matches.append(run.match(criterion, found))
            }
        }
        return matches
    }

    /// The jobs and runs of which a service recorded what is looked for.
    private func runs(_ criterion: ImageCriterion) throws -> [RunMention] {
        switch criterion.kind {
        case .runner: try reader.runs(onRunner: criterion.value)
        case .user: try reader.runs(ofUser: criterion.value)
        case .commit where criterion.value.utf8.count >= ImageSearch.shortestCommit:
            try reader.runs(ofCommitsBeginning: criterion.value)
        case .pipeline: try reader.runs(number: criterion.value)
        case .commit, .job, .identity, .issuer, .key, .layer, .digest: []
        }
    }

    /// Fewer digits of a commit than this fit too much.
    package static var shortestCommit: Int { 7 }
}

extension RunMention {
    /// Whether it may be of a project, `host/path` or a path.
    fileprivate func mayBe(of project: String?) -> Bool {
        RecordedProject(server: server, path: self.project).mayBe(project)
    }

    /// The image that a claim ties to the job or run; no better founded than the service's record.
    fileprivate func match(_ criterion: ImageCriterion, _ found: ClaimSearch.Found) -> ImageMatch {
        let times = times
        let record = "\(isJob ? "job" : "pipeline"):\(id)"
        let first = times.startedAt ?? times.createdAt ?? times.finishedAt
        return ImageMatch(
            criterion: criterion,
            image: found.claim.subject,
            records: [record, "claim:\(found.claim.id)"],
            basis: found.basis.weaker(.record),
            place: "\(criterion.kind.rawValue) of \(isJob ? "job" : "run") \(number), as \(service) recorded it",
            value: value.afterPrefix(" ") ?? value,
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
