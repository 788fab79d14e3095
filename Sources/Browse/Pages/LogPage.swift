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
        let check = try isChecked ? sources.logChecks.check(sources.reader) : nil
        return Page(
            title: "Transparency log",
            lead: "Entries that came with signatures.",
            place: .log
        ) {
            let question =
                check.map { LogCheckAnswer.node($0, request) }
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
            view.document()
        }
        .with(check?.document)
    }
}
