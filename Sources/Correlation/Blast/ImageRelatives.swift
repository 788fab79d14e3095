internal import CaseIndex
internal import Cryptography

/// Which images are made from one, found by looking up its layers and names rather than by comparing all images.
struct ImageRelatives {
    private let reader: CaseReader
    private var stacks: [Digest: [LayerName]] = [:]
    private var bases: [BasePlace: Bool] = [:]
    private var isLayered: [Digest: Bool] = [:]

    init(_ reader: CaseReader) {
        self.reader = reader
    }

    /// A layer by both of its names.
    private struct LayerName {
        let digest: Digest
        let diffID: Digest?
        let size: Int64?
    }

    private struct BasePlace: Hashable {
        let layer: Digest
        let count: Int
    }

    /// The manifests that an index lists.
    func platforms(of index: Digest) throws -> [Digest] {
        var seen: Set<Digest> = []
        return try reader.relationships(from: index).filter { $0.kind == .child }.map(\.target)
            .filter { seen.insert($0).inserted }
    }

    /// The images that are made from an image, each once, with what says so.
    mutating func derived(from image: Digest) throws -> [(Digest, BlastLink)] {
        var seen: Set<Digest> = [image]
        var found: [(Digest, BlastLink)] = []
        func add(_ other: Digest, _ kind: BlastLink.Kind, _ evidence: String) {
            if seen.insert(other).inserted {
                found.append((other, BlastLink(from: image, kind: kind, evidence: evidence)))
            }
        }
        let layers = try stack(of: image)
        if let last = layers.last {
            for (other, count) in try above(layers, by: \.digest, try reader.relationships(to: last.digest)) {
                // With the same layers neither is built on the other.
                add(other, count > layers.count ? .derived : .sharesLayer, "\(layers.count) layers from the bottom")
            }
            if let diffID = last.diffID {
                for (other, count) in try above(layers, by: \.diffID, try reader.layers(withDiffID: diffID)) {
                    add(
                        other,
                        count > layers.count ? .derivedExpanded : .sharesLayer,
                        "\(layers.count) diffIDs from the bottom"
                    )
                }
            }
            for layer in try own(layers) {
                for record in try reader.relationships(to: layer) where try isStackedImage(record) {
                    add(record.origin, .sharesLayer, "layer \(layer)")
                }
            }
        }
        for (other, evidence) in try stated(base: image) { add(other, .statedBase, evidence) }
        return found
    }

    // MARK: - Layers

    private mutating func stack(of image: Digest) throws -> [LayerName] {
        if let known = stacks[image] { return known }
        var layers: [LayerName] = []
        var position: Int?
        for record in try reader.relationships(from: image) where record.kind == .layer && record.position != position {
            position = record.position
            let diffID = record.observedDiffID ?? record.claimedDiffID
            layers.append(LayerName(digest: record.target, diffID: diffID, size: record.size))
        }
        stacks[image] = layers
        return layers
    }

    /// The images that have all layers of one at the bottom, with how many they have.
    private mutating func above(
        _ layers: [LayerName],
        by name: (LayerName) -> Digest?,
        _ candidates: [RelationshipRecord]
    ) throws -> [(Digest, Int)] {
        var seen: Set<Digest> = []
        var found: [(Digest, Int)] = []
        for record in candidates where record.position == layers.count - 1 && seen.insert(record.origin).inserted {
            guard try isStackedImage(record) else { continue }
            let other = try stack(of: record.origin)
            let isAbove = other.count >= layers.count && zip(layers, other).allSatisfy { name($0) == name($1) }
            if isAbove { found.append((record.origin, other.count)) }
        }
        return found
    }

    /// Whether a descriptor is one of a layer of an image, rather than of a signature's payload.
    private mutating func isStackedImage(_ record: RelationshipRecord) throws -> Bool {
        guard record.kind == .layer else { return false }
        if let known = isLayered[record.origin] { return known }
        let role = try reader.artifact(record.origin)?.role
        let isImage = role == .imageManifest || role == .savedImage
        isLayered[record.origin] = isImage
        return isImage
    }

    /// The layers that an image adds to the base that the case has; none when it has no base, because then nothing tells
    /// which of its layers others have with good reason.
    private mutating func own(_ layers: [LayerName]) throws -> [Digest] {
        for count in stride(from: layers.count - 1, to: 0, by: -1) where try isBase(layers[count - 1].digest, count) {
            return try layers[count...].filter { try !isEmpty($0) }.map(\.digest)
        }
        return []
    }

    /// Whether a layer has no member: many images that have nothing to do with one another have it.
    private func isEmpty(_ layer: LayerName) throws -> Bool {
        if let known = try reader.layer(layer.digest) { return known.entries == 0 }
        return (layer.size ?? .max) <= Self.emptyLayer
    }

    /// Whether some image ends with a layer at this place.
    private mutating func isBase(_ layer: Digest, _ count: Int) throws -> Bool {
        let place = BasePlace(layer: layer, count: count)
        if let known = bases[place] { return known }
        let isBase = try reader.hasImage(endingWith: layer, at: count - 1)
        bases[place] = isBase
        return isBase
    }

    /// A layer without any member takes at most so many bytes when it is compressed.
    private static let emptyLayer: Int64 = 128

    // MARK: - Statements

    /// The images that say that one is their base (OCI image-spec, "Pre-Defined Annotation Keys").
    private func stated(base image: Digest) throws -> [(Digest, String)] {
        let prefix = "org.opencontainers.image.base."
        var found = try reader.claims(key: prefix + "digest", value: image.description).map { claim in
            (claim.subject, "claim:\(claim.id)")
        }
        let names = try ([image] + reader.indexes(listing: image)).flatMap { try reader.references(to: $0) }.map(\.name)
        for name in Set(names).sorted() {
            for claim in try reader.claims(key: prefix + "name", value: name) where claim.signatureID == nil {
                // Where the digest is stated as well, the name says nothing more.
                let digests = try reader.claims(about: claim.subject, signature: nil).filter {
                    $0.key.hasSameBytes(as: prefix + "digest")
                }
                if digests.isEmpty { found.append((claim.subject, "claim:\(claim.id)")) }
            }
        }
        return found
    }
}
