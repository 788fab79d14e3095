package import CaseIndex

/// Everything that a case knows of one commit.
package struct CommitDossier: Sendable {
    /// The commit, as it describes itself.
    package let record: CommitRecord
    /// The repositories that hold it.
    package let repositories: [CommitInRepository]
    /// What verification concluded about its signature; nil when it has none, or when verification has not run.
    package let verdict: GitVerdictRecord?
    /// Every check of that verdict.
    package let checks: [GitCheckRecord]
}

/// A commit in one repository.
package struct CommitInRepository: Sendable {
    /// The repository.
    package let sourceID: Int64
    /// Where it was imported from.
    package let path: String
    /// The references from which the commit can be reached: branches first, then tags, then others, by name.
    package let references: [GitRefRecord]
    /// The branch that the repository offers first; nil when it has none.
    package let defaultBranch: String?
    /// Whether the commit can be reached from it.
    package let onDefaultBranch: CommitHistory.Reachability?
    /// Whether the repository's history is cut off somewhere.
    package let isCutOff: Bool
}

extension CommitDossier {
    /// Reads what the case holds of a commit.
    package init(_ record: CommitRecord, _ histories: RepositoryHistories, _ reader: CaseReader) throws {
        self.record = record
        verdict = try reader.gitVerdict(of: record.name)
        checks = try reader.gitChecks(of: record.name)
        repositories = try reader.presences(of: record.name).map { try CommitInRepository($0, histories) }
    }
}

extension CommitInRepository {
    init(_ presence: GitPresence, _ histories: RepositoryHistories) throws {
        sourceID = presence.sourceID
        path = histories.path(presence.sourceID)
        let branch = try histories.defaultBranch(presence.sourceID)
        defaultBranch = branch?.name
        guard let history = try histories.history(presence.sourceID) else {
            (references, onDefaultBranch, isCutOff) = ([], nil, true)
            return
        }
        let contains = history.descendants(of: presence.position)
        references = try histories.references(presence.sourceID).filter { reference in
            reference.position.map { contains.indices.contains($0) && contains[$0] } ?? false
        }.sorted { ($0.order, $0.name) < ($1.order, $1.name) }
        onDefaultBranch = branch?.position.map { history.reachability(of: presence.position, from: $0) }
        isCutOff = history.missingParents > 0
    }
}

extension GitRefRecord {
    /// Branches first, then tags: what people mean by "on".
    fileprivate var order: Int {
        ["branch", "tag", "remote", "HEAD"].firstIndex(of: kind) ?? 4
    }
}
