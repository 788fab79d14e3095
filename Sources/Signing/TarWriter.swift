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
        var archive: [UInt8] = []
        for member in members {
            archive += header(member) + member.bytes
            archive += TarHeader.padding(after: Int64(member.bytes.count))
        }
        return archive + TarHeader.end
    }

    private static func header(_ member: Member) -> [UInt8] {
        var header = TarHeader(.file, path: Array(member.path.utf8), mode: member.mode)
        header.size = Int64(member.bytes.count)
        header.modified = Int64(member.modified)
        return header.blocks
    }
}
