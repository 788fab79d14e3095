internal import Archive
internal import Cryptography

/// One member of a folder or archive, with what was measured while it was read once.
struct EvidenceMember: Sendable {
    /// Its path below the root of the evidence, without `./`; never opened as a path.
    var path: [UInt8]
    /// What it is and what its bytes are.
    var content: Content
    /// Where its bytes begin in an archive that is not compressed.
    var offset: Int64?
    /// Where its bytes begin in an archive once that is expanded.
    var expandedOffset: Int64?
    /// Where it leads, when it is a symbolic link of an archive.
    var linkTarget: [UInt8]?

    enum Content: Sendable {
        /// A regular file that was read to its end. What was measured lies apart, so that members can be passed around.
        indirect case file(Measurement)
        /// A regular file that could not be read to its end.
        case unreadable(ArchiveError)
        /// Anything but a file or folder, in a word.
        case special(String)
    }

    /// What was measured, when the member is a file that was read.
    var measurement: Measurement? {
        if case .file(let measurement) = content { measurement } else { nil }
    }
}

/// What one reading of some bytes gave.
struct Measurement: Sendable {
    /// How many bytes there were.
    var size: Int64
    /// Their digest, in the algorithm that their place names.
    var digest: Digest
    /// What the bytes are once expanded.
    var expansion: Expansion
    /// The bytes themselves, when they look like a document and there was room.
    var retained: [UInt8]? { kept?.bytes }
    /// Where the bytes are kept.
    private(set) var kept: DocumentSpool.Document?
    /// Whether they look like a document: the first byte that is no white space opens an object.
    var looksLikeDocument: Bool
    /// How many bytes of a compressed stream came out.
    var expandedSize: Int64 = 0
    /// What is odd about the compressed stream although it could be expanded.
    var oddities = ExpansionOddities()
    /// What reading them as a layer gave; nil when they are no archive, or archives are not read.
    var listing: LayerListing? {
        get { storedListing.first }
        set { storedListing = newValue.map { [$0] } ?? [] }
    }
    /// Apart from the members, of which there may be millions and few are layers.
    private var storedListing: [LayerListing] = []
    /// How they are compressed, when it is a way that no layer is compressed and that is not expanded.
    var unread: UnreadCompression?
    /// The digest of the uncompressed bytes, when they could be had.
    var diffID: Digest? { unread == nil ? expansion.digest : nil }
    /// Whether they begin as Git's bundles do.
    var looksLikeBundle = false

    init(
        size: Int64,
        digest: Digest,
        expansion: Expansion,
        retained: [UInt8]? = nil,
        looksLikeDocument: Bool,
        looksLikeBundle: Bool = false
    ) {
        self.size = size
        self.digest = digest
        self.expansion = expansion
        kept = retained.map { .memory($0) }
        self.looksLikeDocument = looksLikeDocument
        self.looksLikeBundle = looksLikeBundle
    }

    /// Keeps the bytes with those of many others.
    mutating func keep(in spool: DocumentSpool) {
        if case .memory(let bytes) = kept { kept = spool.keep(bytes) }
    }
}

/// What comes out of a blob when its compression, if any, is taken off.
enum Expansion: Sendable {
    /// Not compressed; the SHA-256 of the bytes as they are.
    case plain(Digest)
    /// Compressed: the SHA-256 of the expanded bytes, and how many bytes follow the compressed stream.
    case expanded(Digest, Compression, trailing: Int64)
    /// Compressed, but expanding it failed.
    case failed(ArchiveError, Compression)
}
