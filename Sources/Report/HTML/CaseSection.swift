internal import CaseIndex
internal import Cryptography

/// The case on the page: evidence, custody, and how to check all of it without this program.
enum CaseSection {
    static func node(_ dossier: CaseDossier) -> HTMLNode {
        HTMLNode(
            "section",
            [.class("case")],
            [
                HTMLNode("h2", [], "The case"), evidence(dossier), .newline,
                WarningTable.node(dossier.warnings, title: "Warnings"), .newline, custody(dossier), .newline, checking,
            ]
        )
    }

    private static func evidence(_ dossier: CaseDossier) -> HTMLNode {
        var table = HTMLTable(["Evidence", "Kind", "Digest", "Imported"], columns: ["", "", "wide", "time"])
        for source in dossier.sources {
            let state = source.isComplete ? "" : " (not read to its end)"
            table.add([
                .evidence(source.path), .evidence(source.kind + state), HTMLNode("code", [], "\(source.digest)"),
                .text("\(source.importedAt)"),
            ])
        }
        return HTMLNode("section", [], [HTMLNode("h3", [], "Evidence"), table.node])
    }

    private static func custody(_ dossier: CaseDossier) -> HTMLNode {
        var table = HTMLTable(["Run", "At", "Command", "Hash"], columns: ["", "time", "", "wide"])
        for activity in dossier.activities {
            table.add([
                .text("\(activity.id)"), .text("\(activity.startedAt)"),
                .sequence([
                    HTMLNode("code", [], [.evidence(CommandText.line(activity))]),
                    HTMLNode("div", [.class("note")], [.evidence("\(activity.toolVersion) \(activity.result)")]),
                ]),
                HTMLNode("code", [], [.evidence(activity.hash)]),
            ])
        }
        let state =
            dossier.firstBrokenActivity.map { Badge.node("broken at run \($0)", .bad) }
            ?? Badge.node("unbroken", .good)
        return HTMLNode(
            "section",
            [],
            [HTMLNode("h3", [], [.text("Custody log "), state]), table.node]
        )
    }

    private static let checking = HTMLNode(
        "section",
        [],
        [
            HTMLNode("h3", [], "How to check this report"),
            HTMLNode(
                "ol",
                [],
                [
                    HTMLNode(
                        "li",
                        [],
                        [
                            .text("Hash the evidence: for an archive, "), HTMLNode("code", [], "sha256sum FILE"),
                            .text(" gives the digest in the table of evidence; every blob's digest is its file name."),
                        ]
                    ),
                    HTMLNode(
                        "li",
                        [],
                        [
                            .text("Import it into a new case and run "),
                            HTMLNode("code", [], "raireki verify"), .text(" and "),
                            HTMLNode("code", [], "raireki report"),
                            .text(": the same evidence gives the same claims, checks and findings."),
                        ]
                    ),
                    HTMLNode(
                        "li",
                        [],
                        """
                        The hash of a run is SHA-256 over the line "raireki-custody-v2" and, for its number, time, \
                        command, arguments, tool version, result, digest of the content and the hash before, the \
                        length in bytes, a blank, the field and a line feed; raireki case verify computes all of them, \
                        and the content, again.
                        """
                    ),
                    HTMLNode(
                        "li",
                        [],
                        """
                        The case is one SQLite file; its tables content, claim, verdict and verdictCheck hold every \
                        byte that was judged and every outcome.
                        """
                    ),
                ]
            ),
        ]
    )
}
