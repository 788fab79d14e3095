internal import CaseIndex
internal import Correlation
internal import Cryptography

/// Images, who signed them, the pipelines they came from and the commits that were built: what the chains of a case come
/// to when they are laid over one another.
struct ProvenanceGraph {
    /// The columns, from the image to its source.
    enum Column: Int, CaseIterable {
        case image, signer, run, commit

        var title: String {
            switch self {
            case .image: "Images"
            case .signer: "Signers"
            case .run: "Pipelines and jobs"
            case .commit: "Commits"
            }
        }
    }

    /// One box.
    struct Node {
        let column: Column
        /// What it is; a text of bytes, for comparing.
        let key: [UInt8]
        let title: String
        let detail: String
        var tone: Tone
        /// How many images lead to it; for an image, how many it stands for.
        var weight = 0
    }

    /// One line between two boxes.
    struct Edge {
        let from: Int
        let to: Int
        var tone: Tone
        var weight: Int
    }

    private(set) var nodes: [Node] = []
    private(set) var edges: [Edge] = []
    /// Whether some boxes stand for several things.
    private(set) var isGrouped = false
    private var places: [Key: Int] = [:]
    private var lines: [Pair: Int] = [:]

    private struct Key: Hashable {
        let column: Column
        let key: [UInt8]
    }

    private struct Pair: Hashable {
        let from: Int
        let to: Int
    }

    /// More boxes than this in a column cannot be read; the rest is put together.
    static let columnLimit = 24

    /// The graph of some images.
    init(_ lines: [ImageLine]) {
        let isWide = lines.count > Self.columnLimit
        let keys = Column.allCases.filter { $0 != .image }.map { column in
            KeptKeys(lines.map { Self.link($0, column) }, limit: Self.columnLimit)
        }
        let images = KeptKeys(isWide ? lines.map(Self.group) : [], limit: Self.columnLimit)
        for line in lines {
            var previous = place(isWide ? groupNode(line, images) : Self.imageNode(line))
            for (index, column) in Column.allCases.dropFirst().enumerated() {
                guard let link = Self.link(line, column) else { continue }
                let isKept = keys[index].kept.contains(link.key)
                isGrouped = isGrouped || !isKept
                let node =
                    isKept
                    ? Node(column: column, key: link.key, title: link.title, detail: link.detail, tone: .plain)
                    : Node(
                        column: column,
                        key: Array("\u{0}rest".utf8),
                        title: "\(Count.grouped(keys[index].restCount)) others",
                        detail: "not drawn one by one",
                        tone: .plain
                    )
                let next = place(node)
                join(previous, next, link.tone)
                previous = next
            }
        }
        isGrouped = isGrouped || isWide
    }

    // MARK: - Boxes

    private mutating func place(_ node: Node) -> Int {
        let key = Key(column: node.column, key: node.key)
        if let place = places[key] {
            nodes[place].weight += 1
            return place
        }
        places[key] = nodes.count
        nodes.append(node)
        nodes[nodes.count - 1].weight = 1
        return nodes.count - 1
    }

    private mutating func join(_ from: Int, _ to: Int, _ tone: Tone) {
        let pair = Pair(from: from, to: to)
        guard let place = lines[pair] else {
            lines[pair] = edges.count
            edges.append(Edge(from: from, to: to, tone: tone, weight: 1))
            return
        }
        edges[place].weight += 1
        if tone == .bad || edges[place].tone == .good { edges[place].tone = tone }
    }

    private static func imageNode(_ line: ImageLine) -> Node {
        Node(
            column: .image,
            key: Array("\(line.digest)".utf8),
            title: line.name,
            detail: "\(line.standing.mark) \(Wording.standing(line.standing).title) · \(line.digest.short)",
            tone: line.standing.tone
        )
    }

    /// All images of one verdict, repository and signer in one box.
    private mutating func groupNode(_ line: ImageLine, _ images: KeptKeys) -> Node {
        let group = Self.group(line)
        let word = "\(line.standing.mark) \(Wording.standing(line.standing).title)"
        guard images.kept.contains(group.key) else {
            return Node(
                column: .image,
                key: Array("\u{0}rest/\(line.standing.rawValue)".utf8),
                title: "Other images",
                detail: word,
                tone: line.standing.tone
            )
        }
        return Node(column: .image, key: group.key, title: group.title, detail: word, tone: line.standing.tone)
    }

    private static func group(_ line: ImageLine) -> Link {
        let repository = line.name.split(separator: ",").first.map(String.init) ?? line.name
        let name = repository.lastIndex(of: ":").map { String(repository[..<$0]) } ?? repository
        let title = name == line.digest.algorithm.rawValue ? "images without a name" : name
        return Link(
            key: Array("\(line.standing.rawValue)\u{0}\(title)".utf8),
            title: title,
            detail: "",
            tone: line.standing.tone
        )
    }

    /// What a line says in a column.
    struct Link {
        let key: [UInt8]
        let title: String
        let detail: String
        let tone: Tone
    }

    private static func link(_ line: ImageLine, _ column: Column) -> Link? {
        let link: ImageLine.Link?
        switch column {
        case .image: link = nil
        case .signer: link = line.signer
        case .run: link = line.run
        case .commit: link = line.commit
        }
        guard let link else { return nil }
        let bare = link.value.withoutScheme
        let title: String
        switch column {
        case .image: title = bare
        case .signer: return signer(link)
        case .run: title = (link.isJob ? "job " : "#") + bare
        case .commit: title = Shortened.commit(bare)
        }
        return Link(
            key: Array(
                "\(link.isJob ? "job " : "")\(link.value)\u{0}\(column == .commit ? "" : link.detail ?? "")".utf8
            ),
            title: title,
            detail: (link.detail ?? "").withoutScheme,
            tone: link.objection == nil ? link.basis.tone : .bad
        )
    }
}

extension ProvenanceGraph {
    /// A signer that is a build configuration by its file and place, any other as it is.
    private static func signer(_ link: ImageLine.Link) -> Link {
        let (file, place) = ChainCard.fileAndPlace(link.value)
        return Link(
            key: Array("\(link.value)\u{0}\(link.detail ?? "")".utf8),
            title: file,
            detail: place.isEmpty ? (link.detail ?? "").withoutScheme : place,
            tone: link.objection == nil ? link.basis.tone : .bad
        )
    }
}

/// The keys of a column that are drawn: those that most images have.
private struct KeptKeys {
    let kept: Set<[UInt8]>
    /// How many are not.
    let restCount: Int

    init(_ links: [ProvenanceGraph.Link?], limit: Int) {
        var weights: [[UInt8]: (count: Int, place: Int)] = [:]
        for link in links.compactMap(\.self) {
            let place = weights.count
            weights[link.key, default: (0, place)].count += 1
        }
        guard weights.count > limit else {
            kept = Set(weights.keys)
            restCount = 0
            return
        }
        let sorted = weights.sorted { ($1.value.count, $0.value.place) < ($0.value.count, $1.value.place) }
        kept = Set(sorted.prefix(limit - 1).map(\.key))
        restCount = weights.count - kept.count
    }
}
