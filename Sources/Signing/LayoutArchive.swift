package import Cryptography
internal import Glibc
package import OCI
package import StrictJSON

/// A layout that is going to be written as one tar archive, with blobs from layouts on disk.
package struct LayoutArchive: LayoutTaking, Sendable {
    package typealias Failure = LayoutError

    package var entries: [WrittenDescriptor] = []
    private var added: [Digest: [UInt8]] = [:]
    private var taken: [Digest: (source: LayoutFolder, size: Int)] = [:]

    /// An empty layout.
    package init() {}

    package mutating func add(_ bytes: [UInt8], mediaType: MediaType) -> WrittenDescriptor {
        let descriptor = WrittenDescriptor(bytes, mediaType: mediaType)
        added[descriptor.digest] = bytes
        return descriptor
    }

    package mutating func take(_ digest: Digest, size: Int, from other: LayoutFolder) {
        taken[digest] = (other, size)
    }

    package mutating func discard(_ digest: Digest) {
        added[digest] = nil
    }

    package func document(_ descriptor: WrittenDescriptor) throws(LayoutError) -> JSONObject {
        if let bytes = added[descriptor.digest] { return (try? JSONValue(parsing: bytes).object) ?? JSONObject() }
        guard let origin = taken[descriptor.digest] else { throw .noBlob(path: "\(descriptor.digest)") }
        return try origin.source.document(descriptor)
    }

    /// Writes the archive under another name beside its final place, and renames it.
    ///
    /// - Throws: ``LayoutError``; nothing is left then.
    package func write(to path: String) throws(LayoutError) {
        let bytes = Array(path.utf8)
        let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
        let parent = slash.map { $0 == 0 ? "/" : String(decoding: bytes[..<$0], as: UTF8.self) } ?? "."
        let name = String(decoding: bytes[((slash ?? -1) + 1)...], as: UTF8.self)
        do throws(StorageError) {
            let folder = try Folder(opening: parent)
            let temporary = try folder.writeTemporary { write throws(StorageError) in try self.write(write) }
            do throws(StorageError) {
                try folder.synchronise(temporary)
                try folder.rename(temporary, to: folder, as: name)
            } catch {
                folder.remove(temporary)
                throw error
            }
            try folder.synchronise()
        } catch .wrongContent(let path, let actual) {
            throw .digestMismatch(path: path, actual: actual)
        } catch {
            throw .storage(error)
        }
    }

    private func write(_ write: ([UInt8]) throws(StorageError) -> Void) throws(StorageError) {
        let fixed: [(String, [UInt8])] = [
            ("oci-layout", Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)),
            ("index.json", WrittenDescriptor.index(of: entries)),
        ]
        for (path, bytes) in fixed { try write(TarWriter.archive(path, bytes)) }
        for digest in Set(added.keys).union(taken.keys).sorted() {
            let path = "blobs/\(digest.algorithm.rawValue)/\(digest.hex)"
            if let bytes = added[digest] {
                try write(TarWriter.archive(path, bytes))
            } else if let origin = taken[digest] {
                try copy(digest, path, origin, write)
            }
        }
        try write([UInt8](repeating: 0, count: 1024))
    }

    private func copy(
        _ digest: Digest,
        _ path: String,
        _ origin: (source: LayoutFolder, size: Int),
        _ write: ([UInt8]) throws(StorageError) -> Void
    ) throws(StorageError) {
        try write(TarWriter.header(path, count: origin.size))
        let place = try origin.source.folder.folder("blobs")?.folder(digest.algorithm.rawValue)
        var count = 0
        let full = origin.source.blobPath(digest)
        let actual = try place?.digest(digest.hex, digest.algorithm) { piece throws(StorageError) in
            count += piece.count
            guard count <= origin.size else { throw .tooLarge(path: full, limit: Int64(origin.size)) }
            try write(piece)
        }
        guard let actual else { throw .notAFile(path: full) }
        guard actual == digest else { throw .wrongContent(path: full, actual: actual) }
        guard count == origin.size else { throw .truncated(path: full) }
        try write(TarWriter.padding(count))
    }
}
