package import CaseIndex
internal import Cryptography

/// A commit that something said of an image names, with what the repositories of the case know of it.
package struct TracedCommit: Sendable {
    /// The commit, as it is named.
    package let name: String
    /// What names it.
    package let values: [TracedValue]
    /// The commit itself; nil when no repository of the case holds it.
    package let record: CommitRecord?
    /// What verification concluded about its signature.
    package let verdict: GitVerdictRecord?
    /// The repositories that hold it, with the references that the same documents name.
    package let repositories: [TracedRepository]
    /// How many repositories the case has.
    package let repositoryCount: Int
    /// Whether some of them end before their history does, so that nothing follows from a commit's absence.
    package let isCutOff: Bool

    /// Why what stands here may be relied on.
    package var basis: Basis { .git }
}

/// One repository that holds a traced commit.
package struct TracedRepository: Sendable {
    /// The repository.
    package let sourceID: Int64
    /// Where it was imported from.
    package let path: String
    /// The references that the documents which name the commit also name.
    package let claimedReferences: [ClaimedReference]
    /// The branches that count as protected, or else the one that the repository offers first.
    package let protectedBranches: [ProtectedBranch]
    /// From how many references the commit can be reached.
    package let referenceCount: Int

    /// A reference that is named together with the commit.
    package struct ClaimedReference: Sendable {
        /// What names it.
        package let value: TracedValue
        /// Its whole name, or the first that it may have.
        package let name: String
        /// The reference; nil when the repository has none of that name.
        package let reference: GitRefRecord?
        /// Whether the commit can be reached from it; nil without one.
        package let reachability: CommitHistory.Reachability?
    }

    /// A branch that builds are expected on.
    package struct ProtectedBranch: Sendable {
        /// Its whole name.
        package let name: String
        /// Whether the commit can be reached from it.
        package let reachability: CommitHistory.Reachability
        /// Whether it is meant only because nobody said which branches are protected.
        package let isDefault: Bool
    }
}

extension TracedCommit {
    /// The commits that the rows name, in the order in which they are shown; none in a case without repositories.
    static func commits(
        _ rows: [FactRow],
        protected: [String],
        _ histories: RepositoryHistories,
        _ reader: CaseReader
    ) throws -> [TracedCommit] {
        guard !histories.repositories.isEmpty, let row = rows.first(where: { $0.fact == .commit }) else { return [] }
        let named = row.values.filter { $0.value.aspect == .itself && $0.value.normal.isCommitName }
        let recorded = try protected.isEmpty ? histories.protectedBranches() : []
        var names: [String] = []
        for value in named where !names.contains(where: { $0.hasSameBytes(as: value.value.normal) }) {
            names.append(value.value.normal)
        }
        let references = rows.first { $0.fact == .ref }?.values.filter { $0.value.aspect == .itself } ?? []
        return try names.map { name in
            let values = named.filter { $0.value.normal.hasSameBytes(as: name) }
            let claimed = references.filter { reference in values.contains { $0.isStated(with: reference) } }
            return try TracedCommit(name, values, claimed, (protected, recorded), histories, reader)
        }
    }

    private init(
        _ name: String,
        _ values: [TracedValue],
        _ claimed: [TracedValue],
        _ protected: (given: [String], recorded: [String]),
        _ histories: RepositoryHistories,
        _ reader: CaseReader
    ) throws {
        self.name = name
        self.values = values
        record = try reader.commit(name)
        verdict = try reader.gitVerdict(of: name)
        repositories = try reader.presences(of: name).compactMap {
            try TracedRepository($0, claimed, protected, histories)
        }
        repositoryCount = histories.repositories.count
        isCutOff = histories.repositories.contains { $0.missingParents > 0 }
    }
}

extension TracedValue {
    /// Whether both were signed together, or stand in the same unsigned document.
    func isStated(with other: TracedValue) -> Bool {
        if let id = claim.signatureID { return other.claim.signatureID == id }
        return sharesDocument(with: other)
    }
}

extension TracedRepository {
    fileprivate init?(
        _ presence: GitPresence,
        _ claimed: [TracedValue],
        _ protected: (given: [String], recorded: [String]),
        _ histories: RepositoryHistories
    ) throws {
        guard let history = try histories.history(presence.sourceID) else { return nil }
        sourceID = presence.sourceID
        path = histories.path(presence.sourceID)
        let contains = history.descendants(of: presence.position)
        referenceCount = try histories.references(presence.sourceID).count { reference in
            reference.position.map { contains.indices.contains($0) && contains[$0] } ?? false
        }
        func reachability(_ reference: GitRefRecord) -> CommitHistory.Reachability {
            guard let tip = reference.position else { return .unknown }
            return history.reachability(of: presence.position, from: tip)
        }
        claimedReferences = try claimed.flatMap { value in
            let names = Self.names(of: value.value)
            let found = try names.compactMap { try histories.reference($0, presence.sourceID) }
            guard !found.isEmpty else {
                return [ClaimedReference(value: value, name: names[0], reference: nil, reachability: nil)]
            }
            return found.map {
                ClaimedReference(value: value, name: $0.name, reference: $0, reachability: reachability($0))
            }
        }
        let names = protected.given + protected.recorded
        let named = try names.compactMap { try histories.reference("refs/heads/\($0)", presence.sourceID) }
        // Whoever says which branches are protected is not answered about another.
        let isDefault = named.isEmpty && protected.given.isEmpty
        let branches = try isDefault ? histories.defaultBranch(presence.sourceID).map { [$0] } ?? [] : named
        protectedBranches = branches.map {
            ProtectedBranch(name: $0.name, reachability: reachability($0), isDefault: isDefault)
        }
    }

    /// The whole names that a stated reference may have: with its folder where the document says what it is.
    private static func names(of value: FactValue) -> [String] {
        switch value.scope {
        case "branch": ["refs/heads/\(value.normal)"]
        case "tag": ["refs/tags/\(value.normal)"]
        default:
            value.normal.afterPrefix("refs/") != nil
                ? [value.normal] : ["refs/heads/\(value.normal)", "refs/tags/\(value.normal)"]
        }
    }
}
