package import Cryptography
package import OCI
package import StrictJSON

/// An image layout on disk (OCI image-spec, image-layout.md): read with the care that evidence needs, and changed in one
/// step.
///
/// While it is open nobody else who opens it so can change it. Nothing is written before ``commit()``: blobs are then
/// written to temporary names, brought to the disk and renamed, `index.json` comes last. Whatever fails before leaves
/// the layout as it was.
package struct LayoutFolder: LayoutEditing, Sendable {
    package typealias Failure = LayoutError

    /// As the user named it.
    package let path: String
    let folder: Folder
    package var entries: [WrittenDescriptor]
    var index: JSONObject
    var added: [Digest: [UInt8]] = [:]
    var discarded: Set<Digest> = []
    /// Blobs of other layouts that are copied at ``commit()``.
    var copied: [Digest: (source: Folder, size: Int64)] = [:]

    /// Larger documents are no manifests.
    static let documentLimit: Int64 = 4 << 20
    /// Larger lists of images are no layouts that anybody made in earnest.
    private static let indexLimit: Int64 = 64 << 20

    /// Opens a layout.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - isReadOnly: Whether it will not be changed.
    /// - Throws: ``LayoutError``.
    package init(opening path: String, isReadOnly: Bool = false) throws(LayoutError) {
        do throws(StorageError) {
            folder = try Folder(opening: path)
            // Some file systems have no locks; who only reads can do without.
            if isReadOnly { try? folder.lock(exclusively: false) } else { try folder.lock() }
            guard let marker = try folder.read("oci-layout", limit: 64 << 10) else {
                throw .notAFile(path: "oci-layout")
            }
            let version = (try? JSONValue(parsing: marker))?["imageLayoutVersion"]?.string
            self.path = path
            guard version?.utf8.starts(with: "1.".utf8) == true else { throw .notAFile(path: "oci-layout") }
        } catch .notAFile {
            throw .notALayout(path: path)
        } catch .notAFolder {
            throw .notALayout(path: path)
        } catch {
            throw .storage(error)
        }
        (index, entries) = try Self.index(of: folder, path)
        if !isReadOnly { try? folder.removeTemporaries() }
    }

    /// Makes an empty layout, of which nothing is on disk but its folder until ``commit()``.
    ///
    /// - Throws: ``LayoutError``.
    package init(creating path: String) throws(LayoutError) {
        do throws(StorageError) {
            folder = try Folder(creating: path)
            try folder.lock()
        } catch {
            throw .storage(error)
        }
        self.path = path
        index = JSONObject([("schemaVersion", 2), ("mediaType", JSONValue(MediaType.imageIndex.text))])
        entries = []
    }

    private static func index(
        of folder: Folder,
        _ path: String
    ) throws(LayoutError) -> (JSONObject, [WrittenDescriptor]) {
        let bytes: [UInt8]
        do throws(StorageError) {
            guard let read = try folder.read("index.json", limit: indexLimit) else { throw .notAFile(path: path) }
            bytes = read
        } catch .notAFile {
            throw .notALayout(path: path)
        } catch {
            throw .storage(error)
        }
        let name = "\(path)/index.json"
        do throws(OCIError) {
            // Refuses what two readers would read differently, before anything is signed because of it.
            guard case .index = try ImageDocument(parsing: bytes), let index = try? JSONValue(parsing: bytes).object
            else { throw .wrongType(pointer: "", expected: "index") }
            var entries: [WrittenDescriptor] = []
            for entry in index["manifests"]?.array ?? [] { entries.append(try WrittenDescriptor(reading: entry)) }
            return (index, entries)
        } catch {
            throw .malformed(path: name, error)
        }
    }

    package mutating func add(_ bytes: [UInt8], mediaType: MediaType) -> WrittenDescriptor {
        let descriptor = WrittenDescriptor(bytes, mediaType: mediaType)
        added[descriptor.digest] = bytes
        discarded.remove(descriptor.digest)
        return descriptor
    }

    package mutating func discard(_ digest: Digest) {
        if added.removeValue(forKey: digest) == nil { discarded.insert(digest) }
    }

    package func document(_ descriptor: WrittenDescriptor) throws(LayoutError) -> JSONObject {
        let bytes = try content(descriptor)
        do throws(OCIError) {
            _ = try ImageDocument(parsing: bytes)
        } catch {
            throw .malformed(path: blobPath(descriptor.digest), error)
        }
        return (try? JSONValue(parsing: bytes).object) ?? JSONObject()
    }

    /// The bytes of a blob that is small enough to be a document.
    ///
    /// - Throws: ``LayoutError``; ``LayoutError/digestMismatch(path:actual:)`` for bytes of another digest.
    package func content(
        _ descriptor: WrittenDescriptor,
        limit: Int64 = LayoutFolder.documentLimit
    ) throws(LayoutError) -> [UInt8] {
        if let bytes = added[descriptor.digest] { return bytes }
        let name = blobPath(descriptor.digest)
        let bytes: [UInt8]?
        do throws(StorageError) {
            bytes = try folder.folder("blobs")?.folder(descriptor.digest.algorithm.rawValue)?
                .read(descriptor.digest.hex, limit: limit)
        } catch {
            throw .storage(error)
        }
        guard let bytes else { throw .noBlob(path: name) }
        let actual = Digest(hashing: bytes, descriptor.digest.algorithm)
        guard actual == descriptor.digest else { throw .digestMismatch(path: name, actual: actual) }
        guard bytes.count == descriptor.size else {
            throw .sizeMismatch(path: name, stated: descriptor.size, actual: bytes.count)
        }
        return bytes
    }

    /// `index.json` as it will be written.
    var indexDocument: JSONObject {
        var document = index
        document["manifests"] = .array(entries.map(\.json))
        return document
    }

    func blobPath(_ digest: Digest) -> String {
        "\(path)/blobs/\(digest.algorithm.rawValue)/\(digest.hex)"
    }
}
