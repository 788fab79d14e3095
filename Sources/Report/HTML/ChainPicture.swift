internal import CaseIndex
internal import Correlation

/// The way from an image to its commit as a drawing: a card for each station, and between two of them a line that says
/// by its colour what the step rests on.
struct ChainPicture {
    private let layout: Layout
    private let cards: [ChainCard]

    /// How the cards are arranged, and with which measures, in units of the drawing.
    struct Layout {
        let isVertical: Bool
        let cardWidth: Int
        let gap: Int
        /// Characters of a value on a line.
        let valueColumns: Int
        /// Characters of a detail on a line.
        let detailColumns: Int

        /// Cards in a row.
        static let wide = Layout(isVertical: false, cardWidth: 164, gap: 26, valueColumns: 19, detailColumns: 23)
        /// Cards below one another.
        static let narrow = Layout(isVertical: true, cardWidth: 340, gap: 22, valueColumns: 42, detailColumns: 50)
    }

    private static let margin = 2
    private static let padding = 12
    private static let lineHeight = 16
    /// Title, basis and the space around them.
    private static let frameHeight = 62

    init(chain: ProvenanceChain, layout: Layout) {
        self.layout = layout
        cards = chain.links.map {
            ChainCard($0, valueColumns: layout.valueColumns, detailColumns: layout.detailColumns)
        }
    }

    var node: HTMLNode {
        let frames = self.frames
        let width = (frames.last.map { $0.x + layout.cardWidth } ?? 0) + Self.margin
        let height = (frames.map { $0.y + $0.height }.max() ?? 0) + Self.margin
        let drawing = zip(cards, frames).enumerated().map { index, pair in
            HTMLNode.sequence([index == 0 ? .empty : line(to: pair.1, pair.0), card(pair.0, pair.1), .newline])
        }
        return HTMLNode(
            "svg",
            [
                .class(layout.isVertical ? "chain narrow" : "chain wide"),
                HTMLAttribute("viewBox", "0 0 \(width) \(height)"), HTMLAttribute("role", "img"),
                HTMLAttribute("aria-label", label),
            ],
            drawing
        )
    }

    /// Where a card lies.
    private struct Frame {
        let x, y, height: Int
    }

    /// In a row all cards are as high as the highest.
    private var frames: [Frame] {
        let heights = cards.map { Self.frameHeight + $0.lineCount * Self.lineHeight }
        guard layout.isVertical else {
            let height = heights.max() ?? 0
            return cards.indices.map { index in
                Frame(x: Self.margin + index * (layout.cardWidth + layout.gap), y: Self.margin, height: height)
            }
        }
        var y = Self.margin
        return heights.map { height in
            defer { y += height + layout.gap }
            return Frame(x: Self.margin, y: y, height: height)
        }
    }

    /// The whole chain in one sentence, for those who cannot see it.
    private var label: String {
        "From the image to its source: "
            + cards.map { Self.words($0.link) }.joined(separator: "; ")
    }

    private static func words(_ link: ChainLink) -> String {
        let words = "\(link.station.rawValue), \(link.basis.rawValue)"
        return link.objection == nil ? words : words + ", with an objection"
    }

    private func line(to frame: Frame, _ card: ChainCard) -> HTMLNode {
        let path =
            layout.isVertical
            ? "M\(frame.x + layout.cardWidth / 2) \(frame.y - layout.gap + 2)V\(frame.y - 3)m-4 -5l4 5l4 -5"
            : "M\(frame.x - layout.gap + 3) \(frame.y + frame.height / 2)H\(frame.x - 4)m-5 -4l5 4l-5 4"
        return HTMLNode("path", [.class("line \(card.tone.className)"), HTMLAttribute("d", path)], [])
    }

    private func card(_ card: ChainCard, _ frame: Frame) -> HTMLNode {
        let tone = card.tone.className
        let left = frame.x + Self.padding
        let body =
            card.value.map { ("value", $0) } + card.detail.map { ("detail", $0) }
            + card.objection.map { ("objection", $0) }
        let texts = body.enumerated().map { row, line in
            text(line.0, left, frame.y + 44 + row * Self.lineHeight, line.1)
        }
        let whole = [card.link.value, card.link.detail, card.link.objection].compactMap(\.self).joined(separator: " · ")
        return HTMLNode(
            "g",
            [],
            [HTMLNode("title", [], [.evidence(whole)]), box(frame, tone)]
                + [text("station", left, frame.y + 23, card.link.station.rawValue)] + texts
                + [
                    text(
                        "basis \(card.link.basis.tone.className)",
                        left,
                        frame.y + frame.height - 12,
                        card.link.basis.rawValue
                    )
                ]
        )
    }

    private func box(_ frame: Frame, _ tone: String) -> HTMLNode {
        HTMLNode(
            "rect",
            [
                .class("card \(tone)"), HTMLAttribute("x", "\(frame.x)"), HTMLAttribute("y", "\(frame.y)"),
                HTMLAttribute("width", "\(layout.cardWidth)"), HTMLAttribute("height", "\(frame.height)"),
                HTMLAttribute("rx", "8"),
            ],
            []
        )
    }

    private func text(_ name: String, _ x: Int, _ y: Int, _ content: String) -> HTMLNode {
        HTMLNode(
            "text",
            [.class(name), HTMLAttribute("x", "\(x)"), HTMLAttribute("y", "\(y)")],
            [.text(content)]
        )
    }
}
