internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// The graph around one record: the images that it touched with their signers, pipelines and commits.
enum GraphPage {
    /// More images than this are not drawn.
    private static let imageLimit = 60

    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow(Criterion.parameters + ["image"])
        let (images, count) = try images(request, sources)
        let lines = try sources.lines(images)
        return Page(
            title: "Graph",
            lead: "From images back to commits, around what is asked for.",
            place: .graph
        ) {
            let drawn =
                count > images.count
                ? HTMLNode(
                    "p",
                    [.class("notice")],
                    "\(Count.text(count, "image")) fit; the first \(imageLimit) are drawn."
                )
                : .empty
            return [
                Criterion.form("/graph", request, submit: "Draw"), drawn,
                lines.contains { $0.signer != nil || $0.commit != nil || $0.run != nil }
                    ? GraphSection.node(lines)
                    : HTMLNode("p", [], "Nothing joins these images to a signer, run or commit."),
                table(lines),
            ]
        } document: {
            Document.make("browse-graph", [("images", .array(lines.map(value))), ("total", JSONValue(count))])
        }
    }

    private static func images(_ request: PageRequest, _ sources: PageSources) throws -> ([Digest], Int) {
        if let text = request.value("image") { return ([try sources.image(text)], 1) }
        let asked = try Criterion(request)
        guard let criterion = asked.criterion else {
            var query = ListQuery()
            query.limit = imageLimit
            let rows = try sources.reader.rows(of: .images, query)
            return (rows.rows.compactMap { $0[0] }.compactMap { try? Digest(parsing: $0) }, rows.total)
        }
        let hits = try ImageSearch(sources.reader).find([criterion], within: asked.window)
        return (hits.prefix(imageLimit).map(\.image), hits.count)
    }

    private static func table(_ lines: [ImageLine]) -> HTMLNode {
        guard !lines.isEmpty else { return .empty }
        let items = lines.map { HTMLNode("li", [], [Link.node(Link.address(of: $0.digest), [.evidence($0.name)])]) }
        return HTMLNode(
            "details",
            [],
            [HTMLNode("summary", [], "The images, to open"), HTMLNode("ul", [], items)]
        )
    }

    private static func value(_ line: ImageLine) -> JSONValue {
        func link(_ link: ImageLine.Link?) -> JSONValue {
            guard let link else { return .null }
            return .members([
                ("value", JSONValue(link.value)), ("detail", JSONValue(link.detail)),
                ("basis", JSONValue(link.basis.rawValue)), ("objection", JSONValue(link.objection)),
            ])
        }
        return .members([
            ("digest", JSONValue("\(line.digest)")), ("name", JSONValue(line.name)),
            ("verdict", JSONValue(line.standing.rawValue)), ("signer", link(line.signer)), ("run", link(line.run)),
            ("commit", link(line.commit)),
        ])
    }
}
