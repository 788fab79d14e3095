internal import Archive
internal import Glibc

/// A private folder for the content of files that come out of archives, each under a number.
final class ContentSpool {
    private let path: String
    private let folder: OpenFolder
    private var count = 0

    /// Makes a spool in a folder that is there.
    init(in parent: String) throws(AssemblyError) {
        path = parent + "/spool"
        guard mkdir(path, 0o700) == 0 || errno == EEXIST, let folder = OpenFolder(userPath: path)
        else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        self.folder = folder
    }

    /// Writes a content down.
    func store(_ chunks: any ChunkSource) throws -> StoredFile {
        count += 1
        let name = "\(count)"
        let file = Glibc.open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        defer { close(file) }
        while let chunk = try chunks.next() { try FileWriting.write(chunk, to: file, path: path) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw AssemblyError(.cannotWrite(path: path, code: errno)) }
        return StoredFile(root: folder, path: [Array(name.utf8)], status: status)
    }
}

/// Writes to open files, and removes what was written.
enum FileWriting {
    /// Writes all bytes.
    static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, path: String) throws(AssemblyError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(file, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AssemblyError(.cannotWrite(path: path, code: count < 0 ? errno : ENOSPC)) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Writes all bytes.
    static func write(_ bytes: [UInt8], to file: Int32, path: String) throws(AssemblyError) {
        var failure: AssemblyError?
        bytes.withUnsafeBytes { buffer in
            do throws(AssemblyError) { try write(buffer, to: file, path: path) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Removes a folder with all that is in it, without following links; what cannot be removed stays.
    static func removeTree(_ path: String) {
        if let folder = OpenFolder(userPath: path) { empty(folder) }
        rmdir(path)
    }

    private static func empty(_ folder: OpenFolder) {
        for name in folder.entries() ?? [] {
            let isFolder = folder.status(name).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
            (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { text in
                guard let text = text.baseAddress else { return }
                if isFolder {
                    // A folder without the right to look into it is still to be emptied.
                    fchmodat(folder.descriptor, text, 0o700, 0)
                    if let inner = folder.folder(name) { empty(inner) }
                }
                unlinkat(folder.descriptor, text, isFolder ? AT_REMOVEDIR : 0)
            }
        }
    }
}
