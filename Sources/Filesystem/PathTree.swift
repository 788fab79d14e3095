/// Paths as a tree of names, in a few dozen bytes each.
struct PathTree {
    /// One path.
    struct Node {
        /// The folder; -1 for the root.
        let parent: Int32
        fileprivate let nameStart: Int32
        fileprivate let nameCount: Int32
        /// The first of what is in it and still counts; -1 when nothing is.
        var firstChild: Int32 = -1
        /// The next in the same folder.
        var nextSibling: Int32 = -1
        /// The member that is visible at this path; -1 when none is.
        var current: Int32 = -1
        /// The member that was added last at this path; -1 when none was.
        var newest: Int32 = -1
        /// The layer that emptied it last, counted from 1.
        var emptiedBy: Int32 = 0
        /// Whether the folder lists it.
        var isListed = false
    }

    private(set) var nodes: [Node] = [Node(parent: -1, nameStart: 0, nameCount: 0)]
    private var names: [UInt8] = []
    /// Numbers of nodes by the hash of folder and name; 0, the root, marks a free place.
    private var table: [Int32] = Array(repeating: 0, count: 1024)

    /// The root, which stands for the empty path.
    static let root = 0

    subscript(node: Int) -> Node {
        _read { yield nodes[node] }
        _modify { yield &nodes[node] }
    }

    /// More paths, or longer ones altogether, than the numbers can count.
    var isFull: Bool {
        nodes.count >= Int(Int32.max) - 1 || names.count >= Int(Int32.max) - (1 << 21)
    }

    func name(_ node: Int) -> ArraySlice<UInt8> {
        let start = Int(nodes[node].nameStart)
        return names[start..<start + Int(nodes[node].nameCount)]
    }

    /// The whole path of a node.
    func path(_ node: Int) -> [UInt8] {
        var chain: [Int] = []
        var next = node
        while next > 0 {
            chain.append(next)
            next = Int(nodes[next].parent)
        }
        var path: [UInt8] = []
        for (index, part) in chain.reversed().enumerated() {
            if index > 0 { path.append(UInt8(ascii: "/")) }
            path += name(part)
        }
        return path
    }

    // MARK: - Looking up

    func child(of parent: Int, _ name: UnsafeRawBufferPointer) -> Int? {
        let place = place(of: parent, name)
        return table[place] == 0 ? nil : Int(table[place])
    }

    mutating func makeChild(of parent: Int, _ name: UnsafeRawBufferPointer) -> Int {
        let found = place(of: parent, name)
        if table[found] != 0 { return Int(table[found]) }
        let node = nodes.count
        nodes.append(
            Node(parent: Int32(parent), nameStart: Int32(names.count), nameCount: Int32(clamping: name.count))
        )
        names.append(contentsOf: name)
        table[found] = Int32(node)
        if nodes.count * 2 > table.count { grow() }
        return node
    }

    /// The place of a folder's name in the table, or the free place where it belongs.
    private func place(of parent: Int, _ name: UnsafeRawBufferPointer) -> Int {
        var place = Self.hash(parent, name) & (table.count - 1)
        while table[place] != 0 {
            let node = nodes[Int(table[place])]
            if node.parent == Int32(parent), Int(node.nameCount) == name.count, isName(node, name) { return place }
            place = (place + 1) & (table.count - 1)
        }
        return place
    }

    private func isName(_ node: Node, _ name: UnsafeRawBufferPointer) -> Bool {
        names.withUnsafeBytes { all in
            let own = all[Int(node.nameStart)..<Int(node.nameStart) + Int(node.nameCount)]
            return own.elementsEqual(name)
        }
    }

    /// Seeded anew in every process, so that evidence cannot be made to collide.
    private static func hash(_ parent: Int, _ name: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(parent)
        hasher.combine(bytes: name)
        return hasher.finalize()
    }

    private mutating func grow() {
        table = Array(repeating: 0, count: table.count * 2)
        names.withUnsafeBytes { all in
            for (number, node) in nodes.enumerated().dropFirst() {
                let start = Int(node.nameStart)
                let name = UnsafeRawBufferPointer(rebasing: all[start..<start + Int(node.nameCount)])
                var place = Self.hash(Int(node.parent), name) & (table.count - 1)
                while table[place] != 0 { place = (place + 1) & (table.count - 1) }
                table[place] = Int32(number)
            }
        }
    }

    // MARK: - Folders

    /// Puts a path into the list of its folder.
    mutating func list(_ node: Int) {
        guard node > 0, !nodes[node].isListed else { return }
        let parent = Int(nodes[node].parent)
        nodes[node].isListed = true
        nodes[node].nextSibling = nodes[parent].firstChild
        nodes[parent].firstChild = Int32(node)
    }

    /// Drops from the list of a folder what no longer counts.
    mutating func prune(_ folder: Int) {
        var child = nodes[folder].firstChild
        nodes[folder].firstChild = -1
        while child >= 0 {
            let next = nodes[Int(child)].nextSibling
            if nodes[Int(child)].current >= 0 || nodes[Int(child)].firstChild >= 0 {
                nodes[Int(child)].nextSibling = nodes[folder].firstChild
                nodes[folder].firstChild = child
            } else {
                nodes[Int(child)].isListed = false
                nodes[Int(child)].nextSibling = -1
            }
            child = next
        }
    }

    /// Lists in every folder all that was ever in it, for reading the tree from then on.
    mutating func listEverything() {
        for node in nodes.indices { nodes[node].firstChild = -1 }
        for node in nodes.indices.dropFirst().reversed() {
            let parent = Int(nodes[node].parent)
            nodes[node].nextSibling = nodes[parent].firstChild
            nodes[parent].firstChild = Int32(node)
        }
        table = []
    }

    /// What is in a folder, by the bytes of the names.
    func sortedChildren(_ folder: Int) -> [Int] {
        var children: [Int] = []
        var child = nodes[folder].firstChild
        while child >= 0 {
            children.append(Int(child))
            child = nodes[Int(child)].nextSibling
        }
        return children.sorted { name($0).lexicographicallyPrecedes(name($1)) }
    }
}
