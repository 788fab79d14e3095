internal import FoundationEssentials
internal import Glibc

/// A directory of its own for one test, removed when the last reference to it goes.
package final class TemporaryDirectory: Sendable {
    /// Where it is, without a slash at the end.
    package let path: String

    /// Makes a new, empty directory.
    ///
    /// - Throws: ``TemporaryDirectoryError``.
    package init() throws(TemporaryDirectoryError) {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/raireki-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .notMade(errno: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a member; nothing is made.
    package func path(_ name: String) -> String {
        "\(path)/\(name)"
    }

    /// Writes a file, and the directories above it.
    ///
    /// - Returns: The path of the file.
    /// - Throws: ``TemporaryDirectoryError``.
    @discardableResult
    package func write(_ bytes: [UInt8], to name: String) throws(TemporaryDirectoryError) -> String {
        var parent = path
        for component in name.split(separator: "/").dropLast() {
            parent += "/\(component)"
            guard mkdir(parent, 0o755) == 0 || errno == EEXIST else { throw .notMade(errno: errno) }
        }
        guard let file = fopen(path(name), "wb") else { throw .notWritten(name, errno: errno) }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else { throw .notWritten(name, errno: errno) }
        return path(name)
    }

    /// Writes a text file, and the directories above it.
    ///
    /// - Returns: The path of the file.
    /// - Throws: ``TemporaryDirectoryError``.
    @discardableResult
    package func write(_ text: String, to name: String) throws(TemporaryDirectoryError) -> String {
        try write(Array(text.utf8), to: name)
    }
}

/// Why a test could not get its files.
package enum TemporaryDirectoryError: Error, Equatable {
    /// The directory could not be made.
    case notMade(errno: Int32)
    /// The file could not be written.
    case notWritten(String, errno: Int32)
}
