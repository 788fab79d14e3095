package import CaseIndex
package import Cryptography

/// The answer to "was the commit on a protected branch when the image was built?", for one commit of one image.
package struct CommitCheck: Sendable {
    /// The image.
    package let image: Digest
    /// The names that evidence gives it.
    package let names: [String]
    /// The commit, with who names it.
    package let commit: TracedCommit
    /// When the image was built or signed, the earliest attested time of those who name the commit; nil when nobody
    /// attests one.
    package let builtAt: Timestamp?
    /// What each repository shows of each branch.
    package let branches: [BranchAnswer]
    /// Whether the CI service recorded that the run's branch or tag was protected; nil when it recorded nothing of it.
    package let recordedAsProtected: Bool?

    /// The best answer of all branches.
    package var answer: Answer {
        branches.map(\.answer).min { $0.rank < $1.rank } ?? .unknown
    }

    /// What a history says of a commit and a branch at one time.
    package enum Answer: String, Hashable, Sendable, CaseIterable {
        /// The branch held the commit at the time of the build, as far as the times of its commits are right.
        case onBranch = "on-branch"
        /// The branch holds the commit now, and no time of the build is known.
        case onBranchNow = "on-branch-now"
        /// The branch came to hold the commit after the build.
        case later
        /// The branch does not hold the commit.
        case notOnBranch = "not-on-branch"
        /// No repository holds the commit, or the history is cut off.
        case unknown

        fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// One protected branch of one repository.
    package struct BranchAnswer: Sendable {
        /// The repository.
        package let sourceID: Int64
        /// Where it was imported from.
        package let repository: String
        /// The branch's whole name.
        package let branch: String
        /// Whether it is meant only because nobody said which branches are protected.
        package let isDefault: Bool
        /// The answer.
        package let answer: Answer
        /// The commit by which the branch came to hold the commit: itself, or a merge.
        package let since: CommitRecord?
    }
}

extension CommitCheck {
    /// Looks at every commit that an image's documents name.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - reader: The case.
    ///   - protected: The names of branches that are protected; those of the CI records, or the default branches, when
    ///     empty.
    /// - Returns: One answer for each commit of each image.
    /// - Throws: ``CaseError``.
    package static func checks(
        of images: [Digest],
        in reader: CaseReader,
        protected: [String] = []
    ) throws -> [CommitCheck] {
        let histories = try RepositoryHistories(reader)
        return try images.flatMap { image in
            let trace = try Trace(of: image, in: reader, histories, protected: protected)
            return try trace.commits.map { try CommitCheck(trace, $0, histories, reader) }
        }
    }

    private init(
        _ trace: Trace,
        _ commit: TracedCommit,
        _ histories: RepositoryHistories,
        _ reader: CaseReader
    ) throws {
        image = trace.image
        names = trace.entry.names
        self.commit = commit
        let built = Self.time(commit, trace)
        builtAt = built
        branches = try commit.repositories.flatMap { repository in
            try repository.protectedBranches.map { branch in
                let since = try histories.arrival(of: commit.name, on: branch.name, in: repository.sourceID, reader)
                return BranchAnswer(
                    sourceID: repository.sourceID,
                    repository: repository.path,
                    branch: branch.name,
                    isDefault: branch.isDefault,
                    answer: Self.answer(branch.reachability, since, built),
                    since: since
                )
            }
        }
        let runs = trace.runs.filter { $0.commitName.map { $0.hasSameBytes(as: commit.name) } ?? false }
        recordedAsProtected = runs.compactMap { $0.pipeline?.isProtected }.first
    }

    /// The earliest attested time of what names the commit, or else the earliest that is stated.
    private static func time(_ commit: TracedCommit, _ trace: Trace) -> Timestamp? {
        let signatures = Set(commit.values.compactMap(\.claim.signatureID))
        let times = trace.row(.time)?.values.filter { value in
            value.basis != .unverified && value.claim.signatureID.map(signatures.contains) ?? false
        }
        let attested = times?.filter(\.basis.isAttested).compactMap { $0.value.moment?.time }.min()
        return attested ?? times?.compactMap { $0.value.moment?.time }.min()
    }

    private static func answer(
        _ reachability: CommitHistory.Reachability,
        _ since: CommitRecord?,
        _ built: Timestamp?
    ) -> Answer {
        switch reachability {
        case .unknown: return .unknown
        case .notReachable: return .notOnBranch
        case .reachable:
            guard let built, let arrived = since?.committer.time else { return .onBranchNow }
            return arrived <= built.adding(seconds: FactValue.Moment.clockTolerance) ? .onBranch : .later
        }
    }
}

extension RepositoryHistories {
    /// The commit by which a branch came to hold another one: the oldest on the branch's own line, first parent by first
    /// parent, that is the commit or a descendant of it.
    fileprivate func arrival(
        of commit: String,
        on branch: String,
        in sourceID: Int64,
        _ reader: CaseReader
    ) throws -> CommitRecord? {
        guard let history = try history(sourceID), let tip = try reference(branch, sourceID)?.position,
            let position = try reader.presences(of: commit).first(where: { $0.sourceID == sourceID })?.position,
            let place = history.arrival(of: position, on: tip),
            let name = try reader.commitName(at: place, in: sourceID)
        else { return nil }
        return try reader.commit(name)
    }
}
