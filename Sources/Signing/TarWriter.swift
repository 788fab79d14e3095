/// Writes small tar archives (POSIX.1-1988 ustar): the same members always give the same bytes.
package enum TarWriter {
    /// One regular file.
    package struct Member: Hashable, Sendable {
        /// Its path, at most 100 bytes.
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
            archive += [UInt8](repeating: 0, count: (512 - member.bytes.count % 512) % 512)
        }
        return archive + [UInt8](repeating: 0, count: 1024)
    }

    private static func header(_ member: Member) -> [UInt8] {
        precondition(member.path.utf8.count <= 100, "paths of small archives are short")
        var block = field(Array(member.path.utf8), 100)
        block += octal(member.mode, 8) + octal(0, 8) + octal(0, 8)
        block += octal(member.bytes.count, 12) + octal(member.modified, 12)
        block += [UInt8](repeating: UInt8(ascii: " "), count: 8) + [UInt8(ascii: "0")] + field([], 100)
        block += Array("ustar\u{0}00".utf8) + field([], 32) + field([], 32) + octal(0, 8) + octal(0, 8)
        block += field([], 167)
        let sum = block.reduce(0) { $0 + Int($1) }
        block.replaceSubrange(148..<156, with: octal(sum, 7) + [UInt8(ascii: " ")])
        return block
    }

    private static func field(_ bytes: [UInt8], _ width: Int) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: width - bytes.count)
    }

    /// Octal digits that fill the field but for the NUL at its end.
    private static func octal(_ number: Int, _ width: Int) -> [UInt8] {
        let digits = Array(String(number, radix: 8).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: width - 1 - digits.count) + digits + [0]
    }
}
