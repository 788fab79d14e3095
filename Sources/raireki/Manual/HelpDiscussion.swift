/// The longer text of a help page in its parts: paragraphs, lines as they stand, and sections with a heading in capitals.
struct HelpDiscussion {
    /// A part without a heading.
    enum Block: Equatable {
        case paragraph(String)
        /// Indented lines: examples, tables.
        case verbatim([String])
    }

    /// What stands below a heading.
    struct Section: Equatable {
        let title: String
        var blocks: [Block] = []
    }

    private(set) var opening: [Block] = []
    private(set) var sections: [Section] = []

    init(_ text: String) {
        var verbatim: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix(" ") {
                verbatim.append(line)
                continue
            }
            flush(&verbatim)
            if line.isEmpty { continue }
            if Self.isHeading(line) { sections.append(Section(title: line)) } else { append(.paragraph(line)) }
        }
        flush(&verbatim)
    }

    private mutating func flush(_ lines: inout [String]) {
        if !lines.isEmpty { append(.verbatim(lines)) }
        lines = []
    }

    private mutating func append(_ block: Block) {
        if sections.isEmpty { opening.append(block) } else { sections[sections.count - 1].blocks.append(block) }
    }

    private static func isHeading(_ line: String) -> Bool {
        line.contains(where: \.isLetter) && line.allSatisfy { $0.isUppercase || $0 == " " || $0 == "," }
    }
}
