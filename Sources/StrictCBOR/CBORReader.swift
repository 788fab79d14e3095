extension CBORValue {
    /// Reads one item strictly: definite lengths, everything in its shortest form, no key twice in a map, nothing after
    /// the item (RFC 8949 §4.2.1 but for the order of keys, which COSE leaves open).
    ///
    /// - Parameters:
    ///   - bytes: The whole encoding.
    ///   - limits: What is accepted at most.
    /// - Throws: ``CBORError``.
    package init(parsing bytes: [UInt8], limits: CBORLimits = .standard) throws(CBORError) {
        guard bytes.count <= limits.bytes else { throw .tooLarge(size: bytes.count, limit: limits.bytes) }
        var reader = CBORReader(bytes: bytes, limits: limits)
        self = try reader.item(depth: 0)
        guard reader.offset == bytes.count else { throw .trailingBytes(offset: reader.offset) }
    }
}

/// A recursive-descent reader; its depth and the number of its items are bounded by the limits, and no length is
/// allocated before it is known that so many bytes are there.
private struct CBORReader {
    let bytes: [UInt8]
    let limits: CBORLimits
    private(set) var offset = 0
    private var items = 0

    init(bytes: [UInt8], limits: CBORLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The head of an item: its major type, the code beside it, and the number that follows.
    private typealias Head = (major: UInt8, code: UInt8, argument: UInt64, offset: Int)

    mutating func item(depth: Int) throws(CBORError) -> CBORValue {
        guard depth <= limits.depth else { throw .tooDeep(limit: limits.depth, offset: offset) }
        items += 1
        guard items <= limits.items else { throw .tooManyItems(limit: limits.items, offset: offset) }
        let head = try self.head()
        switch head.major {
        case 0: return .unsigned(head.argument)
        case 1: return .negative(head.argument)
        case 2: return .bytes(Array(try take(head.argument)))
        case 3: return try text(head)
        case 4: return try array(head, depth)
        case 5: return try map(head, depth)
        case 6: return .tag(head.argument, try item(depth: depth + 1))
        default: return try other(head)
        }
    }

    private mutating func head() throws(CBORError) -> Head {
        let start = offset
        guard start < bytes.count else { throw .truncated(offset: start) }
        let initial = bytes[start]
        offset += 1
        let (major, code) = (initial >> 5, initial & 0x1F)
        guard code >= 24 else { return (major, code, UInt64(code), start) }
        guard code != 31 else { throw .indefiniteLength(offset: start) }
        guard code <= 27 else { throw .reserved(offset: start) }
        let count = 1 << (code - 24)
        var argument: UInt64 = 0
        for byte in try take(UInt64(count)) { argument = argument << 8 | UInt64(byte) }
        // Of floating point numbers the argument is the number itself.
        let smallest: UInt64 = code == 24 ? (major == 7 ? 32 : 24) : 1 << (8 * UInt64(count / 2))
        let isNumber = major == 7 && code > 24
        guard isNumber || argument >= smallest else { throw .notShortest(offset: start) }
        return (major, code, argument, start)
    }

    private mutating func take(_ count: UInt64) throws(CBORError) -> ArraySlice<UInt8> {
        guard count <= UInt64(bytes.count - offset) else { throw .truncated(offset: offset) }
        let end = offset + Int(count)
        defer { offset = end }
        return bytes[offset..<end]
    }

    private mutating func text(_ head: Head) throws(CBORError) -> CBORValue {
        guard let text = String(validating: try take(head.argument), as: UTF8.self) else {
            throw .notUTF8(offset: head.offset)
        }
        return .text(CBORText(text))
    }

    /// How many items a container states; each is at least one byte.
    private func count(_ head: Head, bytesPerItem: UInt64) throws(CBORError) -> Int {
        guard head.argument <= UInt64(bytes.count - offset) / bytesPerItem else {
            throw .truncated(offset: head.offset)
        }
        return Int(head.argument)
    }

    private mutating func array(_ head: Head, _ depth: Int) throws(CBORError) -> CBORValue {
        var elements: [CBORValue] = []
        for _ in 0..<(try count(head, bytesPerItem: 1)) { elements.append(try item(depth: depth + 1)) }
        return .array(elements)
    }

    private mutating func map(_ head: Head, _ depth: Int) throws(CBORError) -> CBORValue {
        var pairs: [CBORPair] = []
        var keys: Set<CBORValue> = []
        for _ in 0..<(try count(head, bytesPerItem: 2)) {
            let start = offset
            let key = try item(depth: depth + 1)
            guard keys.insert(key).inserted else { throw .duplicateKey(offset: start) }
            pairs.append(CBORPair(key, try item(depth: depth + 1)))
        }
        return .map(pairs)
    }

    private func other(_ head: Head) throws(CBORError) -> CBORValue {
        switch head.code {
        case 20, 21: return .bool(head.code == 21)
        case 22: return .null
        case 25: return .float(Self.half(UInt16(truncatingIfNeeded: head.argument)))
        case 26: return .float(Double(Float(bitPattern: UInt32(truncatingIfNeeded: head.argument))))
        case 27: return .float(Double(bitPattern: head.argument))
        default: return .simple(UInt8(truncatingIfNeeded: head.argument))
        }
    }

    /// A number of half precision (RFC 8949 Appendix D).
    private static func half(_ bits: UInt16) -> Double {
        let exponent = Int(bits >> 10 & 0x1F)
        let mantissa = Double(bits & 0x3FF)
        let magnitude =
            switch exponent {
            case 0: mantissa * 0x1p-24
            case 31: mantissa == 0 ? Double.infinity : Double.nan
            default: Double(sign: .plus, exponent: exponent - 25, significand: 1024 + mantissa)
            }
        return bits & 0x8000 == 0 ? magnitude : -magnitude
    }
}
