package import CaseIndex
internal import Cryptography

/// One member that a path of an image may mean, with what became of it and where its content is.
package struct FileCandidate: Hashable, Sendable {
    /// The member.
    package let member: StoredFileEntry
    /// Its layer.
    package let layer: StackedLayer
    /// What became of it.
    package let fate: FileFate
    /// The layer that ended its being visible.
    package let endedBy: StackedLayer?
    /// The member that has the content: itself, or for a hard link the one that it leads to; nil when there is none.
    package let source: StoredFileEntry?

    /// Every member that an image's layers have at a path, the lowest layer first.
    ///
    /// - Throws: ``CaseError``.
    package static func candidates(
        at path: [UInt8],
        in stack: ImageStack,
        _ reader: CaseReader
    ) throws -> [FileCandidate] {
        guard let pathID = try reader.pathID(path) else { return [] }
        let fates = PathFates(reader)
        var found: [FileCandidate] = []
        for (index, layer) in stack.layers.enumerated() {
            guard let stored = layer.stored else { continue }
            for place in try reader.members(pathID: pathID, in: reader.runs(ofLayer: stored.id)) {
                guard let member = try reader.entry(id: place.id) else { continue }
                let result = try fates.fate(of: place.id, place.kind, at: path, layer: index, in: stack)
                found.append(
                    FileCandidate(
                        member: member,
                        layer: layer,
                        fate: result.fate,
                        endedBy: result.endedBy.map { stack.layers[$0] },
                        source: try source(of: member, layer: index, stack, reader)
                    )
                )
            }
        }
        return found
    }

    /// The paths of visible symbolic links that stand above a path, the nearest first: what the path does not say.
    package static func linkAbove(
        _ path: [UInt8],
        in stack: ImageStack,
        _ reader: CaseReader
    ) throws -> StoredFileEntry? {
        for slash in path.indices.reversed() where path[slash] == UInt8(ascii: "/") {
            let above = try candidates(at: Array(path[..<slash]), in: stack, reader)
            if let link = above.last(where: { $0.fate == .visible && $0.member.entry.kind == .symbolicLink }) {
                return link.member
            }
        }
        return nil
    }

    /// Follows hard links to the member that has the content: the last one before at that path, in the same layer or
    /// below.
    private static func source(
        of member: StoredFileEntry,
        layer: Int,
        _ stack: ImageStack,
        _ reader: CaseReader
    ) throws -> StoredFileEntry? {
        var current = member
        var index = layer
        for _ in 0..<linkDepth {
            switch current.entry.kind {
            case .file: return current
            case .hardLink: break
            default: return nil
            }
            guard let link = current.entry.link, let pathID = try reader.pathID(link) else { return nil }
            var next: StoredFileEntry?
            while index >= 0, next == nil {
                if let stored = stack.layers[index].stored {
                    let places = try reader.members(pathID: pathID, in: reader.runs(ofLayer: stored.id))
                    let before = places.last { index < layer || stored.id != current.layerID || $0.id < current.id }
                    next = try before.flatMap { try reader.entry(id: $0.id) }
                }
                if next == nil { index -= 1 }
            }
            guard let next else { return nil }
            current = next
        }
        return nil
    }

    /// Hard links that lead from one to the next.
    private static let linkDepth = 64
}
