internal import CaseIndex
internal import Correlation
internal import Cryptography

/// The provenance report as a folder: an index in pages, and a page for every image.
package enum SplitReport {
    /// Images on one page of the index.
    package static let indexRows = 500

    /// Writes the report.
    ///
    /// - Parameters:
    ///   - stream: The case.
    ///   - tool: Name and version of the program.
    ///   - file: Writes one file, by its path below the folder.
    /// - Returns: The images, a line each.
    /// - Throws: ``CaseError``, and whatever `file` throws.
    package static func write(
        _ stream: DossierStream,
        tool: String,
        file: (String, String) throws -> Void
    ) throws -> [ImageLine] {
        var lines: [ImageLine] = []
        let heading = stream.heading
        let making: @Sendable (ImageDossier) -> (ImageLine, String) = { dossier in
            let line = ImageLine(dossier.trace)
            return (line, page(dossier, line, heading, tool))
        }
        try stream.forEach(withTimeline: true, making: making) { line, page in
            try file(line.page, page)
            lines.append(line)
        }
        let sorted = ImageIndex.sorted(lines)
        let pages = max(1, (sorted.count + indexRows - 1) / indexRows)
        for number in 1...pages {
            let rows = sorted[(number - 1) * indexRows..<min(number * indexRows, sorted.count)]
            let overview = number == 1 ? try Self.overview(sorted, stream) : CaseOverview()
            try file(address(number), index(sorted, rows, (number, pages), stream.heading, overview, tool))
        }
        return lines
    }

    /// What is distrusted is followed whatever the size; timeline and gaps stand with each image when there are many.
    private static func overview(_ lines: [ImageLine], _ stream: DossierStream) throws -> CaseOverview {
        guard lines.count > indexRows else { return try stream.overview(of: lines.map(\.digest)) }
        var overview = CaseOverview()
        overview.blast = try stream.blast()
        return overview
    }

    private static func address(_ number: Int) -> String {
        number == 1 ? "index.html" : "index-\(number).html"
    }

    private static func page(_ dossier: ImageDossier, _ line: ImageLine, _ heading: CaseDossier, _ tool: String)
        -> String
    {
        let frame = PageFrame(title: line.name, tool: tool)
        let contents: [(anchor: String, title: String)] = [(line.anchor, "Image")]
        return frame.opening(PageHeader.node(heading, tool: tool), contents: contents, home: "../../index.html")
            + ImageSection.node(dossier, anchor: line.anchor).markup + "\n" + frame.closing
    }

    private static func index(
        _ lines: [ImageLine],
        _ rows: ArraySlice<ImageLine>,
        _ place: (number: Int, count: Int),
        _ heading: CaseDossier,
        _ overview: CaseOverview,
        _ tool: String
    ) -> String {
        let frame = PageFrame(title: Count.text(lines.count, "image"), tool: tool)
        let images = Section.major(
            ImageIndex.anchor,
            "Images",
            [pager(place), ImageIndex.table(rows) { $0.page }, pager(place)]
        )
        guard place.number == 1 else {
            return frame.opening(PageHeader.node(heading, tool: tool), contents: [(ImageIndex.anchor, "Images")])
                + images.markup + "\n" + frame.closing
        }
        let contents =
            [
                (SummarySection.anchor, "Summary"), (ImageIndex.anchor, "Images"), (FindingOverview.anchor, "Findings"),
                (GraphSection.anchor, "Graph"),
            ] + OverviewSections.contents(overview) + CaseSection.contents
        let nodes =
            [
                SummarySection.node(heading, lines), images, FindingOverview.node(lines) { $0.page },
                GraphSection.node(lines),
            ] + OverviewSections.nodes(overview, lines) + [CaseSection.node(heading)]
        return frame.opening(PageHeader.node(heading, tool: tool), contents: contents)
            + nodes.map { $0.markup + "\n" }.joined() + frame.closing
    }

    /// Links to the pages around this one, and to the ends.
    private static func pager(_ place: (number: Int, count: Int)) -> HTMLNode {
        guard place.count > 1 else { return .empty }
        let near = Set([1, place.count] + Array(max(1, place.number - 2)...min(place.count, place.number + 2))).sorted()
        let items = near.map { number in
            number == place.number
                ? HTMLNode("li", [], [HTMLNode("span", [HTMLAttribute("aria-current", "page")], "\(number)")])
                : HTMLNode("li", [], [HTMLNode("a", [HTMLAttribute("href", address(number))], "\(number)")])
        }
        let label = "Pages of the table, \(place.number) of \(place.count)"
        return HTMLNode(
            "div",
            [.class("pager"), HTMLAttribute("role", "group"), HTMLAttribute("aria-label", label)],
            [
                HTMLNode("ul", [], items)
            ]
        )
    }
}
