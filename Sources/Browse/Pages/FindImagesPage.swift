internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// Images by who signed them and what they come from.
enum FindImagesPage {
    private static let shownHits = 200

    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow(Criterion.parameters)
        let asked = try Criterion(request)
        let isAsked = asked.criterion != nil || asked.window != nil
        let hits =
            try isAsked
            ? ImageSearch(sources.reader).find(asked.criterion.map { [$0] } ?? [], within: asked.window) : []
        return Page(
            title: "Find images",
            lead:
                "By what certificates attest, signers say and CI services recorded; each hit names the records that matched.",
            place: .images
        ) {
            let form = Criterion.form("/find/images", request, submit: "Find")
            guard isAsked else { return [form] }
            return [
                form, HTMLNode("p", [.class("lead")], "\(Count.text(hits.count, "image")) fit."),
                try table(hits, sources.reader), cut(hits.count),
            ]
        } document: {
            let names = try hits.map { ($0.image, try sources.reader.names(of: $0.image)) }
            return MatchText.document(hits, names: Dictionary(names) { first, _ in first })
        }
    }

    private static func cut(_ count: Int) -> HTMLNode {
        guard count > shownHits else { return .empty }
        return HTMLNode("p", [.class("notice")], "The first \(shownHits) are shown; the JSON twin has them all.")
    }

    private static func table(_ hits: [ImageHit], _ reader: CaseReader) throws -> HTMLNode {
        var table = HTMLTable(
            ["Image", "Rests on", "Where", "What it says", "When"],
            columns: ["wide", "word", "wide", "wide", "time"],
            caption: "Images that fit, with the records that matched"
        )
        for hit in hits.prefix(shownHits) {
            let names = try reader.names(of: hit.image)
            for (index, match) in hit.matches.prefix(5).enumerated() {
                let image = HTMLNode.sequence([
                    Link.node(Link.address(of: hit.image), [.evidence(names.first ?? hit.image.short)]),
                    HTMLNode("div", [.class("source")], [HTMLNode("code", [], hit.image.short)]),
                ])
                table.add([
                    index == 0 ? image : .empty, Badge.basis(match.basis), .evidence(match.place),
                    .evidence(match.value),
                    .evidence(match.time.map { "\($0.first)" } ?? (hit.isTimeUnknown ? "nobody knows" : "")),
                ])
            }
            if hit.matches.isEmpty {
                table.add([Link.node(Link.address(of: hit.image), [.evidence(names.first ?? hit.image.short)])])
            }
        }
        return table.node
    }
}
