package import CaseIndex
package import Cryptography

/// Finds files in every layer of a case, and tells what became of them in every image.
package final class FileSearch {
    private let reader: CaseReader
    private let fates: PathFates
    private var stacks: [Digest: ImageStack] = [:]
    private var images: [Digest: FoundImage] = [:]
    private var imagesByLayer: [Digest: [Digest]] = [:]
    private var layers: [Int64: LayerRecord] = [:]

    /// - Parameter reader: The case, in one consistent state.
    package init(_ reader: CaseReader) {
        self.reader = reader
        fates = PathFates(reader)
    }

    /// Every member of any layer with this content: files, and the hard links that lead to them.
    ///
    /// - Parameter digest: SHA-256, 32 bytes.
    /// - Returns: The members, by layer and position.
    /// - Throws: ``CaseError``.
    package func find(content digest: [UInt8]) throws -> [FileHit] {
        try reader.entries(content: digest).compactMap { try describe($0) }
    }

    /// Every member of any layer whose path matches, and every whiteout of such a path.
    ///
    /// - Throws: ``CaseError``.
    package func find(_ pattern: PathPattern) throws -> [FileHit] {
        var hits: [FileHit] = []
        for path in try paths(matching: pattern) {
            let entries =
                try reader.entries(path: path) + reader.entries(path: Whiteout.path(deleting: path[...]))
            hits += try entries.compactMap { try describe($0) }
        }
        return hits
    }

    /// The layers of the case's images in which a search cannot look, or not everywhere: what they hold is not known.
    ///
    /// - Throws: ``CaseError``.
    package func gaps() throws -> LayerGaps {
        try reader.layerGaps()
    }

    /// The paths that match, sorted by their bytes, and the paths of which only whiteouts are known.
    private func paths(matching pattern: PathPattern) throws -> [[UInt8]] {
        if let literal = pattern.literal { return [literal] }
        var paths: Set<[UInt8]> = []
        try reader.forEachPath(glob: pattern.glob, prefix: pattern.prefix) { path in
            if pattern.matches(path) { paths.insert(path) }
        }
        return paths.sorted { $0.lexicographicallyPrecedes($1) }
    }

    // MARK: - Images

    /// What became of one member in every image that has its layer.
    ///
    /// - Throws: ``CaseError``.
    package func describe(_ stored: StoredFileEntry) throws -> FileHit? {
        guard let layer = try layer(stored.layerID) else { return nil }
        return FileHit(
            layer: layer,
            entry: stored,
            images: try images(withLayer: layer.digest).flatMap { try occurrences(of: stored, in: $0) }
        )
    }

    private func layer(_ id: Int64) throws -> LayerRecord? {
        if let known = layers[id] { return known }
        let layer = try reader.layer(id: id)
        layers[id] = layer
        return layer
    }

    private func images(withLayer layer: Digest) throws -> [Digest] {
        if let known = imagesByLayer[layer] { return known }
        let found = try reader.images(withLayer: layer)
        imagesByLayer[layer] = found
        return found
    }

    /// The member in one image; an image may have the same layer at several places.
    private func occurrences(of stored: StoredFileEntry, in image: Digest) throws -> [FileOccurrence] {
        let stack = try stack(of: image)
        return try stack.layers.indices.filter { stack.layers[$0].stored?.id == stored.layerID }.map { index in
            let found = try fates.fate(
                of: stored.id,
                stored.entry.kind,
                at: stored.entry.path,
                layer: index,
                in: stack
            )
            let act: FileOccurrence.Act =
                found.fate.group == .marker
                ? .deletes
                : try fates.hasMember(at: stored.entry.path, below: index, in: stack) ? .overwrites : .introduces
            return FileOccurrence(
                image: try describe(image),
                layer: stack.layers[index],
                act: act,
                fate: found.fate,
                endedBy: found.endedBy.map { stack.layers[$0] }
            )
        }
    }

    private func stack(of image: Digest) throws -> ImageStack {
        if let known = stacks[image] { return known }
        let stack = try ImageStack(of: image, in: reader)
        stacks[image] = stack
        return stack
    }

    package func describe(_ image: Digest) throws -> FoundImage {
        if let known = images[image] { return known }
        let described = try FoundImage(image, reader)
        images[image] = described
        return described
    }
}

/// One member that was found.
package struct FileHit: Sendable {
    /// The layer that it is in.
    package let layer: LayerRecord
    /// The member.
    package let entry: StoredFileEntry
    /// What became of it, image by image.
    package let images: [FileOccurrence]
}

/// A found member in one image.
package struct FileOccurrence: Sendable {
    /// The image.
    package let image: FoundImage
    /// The layer's place in it.
    package let layer: StackedLayer
    /// What the member does there.
    package let act: Act
    /// What became of it.
    package let fate: FileFate
    /// The layer that ended its being visible.
    package let endedBy: StackedLayer?

    /// What a layer does at a path.
    package enum Act: String, Hashable, Sendable, CaseIterable {
        /// No lower layer has a visible member there.
        case introduces
        /// A lower layer has one.
        case overwrites
        /// It is a whiteout.
        case deletes
    }
}

/// An image that has a found layer.
package struct FoundImage: Hashable, Sendable {
    /// Its digest.
    package let digest: Digest
    /// Its names, and those of the indexes that list it.
    package let names: [String]
    /// Who signed it, or an index that lists it.
    package let signers: [ImageSigner]

    package init(_ image: Digest, _ reader: CaseReader) throws {
        digest = image
        let named = try ([image] + reader.indexes(listing: image)).flatMap { try reader.references(to: $0) }
        names = Set(named.map(\.name)).sorted()
        signers = try ImageSigner.signers(of: image, in: reader)
    }
}
