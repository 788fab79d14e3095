internal import Cryptography

/// The commits and tags of a repository, each once, however often and wherever it is stored.
struct ObjectCollection {
    private(set) var commits: [ObjectName: CommitObject] = [:]
    private(set) var tags: [ObjectName: TagObject] = [:]
    /// What objects are that were met but are neither commit nor tag.
    private var digests: [ObjectName: Digest] = [:]
    private let limits: GitLimits
    private var isFull = false

    init(_ limits: GitLimits) {
        self.limits = limits
    }

    /// Takes an object in whose name its content has.
    mutating func add(
        _ kind: ObjectKind,
        _ name: ObjectName,
        _ content: [UInt8],
        _ path: [UInt8],
        _ warnings: inout GitWarnings
    ) {
        if let known = commits[name]?.digest ?? tags[name]?.digest ?? digests[name] {
            guard known != Digest(hashing: content) else { return }
            return warnings.add(.objectCollision, path, "two contents have the name \(name); the first one counts")
        }
        guard commits.count + tags.count < limits.objects else {
            if !isFull { warnings.add(.limit, path, "more than \(limits.objects) commits and tags") }
            isFull = true
            return
        }
        var noticed: [(GitWarning.Code, String)] = []
        switch kind {
        case .commit: commits[name] = CommitObject(name, content) { noticed.append(($0, $1)) }
        case .tag: tags[name] = TagObject(name, content) { noticed.append(($0, $1)) }
        case .unknown, .tree, .blob: return
        }
        for (code, detail) in noticed { warnings.add(code, path, "\(kind.word) \(name): \(detail)") }
        if commits[name] == nil, tags[name] == nil {
            digests[name] = Digest(hashing: content)
            warnings.add(.objectMalformed, path, "the \(kind.word) \(name) is not well formed")
        }
    }

    /// The commit that a name leads to, through annotated tags; nil when it leads to none that is here.
    func commit(at name: ObjectName) -> ObjectName? {
        var name = name
        // Tags cannot form a circle, because each is named by its content; the count guards against a collision.
        for _ in 0..<Self.maximumTags {
            if commits[name] != nil { return name }
            guard let tag = tags[name] else { return nil }
            name = tag.target
        }
        return nil
    }

    private static let maximumTags = 100
}
