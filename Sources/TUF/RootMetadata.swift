package import Cryptography
internal import StrictJSON

/// A root that is trusted: it names the keys of the other roles (TUF specification §4.3).
package struct RootMetadata: Hashable, Sendable {
    /// Its version.
    package let version: Int64
    /// When it expires.
    package let expires: Timestamp
    /// Whether file names carry versions and digests.
    package let hasConsistentSnapshots: Bool
    /// Who signs the next root.
    package let root: RoleKeys
    /// Who signs timestamps.
    package let timestamp: RoleKeys
    /// Who signs snapshots.
    package let snapshot: RoleKeys
    /// Who signs the top targets.
    package let targets: RoleKeys

    /// A root from its parts.
    init(
        version: Int64,
        expires: Timestamp,
        hasConsistentSnapshots: Bool,
        root: RoleKeys,
        timestamp: RoleKeys,
        snapshot: RoleKeys,
        targets: RoleKeys
    ) {
        self.version = version
        self.expires = expires
        self.hasConsistentSnapshots = hasConsistentSnapshots
        self.root = root
        self.timestamp = timestamp
        self.snapshot = snapshot
        self.targets = targets
    }

    /// Reads a root that has yet to be verified.
    init(_ metadata: SignedMetadata) throws(TUFError) {
        let fields = metadata.fields
        version = metadata.version
        expires = metadata.expires
        hasConsistentSnapshots = try fields.optionalBool("consistent_snapshot") ?? false
        let keys = try RoleKeys.keys(try fields.fields("keys"))
        let roles = try fields.fields("roles")
        root = try RoleKeys(name: "root", try roles.fields("root"), from: keys)
        timestamp = try RoleKeys(name: "timestamp", try roles.fields("timestamp"), from: keys)
        snapshot = try RoleKeys(name: "snapshot", try roles.fields("snapshot"), from: keys)
        targets = try RoleKeys(name: "targets", try roles.fields("targets"), from: keys)
    }

    /// Reads the root from which to start: whoever gives it trusts it, and its own keys must have signed it.
    ///
    /// - Throws: ``TUFError``.
    package init(
        trusting bytes: [UInt8],
        file: String = "starting root",
        limits: TUFLimits = TUFLimits()
    ) throws(TUFError) {
        guard bytes.count <= limits.root else { throw .tooLarge(file: file, limit: limits.root) }
        let metadata = try SignedMetadata(bytes, file: file, type: "root")
        let root = try RootMetadata(metadata)
        _ = try root.root.verify(metadata)
        self = root
    }
}
