/// Writes tar archives (POSIX ustar) member by member.
package struct TarBytes {
    /// The archive so far, without its end.
    package private(set) var bytes: [UInt8] = []

    /// An empty archive.
    package init() {}

    /// The archive with its end: two blocks of zeros.
    package var finished: [UInt8] {
        bytes + [UInt8](repeating: 0, count: 1024)
    }

    /// Adds a regular file.
    package mutating func add(_ path: String, _ content: [UInt8]) {
        addHeader(path, type: "0", size: content.count)
        bytes += content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// Adds the members of another archive.
    package mutating func add(_ other: TarBytes) {
        bytes += other.bytes
    }

    /// Adds a folder.
    package mutating func addDirectory(_ path: String) {
        addHeader(path, type: "5", size: 0)
    }

    /// Adds a symbolic link.
    package mutating func addLink(_ path: String, to target: String) {
        addHeader(path, type: "2", size: 0, target: target)
    }

    /// Adds an extended header (POSIX pax) for the member that follows.
    package mutating func addExtendedHeader(_ key: String, _ value: [UInt8]) {
        let text = Array(" \(key)=".utf8) + value + [0x0A]
        // The length counts its own digits too.
        var length = text.count
        while length != text.count + String(length).utf8.count { length = text.count + String(length).utf8.count }
        let record = Array(String(length).utf8) + text
        addHeader("PaxHeaders/x", type: "x", size: record.count)
        bytes += record
        bytes += [UInt8](repeating: 0, count: (512 - record.count % 512) % 512)
    }

    /// Adds another name of an earlier member.
    package mutating func addHardLink(_ path: String, to target: String) {
        addHeader(path, type: "1", size: 0, target: target)
    }

    /// Adds a FIFO.
    package mutating func addFIFO(_ path: String) {
        addHeader(path, type: "6", size: 0)
    }

    /// Adds bytes as they are.
    package mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    /// Adds a header of extended records or of a long name (`x`, `g`, `L`, `K`) with its content as it is.
    package mutating func addRecords(_ type: Unicode.Scalar, _ content: [UInt8]) {
        addHeader("././@Header", type: type, size: content.count)
        bytes += content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// How a checksum is computed.
    package enum Checksum {
        /// As the standard says.
        case unsigned
        /// As some old writers did.
        case signed
    }

    /// Adds one header, and nothing behind it.
    ///
    /// - Parameters:
    ///   - path: At most 100 octets.
    ///   - type: The type's letter.
    ///   - size: The size that the header states.
    ///   - target: Where a link leads.
    ///   - checksum: How the checksum is computed.
    ///   - edit: Changes the block afterwards.
    ///   - isResummed: Whether the checksum is computed anew after that.
    package mutating func addHeader(
        _ path: String,
        type: Unicode.Scalar,
        size: Int,
        target: String = "",
        checksum: Checksum = .unsigned,
        edit: (inout [UInt8]) -> Void = { _ in },
        isResummed: Bool = false
    ) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        func octal(_ value: Int, _ digits: Int) -> String {
            let text = String(value, radix: 8)
            return String(repeating: "0", count: digits - text.utf8.count) + text
        }
        func sum() {
            put("        ", at: 148)
            let total =
                checksum == .signed
                ? header.reduce(0) { $0 + Int(Int8(bitPattern: $1)) } : header.reduce(0) { $0 + Int($1) }
            put(octal(total, 6) + "\u{0} ", at: 148)
        }
        put(path, at: 0)
        put("0000644", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(octal(size, 11), at: 124)
        put("00000000000", at: 136)
        header[156] = UInt8(type.value)
        put(target, at: 157)
        put("ustar\u{0}00", at: 257)
        sum()
        edit(&header)
        if isResummed { sum() }
        bytes += header
    }
}
