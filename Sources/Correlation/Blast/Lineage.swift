package import CaseIndex
package import Cryptography

/// Which images around one are derived from which, and why that is said.
package struct Lineage: Sendable {
    /// Every edge, from each image to what it is derived from.
    package private(set) var edges: [Digest: [LineageEdge]] = [:]
    /// Every image that has layers, with how many.
    package private(set) var layerCounts: [Digest: Int] = [:]
    private var children: [Digest: [Digest]] = [:]

    /// Compares an image with every other that may be derived from it or it from them, and those with one another.
    ///
    /// - Parameters:
    ///   - image: The image: a manifest, not an index.
    ///   - reader: The case.
    /// - Throws: ``CaseError``.
    package init(around image: Digest, _ reader: CaseReader) throws {
        let images = try LineageNeighbours.all(around: image, reader)
        var byDigest = LayerTrie()
        var byDiffID = LayerTrie()
        for image in images where !image.layers.isEmpty {
            layerCounts[image.image] = image.layers.count
            byDigest.add(image.image, image.layers.map(\.target))
            let diffIDs = image.layers.compactMap(\.diffID)
            if diffIDs.count == image.layers.count { byDiffID.add(image.image, diffIDs) }
        }
        for neighbour in images where !neighbour.layers.isEmpty {
            let image = neighbour.image
            let prefixes = byDigest.origins(of: image).map {
                LineageEdge(origin: $0.image, name: nil, basis: .layers, sharedLayers: $0.depth)
            }
            let expanded = byDiffID.origins(of: image).map {
                LineageEdge(origin: $0.image, name: nil, basis: .diffIDs, sharedLayers: $0.depth)
            }
            // Where the layers' own digests tell it, their expanded bytes tell nothing more.
            let known = Set(prefixes.map(\.origin))
            edges[image] =
                prefixes + expanded.filter { !known.contains($0.origin) } + (try Self.stated(neighbour.base, reader))
        }
        for (image, own) in edges {
            for case let origin? in own.map(\.origin) { children[origin, default: []].append(image) }
        }
        for (image, own) in children { children[image] = Set(own).sorted() }
    }

    /// What annotations and labels say (OCI image-spec, "Pre-Defined Annotation Keys").
    private static func stated(_ base: StatedBase, _ reader: CaseReader) throws -> [LineageEdge] {
        if let text = base.digest {
            let digest = try? Digest(parsing: text)
            // The annotation may name an index, whose manifest for the platform is the base.
            return [LineageEdge(origin: digest, name: base.name ?? text, basis: .statement, sharedLayers: 0)]
        }
        guard let name = base.name else { return [] }
        let named = Set(try reader.references(named: name).map(\.digest)).sorted()
        guard !named.isEmpty else { return [LineageEdge(origin: nil, name: name, basis: .statement, sharedLayers: 0)] }
        return named.map { LineageEdge(origin: $0, name: name, basis: .statement, sharedLayers: 0) }
    }

    /// The images that are directly derived from one.
    package func derived(from image: Digest) -> [Digest] {
        children[image] ?? []
    }

    /// The images at which the ways back from an image end; itself when it is derived from none.
    package func roots(of image: Digest) -> [Digest] {
        var seen: Set<Digest> = [image]
        var pending = [image]
        var roots: Set<Digest> = []
        while let next = pending.popLast() {
            let origins = (edges[next] ?? []).compactMap(\.origin).filter { $0 != next }
            if origins.isEmpty { roots.insert(next) }
            for origin in origins where seen.insert(origin).inserted { pending.append(origin) }
        }
        return roots.isEmpty ? [image] : roots.sorted()
    }

    /// What is shown below an image when another is asked about: everything derived from that one, and of what it comes
    /// from only the way to it.
    package func shownChildren(of node: Digest, around image: Digest, _ ancestry: Set<Digest>) -> [Digest] {
        let derived = derived(from: node)
        return node == image || !ancestry.contains(node) ? derived : derived.filter(ancestry.contains)
    }

    /// The images on the ways back from an image, with itself.
    package func ancestry(of image: Digest) -> Set<Digest> {
        var seen: Set<Digest> = [image]
        var pending = [image]
        while let next = pending.popLast() {
            for case let origin? in (edges[next] ?? []).map(\.origin) where seen.insert(origin).inserted {
                pending.append(origin)
            }
        }
        return seen
    }
}

/// Why an image is said to be derived from another.
package struct LineageEdge: Hashable, Sendable {
    /// The other image; nil when the digest is not known.
    package let origin: Digest?
    /// The name under which a document states it.
    package let name: String?
    /// What says so.
    package let basis: Basis
    /// How many layers they have in common at the bottom.
    package let sharedLayers: Int

    /// What an edge rests on.
    package enum Basis: String, Hashable, Sendable, CaseIterable {
        /// Its layers are the lower layers, by their digests.
        case layers = "layer-digests"
        /// The same for what the layers expand to: they were compressed anew.
        case diffIDs = "diff-ids"
        /// An annotation or label states it, and nobody signed that.
        case statement = "unsigned-statement"
    }
}

/// Lists of layers as a tree of their beginnings.
private struct LayerTrie {
    private struct Step: Hashable {
        let node: Int
        let layer: Digest
    }

    private var steps: [Step: Int] = [:]
    private var parents: [Int] = [-1]
    private var depths: [Int] = [0]
    private var images: [[Digest]] = [[]]
    private var places: [Digest: Int] = [:]

    mutating func add(_ image: Digest, _ layers: [Digest]) {
        var node = 0
        for layer in layers {
            let step = Step(node: node, layer: layer)
            if let known = steps[step] {
                node = known
                continue
            }
            parents.append(node)
            depths.append(depths[node] + 1)
            images.append([])
            node = parents.count - 1
            steps[step] = node
        }
        images[node].append(image)
        places[image] = node
    }

    /// The images whose layers are all but the upper ones of an image's, with the most layers.
    func origins(of image: Digest) -> [(image: Digest, depth: Int)] {
        guard let place = places[image] else { return [] }
        var node = parents[place]
        while node > 0, images[node].isEmpty { node = parents[node] }
        return node > 0 ? images[node].map { ($0, depths[node]) } : []
    }
}
