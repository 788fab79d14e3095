package import Cryptography
internal import StrictJSON

/// Verifies a TUF repository that was carried in, at a stated time (TUF specification 1.0, §5).
///
/// It opens no connection and asks no clock. Each step follows the specification's order; the first refusal ends it.
package struct TUFClient<Source: RepositorySource> {
    private let source: Source
    private let limits: TUFLimits
    private let time: Timestamp
    private let seen: SeenVersions?

    /// A client.
    ///
    /// - Parameters:
    ///   - source: Where the files are.
    ///   - time: The moment at which metadata must not have expired.
    ///   - seen: The versions that were accepted last; nothing older is.
    ///   - limits: What is read at most.
    package init(
        _ source: Source,
        at time: Timestamp,
        seen: SeenVersions? = nil,
        limits: TUFLimits = TUFLimits()
    ) {
        self.source = source
        self.time = time
        self.seen = seen
        self.limits = limits
    }

    /// Verifies root chain, timestamp, snapshot and top targets.
    ///
    /// - Throws: ``TUFError``.
    package func verify(from start: RootMetadata) throws(TUFError) -> VerifiedRepository<Source> {
        var chain = RootChain(startingAt: start, limits: limits)
        try chain.follow(in: source)
        let root = chain.trusted
        let file = chain.verified.last?.file ?? "starting root"
        if let seen, root.version < seen.root {
            throw .rollback(file: file, role: "root", seen: seen.root, found: root.version)
        }
        guard time < root.expires else {
            throw .expired(file: file, role: "root", expires: root.expires, at: time)
        }
        // With new online keys the versions may begin anew (§5.3.11).
        let comparable = seen.flatMap { $0.root >= chain.onlineKeysSince ? $0 : nil }
        var files = chain.verified
        let timestamp = try timestamp(root, comparable, &files)
        let snapshot = try snapshot(root, timestamp.listed, comparable, &files)
        let loader = TargetsLoader(
            source: source,
            limits: limits,
            time: time,
            isConsistent: root.hasConsistentSnapshots,
            snapshotFile: snapshot.file,
            listed: snapshot.listed
        )
        let targets = try loader.load(root.targets)
        files.append(targets.verified)
        return VerifiedRepository(
            root: root,
            files: files,
            versions: SeenVersions(
                root: root.version,
                timestamp: timestamp.version,
                snapshot: timestamp.listed.version,
                listed: snapshot.listed.mapValues(\.version)
            ),
            loader: loader,
            top: targets.metadata
        )
    }

    private func timestamp(
        _ root: RootMetadata,
        _ seen: SeenVersions?,
        _ files: inout [VerifiedFile]
    ) throws(TUFError) -> (version: Int64, listed: ListedFile) {
        let file = try source.first(of: Self.paths("timestamp"), limit: limits.timestamp)
        let metadata = try SignedMetadata(file.bytes, file: file.name, type: "timestamp")
        let count = try root.timestamp.verify(metadata)
        guard let listed = try ListedFile.all(metadata)[JSONString("snapshot.json")] else {
            throw .notListed(in: file.name, name: "snapshot.json")
        }
        if let seen {
            guard metadata.version >= seen.timestamp else {
                throw .rollback(file: file.name, role: "timestamp", seen: seen.timestamp, found: metadata.version)
            }
            guard listed.version >= seen.snapshot else {
                throw .rollback(file: file.name, role: "snapshot", seen: seen.snapshot, found: listed.version)
            }
        }
        try metadata.verifyFreshness(of: "timestamp", at: time)
        files.append(VerifiedFile(metadata, "timestamp", [count]))
        return (metadata.version, listed)
    }

    private func snapshot(
        _ root: RootMetadata,
        _ expected: ListedFile,
        _ seen: SeenVersions?,
        _ files: inout [VerifiedFile]
    ) throws(TUFError) -> (file: String, listed: [JSONString: ListedFile]) {
        let paths = Self.paths("snapshot", expected.version, isConsistent: root.hasConsistentSnapshots)
        let file = try source.first(of: paths, limit: limits.snapshot)
        try expected.verify(file)
        let metadata = try SignedMetadata(file.bytes, file: file.name, type: "snapshot")
        let count = try root.snapshot.verify(metadata)
        guard metadata.version == expected.version else {
            throw .wrongVersion(file: file.name, expected: expected.version, found: metadata.version)
        }
        let listed = try ListedFile.all(metadata)
        for (name, version) in (seen?.listed ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let found = listed[name]?.version else { throw .noLongerListed(in: file.name, name: name.text) }
            guard found >= version else {
                throw .rollback(file: file.name, role: name.text, seen: version, found: found)
            }
        }
        try metadata.verifyFreshness(of: "snapshot", at: time)
        files.append(VerifiedFile(metadata, "snapshot", [count]))
        return (file.name, listed)
    }

    /// Where metadata of a role lies: with its version before its name, or without.
    ///
    /// Repositories differ from what their root says, and a copy may be laid out in its own way, so both are looked for.
    static func paths(_ role: String, _ version: Int64? = nil, isConsistent: Bool = false) -> [RepositoryPath] {
        let plain = ["\(role).json"]
        let versioned = version.map { ["\($0).\(role).json"] } ?? []
        return (isConsistent ? versioned + plain : plain + versioned).compactMap { RepositoryPath(components: [$0]) }
    }
}
