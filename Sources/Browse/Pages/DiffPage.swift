internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Filesystem
internal import Report
internal import StrictJSON

/// Two images side by side.
enum DiffPage {
    private static let shownFiles = 500

    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow(["a", "b"])
        let form = Form.node(
            "/diff",
            [
                Form.field("a", "First image", request.value("a") ?? "", isWide: true, hint: "app:1.0"),
                Form.field("b", "Second image", request.value("b") ?? "", isWide: true, hint: "app:1.1"),
            ],
            submit: "Compare"
        )
        guard let first = request.value("a"), let second = request.value("b") else {
            return Page(
                title: "Compare two images",
                lead: "Digests, at least 7 digits of one, or names.",
                place: .images
            ) {
                [form]
            } document: {
                throw BrowseError.badParameter(name: "a", reason: "an image, as b is another")
            }
        }
        let difference = try Difference(sources.image(first), sources.image(second), sources.reader)
        return Page(
            title: "Compare two images",
            lead: "Of files kind, mode, owner, content, link target and extended attributes are compared, not times.",
            place: .images
        ) {
            [form] + nodes(difference)
        } document: {
            difference.document
        }
    }

    private static func nodes(_ found: Difference) -> [HTMLNode] {
        var nodes = [
            HTMLNode("p", [], [.text("− "), Link.image(found.images[0], isWhole: true)]),
            HTMLNode("p", [], [.text("+ "), Link.image(found.images[1], isWhole: true)]),
            HTMLNode(
                "p",
                [.class("lead")],
                found.count == 0 ? "No differences." : "\(Count.text(found.count, "difference"))."
            ),
        ]
        nodes += found.gaps.map { HTMLNode("p", [.class("notice")], [.text("incomplete: "), .evidence($0)]) }
        let (one, other) = (found.settings[0], found.settings[1])
        nodes += [
            settings("Provenance", one.provenanceChanges(to: other)),
            settings("Configuration", one.configurationChanges(to: other)),
            settings("Labels", one.labelChanges(to: other)),
            list("History", one.historyChange(to: other)) { $0 },
            list("Layers", one.layerChange(to: other)) { "\($0)" },
            files(found.files),
        ]
        return nodes
    }

    private static func settings(_ title: String, _ changes: [SettingChange]) -> HTMLNode {
        guard !changes.isEmpty else { return .empty }
        var table = HTMLTable([title, "First", "Second"], columns: ["fact", "wide", "wide"], caption: title)
        for change in changes {
            table.add([.evidence(change.name), .evidence(change.before ?? "—"), .evidence(change.after ?? "—")])
        }
        return Section.major(title.lowercased(), title, [table.node])
    }

    private static func list<Element>(_ title: String, _ change: ListChange<Element>, _ text: (Element) -> String)
        -> HTMLNode
    {
        guard !change.isEmpty else { return .empty }
        var table = HTMLTable(["", title], columns: ["word", "wide"], caption: title)
        for element in change.before { table.add([.text("−"), .evidence(text(element))], class: "removed") }
        for element in change.after { table.add([.text("+"), .evidence(text(element))], class: "added") }
        return Section.minor(
            title,
            [HTMLNode("p", [.class("note")], "\(change.shared) shared, from the first on"), table.node]
        )
    }

    private static func files(_ changes: [FileChange]) -> HTMLNode {
        guard !changes.isEmpty else { return .empty }
        var table = HTMLTable(["File"], columns: ["path"], caption: "Files that differ")
        for change in changes.prefix(shownFiles) {
            let name = change.before == nil ? "added" : change.after == nil ? "removed" : ""
            table.add([.text(DiffText.line(change))], class: name)
        }
        let rest = changes.count - shownFiles
        let note =
            rest > 0
            ? HTMLNode("p", [.class("notice")], "\(Count.text(rest, "more file")); the JSON twin has them all.")
            : .empty
        return Section.major("files", "Files", [table.node, note])
    }
}

/// What two images differ in.
private struct Difference {
    let images: [Digest]
    let settings: [ImageSettings]
    let files: [FileChange]
    let gaps: [String]
    private let names: [[String]]

    init(_ first: Digest, _ second: Digest, _ reader: CaseReader) throws {
        images = [first, second]
        let stacks = try images.map { image in
            let manifest = try PlatformManifest.manifests(of: image, in: reader).first?.digest ?? image
            return try ImageStack(of: manifest, in: reader)
        }
        settings = try zip(images, stacks).map { try ImageSettings($1, try Trace(of: $0, in: reader), reader) }
        names = try images.map { try reader.imageEntry($0).names }
        gaps = stacks.flatMap(\.gaps)
        let views = try stacks.map { try MergedView($0, in: reader) }
        var found: [FileChange] = []
        try FileChange.forEach(views[0], views[1], reader) { found.append($0) }
        files = found
    }

    var count: Int {
        let (one, other) = (settings[0], settings[1])
        let lists = [one.layerChange(to: other).before.count, one.layerChange(to: other).after.count]
        let history = one.historyChange(to: other)
        return lists.reduce(0, +) + history.before.count + history.after.count
            + one.configurationChanges(to: other).count + one.labelChanges(to: other).count
            + one.provenanceChanges(to: other).count + files.count
    }

    var document: JSONValue {
        let (one, other) = (settings[0], settings[1])
        let sides = zip(images, names).map { image, names -> JSONValue in
            ["image": JSONValue("\(image)"), "names": .array(names.map { JSONValue($0) })]
        }
        return Document.make(
            "diff",
            [
                ("a", sides[0]), ("b", sides[1]),
                ("layers", DiffText.json(one.layerChange(to: other)) { "\($0)" }),
                ("configuration", DiffText.json(one.configurationChanges(to: other))),
                ("labels", DiffText.json(one.labelChanges(to: other))),
                ("history", DiffText.json(one.historyChange(to: other)) { $0 }),
                ("provenance", DiffText.json(one.provenanceChanges(to: other))),
                ("files", .array(files.map { DiffText.json($0) })),
            ]
        )
    }
}
