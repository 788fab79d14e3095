internal import Archive

/// Writes small tar archives: the same members always give the same bytes.
package enum TarWriter {
    /// One regular file.
    package struct Member: Hashable, Sendable {
        /// Its path.
        package var path: String
        /// Its content.
        package var bytes: [UInt8]
        /// Permission bits.
        package var mode: Int
        /// Modification time, in seconds since 1970.
        package var modified: Int

        /// A file owned by root.
        package init(path: String, bytes: [UInt8], mode: Int = 0o644, modified: Int = 0) {
            self.path = path
            self.bytes = bytes
            self.mode = mode
            self.modified = modified
        }
    }

    /// The archive, ended by two empty blocks.
    package static func archive(_ members: [Member]) -> [UInt8] {
        let files = members.flatMap { header($0, count: $0.bytes.count) + $0.bytes + padding($0.bytes.count) }
        return files + WrittenTarHeader.end
    }

    /// One file with its header, and filled up to whole blocks.
    static func archive(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
        header(path, count: bytes.count) + bytes + padding(bytes.count)
    }

    /// The header of a file of so many bytes, which may be more than memory holds.
    static func header(_ path: String, count: Int) -> [UInt8] {
        header(Member(path: path, bytes: []), count: count)
    }

    /// What fills the last block of a file.
    static func padding(_ count: Int) -> [UInt8] {
        WrittenTarHeader.padding(after: Int64(count))
    }

    private static func header(_ member: Member, count: Int) -> [UInt8] {
        var header = WrittenTarHeader(.file, path: Array(member.path.utf8), mode: member.mode)
        header.size = Int64(count)
        header.modified = Int64(member.modified)
        return header.blocks
    }
}
