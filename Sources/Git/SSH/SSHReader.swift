/// Reads the types of the SSH protocol (RFC 4251 §5).
struct SSHReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Bytes of a known number; nil when there are fewer.
    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// An unsigned number of 32 bits.
    mutating func number() -> Int? {
        bytes(4).map { $0.reduce(0) { $0 << 8 | Int($1) } }
    }

    /// A `string`: its length, then its bytes.
    mutating func string() -> [UInt8]? {
        guard let count = number() else { return nil }
        return bytes(count)
    }

    /// A `string` that is text.
    mutating func text() -> String? {
        string().flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// A positive `mpint`, without leading zeros.
    mutating func positiveInteger() -> [UInt8]? {
        guard let bytes = string(), let first = bytes.first, first & 0x80 == 0 else { return nil }
        return Array(bytes.drop { $0 == 0 })
    }
}
