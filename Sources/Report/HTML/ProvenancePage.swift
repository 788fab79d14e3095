internal import CaseIndex
internal import Correlation
internal import Cryptography

/// The provenance report as one HTML file: nothing to load, readable on paper, and whole without its script.
package struct ProvenancePage {
    private let heading: CaseDossier
    private let lines: [ImageLine]
    private let shown: [ImageLine]
    private let tool: String

    /// More images than this are in the tables only: one page would not open any more.
    package static let detailLimit = 200
    /// More rows than this no browser scrolls with ease.
    package static let rowLimit = 2_000

    /// The page; `tool` is name and version of the program.
    package static func html(_ dossier: CaseDossier, tool: String) -> String {
        let page = ProvenancePage(dossier, dossier.images.map { ImageLine($0.trace) }, tool: tool)
        var text = ""
        let images = Dictionary(dossier.images.map { ($0.trace.image, $0) }) { first, _ in first }
        page.write {
            text += $0
        } details: {
            images[$0]
        } overview: {
            dossier.overview
        }
        return text
    }

    /// Writes the page of a case of any size.
    ///
    /// - Parameters:
    ///   - stream: The case.
    ///   - tool: Name and version of the program.
    ///   - sink: Where the page goes.
    /// - Returns: The images, a line each.
    /// - Throws: ``CaseError``, and whatever the sink throws.
    @discardableResult
    package static func write(_ stream: DossierStream, tool: String, to sink: @escaping ReportSink) throws
        -> [ImageLine]
    {
        var lines: [ImageLine] = []
        try stream.forEachLine { lines.append($0) }
        let page = ProvenancePage(stream.heading, lines, tool: tool)
        var buffer = BufferedSink(sink)
        try page.write {
            try buffer.write($0)
        } details: {
            try stream.dossier(of: $0, withTimeline: true)
        } overview: {
            try stream.overview(of: page.shown.map(\.digest))
        }
        try buffer.flush()
        return lines
    }

    private init(_ heading: CaseDossier, _ lines: [ImageLine], tool: String) {
        self.heading = heading
        self.lines = ImageIndex.sorted(lines)
        shown = Array(self.lines.prefix(Self.detailLimit))
        self.tool = tool
    }

    /// Whether there is a case to speak of beside the one image.
    private var hasOverview: Bool { lines.count > 1 }

    private func write(
        _ put: (String) throws -> Void,
        details: (Digest) throws -> ImageDossier?,
        overview: () throws -> CaseOverview
    ) rethrows {
        let whole = try overview()
        try put(frame.opening(PageHeader.node(heading, tool: tool), contents: contents(whole)))
        if hasOverview {
            for node in sections { try put(node.markup + "\n") }
            for node in OverviewSections.nodes(whole, lines) { try put(node.markup + "\n") }
        }
        for line in shown {
            guard let dossier = try details(line.digest) else { continue }
            try put(ImageSection.node(dossier, anchor: line.anchor).markup + "\n")
        }
        if !hasOverview {
            for node in OverviewSections.nodes(whole, lines, withTimeline: false) { try put(node.markup + "\n") }
        }
        try put(CaseSection.node(heading).markup + "\n" + frame.closing)
    }

    private var frame: PageFrame {
        let one = lines.count == 1 ? lines.first?.name : nil
        return PageFrame(title: one ?? Count.text(lines.count, "image"), tool: tool)
    }

    private var sections: [HTMLNode] {
        let known = Set(shown.map(\.digest))
        let address: (ImageLine) -> String? = { known.contains($0.digest) ? "#\($0.anchor)" : nil }
        return [
            SummarySection.node(heading, lines),
            Section.major(
                ImageIndex.anchor,
                "Images",
                [cut, ImageIndex.table(lines.prefix(Self.rowLimit), address: address)]
            ),
            FindingOverview.node(lines, address: address),
            GraphSection.node(lines),
        ]
    }

    /// What the page leaves out, and where it is.
    private var cut: HTMLNode {
        guard lines.count > shown.count else { return .empty }
        var text = """
            The \(Count.grouped(shown.count)) images that weigh most are shown in full below. For a page on every image \
            run raireki report --split FOLDER.
            """
        if lines.count > Self.rowLimit {
            text +=
                " The table has the first \(Count.grouped(Self.rowLimit)) of \(Count.text(lines.count, "image"));"
                + " raireki report --csv FOLDER has them all."
        }
        return HTMLNode("p", [.class("notice")], text)
    }

    private func contents(_ whole: CaseOverview) -> [(anchor: String, title: String)] {
        var entries: [(String, String)] = []
        if hasOverview {
            entries += [
                (SummarySection.anchor, "Summary"), (ImageIndex.anchor, "Images"), (FindingOverview.anchor, "Findings"),
            ]
            if lines.contains(where: { $0.signer != nil }) { entries.append((GraphSection.anchor, "Graph")) }
        }
        let more = OverviewSections.contents(whole, withTimeline: hasOverview)
        if hasOverview { entries += more }
        if let first = shown.first { entries.append((first.anchor, hasOverview ? "Details" : "Image")) }
        return entries + (hasOverview ? [] : more) + CaseSection.contents
    }
}

/// The parts of a page that are about all images together.
enum OverviewSections {
    private static let timelineAnchor = "timeline"

    static func nodes(_ overview: CaseOverview, _ lines: [ImageLine], withTimeline: Bool = true) -> [HTMLNode] {
        var nodes: [HTMLNode] = []
        if let blast = overview.blast { nodes.append(BlastSection.node(blast)) }
        if withTimeline, let timeline = overview.timeline, !timeline.events.isEmpty {
            let names = Dictionary(lines.map { ($0.digest, $0.name) }) { first, _ in first }
            nodes.append(
                Section.major(
                    timelineAnchor,
                    "Timeline",
                    [TimelineSection.list(timeline, of: "all images", names: names)]
                )
            )
        }
        if let gaps = overview.gaps { nodes.append(GapSection.node(gaps)) }
        return nodes
    }

    static func contents(_ overview: CaseOverview, withTimeline: Bool = true) -> [(String, String)] {
        var entries: [(String, String)] = []
        if overview.blast != nil { entries.append((BlastSection.anchor, "Distrust")) }
        if withTimeline, overview.timeline?.events.isEmpty == false { entries.append((timelineAnchor, "Timeline")) }
        if overview.gaps != nil { entries.append((GapSection.anchor, "Gaps")) }
        return entries
    }
}

/// The head of a page: what it is and of which case.
enum PageHeader {
    static func node(_ heading: CaseDossier, tool: String) -> HTMLNode {
        HTMLNode(
            "header",
            [.class("page")],
            [
                HTMLNode("h1", [], "Provenance report"),
                HTMLNode(
                    "p",
                    [.class("note")],
                    [
                        .text("case "), HTMLNode("code", [], [.evidence(heading.path)]), .text(" · \(tool)"),
                        heading.activities.last.map { .text(" · as of \($0.startedAt)") } ?? .empty,
                    ]
                ),
            ]
        )
    }
}
