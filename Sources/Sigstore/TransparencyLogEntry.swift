internal import Cryptography
internal import StrictJSON

/// An entry of a transparency log as a signature carries it (protobuf-specs, `TransparencyLogEntry`).
public struct TransparencyLogEntry: Hashable, Sendable {
    /// The index that the log states; for a sharded log it counts over all shards.
    public var logIndex: Int64
    /// The log's key id.
    public var logID: [UInt8]
    /// The kind of entry that the carrier states.
    public var kind: String
    /// The version of that kind that the carrier states.
    public var version: String
    /// Seconds since 1970 that the log states; 0 when it states none.
    public var integratedTime: Int64
    /// The signed entry timestamp, when there is one.
    public var inclusionPromise: [UInt8]?
    /// The proof that the entry is in the log, when there is one.
    public var inclusionProof: InclusionProof?
    /// The entry's body: what the leaf of the tree hashes.
    public var canonicalizedBody: [UInt8]

    /// As many entries as sigstore-go accepts of one bundle.
    public static let maximumCount = 32

    init(_ message: ProtobufMessage) throws(FormatError) {
        try message.allowOnly([
            "logIndex", "logId", "kindVersion", "integratedTime", "inclusionPromise", "inclusionProof",
            "canonicalizedBody",
        ])
        logIndex = try message.integer("logIndex")
        let log = try message.message("logId")
        try log?.allowOnly(["keyId"])
        logID = try log?.bytes("keyId") ?? []
        let kindVersion = try message.message("kindVersion")
        try kindVersion?.allowOnly(["kind", "version"])
        kind = try kindVersion?.string("kind") ?? ""
        version = try kindVersion?.string("version") ?? ""
        integratedTime = try message.integer("integratedTime")
        let promise = try message.message("inclusionPromise")
        try promise?.allowOnly(["signedEntryTimestamp"])
        inclusionPromise = try promise?.bytes("signedEntryTimestamp")
        inclusionProof = try message.message("inclusionProof").map { proof throws(FormatError) in
            try InclusionProof(proof)
        }
        canonicalizedBody = try message.bytes("canonicalizedBody")
        guard logIndex >= 0 else { throw .malformed(path: "\(message.path).logIndex", expected: "no negative index") }
        guard !canonicalizedBody.isEmpty || kind.isEmpty else {
            throw .malformed(path: "\(message.path).canonicalizedBody", expected: "a body")
        }
    }

    /// An entry from its parts.
    public init(
        logIndex: Int64,
        logID: [UInt8],
        kind: String,
        version: String,
        integratedTime: Int64,
        inclusionPromise: [UInt8]?,
        inclusionProof: InclusionProof?,
        canonicalizedBody: [UInt8]
    ) {
        self.logIndex = logIndex
        self.logID = logID
        self.kind = kind
        self.version = version
        self.integratedTime = integratedTime
        self.inclusionPromise = inclusionPromise
        self.inclusionProof = inclusionProof
        self.canonicalizedBody = canonicalizedBody
    }
}

/// A Merkle inclusion proof (RFC 6962 §2.1.1) with the checkpoint it leads to.
public struct InclusionProof: Hashable, Sendable {
    /// The leaf's index in its tree.
    public var logIndex: Int64
    /// The root that the carrier states.
    public var rootHash: [UInt8]
    /// The number of leaves that the carrier states.
    public var treeSize: Int64
    /// The hashes from the leaf's sibling up.
    public var hashes: [[UInt8]]
    /// The signed note; empty when there is none.
    public var checkpoint: String

    /// More hashes than a tree of 2^64 leaves needs.
    static let maximumHashes = 64

    init(_ message: ProtobufMessage) throws(FormatError) {
        try message.allowOnly(["logIndex", "rootHash", "treeSize", "hashes", "checkpoint"])
        logIndex = try message.integer("logIndex")
        rootHash = try message.bytes("rootHash")
        treeSize = try message.integer("treeSize")
        var hashes: [[UInt8]] = []
        for value in try message.list("hashes", limit: Self.maximumHashes) {
            hashes.append(try ProtobufMessage.bytes(value, path: "\(message.path).hashes"))
        }
        self.hashes = hashes
        let note = try message.message("checkpoint")
        try note?.allowOnly(["envelope"])
        checkpoint = try note?.string("envelope") ?? ""
    }

    /// A proof from its parts.
    public init(logIndex: Int64, rootHash: [UInt8], treeSize: Int64, hashes: [[UInt8]], checkpoint: String) {
        self.logIndex = logIndex
        self.rootHash = rootHash
        self.treeSize = treeSize
        self.hashes = hashes
        self.checkpoint = checkpoint
    }
}
