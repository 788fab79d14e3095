/// Looks for anchors (`&name`) in YAML before it is read; without an anchor there can be no alias.
///
/// It would rather see one too many: an ampersand after a blank, a bracket or a quotation mark and before a letter is
/// taken for an anchor even in a quoted text. A line that is a comment is not.
enum AnchorScan {
    /// The first line that may hold an anchor, from 1.
    static func firstLine(_ bytes: [UInt8]) -> Int? {
        let lines = bytes.split(omittingEmptySubsequences: false) { $0 == newline || $0 == carriageReturn }
        return lines.firstIndex(where: mayHoldAnchor).map { $0 + 1 }
    }

    private static func mayHoldAnchor(_ line: ArraySlice<UInt8>) -> Bool {
        let isComment = line.first { $0 != space && $0 != tab } == hash && line.allSatisfy { $0 < 0x80 }
        guard !isComment else { return false }
        return line.indices.contains { index in
            guard line[index] == ampersand else { return false }
            let isOpen = index == line.startIndex || line[index - 1] >= 0x80 || openers.contains(line[index - 1])
            let next = index + 1
            return isOpen && next < line.endIndex && line[next] != space && line[next] != tab
        }
    }

    private static let openers = Array(" \t[{,:\"'".utf8)
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")
    private static let hash = UInt8(ascii: "#")
    private static let ampersand = UInt8(ascii: "&")
}
