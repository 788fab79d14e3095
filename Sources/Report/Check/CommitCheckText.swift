internal import CaseIndex
package import Correlation
internal import Cryptography

/// What `check commits` found, for people.
package enum CommitCheckText {
    /// A block a commit.
    package static func page(_ checks: [CommitCheck], _ style: TextStyle) -> String {
        let blocks = checks.map { block($0, style).joined(separator: "\n") + "\n" }
        return blocks.joined(separator: "\n")
    }

    private static func block(_ check: CommitCheck, _ style: TextStyle) -> [String] {
        var table = TextTable(indentation: 2)
        table.add([TextCell("image", .quiet), TextCell(evidence: check.names.first ?? "\(check.image)")])
        table.add([TextCell("built", .quiet), TextCell(check.builtAt.map { "\($0)" } ?? "at an unknown time")])
        if let record = check.commit.record {
            table.add([TextCell("subject", .quiet), TextCell(evidence: record.subject)])
            table.add([TextCell("author", .quiet), TextCell(evidence: "\(record.author.name) <\(record.author.mail)>")])
        } else {
            let count = check.commit.repositoryCount
            table.add([TextCell("absent", .quiet), TextCell("in none of the \(count) repositories", .bad)])
        }
        for branch in check.branches { table.add(cells(branch)) }
        if let isProtected = check.recordedAsProtected {
            let word = isProtected ? "recorded the reference as protected" : "recorded the reference as not protected"
            table.add([TextCell("CI service", .quiet), TextCell(word, isProtected ? .plain : .doubtful)])
        }
        let title = "\(style.paint(check.commit.name, .strong))  "
        return [title + style.paint(sentence(check.answer), check.answer.tone)] + table.lines(style)
    }

    private static func cells(_ branch: CommitCheck.BranchAnswer) -> [TextCell] {
        let since = branch.since.map { commit in
            " since \(commit.committer.time.map { "\($0)" } ?? "an unknown time") (\(commit.name.prefix(12)))"
        }
        let kind = branch.isDefault ? " (default)" : ""
        return [
            TextCell(evidence: branch.branch + kind, .quiet),
            TextCell(sentence(branch.answer) + (since ?? ""), branch.answer.tone),
        ]
    }

    private static func sentence(_ answer: CommitCheck.Answer) -> String {
        switch answer {
        case .onBranch: "on a protected branch when it was built"
        case .onBranchNow: "on a protected branch now; when it was built is not known"
        case .later: "came onto a protected branch after it was built"
        case .notOnBranch: "on no protected branch"
        case .unknown: "cannot be told"
        }
    }
}

extension CommitCheck.Answer {
    var tone: Tone {
        switch self {
        case .onBranch: .good
        case .onBranchNow, .unknown: .doubtful
        case .later, .notOnBranch: .bad
        }
    }
}
