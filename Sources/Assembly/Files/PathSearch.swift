/// Finds what a path with patterns in it stands for.
struct PathSearch {
    private let tree: FileTree

    init(_ tree: FileTree) {
        self.tree = tree
    }

    /// Whether a path has no pattern in it.
    static func isLiteral(_ path: [[UInt8]]) -> Bool {
        path.allSatisfy { NamePattern($0).isLiteral }
    }

    /// Everything that fits, links at its end followed, in the order of the names.
    func matches(_ pattern: [[UInt8]]) throws -> [(path: [[UInt8]], node: FileNode)] {
        var candidates: [[[UInt8]]] = [[]]
        for part in pattern {
            let name = NamePattern(part)
            if let literal = name.literal {
                candidates = candidates.map { $0 + [literal] }
                continue
            }
            var next: [[[UInt8]]] = []
            for candidate in candidates {
                guard let folder = try tree.resolve(candidate).node, folder.isDirectory else { continue }
                next += try folder.sortedNames().filter(name.matches).map { candidate + [$0] }
            }
            candidates = next
        }
        return try candidates.compactMap { path in
            try tree.resolveExisting(path).map { (path, $0) }
        }
    }
}
