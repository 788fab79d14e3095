internal import CaseIndex
internal import Report
internal import StrictJSON

/// Transparency log entries, and what does not fit to them.
enum LogPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        let view = try ListView(
            .logEntries,
            request,
            sources.reader,
            shown: ["logIndex", "integratedTime", "kind", "image", "promise", "proof", "log"],
            others: ["check"]
        )
        let isChecked = request.value("check") != nil
        let check = try isChecked ? LogCheckPage(sources.reader) : nil
        return Page(
            title: "Transparency log",
            lead: "Entries that came with signatures.",
            place: .log
        ) {
            let question =
                check.map(answer)
                ?? HTMLNode(
                    "p",
                    [],
                    [
                        Link.node(
                            Address.make(["log"], [("check", "all")]),
                            "Which entries have no artifact, and which signatures no entry?"
                        )
                    ]
                )
            return [question] + view.nodes(noun: "log entry", plural: "log entries") { _, _ in nil }
        } document: {
            check?.json ?? view.document()
        }
    }

    private static let shownRows = 200

    private static func answer(_ check: LogCheckPage) -> HTMLNode {
        var orphans = HTMLTable(["Over", "Index", "Entered at"], columns: ["wide", "number", "time"])
        for entry in check.orphans.prefix(shownRows) {
            orphans.add([
                HTMLNode("code", [], [.evidence(entry.digest)]), .evidence(entry.logIndex ?? ""),
                .evidence(entry.time ?? ""),
            ])
        }
        var unlogged = HTMLTable(["Image", "Kind", "Identity"], columns: ["wide", "name", "wide"])
        for signature in check.unlogged.prefix(shownRows) {
            unlogged.add([
                Link.node(
                    Address.make(["image", signature.subject]),
                    [HTMLNode("code", [], [.evidence(signature.subject)])]
                ),
                .evidence(signature.kind), .evidence(signature.identity ?? ""),
            ])
        }
        var shared = HTMLTable(["Log", "Index", "Signatures"], columns: ["wide", "number", "wide"])
        for entry in check.shared.prefix(shownRows) {
            shared.add([
                .evidence(entry.logID), .text("\(entry.logIndex)"),
                .evidence(entry.signatureIDs.joined(separator: " ")),
            ])
        }
        let state =
            check.isClean ? Badge.node("✓ everything fits", .good) : Badge.node("✗ something does not fit", .bad)
        return .sequence([
            HTMLNode("p", [], [state]),
            Section.minor(
                "\(Count.text(check.orphans.count, "entry", plural: "entries")) without an artifact",
                [orphans.node]
            ),
            Section.major(
                "unlogged",
                "\(Count.text(check.unlogged.count, "signature")) without an entry",
                [unlogged.node]
            ),
            Section.minor(
                "\(Count.text(check.shared.count, "entry", plural: "entries")) stated by several",
                [shared.node]
            ),
            HTMLNode("h2", [], "Entries"),
        ])
    }
}
