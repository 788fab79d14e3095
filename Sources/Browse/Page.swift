internal import Report
internal import StrictJSON

/// One page: what people see and what programs get, of which one is made for each request.
struct Page {
    /// The title of the window and of the page; may come from evidence.
    let title: String
    /// What the page is for, in a sentence of ours.
    var lead = ""
    /// The menu's entry that it belongs to.
    var place: Menu?
    /// The content.
    let html: () throws -> [HTMLNode]
    /// The JSON twin.
    let document: () throws -> JSONValue
    /// The JSON twin as it was written before, in place of ``document``.
    var writtenDocument: String?

    /// The same with a JSON twin that was written before, if there is one.
    func with(_ writtenDocument: String?) -> Page {
        var page = self
        page.writtenDocument = writtenDocument
        return page
    }

    /// The text of the JSON twin.
    func documentText() throws -> String {
        try writtenDocument ?? document().pretty + "\n"
    }
}

/// The entries of the menu.
enum Menu: String, CaseIterable {
    case images, signers, pipelines, jobs, commits, timeline, graph, findings, gaps, blast, tags, log, custody

    var title: String {
        switch self {
        case .images: "Images"
        case .signers: "Signers"
        case .pipelines: "Pipelines"
        case .jobs: "Jobs"
        case .commits: "Commits"
        case .timeline: "Timeline"
        case .graph: "Graph"
        case .findings: "Findings"
        case .gaps: "Gaps"
        case .blast: "Blast radius"
        case .tags: "Tags"
        case .log: "Log"
        case .custody: "Custody"
        }
    }
}
