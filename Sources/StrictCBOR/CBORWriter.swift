extension CBORValue {
    /// The item's encoding, everything in its shortest form, pairs in the order in which they stand.
    package var encoding: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .unsigned(let number): Self.head(0, number, &bytes)
        case .negative(let number): Self.head(1, number, &bytes)
        case .bytes(let content):
            Self.head(2, UInt64(content.count), &bytes)
            bytes += content
        case .text(let text):
            Self.head(3, UInt64(text.text.utf8.count), &bytes)
            bytes += text.text.utf8
        case .array(let elements):
            Self.head(4, UInt64(elements.count), &bytes)
            for element in elements { element.write(to: &bytes) }
        case .map(let pairs):
            Self.head(5, UInt64(pairs.count), &bytes)
            for pair in pairs {
                pair.key.write(to: &bytes)
                pair.value.write(to: &bytes)
            }
        case .tag(let number, let content):
            Self.head(6, number, &bytes)
            content.write(to: &bytes)
        case .simple(let number): Self.head(7, UInt64(number), &bytes)
        case .bool(let value): Self.head(7, value ? 21 : 20, &bytes)
        case .null: Self.head(7, 22, &bytes)
        case .float(let number):
            bytes.append(0xFB)
            bytes += Self.octets(number.bitPattern, 8)
        }
    }

    private static func head(_ major: UInt8, _ argument: UInt64, _ bytes: inout [UInt8]) {
        let (code, count): (UInt8, Int) =
            switch argument {
            case ..<24: (UInt8(argument), 0)
            case ..<0x100: (24, 1)
            case ..<0x1_0000: (25, 2)
            case ..<0x1_0000_0000: (26, 4)
            default: (27, 8)
            }
        bytes.append(major << 5 | code)
        bytes += octets(argument, count)
    }

    private static func octets(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
}
