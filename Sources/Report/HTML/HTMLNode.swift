internal import Presentation

/// A piece of a page.
///
/// Text and attribute values are escaped when a node is made, and the names of elements and attributes are literals of
/// this program, so that evidence can never become markup.
package struct HTMLNode: Sendable {
    /// The markup; nothing but the makers below writes it.
    package let markup: String

    private init(markup: String) {
        self.markup = markup
    }

    /// An element.
    package init(_ name: StaticString, _ attributes: [HTMLAttribute] = [], _ children: [HTMLNode]) {
        let opening = "<\(name)\(attributes.map(\.markup).joined())>"
        markup = opening + children.map(\.markup).joined() + "</\(name)>"
    }

    /// An element that holds text of this program.
    package init(_ name: StaticString, _ attributes: [HTMLAttribute] = [], _ text: String) {
        self.init(name, attributes, [.text(text)])
    }

    /// Text that this program wrote, or that was escaped for people when it was stored.
    package static func text(_ text: String) -> HTMLNode {
        HTMLNode(markup: HTMLEscaping.escape(text))
    }

    /// Text from evidence: what is hidden or moves is shown as an escape.
    package static func evidence(_ text: String) -> HTMLNode {
        .text(EscapedText(text, limit: TextCell.limit).text)
    }

    /// Nothing.
    package static let empty = HTMLNode(markup: "")

    /// An element without content, for example `meta`.
    package static func void(_ name: StaticString, _ attributes: [HTMLAttribute]) -> HTMLNode {
        HTMLNode(markup: "<\(name)\(attributes.map(\.markup).joined())>")
    }

    /// A style sheet of this program.
    static func style(_ sheet: StaticString) -> HTMLNode {
        HTMLNode(markup: "<style>\n\(sheet)\n</style>")
    }

    /// A script of this program.
    static func script(_ text: StaticString) -> HTMLNode {
        HTMLNode(markup: "<script>\n\(text)\n</script>")
    }

    /// Several nodes in a row.
    package static func sequence(_ nodes: [HTMLNode]) -> HTMLNode {
        HTMLNode(markup: nodes.map(\.markup).joined())
    }

    /// A line break in the markup, for people who read the source.
    package static let newline = HTMLNode(markup: "\n")
}

/// One attribute.
package struct HTMLAttribute: Sendable {
    package let markup: String

    package init(_ name: StaticString, _ value: String) {
        markup = " \(name)=\"\(HTMLEscaping.escape(value))\""
    }

    /// The classes of an element.
    package static func `class`(_ names: String) -> HTMLAttribute {
        HTMLAttribute("class", names)
    }
}

/// Escapes for text and for quoted attribute values alike (HTML, "Text" and "Attributes").
enum HTMLEscaping {
    static func escape(_ text: String) -> String {
        var result = ""
        for scalar in VisibleText.guarded(text, keepingLineFeeds: true).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
