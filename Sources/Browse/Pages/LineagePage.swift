internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// What an image is derived from, and what is derived from it.
enum LineagePage {
    private static let nodeLimit = 500

    static func page(_ image: Digest, _ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow([])
        // Of an index, its first manifest.
        let child = try sources.reader.relationships(from: image).first { $0.kind == .child }
        let manifest = child?.target ?? image
        let lineage = try Lineage(around: manifest, sources.reader)
        return Page(
            title: "Lineage of \(try sources.name(of: image))",
            lead: "By layer digests, by uncompressed bytes, or as an unsigned annotation says.",
            place: .tags
        ) {
            var tree = LineageTree(lineage, manifest, sources, left: nodeLimit)
            let roots = try lineage.roots(of: manifest).map { try tree.node($0, from: nil, depth: 0) }
            let missing = (lineage.edges[manifest] ?? []).filter { $0.origin == nil }.map { edge in
                HTMLNode(
                    "p",
                    [.class("notice")],
                    [.text("derived from "), .evidence(edge.name ?? ""), .text(", which is not in the case")]
                )
            }
            return [HTMLNode("ul", [.class("tree")], roots)] + missing
        } document: {
            try LineageJSON.document(lineage, manifest, sources.reader)
        }
    }
}

/// The tree as nested lists.
private struct LineageTree {
    private let lineage: Lineage
    private let image: Digest
    private let sources: PageSources
    private let ancestry: Set<Digest>
    private var shown: Set<Digest> = []
    private var left: Int

    init(_ lineage: Lineage, _ image: Digest, _ sources: PageSources, left: Int) {
        self.lineage = lineage
        self.image = image
        self.sources = sources
        self.left = left
        ancestry = lineage.ancestry(of: image)
    }

    mutating func node(_ digest: Digest, from parent: Digest?, depth: Int) throws -> HTMLNode {
        left -= 1
        let isNew = shown.insert(digest).inserted
        let edge = lineage.edges[digest]?.first { parent != nil && $0.origin == parent }
        let name = try sources.name(of: digest)
        var content = [
            Link.node(
                Link.address(of: digest),
                [digest == image ? HTMLNode("strong", [], [.evidence(name)]) : .evidence(name)]
            ),
            .text(" "), HTMLNode("code", [], digest.short), .text(" "),
            edge.map { Badge.node($0.basis.rawValue, $0.basis == .statement ? .doubtful : .good) } ?? .empty,
            isNew ? .empty : .text(" (shown above)"),
        ]
        let children = lineage.shownChildren(of: digest, around: image, ancestry)
        if isNew, !children.isEmpty {
            guard depth < 50, left > 0 else {
                content.append(.text(" … \(Count.text(children.count, "more image")) below; the JSON twin has them"))
                return HTMLNode("li", [], content)
            }
            var items: [HTMLNode] = []
            for child in children where left > 0 { items.append(try node(child, from: digest, depth: depth + 1)) }
            let rest = children.count - items.count
            if rest > 0 { items.append(HTMLNode("li", [], "and \(Count.text(rest, "more image"))")) }
            content.append(HTMLNode("ul", [.class("tree")], items))
        }
        return HTMLNode("li", [], content)
    }
}
