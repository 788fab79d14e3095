internal import Presentation

/// One cell: safe text in one tone.
struct TextCell {
    let text: String
    let tone: Tone
    /// Whether it is from evidence: our own words are never cut.
    let isEvidence: Bool

    /// Text of our own, or text that has been escaped.
    init(_ text: String, _ tone: Tone = .plain) {
        self.init(shown: text, tone, isEvidence: false)
    }

    /// Text that can be shown.
    init(shown text: String, _ tone: Tone, isEvidence: Bool) {
        self.text = VisibleText.guarded(text)
        self.tone = tone
        self.isEvidence = isEvidence
    }

    /// Text from evidence.
    init(evidence text: String, _ tone: Tone = .plain) {
        self.init(shown: EscapedText(text, limit: Self.limit).text, tone, isEvidence: true)
    }

    /// Characters of one field that are shown at most; JSON has the rest.
    static let limit = 4096
}

/// Columns that fit the page: the widest give way first, and long cells fold.
struct TextTable {
    private let header: [String]
    private var rows: [[TextCell]] = []
    private let indentation: Int

    /// Blanks between two columns.
    private static let gap = 2
    /// No column gets narrower by folding.
    private static let narrowestColumn = 10

    init(_ header: [String] = [], indentation: Int = 0) {
        self.header = header
        self.indentation = indentation
    }

    mutating func add(_ cells: [TextCell]) {
        rows.append(cells)
    }

    /// The lines, without blanks at their ends.
    func lines(_ style: TextStyle) -> [String] {
        let titles = header.isEmpty ? [] : [header.map { TextCell($0, .quiet) }]
        let all = shortened(titles + rows, style)
        let widths = columnWidths(all, available: style.width - indentation)
        return all.flatMap { lines(of: $0, widths, style) }
    }

    /// A list that does not fit has its long values cut, so that a row stays a line; facts without a header are kept whole.
    private func shortened(_ all: [[TextCell]], _ style: TextStyle) -> [[TextCell]] {
        let available = style.width - indentation
        guard !header.isEmpty, !style.showsWhole, !fits(all, available) else { return all }
        let brief = Self.mapColumns(all) { _, column in ValueShortening.digests(column) }
        guard !fits(brief, available) else { return brief }
        let widths = columnWidths(brief, available: available)
        return Self.mapColumns(brief) { ValueShortening.middles($1, width: widths[$0]) }
    }

    private func fits(_ all: [[TextCell]], _ available: Int) -> Bool {
        let widths = columnWidths(all, available: .max)
        return widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) <= available
    }

    /// The rows after each column was changed by itself; rows may be shorter than others.
    private static func mapColumns(_ rows: [[TextCell]], _ change: (Int, [TextCell]) -> [TextCell]) -> [[TextCell]] {
        var result = rows
        for column in 0..<(rows.map(\.count).max() ?? 0) {
            let places = rows.indices.filter { column < rows[$0].count }
            for (place, cell) in zip(places, change(column, places.map { rows[$0][column] })) {
                result[place][column] = cell
            }
        }
        return result
    }

    private func columnWidths(_ all: [[TextCell]], available: Int) -> [Int] {
        let count = all.map(\.count).max() ?? 0
        var widths = (0..<count).map { column in
            all.map { column < $0.count ? DisplayWidth.of($0[column].text) : 0 }.max() ?? 0
        }
        let room = available == .max ? Int.max : available - Self.gap * max(0, count - 1)
        while widths.reduce(0, +) > room, let widest = widths.max(), widest > Self.narrowestColumn,
            let column = widths.lastIndex(of: widest)
        {
            let second = widths.filter { $0 < widest }.max() ?? Self.narrowestColumn
            let excess = widths.reduce(0, +) - room
            widths[column] = max(Self.narrowestColumn, min(widest - 1, max(second, widest - excess)))
        }
        return widths
    }

    private func lines(of row: [TextCell], _ widths: [Int], _ style: TextStyle) -> [String] {
        let folded = row.enumerated().map { TextFolding.fold($1.text, width: widths[$0]) }
        let height = folded.map(\.count).max() ?? 0
        return (0..<height).map { line in
            var text = String(repeating: " ", count: indentation)
            var missing = 0
            for (column, pieces) in folded.enumerated() {
                let piece = line < pieces.count ? pieces[line] : ""
                if !piece.isEmpty {
                    text += String(repeating: " ", count: missing) + style.paint(piece, row[column].tone)
                    missing = 0
                }
                missing += widths[column] - DisplayWidth.of(piece) + Self.gap
            }
            return text
        }
    }
}

/// Breaks text into lines: at blanks where there are some, else after `/`, `-` and the like, else anywhere.
enum TextFolding {
    static func fold(_ text: String, width: Int) -> [String] {
        guard DisplayWidth.of(text) > width, width > 0 else { return [text] }
        var lines: [String] = []
        var line: [Unicode.Scalar] = []
        var used = 0
        for scalar in text.unicodeScalars {
            let size = DisplayWidth.of(scalar)
            if used + size > width, scalar == " " {
                lines.append(string(line))
                (line, used) = ([], 0)
                continue
            }
            if used + size > width, !line.isEmpty {
                let rest = breakLine(&line, into: &lines)
                line = rest
                used = rest.reduce(0) { $0 + DisplayWidth.of($1) }
            }
            line.append(scalar)
            used += size
        }
        if !line.isEmpty { lines.append(string(line)) }
        return lines
    }

    /// Ends a line at its last good place; answers what belongs to the next.
    private static func breakLine(_ line: inout [Unicode.Scalar], into lines: inout [String]) -> [Unicode.Scalar] {
        if let blank = line.lastIndex(of: " "), blank > 0 {
            lines.append(string(line[..<blank]))
            return Array(line[(blank + 1)...])
        }
        if let mark = line.lastIndex(where: { "/-:@.".unicodeScalars.contains($0) }), mark > line.count / 2 {
            lines.append(string(line[...mark]))
            return Array(line[(mark + 1)...])
        }
        lines.append(string(line))
        return []
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
