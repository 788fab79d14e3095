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

    /// Every image that no index lists, every child that has signatures of its own, and every digest that signatures
    /// name although its manifest is not in the case; by digest.
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
                UNION SELECT subject FROM signature WHERE subject NOT IN
                    (SELECT target FROM relationship JOIN artifact ON artifact.digest = origin
                        WHERE kind = 'configuration' AND role = 'image-manifest')
                UNION SELECT target FROM relationship WHERE kind = 'entry' AND outcome <> 'matched'
                    AND target NOT IN (SELECT digest FROM artifact)
                    AND target NOT IN (SELECT carrier FROM signature)
                ORDER BY 1
                """
        )
        return try digests.map { try Self.digest($0) }
    }

    /// What lists show of one image.
    package func imageEntry(_ digest: Digest) throws -> ImageEntry {
        let children = try relationships(from: digest).filter { $0.kind == .child }
        let own = try relationships(to: digest).filter { $0.kind == .child || $0.kind == .entry }
        let platforms = Set((children.isEmpty ? own : children).compactMap(\.platform))
        return ImageEntry(
            digest: digest,
            names: Set(try references(to: digest).map(\.name)).sorted(),
            isPresent: try artifact(digest) != nil,
            platforms: platforms.sorted(),
            signatureCount: try signatures(of: digest).count
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
