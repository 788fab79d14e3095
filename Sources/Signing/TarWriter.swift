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
        members.flatMap { header($0, count: $0.bytes.count) + $0.bytes + padding($0.bytes.count) }
            + [UInt8](repeating: 0, count: 1024)
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
        [UInt8](repeating: 0, count: (512 - count % 512) % 512)
    }

    private static func header(_ member: Member, count: Int) -> [UInt8] {
        precondition(member.path.utf8.count <= 100, "paths of small archives are short")
        var block = field(Array(member.path.utf8), 100)
        block += octal(member.mode, 8) + octal(0, 8) + octal(0, 8)
        block += size(count) + octal(member.modified, 12)
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

    /// Octal, or for files of 8 GiB and more GNU's binary form, which every reader knows.
    private static func size(_ count: Int) -> [UInt8] {
        guard count >= 1 << 33 else { return octal(count, 12) }
        return [0x80, 0, 0, 0] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }

    /// Octal digits that fill the field but for the NUL at its end.
    private static func octal(_ number: Int, _ width: Int) -> [UInt8] {
        let digits = Array(String(number, radix: 8).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: width - 1 - digits.count) + digits + [0]
    }
}
