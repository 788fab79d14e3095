internal import Glibc

/// Writes a layout as files below a directory.
package enum LayoutWriter {
    /// Writes every file of a layout; directories are made as needed, files that are there are replaced.
    ///
    /// - Parameters:
    ///   - layout: What is written.
    ///   - directory: Where; its parent must be there.
    /// - Throws: ``LayoutWriterError``.
    package static func write(_ layout: LayoutContents, to directory: String) throws(LayoutWriterError) {
        try makeDirectory(directory)
        for file in layout.files {
            var parent = directory
            for component in file.path.split(separator: "/").dropLast() {
                parent += "/\(component)"
                try makeDirectory(parent)
            }
            try write(file.bytes, to: "\(directory)/\(file.path)")
        }
    }

    /// Writes one file; what was there is replaced.
    ///
    /// - Throws: ``LayoutWriterError``.
    package static func write(_ bytes: [UInt8], to path: String) throws(LayoutWriterError) {
        guard let file = fopen(path, "wb") else { throw .notWritten(path: path, errno: errno) }
        let written = fwrite(bytes, 1, bytes.count, file)
        let failure = errno
        guard fclose(file) == 0, written == bytes.count else { throw .notWritten(path: path, errno: failure) }
    }

    private static func makeDirectory(_ path: String) throws(LayoutWriterError) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .notWritten(path: path, errno: errno) }
    }
}

/// Why a layout could not be written.
package enum LayoutWriterError: Error, Equatable {
    /// The operating system refused to make a file or directory.
    case notWritten(path: String, errno: Int32)
}
