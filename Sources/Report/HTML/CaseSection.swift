internal import CaseIndex
internal import Cryptography

/// The case on the page: evidence, warnings, custody, and how to check all of it without this program.
enum CaseSection {
    static let anchor = "evidence"
    static let contents: [(anchor: String, title: String)] = [
        (anchor, "Evidence"), ("custody", "Custody"), (CheckingSection.anchor, "How to check"),
    ]

    /// More rows than this are counted, not shown; CSV has them all.
    private static let rowLimit = 2_000

    static func node(_ dossier: CaseDossier) -> HTMLNode {
        .sequence([
            Section.major(
                anchor,
                "Evidence",
                [
                    evidence(dossier), .newline,
                    WarningTable.node(dossier.warnings, title: "Warnings of import", limit: rowLimit),
                ]
            ),
            .newline, custody(dossier), .newline, CheckingSection.node(dossier),
        ])
    }

    private static func evidence(_ dossier: CaseDossier) -> HTMLNode {
        var table = HTMLTable(
            ["Evidence", "Kind", "Digest", "Imported"],
            columns: ["head", "", "wide", "time"],
            caption: "What was imported"
        )
        for source in dossier.sources.prefix(rowLimit) {
            let state = source.isComplete ? HTMLNode.empty : Badge.node("! not read to its end", .bad)
            table.add([
                .evidence(source.path), .sequence([.evidence(source.kind), .text(" "), state]),
                HTMLNode("code", [], "\(source.digest)"), .text("\(source.importedAt)"),
            ])
        }
        return .sequence([
            table.node, Cut.note(dossier.sources.count, of: rowLimit, "piece of evidence", "pieces of evidence"),
        ])
    }

    private static func custody(_ dossier: CaseDossier) -> HTMLNode {
        var table = HTMLTable(
            ["Run", "At", "Command", "Hash"],
            columns: ["head", "time", "run", "wide"],
            caption: "The custody log"
        )
        for activity in dossier.activities.suffix(rowLimit) {
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
            dossier.firstBrokenActivity.map { Badge.node("✗ broken at run \($0)", .bad) }
            ?? Badge.node("✓ unbroken", .good)
        return Section.major(
            "custody",
            "Custody",
            [
                HTMLNode(
                    "p",
                    [],
                    [
                        state,
                        .text(
                            " Each run that changed the case is bound to the one before it by its hash, and states the digest of all that the case then held."
                        ),
                    ]
                ),
                table.node,
            ]
        )
    }
}

/// What a table leaves out.
enum Cut {
    static func note(_ count: Int, of limit: Int, _ noun: String, _ plural: String? = nil) -> HTMLNode {
        guard count > limit else { return .empty }
        let rest = Count.text(count - limit, noun, plural: plural)
        return HTMLNode("p", [.class("notice")], "\(rest) more; raireki report --csv FOLDER has them all.")
    }
}
