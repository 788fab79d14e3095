internal import Cryptography

/// Puts affected images into an order in which they can be made anew.
enum BlastOrder {
    /// Bases before what is built on them, platforms before the index that lists them; otherwise by digest.
    static func order(_ images: [AffectedImage]) -> (order: [Digest], circular: Set<Digest>) {
        let affected = Set(images.map(\.image))
        var open: [Digest: Int] = [:]
        var next: [Digest: [Digest]] = [:]
        for pair in Set(images.flatMap { image in image.links.compactMap { $0.order(image.image) } })
        where affected.contains(pair.first) && affected.contains(pair.second) {
            next[pair.first, default: []].append(pair.second)
            open[pair.second, default: 0] += 1
        }
        // Wave by wave: everything that depends only on earlier waves.
        var wave = affected.filter { open[$0] == nil }.sorted()
        var order: [Digest] = []
        while !wave.isEmpty {
            order += wave
            var freed: [Digest] = []
            for image in wave {
                for other in next[image] ?? [] {
                    let rest = (open[other] ?? 1) - 1
                    open[other] = rest
                    if rest == 0 { freed.append(other) }
                }
            }
            wave = freed.sorted()
        }
        let rest = affected.subtracting(order)
        return (order + rest.sorted(), rest)
    }
}

/// That one image has to be made before another.
struct OrderedPair: Hashable {
    let first, second: Digest
}

extension BlastLink {
    /// Which of the two comes first; nil where neither has to.
    fileprivate func order(_ image: Digest) -> OrderedPair? {
        switch kind {
        case .derived, .derivedExpanded, .statedBase, .lists: OrderedPair(first: from, second: image)
        case .listed: OrderedPair(first: image, second: from)
        case .sharesLayer: nil
        }
    }
}
