internal import CaseIndex
internal import Cryptography
internal import Filesystem
internal import Presentation
internal import Report
internal import StrictJSON

/// The files of an image, a folder at a time: what is visible, what layers deleted or overwrote, or one layer alone.
enum FilesPage {
    static func page(_ image: Digest, _ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow(["view", "layer", "path", "page", "platform"])
        let reader = sources.reader
        let manifests = try PlatformManifest.manifests(of: image, in: reader)
        let chosen =
            request.value("platform").flatMap { wanted in manifests.first { $0.isFor(wanted) } } ?? manifests.first
        let stack = try ImageStack(of: chosen?.digest ?? image, in: reader)
        let listing = try FolderListing(stack, request, reader)
        let name = try sources.name(of: image)
        return Page(title: "Files of \(name)", lead: listing.words, place: .images) {
            [
                HTMLNode("p", [], [Link.image(image, isWhole: true)]), views(stack, request, manifests),
                crumbs(listing, request),
            ] + stack.gaps.map { HTMLNode("p", [.class("notice")], [.text("incomplete: "), .evidence($0)]) }
                + [table(listing, request), pages(listing, request)]
        } document: {
            Document.make(
                "browse-files",
                [
                    ("image", JSONValue("\(chosen?.digest ?? image)")), ("platform", JSONValue(chosen?.platform)),
                    ("layers", .array(stack.layers.map { FileJSON.layer($0) })), ("total", JSONValue(listing.total)),
                    ("folders", .strings(listing.folders.map { FileLine.shown($0.path) })),
                    ("files", .array(listing.files.map { FileJSON.entry($0.entry, content: $0.content, $0.more) })),
                    ("gaps", .strings(stack.gaps)),
                ]
            )
        }
    }

    /// The address of this page with other parameters.
    private static func address(_ request: PageRequest, _ changes: [(String, String?)]) -> String {
        let changed = Set(changes.map(\.0) + ["page"])
        let stay = request.parameters.filter { !changed.contains($0.name) && !$0.value.isEmpty }
        return Address.make(request.steps, stay.map { ($0.name, $0.value) } + changes)
    }

    private static func views(_ stack: ImageStack, _ request: PageRequest, _ manifests: [PlatformManifest]) -> HTMLNode
    {
        let view = request.value("view") ?? "visible"
        let layer = request.value("layer")
        func item(_ title: String, _ isCurrent: Bool, _ changes: [(String, String?)]) -> HTMLNode {
            let attributes = [HTMLAttribute("href", address(request, changes + [("path", nil)]))]
            return HTMLNode(
                "li",
                [],
                [HTMLNode("a", attributes + (isCurrent ? [HTMLAttribute("aria-current", "true")] : []), title)]
            )
        }
        var items = [
            item("Visible", layer == nil && view == "visible", [("view", "visible"), ("layer", nil)]),
            item("Deleted or overwritten", layer == nil && view == "lost", [("view", "lost"), ("layer", nil)]),
        ]
        items += stack.layers.map {
            item("Layer \($0.number)", layer == "\($0.number)", [("layer", "\($0.number)"), ("view", nil)])
        }
        if manifests.count > 1 {
            items += manifests.compactMap(\.platform).map { platform in
                item(
                    EscapedText(platform, limit: 60).text,
                    request.value("platform") == platform,
                    [("platform", platform), ("layer", nil)]
                )
            }
        }
        return HTMLNode("ul", [.class("choices")], items)
    }

    private static func crumbs(_ listing: FolderListing, _ request: PageRequest) -> HTMLNode {
        guard listing.isTree else { return .empty }
        var path = ""
        var nodes = [Link.node(address(request, [("path", nil)]), "/")]
        for step in listing.folder.split(separator: UInt8(ascii: "/")) {
            guard let text = String(validating: step, as: UTF8.self) else { break }
            path += (path.isEmpty ? "" : "/") + text
            nodes += [.text(" "), Link.node(address(request, [("path", path)]), [.evidence(text + "/")])]
        }
        return HTMLNode("p", [], nodes)
    }

    private static func table(_ listing: FolderListing, _ request: PageRequest) -> HTMLNode {
        var table = HTMLTable(
            ["Name", "Mode", "Owner", "Size", "Modified", "Content", "Remark"],
            columns: ["path", "mono", "mono", "number", "time", "mono", "wide"],
            caption: "Files"
        )
        for folder in listing.folders {
            let name = HTMLNode.text(FileLine.shown(folder.path) + "/")
            let link = String(validating: folder.whole, as: UTF8.self).map {
                Link.node(address(request, [("path", $0)]), [name])
            }
            table.add([link ?? name, .empty, .empty, .text(Count.text(folder.count, "member")), .empty, .empty, .empty])
        }
        for file in listing.files {
            let digits = file.content.map { Hexadecimal.encode($0.digest) }
            let target = file.entry.link.map { " → " + FileLine.shown($0) } ?? ""
            table.add([
                .text(FileLine.shown(file.name) + target), .text(FileLine.mode(file.entry)),
                .text("\(file.entry.userID):\(file.entry.groupID)"),
                .text(file.content.map { Count.grouped(Int(clamping: $0.size)) } ?? ""),
                .text(FileLine.time(file.entry.modified)),
                digits.map { Link.node(Address.make(["find", "files"], [("sha256", $0)]), String($0.prefix(12))) }
                    ?? .empty,
                .text(file.remark),
            ])
        }
        return table.isEmpty ? HTMLNode("p", [], "Nothing is here.") : table.node
    }

    private static func pages(_ listing: FolderListing, _ request: PageRequest) -> HTMLNode {
        guard listing.total > FolderListing.pageSize else { return .empty }
        let last = (listing.total + FolderListing.pageSize - 1) / FolderListing.pageSize
        func link(_ number: Int, _ words: String) -> HTMLNode {
            guard (1...last).contains(number), number != listing.number else { return .empty }
            let stay = request.parameters.filter { $0.name != "page" && !$0.value.isEmpty }.map { ($0.name, $0.value) }
            return HTMLNode("li", [], [Link.node(Address.make(request.steps, stay + [("page", "\(number)")]), words)])
        }
        return HTMLNode(
            "ul",
            [.class("choices")],
            [
                link(listing.number - 1, "← earlier"), HTMLNode("li", [], "page \(listing.number) of \(last)"),
                link(listing.number + 1, "more →"),
            ]
        )
    }
}
