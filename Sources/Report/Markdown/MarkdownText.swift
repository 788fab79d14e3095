internal import Presentation

/// Text from evidence inside Markdown: no link, no emphasis, no raw HTML and no table cell can come from it.
enum MarkdownText {
    private static let special = Set("\\`*_{}[]<>#|~&:@".unicodeScalars)

    /// Plain text.
    static func escape(_ text: String) -> String {
        escape(alreadyShown: EscapedText(text, limit: TextCell.limit).text)
    }

    /// Text that was escaped for people when it was stored.
    static func escape(alreadyShown text: String) -> String {
        var result = ""
        for scalar in VisibleText.guarded(text).unicodeScalars {
            if scalar == "<" {
                result += "&lt;"
            } else if scalar == "&" {
                result += "&amp;"
            } else {
                if special.contains(scalar) { result += "\\" }
                result.unicodeScalars.append(scalar)
            }
        }
        // Some readers make links of bare host names.
        return result.replacing("www.", with: "www\\.")
    }

    /// A code span: the fence is longer than any run of backticks in the text, and a bar cannot end a table's cell.
    static func code(_ text: String) -> String {
        let shown = EscapedText(text, limit: TextCell.limit).text.replacing("|", with: "\\|")
        guard !shown.isEmpty else { return "" }
        var longest = 0
        var run = 0
        for byte in shown.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let pad = longest > 0 ? " " : ""
        return fence + pad + shown + pad + fence
    }
}
