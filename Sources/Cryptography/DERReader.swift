/// One element of a DER encoding (X.690): its tag, its content and its whole bytes.
public struct DERElement: Hashable, Sendable {
    /// The identifier octet; tags above 30 do not occur in what is read here.
    public let tag: UInt8
    /// The content octets.
    public let content: ArraySlice<UInt8>
    /// Identifier, length and content octets.
    public let encoding: ArraySlice<UInt8>

    /// Whether it is constructed from other elements.
    public var isConstructed: Bool { tag & 0x20 != 0 }
}

/// Why bytes are not DER.
public enum DERError: Error, Hashable, Sendable {
    /// The element is longer than what is left.
    case truncated
    /// A tag of several octets, an indefinite length, or a length not in its shortest form.
    case notDistinguished
    /// Another tag than the standard asks for.
    case unexpectedTag(found: UInt8, expected: UInt8)
    /// Something is left after the last element.
    case trailingBytes(Int)
    /// The content of a primitive element is not valid.
    case invalidContent(tag: UInt8)
}

/// Reads a sequence of DER elements strictly; it does not recurse, so depth costs nothing.
public struct DERReader: Sendable {
    private var rest: ArraySlice<UInt8>

    /// Reads what `bytes` holds.
    public init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// Reads what `bytes` holds.
    public init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// Whether nothing is left.
    public var isAtEnd: Bool { rest.isEmpty }

    /// The tag of the next element, without consuming it.
    public var nextTag: UInt8? { rest.first }

    /// The next element, whatever its tag.
    ///
    /// - Throws: ``DERError``.
    public mutating func element() throws(DERError) -> DERElement {
        let start = rest.startIndex
        guard rest.count >= 2 else { throw .truncated }
        let tag = rest[start]
        guard tag & 0x1F != 0x1F else { throw .notDistinguished }
        var position = start + 1
        var length = Int(rest[position])
        position += 1
        if length >= 0x80 {
            let count = length & 0x7F
            guard (1...4).contains(count) else { throw .notDistinguished }
            guard rest.endIndex - position >= count else { throw .truncated }
            guard rest[position] != 0 else { throw .notDistinguished }
            length = 0
            for byte in rest[position..<position + count] { length = length << 8 | Int(byte) }
            guard length >= 0x80 else { throw .notDistinguished }
            position += count
        }
        guard length <= rest.endIndex - position else { throw .truncated }
        let end = position + length
        let element = DERElement(tag: tag, content: rest[position..<end], encoding: rest[start..<end])
        rest = rest[end...]
        return element
    }

    /// The next element, which must have this tag.
    ///
    /// - Throws: ``DERError``.
    public mutating func element(_ tag: UInt8) throws(DERError) -> DERElement {
        let element = try element()
        guard element.tag == tag else { throw .unexpectedTag(found: element.tag, expected: tag) }
        return element
    }

    /// The next element when it has this tag, nil otherwise.
    ///
    /// - Throws: ``DERError``.
    public mutating func optional(_ tag: UInt8) throws(DERError) -> DERElement? {
        guard rest.first == tag else { return nil }
        return try element()
    }

    /// A reader of the content of the next element, which must have this tag.
    ///
    /// - Throws: ``DERError``.
    public mutating func nested(_ tag: UInt8) throws(DERError) -> DERReader {
        DERReader(try element(tag).content)
    }

    /// Throws unless nothing is left.
    ///
    /// - Throws: ``DERError``.
    public func end() throws(DERError) {
        guard rest.isEmpty else { throw .trailingBytes(rest.count) }
    }
}

/// The universal tags that occur in certificates and timestamps.
public enum DERTag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let objectIdentifier: UInt8 = 0x06
    static let utf8String: UInt8 = 0x0C
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31

    /// A context-specific constructed tag.
    static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }
}

extension DERElement {
    /// The object identifier in dotted form (X.690 §8.19).
    ///
    /// - Throws: ``DERError``.
    public func objectIdentifier() throws(DERError) -> String {
        guard tag == DERTag.objectIdentifier, let last = content.last, last & 0x80 == 0
        else { throw .invalidContent(tag: tag) }
        var arcs: [UInt64] = []
        var arc: UInt64 = 0
        var isFirstOctet = true
        for octet in content {
            guard !(isFirstOctet && octet == 0x80), arc < 1 << 56 else { throw .invalidContent(tag: tag) }
            arc = arc << 7 | UInt64(octet & 0x7F)
            isFirstOctet = octet & 0x80 == 0
            if isFirstOctet {
                arcs.append(arc)
                arc = 0
            }
        }
        let first = min(arcs[0] / 40, 2)
        let head = ["\(first)", "\(arcs[0] - first * 40)"]
        return (head + arcs.dropFirst().map { "\($0)" }).joined(separator: ".")
    }

    /// A small non-negative integer.
    ///
    /// - Throws: ``DERError``.
    public func smallInteger() throws(DERError) -> Int {
        guard tag == DERTag.integer, let first = content.first, first & 0x80 == 0, content.count <= 7,
            !(content.count > 1 && first == 0 && content[content.startIndex + 1] & 0x80 == 0)
        else { throw .invalidContent(tag: tag) }
        return content.reduce(0) { $0 << 8 | Int($1) }
    }

    /// The text of a UTF8String.
    ///
    /// - Throws: ``DERError``.
    public func utf8Text() throws(DERError) -> String {
        guard tag == DERTag.utf8String, let text = String(validating: content, as: UTF8.self)
        else { throw .invalidContent(tag: tag) }
        return text
    }

    /// The moment that a GeneralizedTime names (RFC 5280 §4.1.2.5.2; fractions as RFC 3161 §2.4.2 allows).
    ///
    /// - Throws: ``DERError``.
    public func generalizedTime() throws(DERError) -> Timestamp {
        var scanner = DigitScanner(Array(content))
        guard tag == DERTag.generalizedTime, let year = scanner.digits(4), let month = scanner.digits(2),
            let day = scanner.digits(2), let hour = scanner.digits(2), let minute = scanner.digits(2),
            let second = scanner.digits(2),
            let seconds = CivilTime(year, month, day, hour, minute, second)?.secondsSince1970
        else { throw .invalidContent(tag: tag) }
        var nanoseconds: Int32 = 0
        if scanner.skip(".") {
            guard let fraction = scanner.fraction() else { throw .invalidContent(tag: tag) }
            nanoseconds = fraction
        }
        guard scanner.skip("Z"), scanner.isAtEnd else { throw .invalidContent(tag: tag) }
        return Timestamp(seconds: seconds, nanoseconds: nanoseconds)
    }
}

/// Writes DER elements.
public enum DERWriter {
    /// One element of this tag around `content`.
    public static func element(_ tag: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = [tag]
        let count = content.count
        if count < 0x80 {
            bytes.append(UInt8(count))
        } else {
            var octets: [UInt8] = []
            var rest = count
            while rest > 0 {
                octets.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
            bytes.append(0x80 | UInt8(octets.count))
            bytes.append(contentsOf: octets.reversed())
        }
        bytes.append(contentsOf: content)
        return bytes
    }
}
