import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Filesystem
internal import Report
internal import StrictJSON

/// The command `raireki lineage`.
struct LineageCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "lineage",
        abstract: "Show what an image is derived from, and what is derived from it.",
        discussion: """
            Every step says what it rests on: layer-digests (the base's layers are the lower layers of the image), \
            diff-ids (the same for their uncompressed bytes, when layers were compressed anew), or unsigned-statement \
            (an annotation or label org.opencontainers.image.base.name or .digest says so, and nobody signed that).

            EXAMPLES
              raireki lineage app:1.0
              raireki lineage app:1.0 --format json
            """
    )

    @Argument(help: "The image: a digest, at least 7 digits of one, or a name.", completion: .imageNames)
    var image: String

    @OptionGroup var platformOption: PlatformOption
    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        try caseOption.withCaseToRead(session) { caseFile in
            let named = try ImageName.resolve([image], in: caseFile, session)[0]
            return try caseFile.read { reader in
                let image = try platformOption.manifest(of: named, reader).digest
                var page = LineagePage(try Lineage(around: image, reader), image, reader)
                switch formatOption.format {
                case .text: session.write(try page.text())
                case .json: session.write(try LineageJSON.document(page.lineage, image, reader).pretty + "\n")
                }
                return .success
            }
        }
    }
}

/// The tree around one image.
struct LineagePage {
    let lineage: Lineage
    private let image: Digest
    private let reader: CaseReader
    private let ancestry: Set<Digest>
    private var shown: Set<Digest> = []

    init(_ lineage: Lineage, _ image: Digest, _ reader: CaseReader) {
        self.lineage = lineage
        self.image = image
        self.reader = reader
        ancestry = lineage.ancestry(of: image)
    }

    mutating func text() throws -> String {
        var lines: [String] = []
        for root in lineage.roots(of: image) { try add(root, from: nil, "", "", &lines) }
        for edge in lineage.edges[image] ?? [] where edge.origin == nil {
            lines.append(
                "derived from \(ErrorMessages.shown(edge.name ?? "")), which is not in the case (\(edge.basis.rawValue))"
            )
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Of ancestors only the ways to the image are shown; of the image everything that is derived from it.
    private func children(_ node: Digest) -> [Digest] {
        lineage.shownChildren(of: node, around: image, ancestry)
    }

    private mutating func add(
        _ start: Digest,
        from parent: Digest?,
        _ lead: String,
        _ indentation: String,
        _ lines: inout [String]
    ) throws {
        // Depth is that of derivation: deeper than this is made up.
        guard indentation.utf8.count < 3 * 1_000 else { return }
        let isNew = shown.insert(start).inserted
        lines.append(lead + (try title(start, from: parent)) + (isNew ? "" : "  (shown above)"))
        guard isNew else { return }
        let children = children(start)
        for (index, child) in children.enumerated() {
            let isLast = index == children.count - 1
            try add(
                child,
                from: start,
                indentation + (isLast ? "└─ " : "├─ "),
                indentation + (isLast ? "   " : "│  "),
                &lines
            )
        }
    }

    private func title(_ node: Digest, from parent: Digest?) throws -> String {
        let names = try FoundImage(node, reader).names
        let name = names.isEmpty ? "" : ErrorMessages.shown(names.joined(separator: ", ")) + "  "
        let mark = node == image ? "  ◀" : ""
        guard let count = lineage.layerCounts[node] else { return "\(name)\(node)  not in the case\(mark)" }
        let edge = lineage.edges[node]?.first { parent != nil && $0.origin == parent }
        let remark = edge.map { "  \(reason($0))" } ?? ""
        return "\(name)\(node)  \(counted(count, "layer"))\(remark)\(mark)"
    }

    private func reason(_ edge: LineageEdge) -> String {
        edge.basis == .statement
            ? edge.basis.rawValue : "\(edge.basis.rawValue), \(counted(edge.sharedLayers, "layer")) shared"
    }
}
