internal import CaseIndex
internal import Cryptography
internal import Filesystem
internal import Patterns
internal import Report
internal import StrictJSON

/// A file in every layer of every image, by content or path.
enum FindFilesPage {
    private static let shownHits = 100
    private static let shownImages = 20

    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow(["sha256", "path"])
        let hits = try hits(request, sources.reader)
        let gaps = try sources.reader.layerGaps()
        return Page(
            title: "Find files",
            lead: "In every layer of every image, also what later layers deleted or overwrote.",
            place: .images
        ) {
            let form = Form.node(
                "/find/files",
                [
                    Form.field("sha256", "SHA-256 of the content", request.value("sha256") ?? "", isWide: true),
                    Form.field("path", "or its path", request.value("path") ?? "", isWide: true, hint: "**/id_rsa"),
                ],
                submit: "Find"
            )
            guard let hits else { return [form] }
            let found = HTMLNode("p", [.class("lead")], "\(Count.text(hits.count, "member")) of layers found.")
            let rest =
                hits.count > shownHits
                ? HTMLNode("p", [.class("notice")], "The first \(shownHits) are shown; the JSON twin has them all.")
                : .empty
            let unknown =
                gaps.isEmpty ? .empty : HTMLNode("p", [.class("notice")], "Incomplete: \(FindText.gaps(gaps)).")
            return [form, found, unknown] + hits.prefix(shownHits).map(node) + [rest]
        } document: {
            Document.make(
                "found-files",
                [
                    ("files", .array((hits ?? []).map { FindText.json($0) })),
                    ("unknownLayers", JSONValue(gaps.absent)), ("partlyKnownLayers", JSONValue(gaps.partial)),
                ]
            )
        }
    }

    private static func hits(_ request: PageRequest, _ reader: CaseReader) throws -> [FileHit]? {
        var hits: [FileHit]?
        let search = FileSearch(reader)
        if let text = request.value("sha256") {
            guard text.utf8.count == 64, let bytes = Hexadecimal.decode(text.lowercased()) else {
                throw BrowseError.badParameter(name: "sha256", reason: "64 hexadecimal digits")
            }
            hits = try search.find(content: bytes)
        }
        if let text = request.value("path") {
            let pattern: PathPattern
            do {
                pattern = try PathPattern(text)
            } catch {
                throw BrowseError.badParameter(name: "path", reason: "a pattern like **/id_rsa")
            }
            hits = (hits ?? []) + (try search.find(pattern))
        }
        return hits
    }

    private static func node(_ hit: FileHit) -> HTMLNode {
        var table = HTMLTable(
            ["State", "Image", "How", "Signed by"],
            columns: ["word", "wide", "wide", "wide"],
            caption: "Images that have it, or had it"
        )
        for occurrence in hit.images.prefix(shownImages) {
            let isVisible = occurrence.fate == .visible
            table.add([
                Badge.node(occurrence.fate.remark(by: occurrence.endedBy?.number), isVisible ? .good : .doubtful),
                .sequence([
                    Link.node(
                        Link.address(of: occurrence.image.digest),
                        [.evidence(occurrence.image.names.first ?? occurrence.image.digest.short)]
                    ), HTMLNode("div", [.class("source")], [HTMLNode("code", [], occurrence.image.digest.short)]),
                ]),
                .sequence([
                    .text("layer \(occurrence.layer.number) \(occurrence.act.rawValue) it"),
                    .text(FindText.step(occurrence.layer.step)),
                ]),
                .sequence(
                    SignerText.lines(occurrence.image.signers).prefix(4).map { HTMLNode("div", [], [.evidence($0)]) }
                ),
            ])
        }
        let content = hit.entry.entry.content
        var facts = HTMLFacts()
        facts.add("Layer", evidence: "\(hit.layer.digest)")
        facts.add("Member", .text(FileLine.text(hit.entry.entry, showsDigest: false, content: content)))
        if let content {
            let digits = Hexadecimal.encode(content.digest)
            facts.add("SHA-256", Link.node(Address.make(["find", "files"], [("sha256", digits)]), digits))
        }
        let more = hit.images.count - shownImages
        return HTMLNode(
            "article",
            [],
            [
                HTMLNode("h2", [], [.text(FileLine.shown(hit.entry.entry.path))]), facts.node, table.node,
                more > 0 ? HTMLNode("p", [.class("note")], "and \(Count.text(more, "more image"))") : .empty,
            ]
        )
    }
}
