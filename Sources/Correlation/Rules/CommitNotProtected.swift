package import CaseIndex
internal import Presentation

/// A commit that is on no branch that is protected.
package struct CommitNotProtected: Rule {
    package let id = "commit-not-protected"
    package let severity = FindingSeverity.warning
    package let explanation = """
        The commit cannot be reached from any branch that is protected; where nobody said which are, from the branch \
        that the repository offers first. Attackers build from commits that no branch holds, whose signatures are valid all \
        the same; so do honest builds of branches that were never merged.
        """
    package let guidance = RuleGuidance(
        summary: "A commit is on no protected branch.",
        examines: """
            The commits that are named, in the history of the branches that --protected or the CI records \
            call protected.
            """,
        innocentCause: "The image was built from a feature branch or merge request, as many test images are.",
        collect: """
            Who pushed the commit and to which reference, the merge request, and the rules of protection at \
            that time.
            """
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        subject.commits.compactMap { commit in
            let branches = commit.repositories.flatMap(\.protectedBranches)
            guard !branches.isEmpty, branches.allSatisfy({ $0.reachability == .notReachable }) else { return nil }
            let names = branches.prefix(5).map { EscapedText($0.name, limit: 200).text }.joined(separator: ", ")
            let kind = branches.contains(where: \.isDefault) ? "the default branch" : "any protected branch"
            let count = commit.repositories.map(\.referenceCount).max() ?? 0
            let others = count == 0 ? "; no reference leads to it" : ""
            return finding(
                subject,
                "the commit \(commit.name) cannot be reached from \(kind) (\(names))\(others)",
                [.commit(commit.name)] + commit.values.map { .claim($0.claim.id) }
            )
        }
    }
}
