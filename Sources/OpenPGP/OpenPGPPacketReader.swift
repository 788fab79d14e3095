/// One packet (RFC 9580 §4).
struct OpenPGPPacket {
    let tag: UInt8
    let body: ArraySlice<UInt8>

    static let signature: UInt8 = 2
    static let onePassSignature: UInt8 = 4
    static let compressedData: UInt8 = 8
    static let marker: UInt8 = 10
    static let literalData: UInt8 = 11
}

/// Reads packets one after the other.
struct OpenPGPPacketReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The next packet; nil at the end.
    mutating func next() throws(OpenPGPError) -> OpenPGPPacket? {
        guard let head = rest.popFirst() else { return nil }
        guard head & 0x80 != 0 else { throw .malformed("a packet begins with \(head)") }
        guard head & 0x40 != 0 else { return OpenPGPPacket(tag: head >> 2 & 0x0F, body: try oldBody(head & 3)) }
        return OpenPGPPacket(tag: head & 0x3F, body: try newBody())
    }

    /// RFC 9580 §4.2.2; the last form reaches to the end.
    private mutating func oldBody(_ form: UInt8) throws(OpenPGPError) -> ArraySlice<UInt8> {
        guard form < 3 else {
            defer { rest = [] }
            return rest
        }
        return try take(try number(1 << Int(form)))
    }

    /// RFC 9580 §4.2.1; a body may come in parts of which the last alone has a definite length.
    private mutating func newBody() throws(OpenPGPError) -> ArraySlice<UInt8> {
        var parts: ArraySlice<UInt8>?
        while true {
            let first = Int(try number(1))
            switch first {
            case ..<192: return Self.joined(parts, try take(first))
            case ..<224: return Self.joined(parts, try take((first - 192) << 8 + Int(try number(1)) + 192))
            case 255: return Self.joined(parts, try take(try number(4)))
            default: parts = Self.joined(parts, try take(1 << (first & 0x1F)))
            }
        }
    }

    private static func joined(_ parts: ArraySlice<UInt8>?, _ next: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard var parts else { return next }
        parts.append(contentsOf: next)
        return parts
    }

    private mutating func number(_ count: Int) throws(OpenPGPError) -> Int {
        try take(count).reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func take(_ count: Int) throws(OpenPGPError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .truncated }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
