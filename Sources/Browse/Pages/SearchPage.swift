internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// What a text that somebody typed may mean: a digest, a commit, a tag, an identity, a path, an annotation, a run.
enum SearchPage {
    private static let shown = 20

    /// One kind of thing that fits, with links.
    private struct Group {
        let name: String
        let title: String
        let hits: [Hit]
    }

    private struct Hit {
        let address: String
        let text: String
        var detail = ""
    }

    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        try request.allow(["q"])
        let text = request.value("q") ?? ""
        let groups = try text.isEmpty ? [] : Self.groups(text, sources.reader).filter { !$0.hits.isEmpty }
        return Page(
            title: text.isEmpty ? "Search" : "What fits \(text)",
            lead:
                "Digests and commits from 7 digits on; names, signers and paths by any part; annotations by the beginning of their value, or as key=value."
        ) {
            guard !text.isEmpty else { return [] }
            guard !groups.isEmpty else {
                return [HTMLNode("p", [.class("lead")], "Nothing in the case fits."), further(text)]
            }
            return groups.map(node) + [further(text)]
        } document: {
            Document.make(
                "browse-search",
                [("query", JSONValue(text))]
                    + groups.map { group in
                        (
                            group.name,
                            .array(
                                group.hits.map {
                                    .members([
                                        ("address", JSONValue($0.address)), ("text", JSONValue($0.text)),
                                        ("detail", JSONValue($0.detail)),
                                    ])
                                }
                            )
                        )
                    }
            )
        }
    }

    private static func groups(_ text: String, _ reader: CaseReader) throws -> [Group] {
        [
            Group(name: "images", title: "Images by digest", hits: try images(text, reader)),
            Group(name: "tags", title: "Names", hits: try tags(text, reader)),
            Group(name: "signers", title: "Signers", hits: try signers(text, reader)),
            Group(name: "commits", title: "Commits", hits: try commits(text, reader)),
            Group(name: "runs", title: "Pipelines and jobs", hits: try runs(text, reader)),
            Group(name: "files", title: "Files", hits: try files(text, reader)),
            Group(name: "claims", title: "Annotations and other claims", hits: try claims(text, reader)),
        ]
    }

    // MARK: - What fits

    private static func digits(_ text: String) -> String? {
        let bare = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
        let isHex = bare.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        }
        return isHex && bare.utf8.count >= ImageName.shortestPrefix ? bare : nil
    }

    private static func images(_ text: String, _ reader: CaseReader) throws -> [Hit] {
        guard let digits = digits(text) else { return [] }
        var hits = try reader.images(hexPrefix: digits).prefix(shown).map { digest in
            Hit(
                address: Link.address(of: digest),
                text: "\(digest)",
                detail: try reader.names(of: digest).joined(separator: ", ")
            )
        }
        // A layer or configuration leads to the images that have it.
        if digits.utf8.count == 64, let digest = try? Digest(parsing: "sha256:\(digits)"), try !reader.isImage(digest),
            try reader.artifact(digest) != nil
        {
            hits.append(
                Hit(
                    address: Address.make(["find", "images"], [("kind", "digest"), ("value", "\(digest)")]),
                    text: "\(digest)",
                    detail: "a part of images"
                )
            )
        }
        return hits
    }

    private static func tags(_ text: String, _ reader: CaseReader) throws -> [Hit] {
        try rows(.tags, text, reader).compactMap { row in
            guard let name = row[0], let digest = row[1] else { return nil }
            return Hit(address: Address.make(["image", digest]), text: name, detail: digest)
        }
    }

    private static func signers(_ text: String, _ reader: CaseReader) throws -> [Hit] {
        try rows(.signers, text, reader).compactMap { row in
            guard let identity = row[0] else { return nil }
            return Hit(
                address: Address.make(["signer"], [("identity", identity), ("issuer", row[1])]),
                text: identity,
                detail: row[1] ?? ""
            )
        }
    }

    private static func rows(_ list: CaseList, _ text: String, _ reader: CaseReader) throws -> [[String?]] {
        var query = ListQuery()
        query.text = text
        query.limit = shown
        return try reader.rows(of: list, query).rows
    }

    private static func commits(_ text: String, _ reader: CaseReader) throws -> [Hit] {
        guard let digits = digits(text), digits.utf8.count <= 64 else { return [] }
        return try reader.commits(hexPrefix: digits, limit: shown).map {
            Hit(address: Address.make(["commit", $0.name]), text: $0.name, detail: $0.subject)
        }
    }

    private static func runs(_ text: String, _ reader: CaseReader) throws -> [Hit] {
        guard text.utf8.count <= 40 else { return [] }
        let pipelines = try reader.pipelines(number: text).prefix(shown).map {
            Hit(
                address: Address.make(["pipeline", "\($0.id)"]),
                text: "pipeline \(text)",
                detail: $0.origin.project ?? ""
            )
        }
        return pipelines
            + (try reader.jobs(number: text).prefix(shown).map {
                Hit(address: Address.make(["job", "\($0.id)"]), text: "job \(text)", detail: $0.origin.project ?? "")
            })
    }

    private static func files(_ text: String, _ reader: CaseReader) throws -> [Hit] {
        var hits: [Hit] = []
        if let digits = digits(text), digits.utf8.count == 64, let bytes = Hexadecimal.decode(digits),
            try reader.hasFile(content: bytes)
        {
            hits.append(
                Hit(address: Address.make(["find", "files"], [("sha256", digits)]), text: "files with this content")
            )
        }
        let path = Array(text.utf8.drop { $0 == UInt8(ascii: "/") })
        if !path.isEmpty, try reader.pathID(path) != nil {
            let name = String(decoding: path, as: UTF8.self)
            hits.append(Hit(address: Address.make(["find", "files"], [("path", name)]), text: "/\(name)"))
        }
        return hits
    }

    private static func claims(_ text: String, _ reader: CaseReader) throws -> [Hit] {
        var found = try reader.claims(valueBeginning: text, limit: shown)
        if let sign = text.firstIndex(of: "="), sign != text.startIndex {
            let (key, value) = (String(text[..<sign]), String(text[text.index(after: sign)...]))
            found += try reader.claims(key: key, valueBeginning: value, limit: shown)
        }
        return found.prefix(shown).map { claim in
            Hit(
                address: Link.address(of: claim.subject),
                text: "\(claim.key) = \(claim.value)",
                detail: claim.speaker.rawValue
            )
        }
    }

    // MARK: - For people

    private static func node(_ group: Group) -> HTMLNode {
        let items = group.hits.map { hit in
            HTMLNode(
                "li",
                [],
                [
                    Link.node(hit.address, [.evidence(hit.text)]), .text(" "),
                    HTMLNode("span", [.class("note")], [.evidence(hit.detail)]),
                ]
            )
        }
        let more = group.hits.count >= shown ? HTMLNode("p", [.class("note")], "and perhaps more") : .empty
        return Section.major(group.name, group.title, [HTMLNode("ul", [], items), more])
    }

    /// Where to go on: lists that contain the text, and searches that take longer.
    private static func further(_ text: String) -> HTMLNode {
        let links = [
            (Address.make(["images"], [("q", text)]), "Images that mention it"),
            (Address.make(["tags"], [("q", text)]), "Names"), (Address.make(["signers"], [("q", text)]), "Signers"),
            (Address.make(["jobs"], [("q", text)]), "Jobs"), (Address.make(["commits"], [("q", text)]), "Commits"),
            (Address.make(["findings"], [("q", text)]), "Findings"),
            (Address.make(["find", "files"], [("path", "**/\(text)")]), "Files of this name"),
        ]
        return Section.major(
            "further",
            "Look further",
            [HTMLNode("ul", [.class("choices")], links.map { HTMLNode("li", [], [Link.node($0.0, $0.1)]) })]
        )
    }
}
