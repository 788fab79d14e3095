/// One header block of a tar archive (POSIX.1-1988 ustar, GNU, and the form before both), as 512 octets.
package struct TarHeader {
    /// Octets of a block.
    package static let blockSize = 512

    let block: UnsafeRawBufferPointer

    init(block: UnsafeRawBufferPointer) {
        self.block = block
    }

    /// Whether bytes begin with a header whose checksum is right, or with a block of zeros, as an empty archive does.
    package static func isLikely(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= blockSize else { return false }
        let header = TarHeader(block: UnsafeRawBufferPointer(rebasing: bytes[..<blockSize]))
        return header.isZero || header.checksum != .neither
    }

    /// A number of a header.
    enum Number: Equatable {
        case value(Int64)
        /// Below zero or beyond what can be counted.
        case outOfRange
        /// Not a number.
        case malformed
    }

    /// Where the numbers stand that every reader looks at.
    enum Field: CaseIterable {
        case mode, user, group, size, time

        var range: Range<Int> {
            switch self {
            case .mode: 100..<108
            case .user: 108..<116
            case .group: 116..<124
            case .size: 124..<136
            case .time: 136..<148
            }
        }
    }

    /// The member's type.
    var type: UInt8 { block[156] }

    /// Whether every octet is zero.
    var isZero: Bool { block.allSatisfy { $0 == 0 } }

    /// What the checksum holds for.
    enum Checksum {
        case unsigned, signed, neither
    }

    /// Whether the checksum holds, the field itself counted as blanks.
    var checksum: Checksum {
        guard case .value(let stated) = Self.octal(block[148..<156]) else { return .neither }
        var unsigned = 0
        for octet in block { unsigned += Int(octet) }
        for octet in block[148..<156] { unsigned += 0x20 - Int(octet) }
        if stated == unsigned { return .unsigned }
        var signed = 0
        for (position, octet) in block.enumerated() where !(148..<156).contains(position) {
            signed += Int(Int8(bitPattern: octet))
        }
        return stated == signed + 8 * 0x20 ? .signed : .neither
    }

    func number(_ field: Field) -> Number {
        let octets = block[field.range]
        guard let first = octets.first, first & 0x80 != 0 else { return Self.octal(octets) }
        return Self.binary(octets)
    }

    /// GNU's numbers of base 256: the highest bit marks them, the next is the sign.
    private static func binary(_ octets: Slice<UnsafeRawBufferPointer>) -> Number {
        var value: UInt64 = 0
        var isFirst = true
        for octet in octets {
            var octet = octet
            if isFirst {
                guard octet & 0x40 == 0 else { return .outOfRange }
                octet &= 0x3F
                isFirst = false
            }
            guard value >> 56 == 0 else { return .outOfRange }
            value = value << 8 | UInt64(octet)
        }
        return Int64(exactly: value).map { .value($0) } ?? .outOfRange
    }

    /// Octal digits between blanks and zero octets; a field without digits is zero.
    private static func octal(_ octets: Slice<UnsafeRawBufferPointer>) -> Number {
        var slice = octets
        while let first = slice.first, first == 0x20 || first == 0 { slice = slice.dropFirst() }
        while let last = slice.last, last == 0x20 || last == 0 { slice = slice.dropLast() }
        var value: Int64 = 0
        for octet in slice {
            guard (0x30...0x37).contains(octet) else { return .malformed }
            // Twelve digits at most: 36 bits.
            value = value << 3 | Int64(octet & 7)
        }
        return .value(value)
    }

    /// Prefix and name, as ustar joins them.
    var path: [UInt8] {
        let name = text(0..<100)
        guard block[257..<263].elementsEqual("ustar\0".utf8) else { return name }
        let prefix = text(345..<500)
        return prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
    }

    private func text(_ range: Range<Int>) -> [UInt8] {
        Array(block[range].prefix { $0 != 0 })
    }

    /// Whether a further block of GNU's older map of holes follows this header.
    var hasMoreHoles: Bool { block[482] != 0 }

    /// Whether the type says that there is no content, whatever the size.
    var isHeaderOnly: Bool {
        // Links, devices, folders and FIFOs.
        (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(type)
    }
}

extension TarHeader {
    /// How many bytes follow content of a size, up to the next block.
    static func padding(_ size: Int64) -> Int64 {
        let rest = size % Int64(blockSize)
        return rest == 0 ? 0 : Int64(blockSize) - rest
    }

    /// The size up to the next block; what cannot be counted reaches to the end of any archive.
    static func padded(_ size: Int64) -> Int64 {
        let (sum, overflow) = size.addingReportingOverflow(padding(size))
        return overflow ? .max : sum
    }
}
