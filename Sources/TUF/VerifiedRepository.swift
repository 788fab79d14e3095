internal import Cryptography
internal import StrictJSON

/// A repository whose metadata was verified; its targets are verified when they are asked for.
package struct VerifiedRepository<Source: RepositorySource> {
    /// The newest root.
    package let root: RootMetadata
    /// What was verified, in order.
    package let files: [VerifiedFile]
    /// The versions to remember for the next time.
    package let versions: SeenVersions
    let loader: TargetsLoader<Source>
    let top: TargetsMetadata

    /// A target that was verified.
    package struct Target: Hashable, Sendable {
        /// The path of its file below the repository's folder.
        package let file: String
        /// Its bytes.
        package let bytes: [UInt8]
        /// The role that answers for it.
        package let role: String
        /// The metadata of delegated roles that was verified on the way.
        package let delegated: [VerifiedFile]
    }

    /// Finds a target, in this order: the role itself, then its delegations as they are listed, each before the next;
    /// a terminating one that covers the target ends the search (§5.6.7).
    ///
    /// - Throws: ``TUFError``.
    package func target(_ name: TargetName) throws(TUFError) -> Target {
        var search = TargetSearch(loader: loader, name: name)
        guard let found = try search.visit(top, role: "targets") else { throw .unknownTarget(name.text) }
        let file = try loader.bytes(of: name, found.target)
        return Target(file: file.name, bytes: file.bytes, role: found.role, delegated: search.verified)
    }
}

/// One search for a target; without recursion, so that depth costs no stack.
private struct TargetSearch<Source: RepositorySource> {
    let loader: TargetsLoader<Source>
    let name: TargetName
    private(set) var verified: [VerifiedFile] = []
    private var visited: Set<JSONString> = []

    init(loader: TargetsLoader<Source>, name: TargetName) {
        self.loader = loader
        self.name = name
    }

    mutating func visit(
        _ top: TargetsMetadata,
        role: String
    ) throws(TUFError) -> (target: ListedTarget, role: String)? {
        if let target = try top.target(name) { return (target, role) }
        var waiting = delegations(of: top)
        while let next = waiting.popLast() {
            guard visited.insert(JSONString(next.keys.name)).inserted else { continue }
            guard visited.count <= loader.limits.delegations else {
                throw .tooManyDelegations(limit: loader.limits.delegations)
            }
            let (metadata, file) = try loader.load(next.keys)
            verified.append(file)
            if let target = try metadata.target(name) { return (target, next.keys.name) }
            // Nothing that waits is asked after a terminating role and its own delegations.
            if next.isTerminating { waiting = [] }
            waiting += delegations(of: metadata)
        }
        return nil
    }

    /// The delegations that cover the target, the first last.
    private func delegations(of metadata: TargetsMetadata) -> [Delegation] {
        metadata.delegations.filter { $0.covers(name) }.reversed()
    }
}
