internal import CaseIndex
internal import Report

/// The lists that need nothing but their columns.
enum PlainListPage {
    private struct Look {
        let list: CaseList
        let title: String
        let noun: String
        let lead: String
        let place: Menu?
        let shown: [String]
    }

    static func page(_ name: String, _ request: PageRequest, _ sources: PageSources) throws -> Page {
        guard let look = looks.first(where: { $0.list.name == name }) else { throw BrowseError.noSuchPage }
        let view = try ListView(look.list, request, sources.reader, shown: look.shown)
        return Page(title: look.title, lead: look.lead, place: look.place) {
            view.nodes(noun: look.noun, plural: look.list.name == "evidence" ? "pieces of evidence" : nil) {
                column,
                row in cell(view, column, row)
            }
        } document: {
            view.document()
        }
    }

    private static func cell(_ view: ListView, _ column: String, _ row: [String?]) -> HTMLNode? {
        let value = view.value(row, column)
        switch (view.list.list.name, column) {
        case ("signers", "identity"):
            return value.map { Link.signer($0, view.value(row, "issuer")) }
                ?? HTMLNode("span", [.class("note")], "a key, or nobody known")
        case ("pipelines", "number"), ("jobs", "number"):
            let kind = view.list.list.name == "jobs" ? "job" : "pipeline"
            return view.value(row, "id").map {
                Link.node(Address.make([kind, $0]), [.evidence(value ?? "without a number")])
            }
        case ("jobs", "pipeline"):
            return value.map { Link.node(Address.make(["pipelines"], [("number", $0)]), [.evidence($0)]) }
        default: return nil
        }
    }

    private static let looks = [
        Look(
            list: .signers,
            title: "Signers",
            noun: "signer",
            lead: "By the identity of the verdict, else of the certificate, which then nobody verified.",
            place: .signers,
            shown: ["identity", "issuer", "images", "signatures", "authentic", "trusted", "first", "last"]
        ),
        Look(
            list: .pipelines,
            title: "Pipelines",
            noun: "pipeline",
            lead: "As CI services recorded them.",
            place: .pipelines,
            shown: ["number", "project", "ref", "commitName", "trigger", "status", "user", "createdAt"]
        ),
        Look(
            list: .jobs,
            title: "Jobs",
            noun: "job",
            lead: "As CI services recorded them.",
            place: .jobs,
            shown: ["number", "name", "pipeline", "project", "ref", "runner", "user", "status", "startedAt"]
        ),
        Look(
            list: .commits,
            title: "Commits",
            noun: "commit",
            lead: "Of the repositories in the case; names and times as the commits themselves say.",
            place: .commits,
            shown: ["commit", "subject", "author", "committedAt", "signature"]
        ),
        Look(
            list: .events,
            title: "Timeline",
            noun: "event",
            lead:
                "Every time that a record states. The page of an image has its files and history too, and which clocks disagree.",
            place: .timeline,
            shown: ["time", "kind", "what", "image"]
        ),
        Look(
            list: .sources,
            title: "Evidence",
            noun: "piece of evidence",
            lead: "What was imported.",
            place: nil,
            shown: ["path", "kind", "digest", "importedAt", "complete"]
        ),
        Look(
            list: .warnings,
            title: "Warnings",
            noun: "warning",
            lead: "What import noticed.",
            place: nil,
            shown: ["severity", "code", "path", "digest", "message"]
        ),
    ]
}
