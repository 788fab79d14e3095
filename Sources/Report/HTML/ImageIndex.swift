internal import CaseIndex
internal import Correlation
internal import Cryptography

/// The table of images, those that weigh most first.
enum ImageIndex {
    static let anchor = "images"

    /// Something with its link, if it has one.
    static func link(_ content: HTMLNode, _ address: String?) -> HTMLNode {
        address.map { HTMLNode("a", [HTMLAttribute("href", $0)], [content]) } ?? content
    }

    /// The order of pages: what weighs most first, then by name and digest.
    static func sorted(_ lines: [ImageLine]) -> [ImageLine] {
        lines.enumerated().sorted { one, other in
            let (first, second) = (one.element, other.element)
            if first.standing != second.standing { return first.standing.gravity < second.standing.gravity }
            let names = (Array(first.name.utf8), Array(second.name.utf8))
            if names.0 != names.1 { return names.0.lexicographicallyPrecedes(names.1) }
            return first.digest < second.digest
        }.map(\.element)
    }

    /// A table of some images.
    ///
    /// - Parameters:
    ///   - lines: The images, in the order of the table.
    ///   - address: Where an image's details are; nil where there are none.
    /// - Returns: The table.
    static func table(_ lines: some Sequence<ImageLine>, address: (ImageLine) -> String?) -> HTMLNode {
        var table = HTMLTable(
            ["Verdict", "Image", "Signed by", "Run", "Commit", "Findings"],
            columns: ["word", "name", "wide", "brief", "brief", "number"],
            caption: "Images, those that weigh most first"
        )
        for line in lines {
            let name = HTMLNode.evidence(line.name)
            let link = link(name, address(line))
            table.add([
                Badge.standing(line.standing),
                .sequence([link, HTMLNode("div", [.class("source")], [HTMLNode("code", [], line.digest.short)])]),
                line.signer.map { HTMLNode("code", [], [.evidence($0.value)]) }
                    ?? HTMLNode("span", [.class("note")], "nobody"),
                line.run.map { .evidence("\($0.isJob ? "job " : "")\($0.value)") } ?? .empty,
                line.commit.map { HTMLNode("code", [], [.evidence(Shortened.commit($0.value))]) } ?? .empty,
                .text("\(line.graveCount)"),
            ])
        }
        return table.node
    }
}

/// Long values in few letters.
enum Shortened {
    /// A commit by its first digits, when it is one.
    static func commit(_ value: String) -> String {
        let isHash = value.utf8.count >= 40 && value.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        return isHash ? String(value.prefix(12)) : value
    }

    /// Text of at most some columns; what is in the middle is left out.
    static func middle(_ text: String, columns: Int) -> String {
        guard DisplayWidth.of(text) > columns, columns > 3 else { return text }
        let half = (columns - 1) / 2
        return head(text, columns - 1 - half) + "…" + String(head(String(text.reversed()), half).reversed())
    }

    private static func head(_ text: String, _ columns: Int) -> String {
        var width = 0
        var result = ""
        for character in text {
            width += DisplayWidth.of(String(character))
            if width > columns { break }
            result.append(character)
        }
        return result
    }
}
