internal import Cryptography
internal import StrictJSON

extension LayoutFolder {
    /// Writes everything that was added and listed.
    ///
    /// - Throws: ``LayoutError``; the layout is then as it was.
    package mutating func commit() throws(LayoutError) {
        index["manifests"] = .array(entries.map(\.json))
        var blobs = BlobWriting(folder)
        do throws(LayoutError) {
            for (digest, bytes) in added.sorted(by: { $0.key < $1.key }) {
                try blobs.store(digest) { write throws(StorageError) in try write(bytes) }
            }
            for (digest, origin) in copied.sorted(by: { $0.key < $1.key }) {
                try blobs.store(digest, copying: origin.source, size: origin.size)
            }
            try finish(blobs)
        } catch {
            blobs.undo()
            throw error
        }
        for digest in discarded where !entries.contains(where: { $0.digest == digest }) { blobs.remove(digest) }
        (added, copied, discarded) = ([:], [:], [])
    }

    /// The step after which every reader sees what was added.
    private func finish(_ blobs: BlobWriting) throws(LayoutError) {
        do throws(StorageError) {
            try blobs.synchronise()
            if try folder.read("oci-layout", limit: 64 << 10) == nil {
                try folder.replace("oci-layout", with: Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))
            }
            try folder.replace("index.json", with: GoJSON.encode(.object(index)))
        } catch {
            throw .storage(error)
        }
    }
}

/// Blobs on their way into a layout.
private struct BlobWriting {
    private let layout: Folder
    private var folders: [DigestAlgorithm: Folder] = [:]
    private var written: [(folder: Folder, name: String)] = []

    init(_ layout: Folder) {
        self.layout = layout
    }

    private mutating func place(_ algorithm: DigestAlgorithm) throws(StorageError) -> Folder {
        if let folder = folders[algorithm] { return folder }
        guard let folder = try layout.folder("blobs", creating: true)?.folder(algorithm.rawValue, creating: true)
        else { throw .notAFolder(path: "\(layout.path)/blobs") }
        folders[algorithm] = folder
        return folder
    }

    /// Writes a blob unless it is there already.
    mutating func store(
        _ digest: Digest,
        _ content: (_ write: ([UInt8]) throws(StorageError) -> Void) throws(StorageError) -> Void
    ) throws(LayoutError) {
        do throws(StorageError) {
            let place = try place(digest.algorithm)
            let isThere = try place.file(digest.hex) != nil
            if isThere, try place.digest(digest.hex, digest.algorithm) == digest { return }
            try put(try layout.writeTemporary(content), at: place, digest, isThere: isThere)
        } catch {
            throw .storage(error)
        }
    }

    /// Copies a blob from another layout, and looks at its digest on the way.
    mutating func store(_ digest: Digest, copying source: Folder, size: Int64) throws(LayoutError) {
        do throws(StorageError) {
            let place = try place(digest.algorithm)
            let isThere = try place.file(digest.hex) != nil
            if isThere, try place.digest(digest.hex, digest.algorithm) == digest { return }
            let blobs = try source.folder("blobs")?.folder(digest.algorithm.rawValue)
            var actual: Digest?
            let temporary = try layout.writeTemporary { write throws(StorageError) in
                actual = try blobs?.digest(digest.hex, digest.algorithm, write)
            }
            guard actual == digest else {
                layout.remove(temporary)
                let path = "\(source.path)/blobs/\(digest.algorithm.rawValue)/\(digest.hex)"
                throw actual.map { .wrongContent(path: path, actual: $0) } ?? .cannotRead(path: path, code: 2)
            }
            try put(temporary, at: place, digest, isThere: isThere)
        } catch .wrongContent(let path, let actual) {
            throw .digestMismatch(path: path, actual: actual)
        } catch {
            throw .storage(error)
        }
    }

    private mutating func put(
        _ temporary: String,
        at place: Folder,
        _ digest: Digest,
        isThere: Bool
    ) throws(StorageError) {
        do throws(StorageError) {
            try layout.rename(temporary, to: place, as: digest.hex)
        } catch {
            layout.remove(temporary)
            throw error
        }
        if !isThere { written.append((place, digest.hex)) }
    }

    func synchronise() throws(StorageError) {
        for folder in folders.values { try folder.synchronise() }
        if let blobs = try layout.folder("blobs", creating: true) { try blobs.synchronise() }
    }

    /// Takes away what was written.
    func undo() {
        for blob in written { blob.folder.remove(blob.name) }
    }

    func remove(_ digest: Digest) {
        if let place = try? layout.folder("blobs")?.folder(digest.algorithm.rawValue) { place.remove(digest.hex) }
    }
}

extension Folder {
    /// The digest of a file; each piece of it is handed on as well.
    ///
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
