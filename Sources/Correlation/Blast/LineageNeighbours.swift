internal import CaseIndex
internal import Cryptography

/// What an image says that it is derived from (OCI image-spec, "Pre-Defined Annotation Keys").
struct StatedBase {
    static let digestKey = "org.opencontainers.image.base.digest"
    static let nameKey = "org.opencontainers.image.base.name"

    /// The words for the digest and the name, as nobody signed them.
    let digest, name: String?

    init(of image: Digest, _ reader: CaseReader) throws {
        let claims = try reader.unsignedClaims(about: image, keys: [Self.digestKey, Self.nameKey])
        digest = claims.first { $0.key.hasSameBytes(as: Self.digestKey) }?.value
        name = claims.first { $0.key.hasSameBytes(as: Self.nameKey) }?.value
    }
}

/// Finds the images with which one has to be compared to tell what it is derived from and what from it: those with the
/// same lowest layer, those that name one another as their base, and so on from each of them.
struct LineageNeighbours {
    private let reader: CaseReader
    private var found: Set<Digest>
    private var pending: [Digest]
    /// The lowest layers whose images are found, by the digests of layers and of what they expand to.
    private var lowestLayers: Set<Digest> = []

    /// What was read of each image.
    private var known: [Neighbour] = []

    /// One image as it is compared.
    struct Neighbour {
        let image: Digest
        /// Its layers, the lowest first, each once.
        let layers: [RelationshipRecord]
        /// What it says that it is derived from.
        let base: StatedBase
    }

    private init(_ image: Digest, _ reader: CaseReader) {
        self.reader = reader
        found = [image]
        pending = [image]
    }

    /// The images, with the one that is asked about, by digest.
    static func all(around image: Digest, _ reader: CaseReader) throws -> [Neighbour] {
        var neighbours = LineageNeighbours(image, reader)
        while let next = neighbours.pending.popLast() { try neighbours.visit(next) }
        let roles: [ArtifactRole?] = [.imageManifest, .savedImage]
        return try neighbours.known.filter { roles.contains(try reader.artifact($0.image)?.role) }
            .sorted { $0.image < $1.image }
    }

    private static func layers(of image: Digest, _ reader: CaseReader) throws -> [RelationshipRecord] {
        var layers: [RelationshipRecord] = []
        for record in try reader.relationships(from: image)
        where record.kind == .layer && layers.last?.position != record.position {
            layers.append(record)
        }
        return layers
    }

    private mutating func visit(_ image: Digest) throws {
        let layers = try Self.layers(of: image, reader)
        let base = try StatedBase(of: image, reader)
        known.append(Neighbour(image: image, layers: layers, base: base))
        if let lowest = layers.first {
            if lowestLayers.insert(lowest.target).inserted { add(lowest, try reader.relationships(to: lowest.target)) }
            if let diffID = lowest.observedDiffID ?? lowest.claimedDiffID, lowestLayers.insert(diffID).inserted {
                add(lowest, try reader.layers(withDiffID: diffID))
            }
        }
        if let text = base.digest {
            if let digest = try? Digest(parsing: text) { add(digest) }
        } else if let name = base.name {
            for reference in try reader.references(named: name) { add(reference.digest) }
        }
        try addDerived(from: image)
    }

    /// The images of which the same layer is the lowest.
    private mutating func add(_ lowest: RelationshipRecord, _ records: [RelationshipRecord]) {
        for record in records where record.kind == .layer && record.position == lowest.position { add(record.origin) }
    }

    /// The images that name one as their base.
    private mutating func addDerived(from image: Digest) throws {
        var claims = try reader.claims(key: StatedBase.digestKey, value: image.description)
        for name in Set(try reader.references(to: image).map(\.name)).sorted() {
            claims += try reader.claims(key: StatedBase.nameKey, value: name)
        }
        for claim in claims where claim.signatureID == nil { add(claim.subject) }
    }

    private mutating func add(_ image: Digest) {
        if found.insert(image).inserted { pending.append(image) }
    }
}
