internal import CaseIndex
internal import Report
internal import StrictJSON

/// The custody log, and whether it is unbroken.
enum CustodyPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        let view = try ListView(
            .custody,
            request,
            sources.reader,
            shown: ["run", "startedAt", "arguments", "toolVersion", "result", "hash"]
        )
        let broken = ActivityRecord.firstBroken(in: try sources.reader.activities())
        return Page(
            title: "Custody",
            lead: "Each run that changed the case is bound to the one before it by its hash.",
            place: .custody
        ) {
            [
                HTMLNode(
                    "p",
                    [],
                    [
                        broken.map { Badge.node("✗ broken at run \($0)", .bad) } ?? Badge.node("✓ unbroken", .good),
                        .text(" "), Link.node("/custody/check", "Compute the whole case anew"),
                    ]
                )
            ]
                + view.nodes(noun: "run") { column, row in
                    column == "arguments"
                        ? HTMLNode("code", [], [.evidence(view.value(row, column) ?? "")]) : nil
                }
        } document: {
            view.document([("brokenAt", broken.map { JSONValue($0) } ?? .null)])
        }
    }
}

/// Everything that the custody log states, computed anew.
enum CustodyCheckPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow([])
        let found = try sources.reader.verification()
        let checks = checks(found)
        return Page(
            title: "The case computed anew",
            lead:
                "What the case holds against what its custody log states. The evidence itself is compared by raireki case verify --evidence FOLDER.",
            place: .custody
        ) {
            var table = HTMLTable(["Outcome", "Check", "What was found"], columns: ["word", "fact", "plain"])
            for check in checks {
                table.add([
                    Badge.node(check.holds ? "✓ holds" : "✗ does not hold", check.holds ? .good : .bad),
                    .text(check.name), .evidence(check.words),
                ])
            }
            return [table.node]
        } document: {
            Document.make(
                "browse-custody-check",
                [
                    ("holds", .bool(found.holds)),
                    (
                        "checks",
                        .array(
                            checks.map {
                                .members([
                                    ("name", JSONValue($0.name)), ("holds", .bool($0.holds)),
                                    ("detail", JSONValue($0.words)),
                                ])
                            }
                        )
                    ),
                ]
            )
        }
    }

    private struct Check {
        let name: String
        let holds: Bool
        let words: String
    }

    private static func checks(_ found: CaseVerification) -> [Check] {
        let broken = found.chain.firstBroken
        let unread = found.incompleteSources + found.cutSources
        let wrong = found.tables.filter { !$0.holds }.map(\.name) + found.unreadable.map(\.name)
        return [
            Check(
                name: "schema",
                holds: found.schema.isEmpty,
                words: found.schema.map(\.description).joined(separator: "; ")
            ),
            Check(name: "integrity", holds: found.integrity.isEmpty, words: found.integrity.joined(separator: "; ")),
            Check(
                name: "custody",
                holds: broken == nil,
                words: broken.map { "broken at record \($0.record): \($0.reason)" }
                    ?? "\(Count.text(found.chain.count, "record")), unbroken; the last is \(found.chain.last?.hash ?? "absent")"
            ),
            Check(
                name: "content",
                holds: found.isContentRecorded ?? true,
                words: found.contentDigest.map { "\($0)" } ?? "not computed"
            ),
            Check(
                name: "tables",
                holds: wrong.isEmpty,
                words: wrong.isEmpty ? Count.text(found.tables.count, "table") : wrong.joined(separator: ", ")
            ),
            Check(
                name: "documents",
                holds: found.wrongDocuments.isEmpty,
                words: Count.text(found.documents, "document") + wrongs(found.wrongDocuments)
            ),
            Check(
                name: "layers",
                holds: found.wrongLayers.isEmpty,
                words: Count.text(found.layers, "layer") + wrongs(found.wrongLayers)
            ),
            Check(
                name: "imports",
                holds: unread.isEmpty,
                words: unread.isEmpty
                    ? "all read to their end" : "not read to their end: " + unread.prefix(20).joined(separator: ", ")
            ),
        ]
    }

    private static func wrongs(_ names: [String]) -> String {
        names.isEmpty ? "" : ", wrong: " + names.prefix(20).joined(separator: ", ")
    }
}
