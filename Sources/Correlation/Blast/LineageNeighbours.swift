internal import CaseIndex
internal import Cryptography

/// What an image says that it is derived from (OCI image-spec, "Pre-Defined Annotation Keys").
struct StatedBase {
    static let digestKey = "org.opencontainers.image.base.digest"
    static let nameKey = "org.opencontainers.image.base.name"

    /// The words for the digest and the name, as nobody signed them.
    let digest, name: String?

    /// What the claims about one image say.
    init(_ claims: [ClaimRecord]) {
        digest = claims.first { $0.key.hasSameBytes(as: Self.digestKey) }?.value
        name = claims.first { $0.key.hasSameBytes(as: Self.nameKey) }?.value
    }
}

/// Finds the images with which one has to be compared to tell what it is derived from and what from it: those with the
/// same lowest layer, those that name one another as their base, and so on from each of them.
///
/// Thousands may share a layer, so the case is asked for many of them at once.
struct LineageNeighbours {
    private let reader: CaseReader
    private var found: Set<Digest>
    private var pending: [Digest]
    /// The lowest layers whose images are found, by the digests of layers and of what they expand to.
    private var lowestLayers: Set<Digest> = []
    /// The names of bases whose images are found.
    private var baseNames: Set<String> = []
    /// Whether any image says that it is derived from a digest, or from a name.
    private let statesDigests, statesNames: Bool

    /// What was read of each image.
    private var known: [Neighbour] = []

    /// So many images are read at once.
    private static let batch = 4_096

    /// One image as it is compared.
    struct Neighbour {
        let image: Digest
        /// Its layers, the lowest first, each once.
        let layers: [PlacedLayer]
        /// What it says that it is derived from.
        let base: StatedBase
    }

    private init(_ image: Digest, _ reader: CaseReader) throws {
        self.reader = reader
        found = [image]
        pending = [image]
        statesDigests = try reader.hasClaims(key: StatedBase.digestKey)
        statesNames = try reader.hasClaims(key: StatedBase.nameKey)
    }

    /// The images, with the one that is asked about, by digest.
    static func all(around image: Digest, _ reader: CaseReader) throws -> [Neighbour] {
        var neighbours = try LineageNeighbours(image, reader)
        while !neighbours.pending.isEmpty {
            let next = Array(neighbours.pending.suffix(batch))
            neighbours.pending.removeLast(next.count)
            try neighbours.visit(next)
        }
        let images = try reader.digests(in: [.imageManifest, .savedImage], among: neighbours.known.map(\.image))
        return neighbours.known.filter { images.contains($0.image) }.sorted { $0.image < $1.image }
    }

    private mutating func visit(_ images: [Digest]) throws {
        let layers = try reader.layers(of: images)
        let claims =
            statesDigests || statesNames
            ? Dictionary(
                grouping: try reader.unsignedClaims(about: images, keys: [StatedBase.digestKey, StatedBase.nameKey])
            ) { $0.subject } : [:]
        for image in images {
            let neighbour = Neighbour(
                image: image,
                layers: layers[image] ?? [],
                base: StatedBase(claims[image] ?? [])
            )
            known.append(neighbour)
            try addOrigins(of: neighbour)
        }
        try addDerived(from: images)
    }

    /// The images of which the same layer is the lowest, and the base that an image names.
    private mutating func addOrigins(of image: Neighbour) throws {
        if let lowest = image.layers.first {
            if lowestLayers.insert(lowest.target).inserted {
                for other in try reader.images(withLayer: lowest.target, at: lowest.position) { add(other) }
            }
            if let diffID = lowest.diffID, lowestLayers.insert(diffID).inserted {
                for other in try reader.images(withDiffID: diffID, at: lowest.position) { add(other) }
            }
        }
        if let text = image.base.digest {
            if let digest = try? Digest(parsing: text) { add(digest) }
        } else if let name = image.base.name, baseNames.insert(name).inserted {
            for reference in try reader.references(named: name) { add(reference.digest) }
        }
    }

    /// The images that name one of these as their base.
    private mutating func addDerived(from images: [Digest]) throws {
        var claims = statesDigests ? try reader.claims(key: StatedBase.digestKey, digests: images) : []
        if statesNames {
            for name in try reader.names(of: images) {
                claims += try reader.claims(key: StatedBase.nameKey, value: name)
            }
        }
        for claim in claims where claim.signatureID == nil { add(claim.subject) }
    }

    private mutating func add(_ image: Digest) {
        if found.insert(image).inserted { pending.append(image) }
    }
}
