internal import CaseIndex
internal import Report
internal import StrictJSON

/// Where everybody starts: what the case holds, and the questions that it answers.
enum HomePage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow([])
        let reader = sources.reader
        let sizes = try [
            CaseList.images, .signers, .pipelines, .jobs, .commits, .findings, .tags, .sources, .warnings,
        ].map { ($0.name, try reader.size(of: $0)) }
        let incomplete = try reader.incompleteSources()
        return Page(title: "This case", lead: "What it holds, and what it can be asked.") {
            [
                HTMLNode("ul", [.class("tally")], sizes.map(tally)), state(incomplete),
                Section.major(
                    "questions",
                    "Questions",
                    [HTMLNode("ul", [.class("questions")], questions.map(question))]
                ),
            ]
        } document: {
            Document.make(
                "browse-home",
                [
                    ("counts", .members(sizes.map { ($0.0, JSONValue($0.1)) })),
                    ("incomplete", .strings(incomplete)),
                    ("pages", .strings(Menu.allCases.map { "/\($0.rawValue).json" })),
                ]
            )
        }
    }

    private static func tally(_ size: (name: String, count: Int)) -> HTMLNode {
        HTMLNode(
            "li",
            [],
            [
                HTMLNode("span", [.class("number")], Count.grouped(size.count)),
                HTMLNode("span", [.class("name")], [Link.node("/\(size.name)", Cell.title(size.name))]),
            ]
        )
    }

    private static func state(_ incomplete: [String]) -> HTMLNode {
        guard !incomplete.isEmpty else { return .empty }
        return HTMLNode(
            "p",
            [.class("notice")],
            [
                Badge.node("! import incomplete", .bad), .text(" "),
                .evidence(incomplete.prefix(5).joined(separator: ", ")),
                .text(": what is concluded here may change when it is read to its end."),
            ]
        )
    }

    private static func question(_ entry: (address: String, title: String, words: String)) -> HTMLNode {
        HTMLNode(
            "li",
            [],
            [Link.node(entry.address, entry.title), HTMLNode("div", [.class("note")], entry.words)]
        )
    }

    /// The twelve questions of an investigation, each with the page that answers it.
    static let questions: [(address: String, title: String, words: String)] = [
        (
            "/find/images", "Which images did this runner, signer or person make?",
            "By every fact that documents and records state, with its basis."
        ),
        (
            "/find/files", "Which images hold this file, or held it?",
            "By content or path, through every layer, deleted ones too."
        ),
        ("/findings", "What do the sources say that does not agree?", "What rules concluded, image by image."),
        (
            "/blast", "What must be distrusted and built anew?",
            "What a stolen key or a bad runner affects, with the chain of reasons."
        ),
        (
            "/check/commits", "Was the commit on a protected branch?",
            "Each commit that images name, in the repositories of the case."
        ),
        ("/warnings", "What was odd about the evidence?", "What import noticed, and whether anything was lost."),
        ("/diff", "What changed between two releases?", "Files, configuration, history, and who built and signed."),
        ("/gaps", "What is missing to decide?", "A matrix of every image and what there ought to be about it."),
        ("/log", "Which log entries have no artifact?", "And which signatures no entry."),
        ("/timeline", "In what order did it happen?", "Every time that a record states."),
        (
            "/tags", "What did each tag stand for, and did it move?",
            "Names over every import; what an image is derived from stands on its page."
        ),
        ("/custody", "Was the evidence altered since?", "The custody log, and the case computed anew."),
    ]
}
