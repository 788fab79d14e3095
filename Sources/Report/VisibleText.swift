/// The last guard before a page: whatever a record holds, no character is printed that hides text or moves the cursor.
///
/// Sentences in records were escaped when they were stored, so that backslashes are left as they are; should one of them
/// not have been, it still does no harm.
enum VisibleText {
    /// The text with every control, format and separating character as `\\u{…}`.
    static func guarded(_ text: String, keepingLineFeeds: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar), !(keepingLineFeeds && scalar == "\n") {
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether a character cannot be seen, or changes how others are seen.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20..<0x7F).contains(scalar.value) { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
        default: return false
        }
    }
}
