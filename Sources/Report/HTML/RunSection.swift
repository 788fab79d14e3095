internal import Correlation

/// What CI services recorded of the jobs and runs that an image's documents name.
enum RunSection {
    static func node(_ trace: Trace) -> HTMLNode {
        guard !trace.runs.isEmpty else { return .empty }
        var table = HTMLTable(
            ["Record", "What the service recorded"],
            columns: ["fact", "plain"],
            caption: "CI records"
        )
        for run in trace.runs {
            let lines = RunText.rows(run).map { word, text in
                HTMLNode("div", [.class("source")], [.text("\(word) "), .evidence(text)])
            }
            table.add([.evidence(RunText.title(run)), .sequence([Badge.basis(run.basis)] + lines)])
        }
        return HTMLNode("section", [], [HTMLNode("h3", [], "CI records"), table.node])
    }
}
