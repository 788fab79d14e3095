package import CaseIndex

/// All layers of an image on top of each other: what is visible, and what became of everything else.
///
/// It is what the overlay drivers of Docker and containerd make of the layers. Tools that unpack one layer over the other
/// into a single folder differ in one point: a member below what is a symbolic link in a lower layer goes where that link
/// leads there, while an overlay has a folder in the link's place, as here; ``replacedLinks`` has such places. A link of
/// the member's own layer is followed by all of them; import has done so.
///
/// Members are taken layer by layer, the lowest first, and kept in about a hundred bytes each; everything else about a
/// member is read from the case when it is asked for.
package struct MergedView {
    /// The image's layers.
    package let stack: ImageStack
    private var tree = PathTree()
    private var items: [Item] = []
    private var layer: Int32 = 0
    /// Symbolic links in whose place a later layer has members, in the order of the layers, as many as are kept.
    package private(set) var replacedLinks: [ReplacedLink] = []
    /// How many there are.
    package private(set) var replacedLinkCount = 0
    /// The row of the member that is being added.
    private var addedID: Int64 = 0

    /// Links that are kept; more are counted.
    private static let keptLinks = 100

    /// One member of one layer.
    private struct Item {
        let id: Int64
        let node: Int32
        let layer: Int32
        /// The member of the same path that was added before; -1 when none was.
        let previous: Int32
        /// For a hard link the member that has its content; -1 when there is none.
        var source: Int32 = -1
        /// The layer that ended its being visible; -1 for none.
        var endedBy: Int32 = -1
        let kind: FileKind
        var fate: FileFate = .visible
    }

    /// Puts the layers of an image on top of each other.
    ///
    /// - Throws: ``CaseError``, ``MergedViewError``.
    package init(_ stack: ImageStack, in reader: CaseReader) throws {
        self.stack = stack
        let count = stack.layers.reduce(Int64(0)) { $0 + max(0, $1.stored?.entries ?? 0) }
        items.reserveCapacity(Int(min(count, Self.reservedItems)))
        for (index, stacked) in stack.layers.enumerated() {
            guard let stored = stacked.stored else { continue }
            layer = Int32(clamping: index)
            try reader.forEachMember(ofLayer: stored.id) { try add($0) }
        }
        tree.listEverything()
    }

    /// A number that evidence states is not believed beyond this.
    private static let reservedItems: Int64 = 4 << 20

    // MARK: - Building

    private mutating func add(_ member: LayerMember) throws {
        guard !tree.isFull, items.count < Int(Int32.max) - 1 else { throw MergedViewError.tooManyMembers }
        addedID = member.id
        let slash = UInt8(ascii: "/")
        let start = member.path.lastIndex(of: slash).map { $0 + 1 } ?? 0
        let name = UnsafeRawBufferPointer(rebasing: member.path[start...])
        let folder = UnsafeRawBufferPointer(rebasing: member.path[..<max(0, start - 1)])
        if let whiteout = Whiteout(Array(name)[...]) {
            let parent = makeNode(folder)
            append(member, node: tree.makeChild(of: parent, name), fate: whiteout.fate)
            apply(whiteout, in: parent)
            return
        }
        var (parent, isBlocked) = enter(folder)
        // The root is a folder, whatever a layer says.
        if member.path.isEmpty, member.kind != .directory { isBlocked = true }
        let node = member.path.isEmpty ? PathTree.root : tree.makeChild(of: parent, name)
        append(member, node: node, fate: isBlocked ? .misplaced : .visible)
        guard !isBlocked else {
            items[items.count - 1].endedBy = layer
            return
        }
        let number = Int32(items.count - 1)
        replaceCurrent(at: node, with: member.kind)
        tree[node].current = number
        tree.list(node)
        guard member.kind == .hardLink, let link = member.link, let target = find(link) else { return }
        let found = tree[target].current
        guard found >= 0, found != number else { return }
        items[Int(number)].source = items[Int(found)].kind == .hardLink ? items[Int(found)].source : found
    }

    private mutating func append(_ member: LayerMember, node: Int, fate: FileFate) {
        let number = Int32(items.count)
        items.append(
            Item(
                id: member.id,
                node: Int32(node),
                layer: layer,
                previous: tree[node].newest,
                kind: member.kind,
                fate: fate
            )
        )
        tree[node].newest = number
    }

    private mutating func replaceCurrent(at node: Int, with kind: FileKind) {
        let existing = Int(tree[node].current)
        if existing >= 0 {
            let isFolder = kind == .directory && items[existing].kind == .directory
            end(existing, items[existing].layer == layer ? .repeated : isFolder ? .restated : .overwritten)
        }
        if kind != .directory { empty(node, .hiddenByAncestor, isOwnLayerSpared: false) }
    }

    /// Goes down to the folder of a member; what is no folder on the way and lies in a lower layer gives way.
    private mutating func enter(_ folder: UnsafeRawBufferPointer) -> (node: Int, isBlocked: Bool) {
        var node = PathTree.root
        var isBlocked = false
        Self.forEachName(folder) { name in
            node = tree.makeChild(of: node, name)
            tree.list(node)
            let current = Int(tree[node].current)
            guard current >= 0, items[current].kind != .directory else { return }
            if items[current].layer == layer {
                isBlocked = true
            } else {
                if items[current].kind == .symbolicLink { noteReplaced(items[current]) }
                end(current, .overwritten)
            }
        }
        return (node, isBlocked)
    }

    private mutating func noteReplaced(_ link: Item) {
        replacedLinkCount += 1
        guard replacedLinks.count < Self.keptLinks else { return }
        replacedLinks.append(
            ReplacedLink(link: link.id, linkLayer: Int(link.layer), member: addedID, layer: Int(layer))
        )
    }

    private mutating func makeNode(_ path: UnsafeRawBufferPointer) -> Int {
        var node = PathTree.root
        Self.forEachName(path) { node = tree.makeChild(of: node, $0) }
        return node
    }

    private func find(_ path: UnsafeRawBufferPointer) -> Int? {
        var node: Int? = PathTree.root
        Self.forEachName(path) { name in node = node.flatMap { tree.child(of: $0, name) } }
        return node
    }

    private static func forEachName(_ path: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        for name in path.split(separator: UInt8(ascii: "/")) { body(UnsafeRawBufferPointer(rebasing: name)) }
    }

    private mutating func end(_ number: Int, _ fate: FileFate) {
        items[number].fate = fate
        items[number].endedBy = layer
        tree[Int(items[number].node)].current = -1
    }

    // MARK: - Whiteouts

    private mutating func apply(_ whiteout: Whiteout, in folder: Int) {
        switch whiteout {
        case .metadata: return
        case .opaque: empty(folder, .hiddenByOpaque, isOwnLayerSpared: true)
        case .entry(let name):
            guard let node = name.withUnsafeBytes({ tree.child(of: folder, $0) }) else { return }
            let current = Int(tree[node].current)
            if current >= 0, items[current].layer < layer { end(current, .deleted) }
            empty(node, .deleted, isOwnLayerSpared: true)
        }
    }

    /// Ends everything below a path, or everything of lower layers.
    private mutating func empty(_ top: Int, _ fate: FileFate, isOwnLayerSpared: Bool) {
        // What a layer has emptied once holds nothing of lower layers any more.
        if isOwnLayerSpared, tree[top].emptiedBy == layer + 1 { return }
        var visited = [top]
        var next = 0
        while next < visited.count {
            let folder = visited[next]
            next += 1
            if isOwnLayerSpared { tree[folder].emptiedBy = layer + 1 }
            var child = Int(tree[folder].firstChild)
            while child >= 0 {
                let current = Int(tree[child].current)
                if current >= 0, !isOwnLayerSpared || items[current].layer < layer { end(current, fate) }
                if !isOwnLayerSpared || tree[child].emptiedBy != layer + 1 { visited.append(child) }
                child = Int(tree[child].nextSibling)
            }
        }
        for folder in visited.reversed() { tree.prune(folder) }
    }

    // MARK: - Reading

    /// Hands the members whose fates are selected to `body`: folder by folder, names by their bytes, and members of one
    /// path from the lowest layer up.
    package func forEach(_ selected: (FileFate) -> Bool, _ body: (ViewedFile) throws -> Void) rethrows {
        var pending = [PathTree.root]
        while let node = pending.popLast() {
            var chain: [Int] = []
            var number = Int(tree[node].newest)
            while number >= 0 {
                if selected(items[number].fate) { chain.append(number) }
                number = Int(items[number].previous)
            }
            if !chain.isEmpty {
                let path = tree.path(node)
                for number in chain.reversed() { try body(viewed(number, path)) }
            }
            pending += tree.sortedChildren(node).reversed()
        }
    }

    /// The numbers of the visible members in the order of ``forEach(_:_:)``, for comparing two views.
    func visibleNumbers() -> [Int32] {
        var numbers: [Int32] = []
        var pending = [PathTree.root]
        while let node = pending.popLast() {
            if tree[node].current >= 0 { numbers.append(tree[node].current) }
            pending += tree.sortedChildren(node).reversed()
        }
        return numbers
    }

    /// The member with a number.
    func viewed(_ number: Int32) -> ViewedFile {
        viewed(Int(number), tree.path(Int(items[Int(number)].node)))
    }

    private func viewed(_ number: Int, _ path: [UInt8]) -> ViewedFile {
        let item = items[number]
        return ViewedFile(
            id: item.id,
            path: path,
            kind: item.kind,
            fate: item.fate,
            layer: Int(item.layer),
            endedBy: item.endedBy < 0 ? nil : Int(item.endedBy),
            source: item.source < 0 ? nil : items[Int(item.source)].id
        )
    }
}

/// One member as the merged view shows it.
package struct ViewedFile: Hashable, Sendable {
    /// Its row.
    package let id: Int64
    /// Its path.
    package let path: [UInt8]
    /// What it is.
    package let kind: FileKind
    /// What became of it.
    package let fate: FileFate
    /// Its layer, as an index into the stack.
    package let layer: Int
    /// The layer that ended its being visible.
    package let endedBy: Int?
    /// For a hard link: the row of the member that has its content; nil when none has.
    package let source: Int64?
}

/// A symbolic link in whose place a later layer has members: an overlay shows a folder there, and tools that unpack one
/// layer over the other write to where the link leads.
package struct ReplacedLink: Hashable, Sendable {
    /// The link's row.
    package let link: Int64
    /// Its layer, as an index into the stack.
    package let linkLayer: Int
    /// The row of the first member below it.
    package let member: Int64
    /// That member's layer.
    package let layer: Int
}

/// Why layers cannot be put on top of each other.
package enum MergedViewError: Error, Equatable {
    /// There are more members or longer paths than can be counted.
    case tooManyMembers
}
