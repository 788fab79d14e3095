package import Cryptography
internal import GRDB

/// Whether the bytes of an image are those that its digest names.
package enum ContentOutcome: String, Hashable, Sendable, CaseIterable {
    /// Every descriptor reached from the image was compared with its bytes, and agrees.
    case intact
    /// Nothing contradicts, but some bytes are not in the evidence or could not be read.
    case incomplete
    /// Some bytes are not those that a descriptor names.
    case altered
}

/// The descriptors that are reached from one image: index, children, configurations and layers.
package struct ImageGraph: Hashable, Sendable {
    /// The image.
    package let image: Digest
    /// Every descriptor that names the image or is reached from it, from every source, each once.
    package let descriptors: [RelationshipRecord]

    /// The descriptors whose bytes are other than named.
    package var altered: [RelationshipRecord] {
        descriptors.filter(\.outcome.isContradiction)
    }

    /// The descriptors whose bytes no source has.
    package var absent: [RelationshipRecord] {
        let present = Set(descriptors.filter { $0.outcome == .matched }.map(\.target))
        return descriptors.filter {
            !$0.outcome.isContradiction && $0.outcome != .matched && !present.contains($0.target)
        }
    }

    /// The worst of all.
    package var outcome: ContentOutcome {
        if !altered.isEmpty { return .altered }
        return absent.isEmpty && !descriptors.isEmpty ? .intact : .incomplete
    }
}

extension DescriptorOutcome {
    /// Whether it says that bytes are other than named, rather than absent.
    package var isContradiction: Bool {
        switch self {
        case .digestMismatch, .sizeMismatch, .diffIDMismatch, .malformed: true
        case .matched, .missing, .unreadable: false
        }
    }
}

/// One image of a case, for lists.
package struct ImageEntry: Hashable, Sendable {
    /// Its digest.
    package let digest: Digest
    /// The names that evidence gives it, each once, sorted.
    package let names: [String]
    /// Whether its own manifest or index is in the case.
    package let isPresent: Bool
    /// The platforms: of its children for an index, of the descriptor that names it otherwise.
    package let platforms: [String]
    /// How many signatures and attestations storage attaches to it.
    package let signatureCount: Int
}

extension ImageEntry {
    /// From the descriptors in an image and those that name it.
    fileprivate init(
        _ digest: Digest,
        below: [RelationshipRecord],
        above: [RelationshipRecord],
        references: [ReferenceRecord],
        isPresent: Bool,
        signatureCount: Int
    ) {
        let children = below.filter { $0.kind == .child }
        let own = above.filter { $0.kind == .child || $0.kind == .entry }
        self.init(
            digest: digest,
            names: Set(references.map(\.name)).sorted(),
            isPresent: isPresent,
            platforms: Set((children.isEmpty ? own : children).compactMap(\.platform)).sorted(),
            signatureCount: signatureCount
        )
    }
}

extension CaseReader {
    /// Walks from an image to everything below it; each artifact is visited once, whatever the graph looks like.
    package func graph(of image: Digest) throws -> ImageGraph {
        var descriptors = try relationships(to: image).filter { $0.kind == .entry || $0.kind == .child }
        var visited: Set<Digest> = [image]
        var pending = [image]
        while let origin = pending.popLast() {
            for descriptor in try relationships(from: origin) where descriptor.kind.isContent {
                descriptors.append(descriptor)
                if descriptor.kind == .child, visited.insert(descriptor.target).inserted {
                    pending.append(descriptor.target)
                }
            }
        }
        return ImageGraph(image: image, descriptors: descriptors)
    }

    /// Every image, by digest.
    ///
    /// That is every image that no index lists, every child that has signatures of its own, and every digest that signatures
    /// name although its manifest is not in the case. What only the log entry of such a signature names is
    /// that signature's payload.
    package func images() throws -> [ImageEntry] {
        try imageDigests().map { try imageEntry($0) }
    }

    /// The digests of the same images, in the same order.
    package func imageDigests() throws -> [Digest] {
        let digests = try String.fetchAll(
            database,
            sql: """
                SELECT digest FROM artifact WHERE role IN ('image-index', 'image-manifest', 'saved-image')
                    AND (digest NOT IN (SELECT target FROM relationship WHERE kind = 'child')
                        OR digest IN (SELECT subject FROM signature))
                UNION SELECT subject FROM signature WHERE id NOT IN (SELECT value FROM json_each(?)) AND subject NOT IN
                    (SELECT target FROM relationship JOIN artifact ON artifact.digest = origin
                        WHERE kind = 'configuration' AND role = 'image-manifest')
                UNION SELECT target FROM relationship WHERE kind = 'entry' AND outcome <> 'matched'
                    AND target NOT IN (SELECT digest FROM artifact)
                    AND target NOT IN (SELECT carrier FROM signature)
                ORDER BY 1
                """,
            arguments: [Self.list(try joinedEntries().compactMap(\.entryID))]
        )
        return try digests.map { try Self.digest($0) }
    }

    /// What lists show of one image.
    package func imageEntry(_ digest: Digest) throws -> ImageEntry {
        try ImageEntry(
            digest,
            below: relationships(from: digest),
            above: relationships(to: digest),
            references: references(to: digest),
            isPresent: artifact(digest) != nil,
            signatureCount: signatures(of: digest).count
        )
    }

    /// The same of an image of which most is read already.
    package func imageEntry(
        of graph: ImageGraph,
        references: [ReferenceRecord],
        signatureCount: Int
    ) throws -> ImageEntry {
        try ImageEntry(
            graph.image,
            below: graph.descriptors.filter { $0.origin == graph.image },
            above: graph.descriptors.filter { $0.target == graph.image },
            references: references,
            isPresent: artifact(graph.image) != nil,
            signatureCount: signatureCount
        )
    }

    private static func digest(_ text: String) throws -> Digest {
        do {
            return try Digest(parsing: text)
        } catch {
            throw CaseError.corrupt(column: "digest", value: text)
        }
    }
}

extension RelationshipKind {
    /// Whether the target is part of the image.
    var isContent: Bool {
        switch self {
        case .child, .configuration, .layer: true
        case .entry, .subject: false
        }
    }
}
