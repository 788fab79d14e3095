package import CaseIndex
package import Correlation
internal import Cryptography
package import StrictJSON

/// Commits as documents.
package enum CommitJSON {
    /// More references than this are counted, not listed.
    private static let maximumReferences = 1000

    /// The document behind `commits COMMIT… --format json`.
    package static func document(_ commits: [CommitDossier]) -> JSONValue {
        Document.make("commits", [("commits", .array(commits.map(dossier)))])
    }

    /// The document behind `commits --format json`.
    package static func list(_ commits: [CommitRecord]) -> JSONValue {
        Document.make("commit-list", [("commits", .array(commits.map { .members(members($0)) }))])
    }

    private static func dossier(_ commit: CommitDossier) -> JSONValue {
        let repositories = commit.repositories.map { repository in
            JSONValue.members([
                ("source", JSONValue(repository.sourceID)),
                ("path", JSONValue(repository.path)),
                ("defaultBranch", JSONValue(repository.defaultBranch)),
                ("onDefaultBranch", JSONValue(repository.onDefaultBranch?.rawValue)),
                ("historyIsCutOff", .bool(repository.isCutOff)),
                ("referenceCount", JSONValue(repository.references.count)),
                ("references", .strings(repository.references.prefix(maximumReferences).map(\.name))),
            ])
        }
        return .members(
            members(commit.record) + [
                ("verdict", verdict(commit.verdict)), ("checks", .array(commit.checks.map(check))),
                ("repositories", .array(repositories)),
            ]
        )
    }

    /// One commit of a trace.
    static func traced(_ commit: TracedCommit) -> JSONValue {
        let record = commit.record.map { JSONValue.members(members($0)) } ?? .null
        return .members([
            ("name", JSONValue(commit.name)),
            ("basis", JSONValue(commit.basis.rawValue)),
            ("claims", .array(commit.values.map { JSONValue($0.claim.id) })),
            ("commit", record),
            ("verdict", verdict(commit.verdict)),
            ("repositoriesInCase", JSONValue(commit.repositoryCount)),
            ("historyIsCutOff", .bool(commit.isCutOff)),
            ("repositories", .array(commit.repositories.map(repository))),
        ])
    }

    private static func repository(_ repository: TracedRepository) -> JSONValue {
        let claimed = repository.claimedReferences.map { claimed in
            JSONValue.members([
                ("claim", JSONValue(claimed.value.claim.id)),
                ("name", JSONValue(claimed.name)),
                ("isInRepository", .bool(claimed.reference != nil)),
                ("reachability", JSONValue(claimed.reachability?.rawValue)),
            ])
        }
        let branches = repository.protectedBranches.map { branch in
            JSONValue.members([
                ("name", JSONValue(branch.name)),
                ("isDefault", .bool(branch.isDefault)),
                ("reachability", JSONValue(branch.reachability.rawValue)),
            ])
        }
        return .members([
            ("source", JSONValue(repository.sourceID)),
            ("path", JSONValue(repository.path)),
            ("referenceCount", JSONValue(repository.referenceCount)),
            ("protectedBranches", .array(branches)),
            ("claimedReferences", .array(claimed)),
        ])
    }

    private static func members(_ commit: CommitRecord) -> [(String, JSONValue)] {
        [
            ("name", JSONValue(commit.name)), ("digest", JSONValue("\(commit.digest)")),
            ("tree", JSONValue(commit.tree)), ("parents", .strings(commit.parents)),
            ("author", person(commit.author)), ("committer", person(commit.committer)),
            ("subject", JSONValue(commit.subject)), ("encoding", JSONValue(commit.encoding)),
            ("signature", JSONValue(commit.signature)),
        ]
    }

    private static func person(_ person: GitPerson) -> JSONValue {
        .members([
            ("name", JSONValue(person.name)), ("mail", JSONValue(person.mail)),
            ("time", JSONValue(person.time?.description)), ("zone", JSONValue(person.zone)),
        ])
    }

    private static func verdict(_ verdict: GitVerdictRecord?) -> JSONValue {
        guard let verdict else { return .null }
        return .members([
            ("outcome", JSONValue(verdict.outcome.rawValue)), ("reason", JSONValue(verdict.reason)),
            ("trusted", verdict.isTrusted.map { .bool($0) } ?? .null), ("identity", JSONValue(verdict.identity)),
            ("issuer", JSONValue(verdict.identityIssuer)), ("signedAt", JSONValue(verdict.signedAt?.description)),
            ("trustedRoot", JSONValue(verdict.trustedRoot)),
        ])
    }

    private static func check(_ check: GitCheckRecord) -> JSONValue {
        .members([
            ("name", JSONValue(check.checkName)), ("outcome", JSONValue(check.outcome.rawValue)),
            ("reason", JSONValue(check.reason)), ("detail", JSONValue(check.detail)),
        ])
    }
}
