internal import CaseIndex
internal import Cryptography

/// Follows what is affected from image to image, the nearest first.
struct BlastSpread {
    private let reader: CaseReader
    private var relatives: ImageRelatives
    private var states: [Digest: State] = [:]

    private struct State {
        var directs: [DirectReason] = []
        var links: [BlastLink] = []
        var distance = 0
    }

    init(_ reader: CaseReader) {
        self.reader = reader
        relatives = ImageRelatives(reader)
    }

    /// Notes an image that is affected by itself.
    mutating func add(direct match: ImageMatch, of distrust: Distrust) {
        states[match.image, default: State()].directs.append(DirectReason(distrust: distrust, match: match))
    }

    /// Follows everything that is made from what is affected, until nothing is added.
    mutating func follow() throws {
        var wave = states.keys.sorted()
        var distance = 0
        while !wave.isEmpty {
            distance += 1
            var next: Set<Digest> = []
            for image in wave {
                for (other, link) in try links(from: image) where other != image {
                    if states[other] == nil {
                        states[other] = State(links: [link], distance: distance)
                        next.insert(other)
                    } else if states[other]?.links.contains(link) == false {
                        states[other]?.links.append(link)
                    }
                }
            }
            wave = next.sorted()
        }
    }

    private mutating func links(from image: Digest) throws -> [(Digest, BlastLink)] {
        let state = states[image] ?? State()
        var found: [(Digest, BlastLink)] = []
        // What an index that is affected for one platform alone lists besides is not affected by that.
        if !state.directs.isEmpty {
            found += try relatives.platforms(of: image).map {
                ($0, BlastLink(from: image, kind: .listed, evidence: ""))
            }
        }
        let origins = Set(state.links.filter { $0.kind == .listed }.map(\.from))
        found += try reader.indexes(listing: image).filter { !origins.contains($0) }.map {
            ($0, BlastLink(from: image, kind: .lists, evidence: ""))
        }
        return try found + relatives.derived(from: image)
    }

    /// Everything that is affected.
    func images() throws -> [AffectedImage] {
        try states.map { digest, state in
            let named = try ([digest] + reader.indexes(listing: digest)).flatMap { try reader.references(to: $0) }
            return AffectedImage(
                image: digest,
                names: Set(named.map(\.name)).sorted(),
                isPresent: try reader.artifact(digest) != nil,
                directs: state.directs,
                links: state.links,
                distance: state.distance
            )
        }.sorted { ($0.distance, $0.image) < ($1.distance, $1.image) }
    }
}
