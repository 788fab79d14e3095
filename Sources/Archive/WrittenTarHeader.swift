/// The header of one member that is about to be written.
///
/// POSIX.1-1988 ustar, with POSIX.1-2001 (PAX) records only for what ustar cannot hold. The same member always gives
/// the same bytes.
package struct WrittenTarHeader: Hashable, Sendable {
    /// What kind of member it is, by its flag in the header.
    package enum Kind: Hashable, Sendable {
        /// A regular file.
        case file
        /// Another name of an earlier member.
        case hardLink
        /// A symbolic link.
        case symbolicLink
        /// A character device with its numbers.
        case characterDevice(major: Int, minor: Int)
        /// A block device with its numbers.
        case blockDevice(major: Int, minor: Int)
        /// A folder.
        case directory
        /// A FIFO.
        case fifo
    }

    /// What it is.
    package var kind: Kind
    /// Its path; a folder's should end with a slash.
    package var path: [UInt8]
    /// Where a link leads.
    package var linkTarget: [UInt8] = []
    /// Permission bits.
    package var mode: Int
    /// The owner's number.
    package var owner = 0
    /// The group's number.
    package var group = 0
    /// How many bytes of content follow.
    package var size: Int64 = 0
    /// Modification time, in seconds since 1970.
    package var modified: Int64 = 0
    /// Extended attributes, in the order in which they are written.
    package var extendedAttributes: [ExtendedAttribute] = []

    /// A header of a member of root's, from 1970.
    package init(_ kind: Kind, path: [UInt8], mode: Int) {
        self.kind = kind
        self.path = path
        self.mode = mode
    }

    /// The blocks that stand before the content.
    package var blocks: [UInt8] {
        let records = paxRecords
        guard !records.isEmpty else { return ustar(path: path) }
        var extra = WrittenTarHeader(.file, path: Array("PaxHeaders.0/".utf8) + lastComponent.prefix(80), mode: 0o644)
        extra.size = Int64(records.count)
        return extra.ustar(path: extra.path, flag: UInt8(ascii: "x")) + records
            + Self.padding(after: Int64(records.count)) + ustar(path: path)
    }

    /// The zeros that fill the last block of a content.
    package static func padding(after size: Int64) -> [UInt8] {
        [UInt8](repeating: 0, count: Int((512 - size % 512) % 512))
    }

    /// What ends an archive: two blocks of zeros.
    package static let end = [UInt8](repeating: 0, count: 1024)

    private var lastComponent: ArraySlice<UInt8> {
        path.split(separator: UInt8(ascii: "/")).last ?? []
    }

    // MARK: - PAX records

    private var paxRecords: [UInt8] {
        var records: [UInt8] = []
        if Self.needsRecord(path, fits: Self.split(path) != nil) { records += Self.record("path", path) }
        if Self.needsRecord(linkTarget, fits: linkTarget.count <= 100) {
            records += Self.record("linkpath", linkTarget)
        }
        if size > Self.largest(12) { records += Self.record("size", Array(String(size).utf8)) }
        if owner > Self.largest(8) { records += Self.record("uid", Array(String(owner).utf8)) }
        if group > Self.largest(8) { records += Self.record("gid", Array(String(group).utf8)) }
        if modified < 0 || modified > Self.largest(12) {
            records += Self.record("mtime", Array(String(modified).utf8))
        }
        for attribute in extendedAttributes {
            records += Self.record("SCHILY.xattr.", attribute.value, suffix: attribute.name)
        }
        return records
    }

    /// Names beyond ASCII are said in UTF-8 by a record; names that are not UTF-8 stand in the header as they are.
    private static func needsRecord(_ name: [UInt8], fits: Bool) -> Bool {
        !fits || (name.contains { $0 >= 0x80 } && String(validating: name, as: UTF8.self) != nil)
    }

    /// `length key=value\n`, where the length counts itself.
    private static func record(_ key: String, _ value: [UInt8], suffix: [UInt8] = []) -> [UInt8] {
        let body = Array(" \(key)".utf8) + suffix + [UInt8(ascii: "=")] + value + [UInt8(ascii: "\n")]
        var length = body.count
        while String(length).utf8.count + body.count != length { length = String(length).utf8.count + body.count }
        return Array(String(length).utf8) + body
    }

    // MARK: - ustar

    private func ustar(path: [UInt8], flag stated: UInt8? = nil) -> [UInt8] {
        let (prefix, name) = Self.split(path) ?? ([], path.prefix(100))
        let (flag, major, minor) = flagAndDevice
        var block = Self.field(name, 100)
        block += Self.octal(Int64(mode & 0o7777), 8) + Self.octal(Int64(owner), 8) + Self.octal(Int64(group), 8)
        block += Self.octal(size, 12) + Self.octal(modified, 12)
        block += [UInt8](repeating: UInt8(ascii: " "), count: 8) + [stated ?? flag]
        block += Self.field(linkTarget.prefix(100), 100)
        block += Array("ustar\u{0}00".utf8) + Self.field([], 32) + Self.field([], 32)
        block += Self.octal(Int64(major), 8) + Self.octal(Int64(minor), 8)
        block += Self.field(prefix, 155) + Self.field([], 12)
        let sum = block.reduce(0) { $0 + Int64($1) }
        block.replaceSubrange(148..<156, with: Self.octal(sum, 7) + [UInt8(ascii: " ")])
        return block
    }

    private var flagAndDevice: (UInt8, Int, Int) {
        switch kind {
        case .file: (UInt8(ascii: "0"), 0, 0)
        case .hardLink: (UInt8(ascii: "1"), 0, 0)
        case .symbolicLink: (UInt8(ascii: "2"), 0, 0)
        case .characterDevice(let major, let minor): (UInt8(ascii: "3"), major, minor)
        case .blockDevice(let major, let minor): (UInt8(ascii: "4"), major, minor)
        case .directory: (UInt8(ascii: "5"), 0, 0)
        case .fifo: (UInt8(ascii: "6"), 0, 0)
        }
    }

    /// The two fields that hold a path, divided at a slash; nil when it does not fit.
    private static func split(_ path: [UInt8]) -> (prefix: ArraySlice<UInt8>, name: ArraySlice<UInt8>)? {
        if path.count <= 100 { return ([], path[...]) }
        guard path.count <= 256 else { return nil }
        // The first slash that leaves a name short enough, and a name at all.
        let first = path.count - 101
        guard let slash = path[first...].dropLast().firstIndex(of: UInt8(ascii: "/")), slash > 0, slash <= 155
        else { return nil }
        return (path[..<slash], path[(slash + 1)...])
    }

    private static func field(_ bytes: ArraySlice<UInt8>, _ width: Int) -> [UInt8] {
        Array(bytes) + [UInt8](repeating: 0, count: width - bytes.count)
    }

    /// The largest number that a field of this width holds.
    private static func largest(_ width: Int) -> Int64 {
        1 << (3 * (Int64(width) - 1)) - 1
    }

    /// Octal digits that fill the field but for the NUL at its end; zeros where a record says the number.
    private static func octal(_ number: Int64, _ width: Int) -> [UInt8] {
        let fitting = (0...largest(width)).contains(number) ? number : 0
        let digits = Array(String(fitting, radix: 8).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: width - 1 - digits.count) + digits + [0]
    }
}
