package import Cryptography
internal import StrictJSON

/// A transparency log in memory, in the manner of Rekor.
package struct LocalTransparencyLog: Sendable {
    /// Which Rekor it resembles.
    package let generation: Generation
    /// The log's key.
    package var key: SigningKey
    /// The host by which checkpoints are signed.
    package var host: String
    /// When its key began to be used.
    package var start: Timestamp
    /// When its key ceased to be used; nil while it is.
    package var end: Timestamp?
    /// The entries so far.
    package private(set) var tree = LogTree()
    /// What was added since the log was taken from where it is kept; nil for a log that is kept nowhere.
    package private(set) var fresh: [FreshEntry]?

    /// An entry that is not yet where the log is kept.
    package struct FreshEntry: Sendable {
        /// What was logged.
        package let body: [UInt8]
        /// When, in seconds since 1970.
        package let time: Int64
        /// The hashes of the leaf and of the subtrees that it completes.
        package let hashes: [[UInt8]]
    }

    /// The two Rekors.
    package enum Generation: Hashable, Sendable {
        /// Signs promises, counts on from earlier trees, and names its tree in checkpoints.
        case first(treeID: UInt64, earlierEntries: Int64)
        /// Signs checkpoints alone, and says no time.
        case second
    }

    /// An empty log.
    package init(_ generation: Generation, key: SigningKey, host: String, start: Timestamp) {
        self.generation = generation
        self.key = key
        self.host = host
        self.start = start
    }

    /// A log that is kept elsewhere: what is added is collected in ``fresh``.
    package init(
        _ generation: Generation,
        key: SigningKey,
        host: String,
        start: Timestamp,
        continuing tree: LogTree
    ) {
        self.init(generation, key: key, host: host, start: start)
        self.tree = tree
        fresh = []
    }

    /// What the first line of its checkpoints says.
    package var origin: String {
        switch generation {
        case .first(let treeID, _): "\(host) - \(treeID)"
        case .second: host
        }
    }

    /// The log's id: the digest of its key, for an Ed25519 key of the second generation the note's key id
    /// (C2SP signed-note, "Signatures").
    package var logID: [UInt8] {
        guard generation == .second, key.kind == .ed25519 else { return key.keyID }
        return Digest(hashing: Array(host.utf8) + [0x0A, 0x01] + key.subjectPublicKeyInfo.suffix(32)).bytes
    }

    /// Adds an entry and answers with everything that proves it.
    ///
    /// - Throws: ``CryptographyError``.
    package mutating func append(_ body: LogEntryDraft, at time: Timestamp) throws(CryptographyError) -> LoggedEntry {
        let index = tree.count
        let complete = tree.append(body.bytes)
        fresh?.append(FreshEntry(body: body.bytes, time: time.seconds, hashes: complete.map(\.hash)))
        var entry = LoggedEntry(body: body, logID: logID, logIndex: Int64(index))
        if case .first(_, let earlier) = generation {
            entry.logIndex += earlier
            entry.integratedTime = time.seconds
            entry.promise = try promise(entry)
        }
        entry.proof = LoggedEntry.Proof(
            index: Int64(index),
            treeSize: Int64(tree.count),
            rootHash: tree.root,
            hashes: tree.inclusionProof(of: index) ?? [],
            checkpoint: try checkpoint(treeSize: tree.count, rootHash: tree.root)
        )
        return entry
    }

    /// Adds an entry of which nothing is kept but its place in the tree.
    package mutating func pad(_ body: [UInt8]) {
        tree.append(body)
    }

    /// The signed entry timestamp of an entry.
    ///
    /// - Throws: ``CryptographyError``.
    package func promise(_ entry: LoggedEntry) throws(CryptographyError) -> [UInt8] {
        try key.sign(Array(entry.promised.canonical.utf8))
    }

    /// A checkpoint (C2SP tlog-checkpoint) with the log's signature.
    ///
    /// - Parameters:
    ///   - treeSize: The number of leaves that it commits to.
    ///   - rootHash: The root that it commits to.
    ///   - origin: Its first line, for a log that says something else than its own.
    /// - Returns: The signed note.
    /// - Throws: ``CryptographyError``.
    package func checkpoint(
        treeSize: Int,
        rootHash: [UInt8],
        origin: String? = nil
    ) throws(CryptographyError) -> String {
        let text = "\(origin ?? self.origin)\n\(treeSize)\n\(Base64.encode(rootHash))\n"
        let signature = try key.sign(Array(text.utf8))
        return "\(text)\n\u{2014} \(host) \(Base64.encode(logID.prefix(4) + signature))\n"
    }
}
