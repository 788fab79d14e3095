package import CaseIndex
internal import Presentation

/// A commit that no repository of the case holds.
package struct CommitAbsent: Rule {
    package let id = "commit-absent"
    package let severity = FindingSeverity.warning
    package let explanation = """
        A document says that the image was built from this commit, but none of the repositories in the case holds it. \
        Either the repository was not collected, or the commit was removed from it, or it never was there.
        """
    package let guidance = RuleGuidance(
        summary: "A commit that a document names is in no repository of the case.",
        examines: "The commits that certificates, signed documents and labels name, in every repository of the case.",
        innocentCause: """
            The repository was not collected, was collected shallow, or the branch was squashed and its \
            commits pruned.
            """,
        collect: "The repository with refs/keep-around or refs/pull, forks of it, and the service's list of pushes."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.commits.filter { $0.record == nil }.map { commit in
            let cutOff = commit.isCutOff ? "; the history of some is cut off" : ""
            let count = commit.repositoryCount
            let place = count == 1 ? "the repository of the case" : "any of the \(count) repositories of the case"
            return finding(
                subject,
                "the commit \(EscapedText(commit.name, limit: 80)) is not in \(place)\(cutOff)",
                commit.values.map { .claim($0.claim.id) }
            )
        }
    }
}
