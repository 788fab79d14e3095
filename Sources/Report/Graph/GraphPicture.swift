internal import Presentation

/// A graph as a drawing, with the same in words beside it.
struct GraphPicture {
    private let graph: ProvenanceGraph
    private let layout: GraphLayout

    private static let boxWidth = 232
    private static let boxHeight = 44
    private static let rowGap = 12
    private static let columnGap = 76
    private static let top = 30
    private static let margin = 2
    private static let titleColumns = 28
    private static let detailColumns = 33

    init(_ graph: ProvenanceGraph) {
        self.graph = graph
        layout = GraphLayout(graph)
    }

    var node: HTMLNode {
        let width = 4 * Self.boxWidth + 3 * Self.columnGap + 2 * Self.margin
        return HTMLNode(
            "svg",
            [
                .class("graph"), HTMLAttribute("viewBox", "0 0 \(width) \(height)"),
                HTMLAttribute("width", "\(width)"), HTMLAttribute("height", "\(height)"),
                HTMLAttribute("role", "img"), HTMLAttribute("aria-label", label),
            ],
            [headings, .newline] + graph.edges.map(line) + [.newline] + graph.nodes.indices.map(box)
        )
    }

    private var label: String {
        let counts = ProvenanceGraph.Column.allCases.map { column in
            "\(layout.columns[column.rawValue].count) \(column.title.lowercased())"
        }
        return
            "Graph of \(counts.joined(separator: ", ")), joined by \(graph.edges.count) lines; the table below has them in words"
    }

    private var height: Int {
        let rows = layout.columns.map(\.count).max() ?? 0
        return Self.top + max(rows, 1) * (Self.boxHeight + Self.rowGap) + Self.margin
    }

    private func left(_ node: Int) -> Int {
        Self.margin + graph.nodes[node].column.rawValue * (Self.boxWidth + Self.columnGap)
    }

    /// Short columns stand in the middle of the long ones.
    private func top(_ node: Int) -> Int {
        let own = layout.columns[graph.nodes[node].column.rawValue].count
        let most = layout.columns.map(\.count).max() ?? 0
        let step = Self.boxHeight + Self.rowGap
        return Self.top + layout.rows[node] * step + (most - own) * step / 2
    }

    private var headings: HTMLNode {
        .sequence(
            ProvenanceGraph.Column.allCases.filter { !layout.columns[$0.rawValue].isEmpty }.map { column in
                let x = Self.margin + column.rawValue * (Self.boxWidth + Self.columnGap)
                return text("column", x, 16, column.title)
            }
        )
    }

    private func line(_ edge: ProvenanceGraph.Edge) -> HTMLNode {
        let x1 = left(edge.from) + Self.boxWidth
        let y1 = top(edge.from) + Self.boxHeight / 2
        let x2 = left(edge.to)
        let y2 = top(edge.to) + Self.boxHeight / 2
        let bend = min(Self.columnGap, (x2 - x1)) / 2
        let width = edge.weight > 100 ? 4 : edge.weight > 10 ? 3 : 2
        return HTMLNode(
            "path",
            [
                .class("line \(edge.tone.className)"),
                HTMLAttribute("d", "M\(x1) \(y1)C\(x1 + bend) \(y1) \(x2 - bend) \(y2) \(x2) \(y2)"),
                HTMLAttribute("stroke-width", "\(width)"),
            ],
            []
        )
    }

    private func box(_ index: Int) -> HTMLNode {
        let node = graph.nodes[index]
        let (x, y) = (left(index), top(index))
        let count = node.weight > 1 ? " · \(Count.text(node.weight, "image"))" : ""
        let title = Shortened.middle(EscapedText(node.title, limit: 2_000).text, columns: Self.titleColumns)
        let room = Self.detailColumns - count.count
        let detail = Shortened.middle(EscapedText(node.detail, limit: 2_000).text, columns: max(room, 6)) + count
        let whole = [node.title, node.detail].filter { !$0.isEmpty }.joined(separator: " · ")
        let drawing = [
            HTMLNode("title", [], [.evidence(whole), .text(count)]),
            HTMLNode(
                "rect",
                [
                    .class("card \(node.tone.className)"), HTMLAttribute("x", "\(x)"), HTMLAttribute("y", "\(y)"),
                    HTMLAttribute("width", "\(Self.boxWidth)"), HTMLAttribute("height", "\(Self.boxHeight)"),
                    HTMLAttribute("rx", "7"),
                ],
                []
            ),
            text("name", x + 11, y + (detail.isEmpty ? 27 : 19), title),
            detail.isEmpty
                ? .empty
                : text("detail", x + 11, y + 35, detail.hasPrefix(" · ") ? String(detail.dropFirst(3)) : detail),
        ]
        return HTMLNode("g", [], drawing + [.newline])
    }

    private func text(_ name: String, _ x: Int, _ y: Int, _ content: String) -> HTMLNode {
        HTMLNode(
            "text",
            [.class(name), HTMLAttribute("x", "\(x)"), HTMLAttribute("y", "\(y)")],
            [.text(content)]
        )
    }
}
