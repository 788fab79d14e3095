internal import CaseIndex
internal import Report

/// The check of every log entry, for people.
enum LogCheckAnswer {
    static func node(_ check: LogCheckSummary, _ request: PageRequest) -> HTMLNode {
        let state =
            check.isClean ? Badge.node("✓ everything fits", .good) : Badge.node("✗ something does not fit", .bad)
        let twin = Address.make(["log.json"], request.parameters.map { ($0.name, $0.value) })
        return .sequence([
            HTMLNode("p", [], [state]),
            Section.minor(
                "\(Count.text(check.orphans.count, "entry", plural: "entries")) without an artifact",
                [orphans(check.orphans.first), rest(check.orphans, twin)]
            ),
            Section.major(
                "unlogged",
                "\(Count.text(check.unlogged.count, "signature")) without an entry",
                [unlogged(check.unlogged.first), rest(check.unlogged, twin)]
            ),
            Section.minor(
                "\(Count.text(check.shared.count, "entry", plural: "entries")) stated by several",
                [shared(check.shared.first), rest(check.shared, twin)]
            ),
            HTMLNode("h2", [], "Entries"),
        ])
    }

    /// Where the rows are that are not shown.
    static func rest<Row>(_ rows: LogCheckSummary.Rows<Row>, _ twin: String) -> HTMLNode {
        guard rows.count > rows.first.count else { return .empty }
        return HTMLNode(
            "p",
            [.class("note")],
            [
                .text("The first \(rows.first.count) of \(Count.text(rows.count, "row")) are shown; "),
                Link.node(twin, "the JSON twin has all"), .text("."),
            ]
        )
    }

    private static func orphans(_ entries: [OrphanEntry]) -> HTMLNode {
        var table = HTMLTable(["Over", "Index", "Entered at"], columns: ["wide", "number", "time"])
        for entry in entries {
            table.add([
                HTMLNode("code", [], [.evidence(entry.digest)]), .evidence(entry.logIndex ?? ""),
                .evidence(entry.time ?? ""),
            ])
        }
        return table.node
    }

    private static func unlogged(_ signatures: [UnloggedSignature]) -> HTMLNode {
        var table = HTMLTable(["Image", "Kind", "Identity"], columns: ["wide", "name", "wide"])
        for signature in signatures {
            table.add([
                Link.node(
                    Address.make(["image", signature.subject]),
                    [HTMLNode("code", [], [.evidence(signature.subject)])]
                ),
                .evidence(signature.kind), .evidence(signature.identity ?? ""),
            ])
        }
        return table.node
    }

    private static func shared(_ entries: [SharedEntry]) -> HTMLNode {
        var table = HTMLTable(["Log", "Index", "Signatures"], columns: ["wide", "number", "wide"])
        for entry in entries {
            table.add([
                .evidence(entry.logID), .text("\(entry.logIndex)"),
                .evidence(entry.signatureIDs.joined(separator: " ")),
            ])
        }
        return table.node
    }
}
