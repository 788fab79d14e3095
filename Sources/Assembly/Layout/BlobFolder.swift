package import Cryptography
internal import Glibc
package import OCI

/// A blob that was written and is not yet part of a layout.
package struct WrittenBlob: Hashable, Sendable {
    /// Its digest.
    package let digest: Digest
    /// Its size in bytes.
    package let size: Int64

    /// Its descriptor.
    package func descriptor(_ mediaType: MediaType) -> WrittenDescriptor {
        WrittenDescriptor(digest: digest, size: Int(size), mediaType: mediaType)
    }
}

/// A private folder in which blobs are written before they become part of a layout.
///
/// Its name begins with `.raireki-`; a lock in it says that its writer is alive, so that what a killed writer left is
/// removed by the next.
final class BlobFolder {
    /// Where it is.
    let path: String
    private(set) var blobs: [Digest: WrittenBlob] = [:]
    private let lock: Int32
    private var count = 0

    /// Makes a folder.
    ///
    /// - Parameter parent: Where; on the file system on which the blobs are to be.
    /// - Throws: ``AssemblyError``.
    init(in parent: String) throws(AssemblyError) {
        Self.removeAbandoned(in: parent)
        var template = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw AssemblyError(.cannotWrite(path: parent, code: errno)) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // Named only once it is held: nobody finds a lock that nobody holds yet.
        let opened = open("\(path)/lock.new", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0, flock(opened, LOCK_EX | LOCK_NB) == 0, rename("\(path)/lock.new", "\(path)/lock") == 0 else {
            let error = AssemblyError(.cannotWrite(path: path, code: errno))
            if opened >= 0 { close(opened) }
            FileWriting.removeTree(path)
            throw error
        }
        lock = opened
    }

    deinit {
        close(lock)
    }

    private static let prefix = ".raireki-"

    /// Whether a name in a layout is that of such a folder.
    static func isName(_ name: [UInt8]) -> Bool {
        name.starts(with: prefix.utf8)
    }

    private static func removeAbandoned(in parent: String) {
        guard let folder = OpenFolder(userPath: parent) else { return }
        for name in folder.entries() ?? [] where isName(name) && folder.status(name)?.st_uid == geteuid() {
            let path = "\(parent)/\(String(decoding: name, as: UTF8.self))"
            let lock = open("\(path)/lock", O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
            guard lock >= 0 else { continue }
            if flock(lock, LOCK_EX | LOCK_NB) == 0 { FileWriting.removeTree(path) }
            close(lock)
        }
    }

    /// Makes a folder in it, for files that are no blobs.
    ///
    /// - Throws: ``AssemblyError``.
    func newFolder(_ name: String) throws(AssemblyError) -> String {
        let inner = "\(path)/\(name)"
        guard mkdir(inner, 0o700) == 0 else { throw AssemblyError(.cannotWrite(path: inner, code: errno)) }
        return inner
    }

    /// Removes the folder with what is left in it.
    func remove() {
        FileWriting.removeTree(path)
    }

    /// Begins a blob.
    func newBlob() throws -> BlobFile {
        count += 1
        return try BlobFile(folder: self, path: "\(path)/\(count).part")
    }

    /// Writes a small blob.
    func add(_ bytes: [UInt8]) throws -> WrittenBlob {
        let file = try newBlob()
        try bytes.withUnsafeBytes { try file.write($0) }
        return try file.finish()
    }

    fileprivate func take(_ blob: WrittenBlob, from part: String) throws(AssemblyError) {
        guard rename(part, path(of: blob.digest)) == 0
        else { throw AssemblyError(.cannotWrite(path: part, code: errno)) }
        blobs[blob.digest] = blob
    }

    /// Where a finished blob is.
    func path(of digest: Digest) -> String {
        "\(path)/\(digest.hex)"
    }
}

/// A blob that is being written.
final class BlobFile {
    private let folder: BlobFolder
    private let path: String
    private let file: Int32
    private var hasher: DigestHasher
    private var size: Int64 = 0

    fileprivate init(folder: BlobFolder, path: String) throws {
        self.folder = folder
        self.path = path
        hasher = try DigestHasher(.sha256)
        let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        file = opened
        // The same for every umask.
        fchmod(file, 0o644)
    }

    deinit {
        close(file)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(AssemblyError) {
        try FileWriting.write(bytes, to: file, path: path)
        hasher.update(bytes)
        size += Int64(bytes.count)
    }

    /// Brings the blob to the disk.
    func finish() throws -> WrittenBlob {
        guard fsync(file) == 0 else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        let blob = WrittenBlob(digest: hasher.finish(), size: size)
        try folder.take(blob, from: path)
        return blob
    }
}
