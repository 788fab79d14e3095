package import Cryptography
package import StrictJSON

/// The versions that an earlier verification accepted: nothing older is accepted again.
package struct SeenVersions: Hashable, Sendable {
    /// The root's.
    package var root: Int64
    /// The timestamp's.
    package var timestamp: Int64
    /// The snapshot's.
    package var snapshot: Int64
    /// Those that the snapshot listed, by file name, for example `targets.json`.
    package var listed: [JSONString: Int64]

    /// Versions from an earlier verification.
    package init(root: Int64, timestamp: Int64, snapshot: Int64, listed: [JSONString: Int64]) {
        self.root = root
        self.timestamp = timestamp
        self.snapshot = snapshot
        self.listed = listed
    }
}

/// A file that was verified, for the record.
package struct VerifiedFile: Hashable, Sendable {
    /// Its path below the repository's folder.
    package let file: String
    /// The role whose metadata it is.
    package let role: String
    /// Its version.
    package let version: Int64
    /// When it expires.
    package let expires: Timestamp
    /// What its signatures came to: for a root, first by the keys of the root before it, then by its own.
    package let signatures: [SignatureCount]

    init(_ metadata: SignedMetadata, _ role: String, _ signatures: [SignatureCount]) {
        file = metadata.file
        self.role = role
        version = metadata.version
        expires = metadata.expires
        self.signatures = signatures
    }
}
