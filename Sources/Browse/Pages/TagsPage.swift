internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// Names of images, and what each stood for.
enum TagsPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        let view = try ListView(.tags, request, sources.reader, shown: ["name", "digest", "digests", "evidence"])
        return Page(
            title: "Tags",
            lead: "Every name with every digest that some evidence gives it; several digests say that it moved.",
            place: .tags
        ) {
            [HTMLNode("p", [], [Link.node("/tags/moved", "Which names moved, and when?")])]
                + view.nodes(
                    noun: "name with its digest",
                    plural: "names with their digests",
                    { column, row in
                        guard column == "name", let name = view.value(row, "name") else { return nil }
                        return Link.node(Address.make(["tags", "moved"], [("name", name)]), [.evidence(name)])
                    }
                )
        } document: {
            view.document()
        }
    }
}

/// The history of names.
enum MovedTagsPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow(["name"])
        let name = request.value("name")
        let histories = try TagHistory.histories(sources.reader, matching: name).filter { name != nil || $0.hasMoved }
        return Page(
            title: name.map { "What \($0) stood for" } ?? "Names that moved",
            lead: "A registry's storage keeps no times: not before is when the image was signed, or says it was built.",
            place: .tags
        ) {
            histories.isEmpty
                ? [HTMLNode("p", [], name == nil ? "No name moved." : "No evidence has this name.")]
                : histories.prefix(500).map(node)
        } document: {
            TagText.document(histories)
        }
    }

    private static func node(_ history: TagHistory) -> HTMLNode {
        var table = HTMLTable(
            ["Digest", "How", "Evidence", "Seen at", "Not before"],
            columns: ["wide", "fact", "wide", "time", "time"]
        )
        for sighting in history.sightings {
            table.add([
                Link.image(sighting.digest), .text(sighting.kind.rawValue), .evidence(sighting.path),
                .text("\(sighting.seenAt)"), .text(sighting.notBefore.map { "\($0.first)" } ?? ""),
            ])
        }
        return HTMLNode(
            "section",
            [],
            [
                HTMLNode(
                    "h2",
                    [],
                    [
                        .evidence(history.name), .text(" "),
                        history.hasMoved ? Badge.node("! moved", .doubtful) : Badge.node("✓ one digest", .good),
                    ]
                ), table.node,
            ]
        )
    }
}
