internal import CaseIndex
internal import Correlation
internal import Cryptography

/// The provenance report as one HTML file: no script, nothing to load, readable on paper.
package enum ProvenancePage {
    /// The page; `tool` is name and version of the program.
    package static func html(_ dossier: CaseDossier, tool: String) -> String {
        let body = HTMLNode(
            "body",
            [],
            [.newline, title(dossier, tool), .newline]
                + dossier.images.enumerated().map { ImageSection.node($1, anchor: "image-\($0 + 1)") }
                + [CaseSection.node(dossier), .newline]
        )
        let page = HTMLNode("html", [HTMLAttribute("lang", "en")], [.newline, head(dossier), .newline, body, .newline])
        return "<!DOCTYPE html>\n" + page.markup + "\n"
    }

    private static func head(_ dossier: CaseDossier) -> HTMLNode {
        HTMLNode(
            "head",
            [],
            [
                .void("meta", [HTMLAttribute("charset", "utf-8")]), .newline,
                .void(
                    "meta",
                    [
                        HTMLAttribute("http-equiv", "Content-Security-Policy"),
                        HTMLAttribute("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
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
                .newline, HTMLNode("title", [], [.text("Provenance report · "), .evidence(subject(dossier))]), .newline,
                .style(StyleSheet.text), .newline,
            ]
        )
    }

    private static func subject(_ dossier: CaseDossier) -> String {
        guard dossier.images.count == 1, let trace = dossier.images.first?.trace
        else { return "\(dossier.images.count) images" }
        return ImageTitle.text(trace).name
    }

    private static func title(_ dossier: CaseDossier, _ tool: String) -> HTMLNode {
        HTMLNode(
            "header",
            [.class("page")],
            [
                HTMLNode("h1", [], "Provenance report"),
                HTMLNode(
                    "p",
                    [.class("note")],
                    [.text("case "), HTMLNode("code", [], [.evidence(dossier.path)]), .text(" · \(tool)")]
                ),
                dossier.images.count > 1 ? overview(dossier) : .empty,
            ]
        )
    }

    private static func overview(_ dossier: CaseDossier) -> HTMLNode {
        var table = HTMLTable(["Verdict", "Image", "Commit", "Findings"], columns: ["word"])
        for (index, image) in dossier.images.enumerated() {
            let trace = image.trace
            let link = HTMLNode(
                "a",
                [HTMLAttribute("href", "#image-\(index + 1)")],
                [.evidence(ImageTitle.text(trace).name)]
            )
            table.add([
                Badge.node(Wording.standing(trace.standing).title, trace.standing.tone), link,
                HTMLNode("code", [], [.evidence(trace.row(.commit)?.leading?.claim.value ?? "")]),
                .text("\(trace.findings.count { $0.severity != .note })"),
            ])
        }
        return table.node
    }
}
