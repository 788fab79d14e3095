internal import Presentation

/// What stands around the content of every page: head, skip link, title and foot.
struct PageFrame {
    /// The title of the window; from evidence.
    let title: String
    /// Name and version of the program.
    let tool: String

    /// Everything before the content.
    func opening(_ header: HTMLNode, contents: [(anchor: String, title: String)], home: String? = nil) -> String {
        let skip = HTMLNode("a", [.class("skip"), HTMLAttribute("href", "#main")], "Skip to the content")
        let navigation = contents.count < 2 && home == nil ? HTMLNode.empty : Self.navigation(contents, home)
        return "<!DOCTYPE html>\n<html lang=\"en\">\n" + head.markup + "\n<body>\n"
            + HTMLNode.sequence([skip, .newline, header, .newline, navigation, .newline]).markup
            + "<main id=\"main\">\n"
    }

    /// Everything after it.
    var closing: String {
        let foot = HTMLNode("footer", [], "Written by \(tool). Nothing in this file is loaded from elsewhere.")
        return "</main>\n" + foot.markup + "\n" + PageScript.node.markup + "\n</body>\n</html>\n"
    }

    private static func navigation(_ contents: [(anchor: String, title: String)], _ home: String?) -> HTMLNode {
        let back = home.map { HTMLNode("li", [], [HTMLNode("a", [HTMLAttribute("href", $0)], "← All images")]) }
        let items = contents.map { entry in
            HTMLNode("li", [], [HTMLNode("a", [HTMLAttribute("href", "#\(entry.anchor)")], entry.title)])
        }
        return HTMLNode(
            "nav",
            [HTMLAttribute("aria-label", "Contents")],
            [HTMLNode("ul", [], [back ?? .empty] + items)]
        )
    }

    private var head: HTMLNode {
        HTMLNode(
            "head",
            [],
            [
                .void("meta", [HTMLAttribute("charset", "utf-8")]), .newline,
                .void(
                    "meta",
                    [
                        HTMLAttribute("http-equiv", "Content-Security-Policy"),
                        HTMLAttribute("content", Self.policy),
                    ]
                ),
                .newline,
                .void(
                    "meta",
                    [
                        HTMLAttribute("name", "viewport"),
                        HTMLAttribute("content", "width=device-width, initial-scale=1"),
                    ]
                ),
                .newline,
                .void("meta", [HTMLAttribute("name", "color-scheme"), HTMLAttribute("content", "light dark")]),
                .newline,
                .void("meta", [HTMLAttribute("name", "referrer"), HTMLAttribute("content", "no-referrer")]), .newline,
                HTMLNode("title", [], [.text("Provenance report · "), .evidence(title)]), .newline,
                .style(StyleSheet.text), .newline,
            ]
        )
    }

    /// Nothing is loaded, and nothing runs but the page's own script; the style sheet stands in the page (Content Security
    /// Policy Level 3).
    private static let policy =
        "default-src 'none'; script-src \(PageScript.source); style-src 'unsafe-inline'; img-src data:; "
        + "base-uri 'none'; form-action 'none'"
}
