internal import Cryptography
internal import StrictJSON

/// The steps in which a layout's changes reach the disk; the last but one makes them visible.
struct LayoutWriting {
    private let layout: LayoutFolder
    private let folder: Folder
    private var folders: [DigestAlgorithm: Folder] = [:]
    /// Blobs under temporary names.
    private var waiting: [(temporary: String, digest: Digest, replaces: Bool)] = []
    /// Blobs that were not there before.
    private var placed: [(folder: Folder, name: String)] = []
    private var index: String?
    private var isVisible = false

    /// Files that are brought to the disk one by one, unless the whole file system is.
    var fileCount: Int { waiting.count + 1 }

    init(_ layout: LayoutFolder) {
        self.layout = layout
        folder = layout.folder
    }

    private mutating func place(_ algorithm: DigestAlgorithm) throws(StorageError) -> Folder {
        if let folder = folders[algorithm] { return folder }
        guard let inner = try folder.folder("blobs", creating: true)?.folder(algorithm.rawValue, creating: true)
        else { throw .notAFolder(path: "\(folder.path)/blobs") }
        folders[algorithm] = inner
        return inner
    }

    /// Writes every blob that is not there yet under a temporary name.
    mutating func writeBlobs() throws(LayoutError) {
        do throws(StorageError) {
            for (digest, bytes) in layout.added.sorted(by: { $0.key < $1.key }) {
                try store(digest) { write throws(StorageError) in try write(bytes) }
            }
            for (digest, origin) in layout.copied.sorted(by: { $0.key < $1.key }) {
                try copy(digest, from: origin.source)
            }
        } catch .wrongContent(let path, let actual) {
            throw .digestMismatch(path: path, actual: actual)
        } catch {
            throw .storage(error)
        }
    }

    private mutating func store(
        _ digest: Digest,
        _ content: (_ write: ([UInt8]) throws(StorageError) -> Void) throws(StorageError) -> Void
    ) throws(StorageError) {
        let there = try place(digest.algorithm).digest(digest.hex, digest.algorithm)
        if there == digest { return }
        waiting.append((try folder.writeTemporary(content), digest, there != nil))
    }

    /// Copies a blob of another layout, and looks at its digest on the way.
    private mutating func copy(_ digest: Digest, from source: Folder) throws(StorageError) {
        let blobs = try source.folder("blobs")?.folder(digest.algorithm.rawValue)
        let path = "\(source.path)/blobs/\(digest.algorithm.rawValue)/\(digest.hex)"
        try store(digest) { write throws(StorageError) in
            guard let actual = try blobs?.digest(digest.hex, digest.algorithm, write)
            else { throw .notAFile(path: path) }
            guard actual == digest else { throw .wrongContent(path: path, actual: actual) }
        }
    }

    /// Brings the blobs to the disk.
    func synchroniseBlobs() throws(LayoutError) {
        do throws(StorageError) {
            for blob in waiting { try folder.synchronise(blob.temporary) }
        } catch {
            throw .storage(error)
        }
    }

    /// Gives the blobs their names.
    mutating func placeBlobs() throws(LayoutError) {
        do throws(StorageError) {
            while let blob = waiting.last {
                let place = try place(blob.digest.algorithm)
                try folder.rename(blob.temporary, to: place, as: blob.digest.hex)
                waiting.removeLast()
                if !blob.replaces { placed.append((place, blob.digest.hex)) }
            }
        } catch {
            throw .storage(error)
        }
    }

    /// Brings the names of the blobs, and the new index, to the disk.
    func synchroniseIndex() throws(LayoutError) {
        do throws(StorageError) {
            if let index { try folder.synchronise(index) }
            for inner in folders.values { try inner.synchronise() }
            if !folders.isEmpty { try folder.folder("blobs")?.synchronise() }
        } catch {
            throw .storage(error)
        }
    }

    mutating func writeIndex() throws(LayoutError) {
        do throws(StorageError) {
            if try folder.read("oci-layout", limit: 64 << 10) == nil {
                try folder.replace("oci-layout", with: Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))
            }
            let document = GoJSON.encode(.object(layout.indexDocument))
            index = try folder.writeTemporary { write throws(StorageError) in try write(document) }
        } catch {
            throw .storage(error)
        }
    }

    /// The step after which every reader sees what was added.
    mutating func placeIndex() throws(LayoutError) {
        guard let index else { return }
        do throws(StorageError) {
            try folder.rename(index, to: folder, as: "index.json")
        } catch {
            throw .storage(error)
        }
        (self.index, isVisible) = (nil, true)
    }

    /// Makes the change outlast a power failure.
    func synchroniseFolder() throws(LayoutError) {
        do throws(StorageError) {
            try folder.synchronise()
        } catch {
            throw .storage(error)
        }
    }

    /// Takes away what nothing lists any more.
    func finish() throws(LayoutError) {
        do throws(StorageError) {
            for digest in layout.discarded where !layout.entries.contains(where: { $0.digest == digest }) {
                try folder.folder("blobs")?.folder(digest.algorithm.rawValue)?.remove(digest.hex)
            }
        } catch {
            throw .storage(error)
        }
    }

    /// Takes away what was written, unless it is visible.
    func undo() {
        for blob in waiting { folder.remove(blob.temporary) }
        if let index { folder.remove(index) }
        guard !isVisible else { return }
        for blob in placed { blob.folder.remove(blob.name) }
    }
}

extension Folder {
    /// The digest of a file; each piece of it is handed on as well.
    ///
    /// - Returns: Nil when there is no such file.
    /// - Throws: ``StorageError``.
    func digest(
        _ name: String,
        _ algorithm: DigestAlgorithm,
        _ each: ([UInt8]) throws(StorageError) -> Void = { _ in }
    ) throws(StorageError) -> Digest? {
        guard let file = try file(name), var hasher = try? DigestHasher(algorithm) else { return nil }
        var offset: Int64 = 0
        while case let piece = try file.read(at: offset, count: 256 << 10), !piece.isEmpty {
            hasher.update(piece)
            try each(piece)
            offset += Int64(piece.count)
        }
        return hasher.finish()
    }
}
