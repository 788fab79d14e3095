internal import Cryptography
internal import Sigstore

/// A transparency log on disk: append-only, and never seen half-written.
///
/// Four files: `entries` are the bodies end to end, `index` says for each where it ends and when it came, `hashes` are
/// the complete subtrees in the order in which they became complete (RFC 6962 §2.1), `checkpoint` is the signed note
/// that commits to all of it. The checkpoint is replaced last and in one step, so that what a stopped process left
/// behind the committed end is not part of the log and is overwritten by the next one. Nobody is told of an entry
/// before its checkpoint is on the disk: a size never gets two roots. Who appends has locked the authority's folder.
package struct LogFolder: Sendable {
    private let folder: Folder
    /// The entries that the checkpoint commits to.
    package let count: Int
    /// Where the bodies of these end.
    private let end: Int64
    /// The newest checkpoint.
    package let checkpoint: String
    /// The tree's right edge.
    package let tree: LogTree

    private static let indexRecord = 16
    private static let hashBytes = 32

    /// Opens a log and looks whether its hashes are those that its checkpoint commits to.
    ///
    /// - Parameters:
    ///   - folder: Where it lies.
    ///   - origin: What the first line of its checkpoints says.
    ///   - key: The key that signs these.
    /// - Throws: ``AuthorityError``.
    init(opening folder: Folder, origin: String, key: PublicKey) throws(AuthorityError) {
        self.folder = folder
        do throws(StorageError) {
            guard let note = try folder.read("checkpoint", limit: 64 << 10) else { throw .notAFile(path: folder.path) }
            checkpoint = String(decoding: note, as: UTF8.self)
        } catch {
            throw .storage(error)
        }
        guard let read = try? Checkpoint(parsing: checkpoint), read.origin.hasSameBytes(as: origin),
            read.signatures.contains(where: { key.isValid(signature: $0.bytes, for: read.signedText) }),
            let size = Int(exactly: read.treeSize), size < 1 << 40
        else { throw .damagedLog(path: folder.path, reason: "its checkpoint is not one that its key signed") }
        count = size
        do throws(StorageError) {
            end = try size == 0 ? 0 : Self.record(size - 1, in: folder).end
            tree = try LogTree(count: size) { node throws(StorageError) in try Self.hash(node, in: folder) }
        } catch {
            throw .storage(error)
        }
        guard tree.root == read.rootHash else {
            throw .damagedLog(path: folder.path, reason: "its hashes are not those that its checkpoint commits to")
        }
    }

    /// Makes an empty log.
    ///
    /// - Throws: ``StorageError`` or ``CryptographyError``.
    static func create(in folder: Folder, of log: LocalTransparencyLog) throws {
        for name in ["entries", "index", "hashes"] { try folder.replace(name, with: []) }
        let note = try log.checkpoint(treeSize: 0, rootHash: LogTree().root)
        try folder.replace("checkpoint", with: Array(note.utf8))
    }

    /// Appends what was added to a log that continues this one, and commits to it.
    ///
    /// - Throws: ``StorageError`` or ``CryptographyError``; the log is then as it was.
    func append(_ log: LocalTransparencyLog) throws {
        guard let fresh = log.fresh, !fresh.isEmpty else { return }
        var (bodies, records, hashes): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
        for entry in fresh {
            bodies += entry.body
            records += Self.bigEndian(UInt64(end) + UInt64(bodies.count))
            records += Self.bigEndian(UInt64(bitPattern: entry.time))
            hashes += entry.hashes.flatMap { $0 }
        }
        let places: [(String, Int64, [UInt8])] = [
            ("entries", end, bodies), ("index", Int64(count * Self.indexRecord), records),
            ("hashes", Int64(Self.hashCount(count) * Self.hashBytes), hashes),
        ]
        for (name, offset, bytes) in places {
            try folder.appendable(name).overwrite(at: offset, bytes)
        }
        for (name, _, _) in places { try folder.synchronise(name) }
        let note = try log.checkpoint(treeSize: log.tree.count, rootHash: log.tree.root)
        try folder.replace("checkpoint", with: Array(note.utf8))
    }

    // MARK: - Where things lie

    /// The complete subtrees of so many leaves.
    private static func hashCount(_ leaves: Int) -> Int {
        2 * leaves - leaves.nonzeroBitCount
    }

    private static func hash(_ node: LogTree.Node, in folder: Folder) throws(StorageError) -> [UInt8] {
        let last = (node.place + 1) << node.level - 1
        let place = (hashCount(last) + node.level) * hashBytes
        return try read("hashes", in: folder, at: Int64(place), count: hashBytes)
    }

    private static func record(_ index: Int, in folder: Folder) throws(StorageError) -> (end: Int64, time: Int64) {
        let record = try read("index", in: folder, at: Int64(index * indexRecord), count: indexRecord)
        func number(_ bytes: some Sequence<UInt8>) -> Int64 {
            Int64(bitPattern: bytes.reduce(0) { $0 << 8 | UInt64($1) })
        }
        return (number(record.prefix(8)), number(record.suffix(8)))
    }

    private static func read(
        _ name: String,
        in folder: Folder,
        at offset: Int64,
        count: Int
    ) throws(StorageError) -> [UInt8] {
        guard let file = try folder.file(name) else { throw .notAFile(path: "\(folder.path)/\(name)") }
        let bytes = try file.read(at: offset, count: count)
        guard bytes.count == count else { throw .truncated(path: file.path) }
        return bytes
    }

    private static func bigEndian(_ number: UInt64) -> [UInt8] {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
}

// MARK: - Reading

extension LogFolder {
    /// One entry.
    package struct Entry: Sendable {
        /// Its place.
        package let index: Int
        /// When it came, in seconds since 1970.
        package let time: Int64
        /// What was logged.
        package let body: [UInt8]
    }

    /// Larger bodies are never logged here.
    private static let bodyLimit: Int64 = 16 << 20

    /// An entry.
    ///
    /// - Throws: ``StorageError``.
    package func entry(_ index: Int) throws(StorageError) -> Entry {
        let start = try index == 0 ? 0 : Self.record(index - 1, in: folder).end
        let (end, time) = try Self.record(index, in: folder)
        guard start >= 0, end >= start, end - start <= Self.bodyLimit else { throw .truncated(path: folder.path) }
        let body = try Self.read("entries", in: folder, at: start, count: Int(end - start))
        return Entry(index: index, time: time, body: body)
    }

    /// Reads the whole log, and looks whether its bodies are those that its checkpoint commits to.
    ///
    /// - Returns: The whole tree.
    /// - Throws: ``StorageError`` or ``AuthorityError``.
    package func audit(_ each: (Entry) -> Void = { _ in }) throws -> LogTree {
        var whole = LogTree()
        for index in 0..<count {
            let entry = try entry(index)
            whole.append(entry.body)
            each(entry)
        }
        guard whole.root == tree.root else {
            throw AuthorityError.damagedLog(path: folder.path, reason: "an entry is not what was logged")
        }
        return whole
    }
}
