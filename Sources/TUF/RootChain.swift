internal import Cryptography

/// Follows the roots from the trusted one to the newest (TUF specification §5.3).
struct RootChain {
    let limits: TUFLimits
    private(set) var trusted: RootMetadata
    private(set) var verified: [VerifiedFile] = []
    /// The first version since which the keys of timestamp and snapshot are what they are now.
    private(set) var onlineKeysSince: Int64

    init(startingAt root: RootMetadata, limits: TUFLimits) {
        trusted = root
        onlineKeysSince = root.version
        self.limits = limits
    }

    mutating func follow(in source: some RepositorySource) throws(TUFError) {
        try compareStart(in: source)
        var rotations = 0
        while let version = trusted.nextVersion, let next = try find(version, in: source) {
            rotations += 1
            guard rotations <= limits.rootRotations else { throw .tooManyRoots(limit: limits.rootRotations) }
            try advance(to: next, version)
        }
        let newest = try newest(in: source)
        if let newest, newest.version > trusted.version {
            throw .rootChainBroken(trusted: trusted.version, found: newest.version)
        }
    }

    /// The file of the starting version, where it is there, must say what the starting root says.
    private mutating func compareStart(in source: some RepositorySource) throws(TUFError) {
        guard let metadata = try find(trusted.version, in: source) else { return }
        let count = try trusted.root.verify(metadata)
        guard metadata.version == trusted.version else {
            throw .wrongVersion(file: metadata.file, expected: trusted.version, found: metadata.version)
        }
        guard try RootMetadata(metadata).grantsTheSame(as: trusted) else {
            throw .startingRootContradicted(file: metadata.file, version: trusted.version)
        }
        verified.append(VerifiedFile(metadata, "root", [count]))
    }

    private mutating func advance(to metadata: SignedMetadata, _ version: Int64) throws(TUFError) {
        let next = try RootMetadata(metadata)
        let before = try trusted.root.verify(metadata)
        let own = try next.root.verify(metadata)
        guard next.version == version else {
            throw .wrongVersion(file: metadata.file, expected: version, found: next.version)
        }
        if !next.timestamp.hasSameKeys(as: trusted.timestamp) || !next.snapshot.hasSameKeys(as: trusted.snapshot) {
            onlineKeysSince = next.version
        }
        trusted = next
        verified.append(VerifiedFile(metadata, "root", [before, own]))
    }

    private func find(_ version: Int64, in source: some RepositorySource) throws(TUFError) -> SignedMetadata? {
        let name = "\(version).root.json"
        for components in [[name], ["root_history", name]] {
            guard let path = RepositoryPath(components: components),
                let bytes = try source.bytes(of: path, limit: limits.root)
            else { continue }
            guard bytes.count <= limits.root else { throw .tooLarge(file: path.description, limit: limits.root) }
            return try SignedMetadata(bytes, file: path.description, type: "root")
        }
        let newest = try newest(in: source)
        return newest?.version == version ? newest : nil
    }

    /// The file without a version in its name, of which nothing is believed but what its signatures then show.
    private func newest(in source: some RepositorySource) throws(TUFError) -> SignedMetadata? {
        guard let path = RepositoryPath(components: ["root.json"]),
            let bytes = try source.bytes(of: path, limit: limits.root)
        else { return nil }
        guard bytes.count <= limits.root else { throw .tooLarge(file: path.description, limit: limits.root) }
        return try SignedMetadata(bytes, file: path.description, type: "root")
    }
}

extension RootMetadata {
    /// The version of the root that may follow; nil after the last number there is.
    fileprivate var nextVersion: Int64? {
        version == .max ? nil : version + 1
    }

    /// Whether both give the same roles to the same keys until the same time.
    fileprivate func grantsTheSame(as other: RootMetadata) -> Bool {
        version == other.version && expires == other.expires && hasConsistentSnapshots == other.hasConsistentSnapshots
            && root.hasSameKeys(as: other.root) && timestamp.hasSameKeys(as: other.timestamp)
            && snapshot.hasSameKeys(as: other.snapshot) && targets.hasSameKeys(as: other.targets)
    }
}

extension RoleKeys {
    /// Whether the same keys under the same ids reach the same threshold.
    fileprivate func hasSameKeys(as other: RoleKeys) -> Bool {
        func named(_ keys: [TUFKey]) -> Set<TUFKey> { Set(keys) }
        return threshold == other.threshold && named(keys) == named(other.keys)
    }
}
