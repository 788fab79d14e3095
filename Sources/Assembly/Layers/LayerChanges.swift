/// What one layer adds, replaces and takes away, by path.
struct LayerChanges {
    /// A change at one path.
    enum Change {
        /// What is there now.
        case present(FileNode)
        /// It was there, and is no more.
        case removed
    }

    private var changes: [[UInt8]: Change] = [:]

    var isEmpty: Bool { changes.isEmpty }

    mutating func set(_ path: [[UInt8]], _ change: Change) {
        changes[FilePath.bytes(path)] = change
    }

    /// All changes; a folder before what is in it, names in the order of their bytes.
    var sorted: [(path: [UInt8], change: Change)] {
        changes.map { (path: $0.key, change: $0.value) }.sorted { Self.precedes($0.path, $1.path) }
    }

    /// By bytes, where the slash comes before everything else.
    private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let slash = UInt8(ascii: "/")
        for (a, b) in zip(left, right) where a != b {
            return a == slash || (b != slash && a < b)
        }
        return left.count < right.count
    }
}
