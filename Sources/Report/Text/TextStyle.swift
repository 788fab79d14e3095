/// How text is laid out: the width of the page, and whether it may be coloured.
package struct TextStyle: Hashable, Sendable {
    /// Columns.
    package let width: Int
    /// Whether escape sequences for colours are written.
    package let isColoured: Bool
    /// Whether long values are folded where they would otherwise be shortened.
    package let showsWhole: Bool

    package init(width: Int, isColoured: Bool, showsWhole: Bool = false) {
        self.width = max(width, Self.narrowest)
        self.isColoured = isColoured
        self.showsWhole = showsWhole
    }

    /// Below this, tables no longer fit.
    static let narrowest = 40

    /// A digest, an identifier or a record by the digits that people know it by, or whole when asked.
    func brief(_ identifier: some StringProtocol, digits: Int = 12) -> String {
        showsWhole ? String(identifier) : String(identifier.prefix(digits))
    }

    /// Text in a tone.
    func paint(_ text: String, _ tone: Tone) -> String {
        guard isColoured, let code = tone.code, !text.isEmpty else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}

/// What a colour says.
package enum Tone {
    case plain, good, bad, doubtful, quiet, strong

    /// The parameters of the terminal's "select graphic rendition".
    var code: String? {
        switch self {
        case .plain: nil
        case .good: "32"
        case .bad: "31;1"
        case .doubtful: "33"
        case .quiet: "2"
        case .strong: "1"
        }
    }
}
