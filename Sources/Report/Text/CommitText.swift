package import CaseIndex
package import Correlation

/// Commits for people: who made them, where they are, and whether their signatures hold.
package enum CommitText {
    /// How many references are named; their number is always told.
    private static let shownReferences = 12

    /// A page of commits, ending with a newline.
    package static func page(_ commits: [CommitDossier], _ style: TextStyle) -> String {
        commits.map { lines($0, style).joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    /// A list of commits, a line each.
    package static func list(_ commits: [CommitRecord], _ style: TextStyle) -> String {
        guard !commits.isEmpty else { return "no commits\n" }
        var table = TextTable(["COMMIT", "COMMITTED", "AUTHOR", "SIGNED", "SUBJECT"])
        for commit in commits {
            table.add([
                TextCell(style.brief(commit.name)),
                TextCell(commit.committer.time.map { "\($0)" } ?? "no time"),
                TextCell(evidence: commit.author.name),
                TextCell(evidence: commit.signature ?? ""),
                TextCell(evidence: String(commit.subject.prefix(100))),
            ])
        }
        return table.lines(style).joined(separator: "\n") + "\n"
    }

    /// The commits that an image's documents name.
    static func lines(_ commits: [TracedCommit], _ style: TextStyle) -> [String] {
        var table = TextTable(["COMMIT", "IN THE REPOSITORIES", "", "BASIS"])
        for commit in commits {
            let basis = TextCell(commit.basis.rawValue, commit.basis.tone)
            let rows = rows(commit)
            for (index, row) in rows.enumerated() {
                table.add([
                    TextCell(index == 0 ? commit.name : "", .strong), TextCell(row.0, .quiet), row.1,
                    index == 0 ? basis : TextCell(""),
                ])
            }
        }
        return table.lines(style)
    }

    /// What the repositories know of one commit, a line each.
    static func rows(_ commit: TracedCommit) -> [(String, TextCell)] {
        guard let record = commit.record else {
            return [("absent", TextCell("in none of the \(commit.repositoryCount)", .bad))]
        }
        return [
            ("subject", TextCell(evidence: record.subject)), ("author", person(record.author)),
            ("committer", person(record.committer)), ("signature", signature(record.signature, commit.verdict)),
        ] + commit.repositories.flatMap(reachability)
    }

    private static func reachability(_ repository: TracedRepository) -> [(String, TextCell)] {
        let count = repository.referenceCount
        let title = "\(repository.path) (\(count == 1 ? "1 reference leads" : "\(count) references lead") to it)"
        var rows = [("repository", TextCell(evidence: title))]
        for branch in repository.protectedBranches {
            let kind = branch.isDefault ? "default branch" : "protected"
            rows.append((kind, cell(branch.name, branch.reachability)))
        }
        for claimed in repository.claimedReferences.firstOfEachReference {
            guard let reachability = claimed.reachability else {
                rows.append(("named with it", TextCell(evidence: "no reference \(claimed.name)", .doubtful)))
                continue
            }
            rows.append(("named with it", cell(claimed.name, reachability)))
        }
        return rows
    }

    private static func cell(_ name: String, _ reachability: CommitHistory.Reachability) -> TextCell {
        TextCell(evidence: "\(Wording.reachability(reachability)) \(name)", reachability.tone)
    }
}

extension CommitText {
    private static func lines(_ commit: CommitDossier, _ style: TextStyle) -> [String] {
        let record = commit.record
        var table = TextTable(indentation: 2)
        table.add([TextCell("subject"), TextCell(evidence: record.subject)])
        table.add([TextCell("author"), person(record.author)])
        table.add([TextCell("committer"), person(record.committer)])
        for parent in record.parents { table.add([TextCell("parent"), TextCell(evidence: parent)]) }
        if record.parents.isEmpty { table.add([TextCell("parents"), TextCell("none")]) }
        table.add([TextCell("tree"), TextCell(evidence: record.tree)])
        table.add([TextCell("content"), TextCell("\(record.digest)")])
        table.add([TextCell("signature"), signature(record.signature, commit.verdict)])
        for check in commit.checks {
            table.add([TextCell(""), TextCell(Self.sentence(check), check.outcome.tone)])
        }
        for repository in commit.repositories {
            table.add([TextCell("repository"), TextCell(evidence: repository.path)])
            if let branch = repository.defaultBranch, let reachability = repository.onDefaultBranch {
                table.add([TextCell("default branch"), cell(branch, reachability)])
            }
            let count = repository.references.count
            table.add([TextCell("references"), TextCell("\(count)", count == 0 ? .doubtful : .plain)])
            for reference in repository.references.prefix(shownReferences) {
                table.add([TextCell(""), TextCell(evidence: reference.name)])
            }
            if count > shownReferences { table.add([TextCell(""), TextCell("and \(count - shownReferences) more")]) }
            if repository.isCutOff { table.add([TextCell("history"), TextCell("cut off", .doubtful)]) }
        }
        return [style.paint(TextCell(evidence: record.name).text, .strong)] + table.lines(style)
    }

    private static func sentence(_ check: GitCheckRecord) -> String {
        let reason = check.reason.map { "\($0): " } ?? ""
        return TextCell(evidence: "\(check.outcome.mark) \(check.checkName): \(reason)\(check.detail)").text
    }

    static func person(_ person: GitPerson) -> TextCell {
        let time = person.time.map { "\($0) \(person.zone)" } ?? "no time"
        return TextCell(evidence: "\(person.name) <\(person.mail)>  \(time)")
    }

    static func signature(_ form: String?, _ verdict: GitVerdictRecord?) -> TextCell {
        guard let form else { return TextCell("none", .quiet) }
        guard let verdict else { return TextCell(evidence: "\(form), not verified yet", .doubtful) }
        let reason = verdict.reason.map { " (\($0))" } ?? ""
        let signer = verdict.identity.map { " by \($0)" } ?? ""
        return TextCell(
            evidence: "\(form), \(Wording.outcome(verdict.outcome))\(reason)\(signer)",
            verdict.outcome.tone
        )
    }
}

extension CommitHistory.Reachability {
    var tone: Tone {
        switch self {
        case .reachable: .good
        case .notReachable: .bad
        case .unknown: .doubtful
        }
    }
}
