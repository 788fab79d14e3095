/// How text is laid out: the width of the page, and whether it may be coloured.
package struct TextStyle: Hashable, Sendable {
    /// Columns.
    package let width: Int
    /// Whether escape sequences for colours are written.
    package let isColoured: Bool

    package init(width: Int, isColoured: Bool) {
        self.width = max(width, Self.narrowest)
        self.isColoured = isColoured
    }

    /// Below this, tables no longer fit.
    static let narrowest = 40

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
