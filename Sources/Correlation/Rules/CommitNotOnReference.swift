package import CaseIndex
internal import Presentation

/// A commit that cannot be reached from the branch or tag that was named with it.
package struct CommitNotOnReference: Rule {
    package let id = "commit-not-on-ref"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The repository holds the commit and the branch or tag that the same document names, but the one does not lead \
        to the other: the branch was forced back, the tag was moved, or the commit was never on it.
        """
    package let guidance = RuleGuidance(
        summary: "A commit cannot be reached from the branch or tag that is named with it.",
        examines: """
            The commit and the reference that one document names, in the history of each repository that \
            holds both.
            """,
        innocentCause: """
            The branch was rebased or squashed after the build, or the repository was collected before it \
            was pushed.
            """,
        collect: "Reflogs, push events and refs/keep-around of the time of the build; raireki check commits."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.commits.flatMap { commit in
            commit.repositories.flatMap { repository in
                // A name that may be a branch or a tag is right when one of them is.
                let reached = Set(
                    repository.claimedReferences.filter { $0.reachability != .notReachable }.map(\.value.claim.id)
                )
                // The best founded come first.
                return repository.claimedReferences.filter { !reached.contains($0.value.claim.id) }
                    .firstOfEachReference.map { claimed in
                        let name = EscapedText(claimed.name, limit: 200)
                        return finding(
                            subject,
                            "the commit \(commit.name) cannot be reached from \(name), which is named with it",
                            [.commit(commit.name), .claim(claimed.value.claim.id)]
                        )
                    }
            }
        }
    }
}

extension [TracedRepository.ClaimedReference] {
    /// One for each reference, whoever names it.
    package var firstOfEachReference: [TracedRepository.ClaimedReference] {
        var seen: Set<[UInt8]> = []
        return filter { seen.insert([UInt8]($0.name.utf8)).inserted }
    }
}
