internal import Glibc

/// A repository in a folder.
///
/// Symbolic links below it are not followed, and only regular files are read.
package struct RepositoryFolder: RepositorySource {
    /// Where it is.
    package let path: String

    /// A repository in the folder at `path`.
    package init(_ path: String) {
        self.path = path
    }

    /// Opens name after name from the folder down, so that no name can lead out of it.
    package func bytes(of path: RepositoryPath, limit: Int) throws(TUFError) -> [UInt8]? {
        var descriptor = open(self.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(file: self.path, code: errno) }
        defer { close(descriptor) }
        for (index, name) in path.components.enumerated() {
            let isLast = index == path.components.count - 1
            // A pipe without a writer would otherwise be waited for.
            let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (isLast ? 0 : O_DIRECTORY)
            let next = openat(descriptor, name, flags)
            guard next >= 0 else {
                switch errno {
                case ENOENT: return nil
                case ELOOP, ENOTDIR, ENXIO: throw .notAFile(file: path.description)
                case let code: throw .unreadable(file: path.description, code: code)
                }
            }
            close(descriptor)
            descriptor = next
        }
        return try Self.content(of: descriptor, path, limit)
    }

    private static func content(
        of descriptor: Int32,
        _ path: RepositoryPath,
        _ limit: Int
    ) throws(TUFError) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(file: path.description, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(file: path.description) }
        guard status.st_size <= limit else { throw .tooLarge(file: path.description, limit: limit) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(file: path.description, code: errno) }
            guard count > 0 else { return result }
            guard result.count + count <= limit else { throw .tooLarge(file: path.description, limit: limit) }
            result += buffer[..<count]
        }
    }
}
