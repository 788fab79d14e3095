internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// One image: verdict, chain picture, claims, every check of every signature, timeline and content.
enum ImagePage {
    static func page(_ image: Digest, _ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow([])
        let dossier = try ImageDossier(of: image, sources.reader, withTimeline: true)
        return Page(title: try sources.name(of: image), place: .images) {
            [more(dossier.trace), ImageSection.node(dossier, anchor: "image")]
        } document: {
            CaseJSON.image(dossier)
        }
    }

    /// Links to everything else about an image.
    private static func more(_ trace: Trace) -> HTMLNode {
        let image = trace.image
        var links = [
            Link.node(Link.address(of: image, "files"), "Files"),
            Link.node(Link.address(of: image, "timeline"), "Timeline"),
            Link.node(Link.address(of: image, "lineage"), "What it is derived from"),
            Link.node(Address.make(["graph"], [("image", "\(image)")]), "Graph"),
            Link.node(Address.make(["diff"], [("a", "\(image)")]), "Compare with…"),
            Link.node(Address.make(["gaps"], [("image", "\(image)")]), "What is missing"),
            Link.node(Address.make(["check", "commits"], [("image", "\(image)")]), "Its commit"),
            Link.node(Address.make(["blast"], [("kind", "digest"), ("value", "\(image)")]), "If it is bad"),
        ]
        for link in trace.chains.first?.links ?? [] { links += self.links(link) }
        return HTMLNode("ul", [.class("choices")], links.map { HTMLNode("li", [], [$0]) })
    }

    private static func links(_ link: ChainLink) -> [HTMLNode] {
        guard let value = link.value else { return [] }
        switch link.station {
        case .certificate: return [Link.node(Address.make(["signer"], [("identity", value)]), "Its signer")]
        case .commit: return Link.isCommit(value) ? [Link.node(Address.make(["commit", value]), "Commit")] : []
        case .pipeline: return [find("pipeline", value, "Its pipeline’s images")]
        case .job: return [Link.node(Address.make(["jobs"], [("number", value)]), "Its job")]
        case .image, .signature: return []
        }
    }

    private static func find(_ kind: String, _ value: String, _ words: String) -> HTMLNode {
        Link.node(Address.make(["find", "images"], [("kind", kind), ("value", value)]), words)
    }
}

/// When things about one image happened.
enum ImageTimelinePage {
    static func page(_ image: Digest, _ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow(["files"])
        guard let files = TimelineFiles(rawValue: request.value("files") ?? TimelineFiles.ends.rawValue) else {
            let words = TimelineFiles.allCases.map(\.rawValue).joined(separator: ", ")
            throw BrowseError.badParameter(name: "files", reason: words)
        }
        let timeline = try Timeline(of: image, in: sources.reader, files: files)
        let name = try sources.name(of: image)
        return Page(title: "Timeline of \(name)", lead: "Clocks may be five minutes apart.", place: .timeline) {
            [
                HTMLNode("p", [], [Link.image(image, isWhole: true)]),
                timeline.events.isEmpty
                    ? HTMLNode("p", [], "No record states a time.")
                    : TimelineSection.list(timeline, of: "this image", names: [:]),
            ]
        } document: {
            TimelineJSON.document(timeline)
        }
    }
}
