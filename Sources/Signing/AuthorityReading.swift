internal import Cryptography
internal import StrictJSON

/// What anybody may read of an authority on disk, without its password.
package struct AuthorityReading: Sendable {
    /// What it says of itself.
    package let description: AuthorityDescription
    /// `trusted_root.json`.
    package let trustedRoot: [UInt8]
    private let folder: Folder

    /// Opens an authority for reading; while it is open nobody appends to its logs.
    ///
    /// - Throws: ``AuthorityError`` or ``StorageError``.
    package init(opening path: String) throws {
        folder = try StoredAuthority.folder(path)
        description = try AuthorityDescription(reading: folder)
        try folder.lock(exclusively: false)
        trustedRoot = try StoredAuthority.file("trusted_root.json", in: folder)
    }

    /// A log, of which the hashes along the right edge were compared with its checkpoint.
    ///
    /// - Throws: ``AuthorityError`` or ``StorageError``.
    package func log(_ name: StoredAuthority.LogName) throws -> LogFolder {
        guard let inner = try folder.folder(name.rawValue) else {
            throw AuthorityError.notAnAuthority(path: folder.path)
        }
        let pem = try StoredAuthority.file(name == .first ? "rekor.pub" : "rekor-v2.pub", in: folder)
        guard let key = try? PublicKey(pem: String(decoding: pem, as: UTF8.self)) else {
            throw AuthorityError.damaged(path: folder.path, reason: "the log's public key")
        }
        let host = name.host(description.domain)
        let origin = name == .first ? "\(host) - \(description.treeID)" : host
        return try LogFolder(opening: inner, origin: origin, key: key)
    }

    /// Every entry of a log, after all of them were compared with its checkpoint.
    ///
    /// - Throws: ``AuthorityError`` or ``StorageError``.
    package func audit(_ name: StoredAuthority.LogName) throws -> (checkpoint: String, entries: [LogFolder.Entry]) {
        let log = try log(name)
        var entries: [LogFolder.Entry] = []
        _ = try log.audit { entries.append($0) }
        return (log.checkpoint, entries)
    }
}
