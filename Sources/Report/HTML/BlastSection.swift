internal import CaseIndex
package import Correlation
package import Cryptography

/// What is taken for compromised, what that affects, and in which order to build anew.
package enum BlastSection {
    static let anchor = "distrust"
    private static let rowLimit = 1_000

    package static func node(_ blast: Blast, address: (Digest) -> String? = { _ in nil }) -> HTMLNode {
        let direct = blast.images.count { !$0.directs.isEmpty }
        return Section.major(
            anchor,
            "Distrust and what it affects",
            [
                distrusts(blast),
                HTMLNode(
                    "p",
                    [.class("lead")],
                    """
                    \(Count.text(direct, "image is affected directly", plural: "images are affected directly")), and \
                    \(Count.text(blast.images.count - direct, "further one", plural: "further ones")) through them.
                    """
                ),
                images(blast, address), order(blast),
            ]
        )
    }

    private static func distrusts(_ blast: Blast) -> HTMLNode {
        var table = HTMLTable(
            ["What", "Value", "When", "Why"],
            columns: ["fact", "wide", "time", "plain"],
            caption: "What is taken for compromised"
        )
        for distrust in blast.distrusts {
            let window = distrust.window
            let time =
                distrust.hasWindow
                ? "\(window.first.map { "\($0)" } ?? "ever") to \(window.last.map { "\($0)" } ?? "now")" : "always"
            table.add([
                .text(distrust.criterion.kind.rawValue), HTMLNode("code", [], [.evidence(distrust.criterion.value)]),
                .text(time), .evidence(distrust.reason),
            ])
        }
        return table.node
    }

    private static func images(_ blast: Blast, _ address: (Digest) -> String?) -> HTMLNode {
        guard !blast.images.isEmpty else { return .empty }
        let names = Dictionary(blast.images.map { ($0.image, name($0)) }) { first, _ in first }
        var table = HTMLTable(
            ["Affected", "Image", "Because"],
            columns: ["word", "name", "wide"],
            caption: "The images that are affected"
        )
        for image in blast.images.prefix(rowLimit) {
            let isDirect = !image.directs.isEmpty
            table.add([
                Badge.node(
                    isDirect ? "✗ directly" : "! \(Count.text(image.distance, "step")) away",
                    isDirect ? .bad : .doubtful
                ),
                .sequence([
                    ImageIndex.link(.evidence(name(image)), address(image.image)),
                    HTMLNode("div", [.class("source")], [HTMLNode("code", [], "\(image.image)")]),
                ]),
                reasons(image, names),
            ])
        }
        return .sequence([table.node, Cut.note(blast.images.count, of: rowLimit, "image")])
    }

    private static func name(_ image: AffectedImage) -> String {
        image.names.isEmpty ? image.image.short : image.names.joined(separator: ", ")
    }

    private static func reasons(_ image: AffectedImage, _ names: [Digest: String]) -> HTMLNode {
        let directs = image.directs.prefix(4).map { reason in
            HTMLNode(
                "div",
                [],
                [
                    .text("\(reason.distrust.criterion.kind.rawValue) "),
                    HTMLNode("code", [], [.evidence(reason.distrust.criterion.value)]),
                    reason.isTimeUnknown ? .text(", at a time that nobody knows") : .empty,
                ]
            )
        }
        let links = image.links.prefix(4).map { link in
            HTMLNode(
                "div",
                [],
                [
                    .text("\(words(link.kind)) "), .evidence(names[link.from] ?? link.from.short),
                    link.evidence.isEmpty
                        ? .empty
                        : HTMLNode("span", [.class("source")], [.text(" ("), .evidence(link.evidence), .text(")")]),
                ]
            )
        }
        return .sequence(directs + links)
    }

    private static func words(_ kind: BlastLink.Kind) -> String {
        switch kind {
        case .derived: "built on"
        case .derivedExpanded: "built on, compressed anew,"
        case .statedBase: "says, unsigned, that its base is"
        case .sharesLayer: "has a layer of"
        case .lists: "lists"
        case .listed: "is listed by"
        }
    }

    private static func order(_ blast: Blast) -> HTMLNode {
        guard !blast.rebuildOrder.isEmpty else { return .empty }
        let names = Dictionary(blast.images.map { ($0.image, name($0)) }) { first, _ in first }
        let items = blast.rebuildOrder.prefix(rowLimit).map { digest in
            HTMLNode(
                "li",
                [],
                [.evidence(names[digest] ?? digest.short), .text(" "), HTMLNode("code", [], digest.short)]
            )
        }
        return HTMLNode(
            "details",
            [],
            [
                HTMLNode("summary", [], "The order in which to build anew, bases first"), HTMLNode("ol", [], items),
                Cut.note(blast.rebuildOrder.count, of: rowLimit, "image"),
            ]
        )
    }
}
