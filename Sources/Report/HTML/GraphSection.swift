internal import Presentation

/// The graph of a case on its page: the drawing, its legend, and every line of it in words.
package enum GraphSection {
    static let anchor = "graph"

    package static func node(_ lines: [ImageLine]) -> HTMLNode {
        let graph = ProvenanceGraph(lines)
        guard !graph.edges.isEmpty else { return .empty }
        let grouping =
            graph.isGrouped
            ? "There are too many to draw one by one: images are put together by verdict and repository, and of signers, "
                + "pipelines and commits those that fewest images have are in one box each."
            : ""
        return Section.major(
            anchor,
            "From images to commits",
            [
                HTMLNode(
                    "figure",
                    [],
                    [
                        Section.scrolling(
                            "Graph of images, signers, pipelines and commits",
                            [GraphPicture(graph).node]
                        ),
                        HTMLNode("figcaption", [], [.text(caption + grouping)]),
                    ]
                ),
                HTMLNode("details", [], [HTMLNode("summary", [], "The graph in words"), table(graph)]),
            ]
        )
    }

    private static let caption = """
        A whole line rests on a verified certificate or log; a broken one on the signer's own word, or on nobody's; a \
        dotted red one is contradicted or not authentic. 
        """

    private static func table(_ graph: ProvenanceGraph) -> HTMLNode {
        var table = HTMLTable(
            ["From", "To", "Images", "Rests on"],
            columns: ["wide", "wide", "number", "word"],
            caption: "Every line of the graph"
        )
        for edge in graph.edges {
            table.add([
                title(graph.nodes[edge.from]), title(graph.nodes[edge.to]), .text("\(edge.weight)"),
                Badge.node(words(edge.tone), edge.tone),
            ])
        }
        return table.node
    }

    private static func title(_ node: ProvenanceGraph.Node) -> HTMLNode {
        .sequence([
            .evidence(node.title),
            node.detail.isEmpty ? .empty : HTMLNode("div", [.class("source")], [.evidence(node.detail)]),
        ])
    }

    private static func words(_ tone: Tone) -> String {
        switch tone {
        case .good: "✓ attested"
        case .bad: "✗ contradicted or not authentic"
        case .doubtful: "! asserted"
        case .plain, .strong, .quiet: "· stated"
        }
    }
}
