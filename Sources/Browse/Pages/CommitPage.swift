internal import CaseIndex
internal import Correlation
internal import Report
internal import StrictJSON

/// One commit of the repositories in the case.
enum CommitPage {
    static func page(_ name: String, _ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow([])
        let record: CommitRecord?
        do {
            record = try CommitName.resolve(name, sources.reader)
        } catch is CommitNameError {
            record = nil
        }
        guard record != nil || Link.isCommit(name) else { throw BrowseError.noSuchRecord(kind: "commit", text: name) }
        let full = record?.name ?? name
        let dossier = try record.map { try CommitDossier($0, RepositoryHistories(sources.reader), sources.reader) }
        return Page(title: "Commit \(full.prefix(12))", place: .commits) {
            let links = [
                (Address.make(["find", "images"], [("kind", "commit"), ("value", full)]), "Images built from it"),
                (Address.make(["blast"], [("kind", "commit"), ("value", full)]), "If it is bad"),
                (Address.make(["pipelines"], [("commitName", full)]), "Its pipelines"),
                (Address.make(["jobs"], [("commitName", full)]), "Its jobs"),
            ]
            return [
                HTMLNode("p", [], [HTMLNode("code", [], full)]),
                HTMLNode("ul", [.class("choices")], links.map { HTMLNode("li", [], [Link.node($0.0, $0.1)]) }),
                dossier.map(node) ?? HTMLNode("p", [.class("lead")], "No repository of the case holds this commit."),
            ]
        } document: {
            CommitJSON.document(dossier.map { [$0] } ?? [])
        }
    }

    private static func node(_ commit: CommitDossier) -> HTMLNode {
        var facts = HTMLFacts()
        let record = commit.record
        facts.add("Subject", evidence: record.subject)
        facts.add("Author", evidence: "\(record.author.name) <\(record.author.mail)>")
        facts.add("Committer", evidence: "\(record.committer.name) <\(record.committer.mail)>")
        facts.add("Committed at", evidence: record.committer.time.map { "\($0)" })
        facts.add("Parents", .sequence(record.parents.flatMap { [Link.commit($0), .text(" ")] }))
        facts.add("Signature", evidence: record.signature.map { "\($0)" } ?? "none")
        facts.add("Verdict", evidence: commit.verdict.map { "\($0.outcome) \($0.reason ?? "") \($0.identity ?? "")" })
        var table = HTMLTable(
            ["Repository", "On the default branch", "Reached from"],
            columns: ["wide", "word", "wide"],
            caption: "Repositories that hold it"
        )
        for repository in commit.repositories {
            table.add([
                .evidence(repository.path), .text(repository.onDefaultBranch.map { "\($0)" } ?? "unknown"),
                .evidence(repository.references.prefix(20).map(\.name).joined(separator: ", ")),
            ])
        }
        return .sequence([facts.node, table.node])
    }
}

/// One pipeline or job, as its service recorded it.
enum RunPage {
    static func pipeline(_ key: String, _ request: PageRequest, _ sources: PageSources) throws -> Page {
        try page(.pipelines, "pipeline", key, request, sources, .pipelines)
    }

    static func job(_ key: String, _ request: PageRequest, _ sources: PageSources) throws -> Page {
        try page(.jobs, "job", key, request, sources, .jobs)
    }

    private static func page(
        _ list: CaseList,
        _ kind: String,
        _ key: String,
        _ request: PageRequest,
        _ sources: PageSources,
        _ place: Menu
    ) throws -> Page {
        try request.allow([])
        var query = ListQuery()
        query.filters = [ListQuery.Filter("id", key)]
        guard let row = try sources.reader.rows(of: list, query).rows.first else {
            throw BrowseError.noSuchRecord(kind: kind, text: key)
        }
        let members = zip(list.columns.map(\.name), row).map { ($0, $1) }
        let number = row.first.flatMap { $0 }
        return Page(title: "\(kind == "job" ? "Job" : "Pipeline") \(number ?? "without a number")", place: place) {
            var facts = HTMLFacts()
            for (name, value) in members where name != "id" && value != nil {
                facts.add(Cell.title(name), Cell.node(name, value, list))
            }
            var links: [(String, String)] = []
            if let number {
                links.append((Address.make(["find", "images"], [("kind", kind), ("value", number)]), "Its images"))
                links.append((Address.make(["blast"], [("kind", kind), ("value", number)]), "If it was compromised"))
                if kind == "pipeline" { links.append((Address.make(["jobs"], [("pipeline", number)]), "Its jobs")) }
            }
            return [
                HTMLNode("ul", [.class("choices")], links.map { HTMLNode("li", [], [Link.node($0.0, $0.1)]) }),
                facts.node,
            ]
        } document: {
            Document.make("browse-\(kind)", members.map { ($0.0, JSONValue($0.1)) })
        }
    }
}
