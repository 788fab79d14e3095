internal import CaseIndex
internal import Correlation

/// The way from an image to its commit as a drawing: a card for each station, and between two of them a line that says
/// by its stroke what the step rests on.
struct ChainPicture {
    let chain: ProvenanceChain
    let layout: Layout

    /// How the cards are arranged, and with which measures, in units of the drawing.
    struct Layout {
        let isVertical: Bool
        let cardWidth: Int
        let cardHeight: Int
        let gap: Int
        /// Characters of a value on a line.
        let valueColumns: Int
        /// Characters of a detail on a line.
        let detailColumns: Int

        /// Six cards in a row.
        static let wide = Layout(
            isVertical: false,
            cardWidth: 158,
            cardHeight: 148,
            gap: 26,
            valueColumns: 19,
            detailColumns: 23
        )
        /// Cards below one another.
        static let narrow = Layout(
            isVertical: true,
            cardWidth: 340,
            cardHeight: 116,
            gap: 22,
            valueColumns: 42,
            detailColumns: 52
        )
    }

    private static let margin = 2
    private static let padding = 12
    private static let lineHeight = 16

    var node: HTMLNode {
        let count = chain.links.count
        let along = count * (layout.isVertical ? layout.cardHeight : layout.cardWidth) + max(0, count - 1) * layout.gap
        let (width, height) = layout.isVertical ? (layout.cardWidth, along) : (along, layout.cardHeight)
        let box = "0 0 \(width + 2 * Self.margin) \(height + 2 * Self.margin)"
        let cards = chain.links.enumerated().flatMap { index, link in
            [index == 0 ? .empty : line(before: index, link), card(at: index, link), .newline]
        }
        return HTMLNode(
            "svg",
            [
                .class(layout.isVertical ? "chain narrow" : "chain wide"), HTMLAttribute("viewBox", box),
                HTMLAttribute("role", "img"), HTMLAttribute("aria-label", label),
            ],
            cards
        )
    }

    /// The whole chain in one sentence, for those who cannot see it.
    private var label: String {
        "From the image to its source: "
            + chain.links.map { "\($0.station.rawValue), \($0.basis.rawValue)" }.joined(separator: "; ")
    }

    private func origin(_ index: Int) -> (x: Int, y: Int) {
        let step = (layout.isVertical ? layout.cardHeight : layout.cardWidth) + layout.gap
        return layout.isVertical
            ? (Self.margin, Self.margin + index * step) : (Self.margin + index * step, Self.margin)
    }

    private func line(before index: Int, _ link: ChainLink) -> HTMLNode {
        let (x, y) = origin(index)
        let path =
            layout.isVertical
            ? "M\(x + layout.cardWidth / 2) \(y - layout.gap + 2)V\(y - 3)m-4 -5l4 5l4 -5"
            : "M\(x - layout.gap + 3) \(y + layout.cardHeight / 2)H\(x - 4)m-5 -4l5 4l-5 4"
        return HTMLNode("path", [.class("line \(link.basis.tone.className)"), HTMLAttribute("d", path)], [])
    }

    private func card(at index: Int, _ link: ChainLink) -> HTMLNode {
        let (x, y) = origin(index)
        let left = x + Self.padding
        let frame = HTMLNode(
            "rect",
            [
                .class("card \(link.basis.tone.className)"), HTMLAttribute("x", "\(x)"), HTMLAttribute("y", "\(y)"),
                HTMLAttribute("width", "\(layout.cardWidth)"), HTMLAttribute("height", "\(layout.cardHeight)"),
                HTMLAttribute("rx", "8"),
            ],
            []
        )
        let title = text("station", left, y + 22, link.station.rawValue)
        let value = lines(link.shownValue, columns: layout.valueColumns, limit: 3)
        let detail = lines(link.shownDetail, columns: layout.detailColumns, limit: max(0, 4 - value.count))
        let body = value.map { ("value", $0) } + detail.map { ("detail", $0) }
        let texts = body.enumerated().map { row, line in
            text(line.0, left, y + 42 + row * Self.lineHeight, line.1)
        }
        let basis = text("basis \(link.basis.tone.className)", left, y + layout.cardHeight - 12, link.basis.rawValue)
        let whole = [link.value, link.detail].compactMap(\.self).joined(separator: " · ")
        let tooltip = HTMLNode("title", [], [.evidence(whole)])
        return HTMLNode("g", [], [tooltip, frame, title] + texts + [basis])
    }

    private func lines(_ text: String, columns: Int, limit: Int) -> [String] {
        guard !text.isEmpty else { return [] }
        let folded = TextFolding.fold(TextCell(evidence: text).text, width: columns)
        guard folded.count > limit, limit > 0 else { return Array(folded.prefix(limit)) }
        return Array(folded.prefix(limit - 1)) + [String(folded[limit - 1].prefix(columns - 1)) + "…"]
    }

    private func text(_ name: String, _ x: Int, _ y: Int, _ content: String) -> HTMLNode {
        HTMLNode(
            "text",
            [.class(name), HTMLAttribute("x", "\(x)"), HTMLAttribute("y", "\(y)")],
            [.text(content)]
        )
    }
}

extension ChainLink {
    /// The value as the picture shows it; long digests are cut, the page has them whole.
    var shownValue: String {
        guard let value else { return "not known" }
        switch station {
        case .image, .commit: return value.utf8.count > 24 ? String(value.prefix(station == .image ? 19 : 12)) : value
        case .signature: return value.replacing("-", with: " ")
        case .job, .pipeline: return "#" + value
        case .certificate: return value.shortenedAddress
        }
    }

    /// The detail as the picture shows it.
    var shownDetail: String {
        detail?.shortenedAddress ?? ""
    }
}

extension String {
    /// An address without its scheme.
    fileprivate var shortenedAddress: String {
        replacing("https://", with: "")
    }
}
