/// Text in the language of manual pages (man(7)): nothing in it is taken for a request or an escape.
struct RoffText {
    private(set) var lines: [String] = []

    /// A request with arguments, each in quotes.
    mutating func request(_ name: String, _ arguments: String...) {
        lines.append(([".\(name)"] + arguments.map { "\"\($0)\"" }).joined(separator: " "))
    }

    /// Ends justification; the formatter's own request, which takes no quotes.
    mutating func leftAligned() {
        lines.append(".ad l")
    }

    /// A line of escaped pieces.
    mutating func line(_ pieces: String) {
        let isControl = pieces.hasPrefix(".") || pieces.hasPrefix("'")
        lines.append((isControl ? "\\&" : "") + pieces)
    }

    /// A paragraph.
    mutating func paragraph(_ text: String) {
        separate()
        line(Self.escaped(text))
    }

    /// Lines as they stand, such as examples: nothing is filled, and dashes and quotes can be copied into a shell.
    mutating func verbatim(_ text: [String]) {
        separate()
        request("nf")
        for entry in text { line(Self.literal(entry)) }
        request("fi")
    }

    /// Begins a paragraph; a heading begins one by itself.
    private mutating func separate() {
        guard let last = lines.last, !last.hasPrefix(".SH"), !last.hasPrefix(".SS") else { return }
        request("PP")
    }

    var text: String {
        lines.map { $0 + "\n" }.joined()
    }

    /// Prose.
    static func escaped(_ text: String) -> String {
        String(text.unicodeScalars.map { escape($0, isLiteral: false) }.joined())
    }

    /// What people type.
    static func literal(_ text: String) -> String {
        String(text.unicodeScalars.map { escape($0, isLiteral: true) }.joined())
    }

    static func bold(_ text: String) -> String {
        "\\fB\(literal(text))\\fR"
    }

    static func italic(_ text: String) -> String {
        "\\fI\(literal(text))\\fR"
    }

    private static func escape(_ scalar: Unicode.Scalar, isLiteral: Bool) -> String {
        switch scalar {
        case "\\": "\\(rs"
        case "^": "\\(ha"
        case "~": "\\(ti"
        case "`": "\\(ga"
        case "\"": "\\(dq"
        case "-": isLiteral ? "\\-" : "-"
        case "'": isLiteral ? "\\(aq" : "'"
        case "\n": " "
        default: scalar.isASCII ? String(scalar) : "\\[u\(codePoint(scalar))]"
        }
    }

    /// At least four digits, in capitals (groff_char(7)).
    private static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
