package import CaseIndex
internal import Cryptography

/// Tells what became of single members, by looking along their path in the layers above, without putting whole images
/// together; it concludes what ``MergedView`` does.
package final class PathFates {
    private let reader: CaseReader
    private var runs: [Int64: [LayerRun]] = [:]
    private var paths: [[UInt8]: WatchedPath] = [:]
    private var events: [EventKey: [Event]] = [:]

    /// How many paths below a file are looked for in later layers.
    private static let belowLimit = 64
    /// Paths that are remembered.
    private static let rememberedPaths = 10_000

    private struct EventKey: Hashable {
        let layerID: Int64
        let path: [UInt8]
    }

    /// Something in a layer that can end a member's being visible.
    private struct Event {
        let id: Int64
        let kind: FileKind
        let effect: Effect
        /// How many slashes the path before it has.
        let depth: Int
    }

    private enum Effect {
        case samePath, ancestor, whiteout, opaque, below
    }

    /// The paths that matter for one path, as far as any member has them.
    private struct WatchedPath {
        var watched: [(pathID: Int64, effect: Effect, depth: Int)] = []
    }

    /// - Parameter reader: The case, in one consistent state.
    package init(_ reader: CaseReader) {
        self.reader = reader
    }

    /// What became of a member of a layer of an image.
    ///
    /// - Parameters:
    ///   - id: The member's row.
    ///   - kind: What it is.
    ///   - path: Its path.
    ///   - layer: Its layer, as an index into the stack.
    ///   - stack: The image's layers.
    /// - Returns: Its fate, and the index of the layer that ended its being visible.
    /// - Throws: ``CaseError``.
    package func fate(
        of id: Int64,
        _ kind: FileKind,
        at path: [UInt8],
        layer: Int,
        in stack: ImageStack
    ) throws -> (fate: FileFate, endedBy: Int?) {
        let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path[...]
        if let whiteout = Whiteout(name) { return (whiteout.fate, nil) }
        if path.isEmpty, kind != .directory { return (.misplaced, layer) }
        if let fate = try fateInOwnLayer(id, path, stack.layers[layer]) { return (fate, layer) }
        for index in stack.layers.indices where index > layer {
            guard let stored = stack.layers[index].stored else { continue }
            for event in try events(path, stored.id) {
                if let fate = Self.fate(of: kind, after: event) { return (fate, index) }
            }
        }
        return (.visible, nil)
    }

    /// What the layers below had at a path, just before a layer was put on them.
    ///
    /// - Returns: Whether a member was visible there.
    package func hasMember(at path: [UInt8], below layer: Int, in stack: ImageStack) throws -> Bool {
        for index in stack.layers.indices.prefix(layer).reversed() {
            guard let stored = stack.layers[index].stored else { continue }
            let found = try events(path, stored.id)
            if found.contains(where: { $0.effect == .samePath }) { return true }
            if found.contains(where: { $0.effect != .ancestor || $0.kind != .directory }) { return false }
        }
        return false
    }

    private static func fate(of kind: FileKind, after event: Event) -> FileFate? {
        switch event.effect {
        case .samePath: kind == .directory && event.kind == .directory ? .restated : .overwritten
        case .ancestor: event.kind == .directory ? nil : .hiddenByAncestor
        case .whiteout: .deleted
        case .opaque: .hiddenByOpaque
        case .below: kind == .directory ? nil : .overwritten
        }
    }

    /// What its own layer makes of a member: what comes before and after it along its path.
    private func fateInOwnLayer(_ id: Int64, _ path: [UInt8], _ layer: StackedLayer) throws -> FileFate? {
        guard let stored = layer.stored else { return nil }
        // What is at each depth of the path that is no folder.
        var obstacles: Set<Int> = []
        var isThere = false
        for event in try events(path, stored.id) {
            guard event.effect == .samePath || event.effect == .ancestor else { continue }
            let isBlocked = obstacles.contains { $0 < event.depth }
            if event.id == id {
                if isBlocked { return .misplaced }
                isThere = true
            } else if !isBlocked, isThere {
                if event.effect == .samePath { return .repeated }
                if event.kind != .directory { return .hiddenByAncestor }
            }
            guard !isBlocked else { continue }
            obstacles = obstacles.filter { $0 < event.depth || ($0 > event.depth && event.kind == .directory) }
            if event.kind != .directory { obstacles.insert(event.depth) }
        }
        return nil
    }

    // MARK: - Events

    /// What a layer has along a path, in the order of the layer.
    private func events(_ path: [UInt8], _ layerID: Int64) throws -> [Event] {
        let key = EventKey(layerID: layerID, path: path)
        if let known = events[key] { return known }
        let runs = try runs(layerID)
        var found: [Event] = []
        for watched in try watched(path).watched {
            found += try reader.members(pathID: watched.pathID, in: runs).map {
                Event(id: $0.id, kind: $0.kind, effect: watched.effect, depth: watched.depth)
            }
        }
        found.sort { $0.id < $1.id }
        if events.count > Self.rememberedPaths { events = [:] }
        events[key] = found
        return found
    }

    private func runs(_ layerID: Int64) throws -> [LayerRun] {
        if let known = runs[layerID] { return known }
        let read = try reader.runs(ofLayer: layerID)
        runs[layerID] = read
        return read
    }

    private func watched(_ path: [UInt8]) throws -> WatchedPath {
        if let known = paths[path] { return known }
        var result = WatchedPath()
        func watch(_ path: [UInt8], _ effect: Effect) throws {
            guard let id = try reader.pathID(path) else { return }
            result.watched.append((id, effect, path.count { $0 == UInt8(ascii: "/") }))
        }
        try watch(path, .samePath)
        try watch(Whiteout.path(deleting: path[...]), .whiteout)
        try watch(Whiteout.path(opaqueIn: []), .opaque)
        for slash in path.indices where path[slash] == UInt8(ascii: "/") {
            let ancestor = path[..<slash]
            try watch(Array(ancestor), .ancestor)
            try watch(Whiteout.path(deleting: ancestor), .whiteout)
            try watch(Whiteout.path(opaqueIn: ancestor), .opaque)
        }
        for below in try reader.paths(below: path, limit: Self.belowLimit)
        where FileFate(markerAt: below.path) == nil {
            result.watched.append((below.id, .below, 0))
        }
        if paths.count > Self.rememberedPaths { paths = [:] }
        paths[path] = result
        return result
    }
}
