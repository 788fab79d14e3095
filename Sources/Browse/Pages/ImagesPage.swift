internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// Every image of the case.
enum ImagesPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        let view = try ListView(
            .images,
            request,
            sources.reader,
            shown: ["name", "identity", "signedAt", "signatures", "trusted", "findings"]
        )
        return Page(
            title: "Images",
            lead: "Sorted by what was recorded of them; the verdict of each is drawn from its records anew.",
            place: .images
        ) {
            try nodes(view, sources)
        } document: {
            let digests = view.rows.rows.compactMap { $0.first.flatMap { $0 } }.compactMap { try? Digest(parsing: $0) }
            let standings = try sources.standings(digests).map { line -> JSONValue in
                .members([("digest", JSONValue("\(line.image)")), ("verdict", JSONValue(line.standing.rawValue))])
            }
            return view.document([("verdicts", .array(standings))])
        }
    }

    /// A list of images with their verdicts.
    static func nodes(_ view: ListView, _ sources: PageSources) throws -> [HTMLNode] {
        let digests = view.rows.rows.compactMap { view.value($0, "digest") }.compactMap { try? Digest(parsing: $0) }
        let lines = Dictionary(try sources.standings(digests).map { ("\($0.image)", $0.standing) }) { first, _ in first
        }
        let verdict = ListView.ColumnHead(title: "Verdict") { row in
            view.value(row, "digest").flatMap { lines[$0] }.map { Badge.standing($0) } ?? .empty
        }
        return view.nodes(noun: "image", first: verdict) { column, row in
            switch column {
            case "name": name(view, row)
            case "identity":
                view.value(row, "identity").map { Link.signer($0, view.value(row, "issuer")) }
                    ?? HTMLNode("span", [.class("note")], "nobody known")
            default: nil
            }
        }
    }

    private static func name(_ view: ListView, _ row: [String?]) -> HTMLNode {
        guard let digest = view.value(row, "digest").flatMap({ try? Digest(parsing: $0) }) else { return .empty }
        let name = view.value(row, "name") ?? "without a name"
        let more = (view.value(row, "names").flatMap { Int($0) } ?? 0) - 1
        return .sequence([
            Link.node(Link.address(of: digest), [.evidence(name)]),
            more > 0 ? .text(" and \(Count.text(more, "more name"))") : .empty,
            HTMLNode("div", [.class("source")], [HTMLNode("code", [], digest.short)]),
        ])
    }
}
