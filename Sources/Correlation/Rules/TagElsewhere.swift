package import CaseIndex
internal import Cryptography
internal import Presentation

/// A tag that names another commit now than the one that was built under it.
package struct TagElsewhere: Rule {
    package let id = "tag-elsewhere"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The document says that the image was built from a tag, and the tag leads to another commit in the repository: \
        it was moved after the build, or the build was not of the tag.
        """
    package let guidance = RuleGuidance(
        summary: "A Git tag names another commit than the one that was built under it.",
        examines: "The tag that is named with the commit, in the repositories that hold both.",
        innocentCause: "The tag was made again by a release script after a failed build.",
        collect: "The push events of the tag, and the tag's own object with its tagger and time."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.commits.flatMap { commit in
            commit.repositories.flatMap { repository in
                repository.claimedReferences.filter { claimed in
                    claimed.value.value.scope == "tag" && claimed.reachability == .reachable
                        && claimed.reference?.commitName.map { !$0.hasSameBytes(as: commit.name) } ?? false
                }.firstOfEachReference.map { claimed in
                    finding(
                        subject,
                        """
                        \(EscapedText(claimed.name, limit: 200)) names the commit \
                        \(claimed.reference?.commitName ?? ""), not \(commit.name)
                        """,
                        [.commit(commit.name), .claim(claimed.value.claim.id)]
                    )
                }
            }
        }
    }
}
