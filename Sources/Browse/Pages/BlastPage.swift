internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// What is affected when something is taken for compromised: a question that changes nothing.
enum BlastPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow(Criterion.parameters)
        let asked = try Criterion(request)
        if asked.criterion == nil, asked.window != nil {
            throw BrowseError.badParameter(name: "value", reason: "what the time is about")
        }
        let distrusts =
            try asked.criterion.map {
                [Distrust($0, within: asked.window ?? TimeWindow(from: nil, to: nil))]
            } ?? sources.reader.distrusts().compactMap { Distrust($0) }
        let blast = try distrusts.isEmpty ? nil : Blast(distrusts, in: sources.reader)
        return Page(
            title: "Blast radius",
            lead:
                "What would have to be distrusted and built anew. Nothing is recorded by asking; raireki distrust add does that.",
            place: .blast
        ) {
            let form = Criterion.form("/blast", request, submit: "What if it is compromised?")
            guard let blast else {
                return [form, HTMLNode("p", [], "Nothing is recorded as distrusted; ask about something above.")]
            }
            let links = asked.criterion.map { criterion in
                Link.node(
                    Address.make(["graph"], [("kind", criterion.kind.rawValue), ("value", criterion.value)]),
                    "Graph of what it touched"
                )
            }
            return [form, links ?? .empty, BlastSection.node(blast) { Link.address(of: $0) }]
        } document: {
            try blast.map { BlastJSON.document($0) } ?? BlastJSON.document(Blast([], in: sources.reader))
        }
    }
}
