internal import Presentation
internal import Report

/// What stands around every page: head, menu, search, foot.
struct PageShell {
    /// Where the case lies.
    let casePath: String
    /// Name and version of the program.
    let tool: String

    /// Where the style sheet lies.
    static let sheetAddress = "/style.css"

    /// The whole page; `twin` is the address of its JSON twin, if it has one.
    func markup(title: String, lead: String, place: Menu?, twin: String?, search: String = "", _ nodes: [HTMLNode])
        -> String
    {
        let heading = HTMLNode(
            "header",
            [.class("page")],
            [
                HTMLNode("h1", [], [.evidence(title)]),
                lead.isEmpty ? .empty : HTMLNode("p", [.class("note")], lead),
            ]
        )
        let body = HTMLNode(
            "body",
            [],
            [
                HTMLNode("a", [.class("skip"), HTMLAttribute("href", "#main")], "Skip to the content"), .newline,
                banner(search), .newline, menu(place), .newline,
                HTMLNode(
                    "main",
                    [HTMLAttribute("id", "main")],
                    [heading, .newline] + nodes.flatMap { [$0, .newline] }
                ),
                .newline, foot(twin), .newline,
            ]
        )
        let page = HTMLNode("html", [HTMLAttribute("lang", "en")], [head(title), .newline, body])
        return "<!DOCTYPE html>\n" + page.markup + "\n"
    }

    private func head(_ title: String) -> HTMLNode {
        HTMLNode(
            "head",
            [],
            [
                .void("meta", [HTMLAttribute("charset", "utf-8")]),
                .void(
                    "meta",
                    [
                        HTMLAttribute("name", "viewport"),
                        HTMLAttribute("content", "width=device-width, initial-scale=1"),
                    ]
                ),
                .void("meta", [HTMLAttribute("name", "color-scheme"), HTMLAttribute("content", "light dark")]),
                HTMLNode("title", [], [.evidence(title), .text(" · Raireki")]),
                .void(
                    "link",
                    [HTMLAttribute("rel", "stylesheet"), HTMLAttribute("href", Self.sheetAddress)]
                ),
                // Browsers ask for one otherwise.
                .void("link", [HTMLAttribute("rel", "icon"), HTMLAttribute("href", "/icon.svg")]),
            ]
        )
    }

    private func banner(_ search: String) -> HTMLNode {
        HTMLNode(
            "div",
            [.class("banner"), HTMLAttribute("role", "banner")],
            [
                HTMLNode("a", [.class("home"), HTMLAttribute("href", "/")], "Raireki"),
                HTMLNode(
                    "form",
                    [
                        HTMLAttribute("action", "/search"), HTMLAttribute("method", "get"),
                        HTMLAttribute("role", "search"),
                    ],
                    [
                        .void(
                            "input",
                            [
                                HTMLAttribute("type", "search"), HTMLAttribute("name", "q"),
                                HTMLAttribute("aria-label", "Search the case"), HTMLAttribute("maxlength", "1000"),
                                HTMLAttribute("placeholder", "digest, commit, tag, identity, path, annotation"),
                                HTMLAttribute("value", EscapedText(search, limit: 1_000).text),
                            ]
                        ),
                        HTMLNode("button", [HTMLAttribute("type", "submit")], "Search"),
                    ]
                ),
            ]
        )
    }

    private func menu(_ place: Menu?) -> HTMLNode {
        let items = Menu.allCases.map { entry in
            let current = entry == place ? [HTMLAttribute("aria-current", "page")] : []
            return HTMLNode(
                "li",
                [],
                [HTMLNode("a", [HTMLAttribute("href", "/\(entry.rawValue)")] + current, entry.title)]
            )
        }
        return HTMLNode("nav", [HTMLAttribute("aria-label", "Pages")], [HTMLNode("ul", [], items)])
    }

    private func foot(_ twin: String?) -> HTMLNode {
        let link = twin.map { address in
            HTMLNode.sequence([
                .text(" · "),
                HTMLNode("a", [HTMLAttribute("href", address), .class("twin")], "this page as JSON"),
            ])
        }
        return HTMLNode(
            "footer",
            [],
            [
                .text("case "), HTMLNode("code", [], [.evidence(casePath)]), .text(", only read · \(tool)"),
                link ?? .empty,
            ]
        )
    }
}
