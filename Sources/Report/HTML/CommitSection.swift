internal import CaseIndex
internal import Correlation
internal import Cryptography

/// What the repositories of the case know of the commits that an image's documents name.
enum CommitSection {
    static func node(_ trace: Trace) -> HTMLNode {
        guard !trace.commits.isEmpty else { return .empty }
        var table = HTMLTable(
            ["Commit", "What the repositories hold"],
            columns: ["wide", "plain"],
            caption: "Commits"
        )
        for commit in trace.commits {
            table.add(
                [HTMLNode("code", [], [.evidence(commit.name)]), content(commit)],
                class: commit.record == nil ? "alarm" : ""
            )
        }
        return HTMLNode("section", [], [HTMLNode("h3", [], "Commits"), table.node])
    }

    private static func content(_ commit: TracedCommit) -> HTMLNode {
        guard let record = commit.record else {
            return .text("in none of the \(commit.repositoryCount) repositories of the case")
        }
        let lines =
            [
                line("subject", record.subject), line("author", CommitText.person(record.author).text),
                line("committer", CommitText.person(record.committer).text),
                line("signature", CommitText.signature(record.signature, commit.verdict).text),
            ] + commit.repositories.flatMap(repository)
        return .sequence([Badge.basis(commit.basis)] + lines)
    }

    private static func line(_ word: String, _ text: String) -> HTMLNode {
        HTMLNode("div", [.class("source")], [.text("\(word) "), .evidence(text)])
    }

    private static func repository(_ repository: TracedRepository) -> [HTMLNode] {
        let branches = repository.protectedBranches.map { branch in
            reachability(branch.isDefault ? "default branch" : "protected", branch.name, branch.reachability)
        }
        let claimed = repository.claimedReferences.firstOfEachReference.map { claimed in
            claimed.reachability.map { reachability("named with it", claimed.name, $0) }
                ?? line("named with it, but absent", claimed.name)
        }
        return [line("repository", "\(repository.path) (\(repository.referenceCount) references lead to it)")]
            + branches + claimed
    }

    private static func reachability(
        _ word: String,
        _ name: String,
        _ reachability: CommitHistory.Reachability
    ) -> HTMLNode {
        HTMLNode(
            "div",
            [.class("source")],
            [
                .text("\(word) "), Badge.node(Wording.reachability(reachability), reachability.tone), .text(" "),
                HTMLNode("code", [], [.evidence(name)]),
            ]
        )
    }
}
