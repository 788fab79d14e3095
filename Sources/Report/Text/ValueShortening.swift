/// Makes long values (digests, identities, addresses) of a table fit a line.
///
/// Sentences fold; a value is one word, and in pieces nobody reads it. What is cut shows as `…`, and two values of one
/// column that differ never look the same because of it: a column in which they would is left whole.
enum ValueShortening {
    /// The digits by which people know a digest.
    private static let digits = 12

    /// Of a value in fewer columns nobody knows what it was.
    private static let narrowest = 24

    /// Whether a cell holds a value of evidence rather than words.
    private static func isValue(_ cell: TextCell) -> Bool {
        cell.isEvidence && !cell.text.utf8.contains(UInt8(ascii: " "))
    }

    /// Digests and names of commits by their first digits.
    static func digests(_ column: [TextCell]) -> [TextCell] {
        shortened(column) { cell in
            let text = cell.text
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, let hex = parts.last, hex.utf8.count >= 32, hex.utf8.allSatisfy(isHexDigit)
            else { return nil }
            return text.dropLast(hex.utf8.count - digits) + "…"
        }
    }

    /// Values that are wider than their column, without what stands in their middle; in a narrow column they fold.
    static func middles(_ column: [TextCell], width: Int) -> [TextCell] {
        guard width >= narrowest else { return column }
        return shortened(column) { cell in
            guard isValue(cell), DisplayWidth.of(cell.text) > width else { return nil }
            return Shortened.middle(cell.text, columns: width)
        }
    }

    private static func shortened(_ column: [TextCell], _ cut: (TextCell) -> String?) -> [TextCell] {
        var wholes: [String: String] = [:]
        var cells: [TextCell] = []
        for cell in column {
            let text = cut(cell) ?? cell.text
            // Bytes are compared: what is canonically equivalent may be different text all the same.
            if let other = wholes[text], !other.utf8.elementsEqual(cell.text.utf8) { return column }
            wholes[text] = cell.text
            cells.append(TextCell(shown: text, cell.tone, isEvidence: cell.isEvidence))
        }
        return cells
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
