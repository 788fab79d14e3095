package import Cryptography

/// What a member of a layer is.
package enum FileKind: Int64, Hashable, Sendable, CaseIterable {
    case file = 0
    case directory = 1
    case symbolicLink = 2
    case hardLink = 3
    case characterDevice = 4
    case blockDevice = 5
    case fifo = 6
    case other = 7

    /// The letter by which `ls` shows it.
    package var letter: String {
        switch self {
        case .file, .hardLink: "-"
        case .directory: "d"
        case .symbolicLink: "l"
        case .characterDevice: "c"
        case .blockDevice: "b"
        case .fifo: "p"
        case .other: "?"
        }
    }
}

/// One member of a layer, as its header says; its content as it was hashed.
package struct FileEntryRecord: Hashable, Sendable {
    /// The path, normalised to have no leading `/` and no empty or `.` components; bytes as they are otherwise.
    package var path: [UInt8]
    package var kind: FileKind
    /// Permission bits with set-user-ID, set-group-ID and sticky bit.
    package var mode: UInt32
    package var userID: Int64
    package var groupID: Int64
    /// When the content was changed last, in seconds since 1970.
    package var modified: Int64
    /// The part of that second.
    package var nanoseconds: Int64
    /// SHA-256 and size of a regular file's content; nil when it could not be read.
    package var content: FileContentRecord?
    /// Where a link leads: for a hard link the path of the earlier member, normalised like ``path``.
    package var link: [UInt8]?
    /// What else the header says: `xattr:NAME`, `atime`, `ctime`, `device`, `failure`.
    package var details: [FileDetailRecord]

    package init(
        path: [UInt8],
        kind: FileKind,
        mode: UInt32,
        userID: Int64 = 0,
        groupID: Int64 = 0,
        modified: Int64 = 0,
        nanoseconds: Int64 = 0,
        content: FileContentRecord? = nil,
        link: [UInt8]? = nil,
        details: [FileDetailRecord] = []
    ) {
        self.path = path
        self.kind = kind
        self.mode = mode
        self.userID = userID
        self.groupID = groupID
        self.modified = modified
        self.nanoseconds = nanoseconds
        self.content = content
        self.link = link
        self.details = details
    }
}

/// The content of a file.
package struct FileContentRecord: Hashable, Sendable {
    /// SHA-256 (32 bytes).
    package var digest: [UInt8]
    /// Bytes.
    package var size: Int64

    package init(digest: [UInt8], size: Int64) {
        self.digest = digest
        self.size = size
    }
}

/// One thing more that a header says.
package struct FileDetailRecord: Hashable, Sendable {
    package var name: String
    package var value: [UInt8]

    package init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }
}

/// An entry with its place in the case.
package struct StoredFileEntry: Hashable, Sendable {
    /// Its row.
    package let id: Int64
    /// The layer that it is in.
    package let layerID: Int64
    /// Which member of the layer it is, from 0.
    package let position: Int64
    package let entry: FileEntryRecord
}

/// One layer whose members are in the case.
package struct LayerRecord: Hashable, Sendable {
    /// The number by which its entries name it; 0 before it is stored.
    package var id: Int64
    /// The digest of the blob.
    package var digest: Digest
    /// Bytes of the blob.
    package var size: Int64
    /// The digest of what comes out when the compression is taken off (OCI image-spec, "Layer DiffID"); nil when that
    /// failed.
    package var expandedDigest: Digest?
    /// Bytes that came out.
    package var expandedSize: Int64
    /// How the blob is compressed; nil when it is not.
    package var compression: String?
    /// Bytes behind the compressed stream.
    package var trailing: Int64
    /// gzip members.
    package var members: Int64
    /// Those of them whose trailer does not fit.
    package var wrongChecksums: Int64
    /// How many members the layer has.
    package var entries: Int64
    /// SHA-256 over all entries in their order (``FileEntryRecord/canonical``).
    package var entriesDigest: Digest
    /// Why not all members could be read; nil when all were.
    package var failure: String?

    package init(
        id: Int64 = 0,
        digest: Digest,
        size: Int64,
        expandedDigest: Digest?,
        expandedSize: Int64,
        compression: String?,
        trailing: Int64 = 0,
        members: Int64 = 0,
        wrongChecksums: Int64 = 0,
        entries: Int64,
        entriesDigest: Digest,
        failure: String? = nil
    ) {
        self.id = id
        self.digest = digest
        self.size = size
        self.expandedDigest = expandedDigest
        self.expandedSize = expandedSize
        self.compression = compression
        self.trailing = trailing
        self.members = members
        self.wrongChecksums = wrongChecksums
        self.entries = entries
        self.entriesDigest = entriesDigest
        self.failure = failure
    }
}

/// An import that has begun and not ended.
package struct OpenImportRecord: Hashable, Sendable {
    package var id: Int64
    /// What is imported, for people.
    package var path: String
    package var startedAt: Timestamp
    /// The process that does it (``ProcessIdentity``); when that is gone, the import ended early.
    package var owner: String

    package init(id: Int64 = 0, path: String, startedAt: Timestamp, owner: String) {
        self.id = id
        self.path = path
        self.startedAt = startedAt
        self.owner = owner
    }
}
