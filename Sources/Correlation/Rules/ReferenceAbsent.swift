package import CaseIndex
internal import Presentation

/// A branch or tag that the repository does not have, or has no more.
package struct ReferenceAbsent: Rule {
    package let id = "ref-absent"
    package let severity = FindingSeverity.note
    package let explanation = """
        The repository holds the commit, but no branch or tag of the name that is given with it. Branches are deleted \
        after merging, so this is common; whether the commit ever was on that branch can then not be told.
        """
    package let guidance = RuleGuidance(
        summary: "The repository has no branch or tag of the name that is given with a commit.",
        examines: "The references that are named with a commit, in the repositories that hold it.",
        innocentCause: "The branch was deleted when it was merged, which is the habit of most projects.",
        collect: "The service's list of deleted branches, and the merge request."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.commits.flatMap { commit in
            commit.repositories.flatMap { repository in
                repository.claimedReferences.filter { $0.reference == nil }.firstOfEachReference.map { claimed in
                    finding(
                        subject,
                        "the repository of \(commit.name) has no reference \(EscapedText(claimed.name, limit: 200))",
                        [.commit(commit.name), .claim(claimed.value.claim.id)]
                    )
                }
            }
        }
    }
}
