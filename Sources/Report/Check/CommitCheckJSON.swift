internal import CaseIndex
package import Correlation
internal import Cryptography
package import StrictJSON

/// The document behind `check commits --format json`.
package enum CommitCheckJSON {
    /// Every commit of every image.
    package static func document(_ checks: [CommitCheck]) -> JSONValue {
        Document.make("commit-check", [("commits", .array(checks.map(value)))])
    }

    private static func value(_ check: CommitCheck) -> JSONValue {
        .members([
            ("commit", JSONValue(check.commit.name)),
            ("image", JSONValue("\(check.image)")),
            ("names", .strings(check.names)),
            ("answer", JSONValue(check.answer.rawValue)),
            ("builtAt", JSONValue(check.builtAt?.description)),
            ("present", .bool(check.commit.record != nil)),
            ("recordedAsProtected", check.recordedAsProtected.map { .bool($0) } ?? .null),
            ("branches", .array(check.branches.map(branch))),
            ("claims", .array(check.commit.values.map { JSONValue($0.claim.id) })),
        ])
    }

    private static func branch(_ branch: CommitCheck.BranchAnswer) -> JSONValue {
        .members([
            ("repository", JSONValue(branch.repository)),
            ("source", JSONValue(branch.sourceID)),
            ("branch", JSONValue(branch.branch)),
            ("isDefault", .bool(branch.isDefault)),
            ("answer", JSONValue(branch.answer.rawValue)),
            ("since", JSONValue(branch.since?.name)),
            ("sinceTime", JSONValue(branch.since?.committer.time?.description)),
        ])
    }
}
