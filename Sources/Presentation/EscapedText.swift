/// Text from evidence in a form that is safe to show: one line, in which nothing is hidden and nothing moves the cursor.
///
/// Control, format (bidirectional and invisible), private-use and unassigned characters and every space other than the
/// plain one become `\u{…}`, bytes that are not UTF-8 become `\xNN`, and the backslash is doubled, so that two different
/// inputs never look the same because of the escaping.
package struct EscapedText: Hashable, Sendable, CustomStringConvertible {
    /// The escaped text.
    package let text: String

    /// Escapes bytes that ought to be UTF-8, for example a path.
    ///
    /// - Parameters:
    ///   - bytes: The raw bytes.
    ///   - limit: How many characters of the result are kept at most; what is cut is replaced by `…`.
    package init(_ bytes: some Sequence<UInt8>, limit: Int = .max) {
        let bytes = Array(bytes)
        if bytes.count <= limit, bytes.allSatisfy(Self.isPlain(ascii:)) {
            text = String(decoding: bytes, as: UTF8.self)
            return
        }
        var builder = Builder(limit: limit)
        var decoder = UTF8Pieces(bytes)
        while !builder.isFull, let piece = decoder.next() {
            switch piece {
            case .scalar(let scalar): builder.append(scalar)
            case .stray(let byte): builder.append("\\x" + Self.hexadecimal(UInt32(byte), width: 2))
            }
        }
        text = builder.text
    }

    /// Escapes text.
    package init(_ string: String, limit: Int = .max) {
        if string.utf8.count <= limit, string.utf8.allSatisfy(Self.isPlain(ascii:)) {
            text = string
            return
        }
        var builder = Builder(limit: limit)
        for scalar in string.unicodeScalars where !builder.isFull {
            builder.append(scalar)
        }
        text = builder.text
    }

    package var description: String {
        text
    }

    /// Whether a byte is a character of ASCII that is shown as it is.
    private static func isPlain(ascii byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\\")
    }

    /// Whether a character is shown as it is.
    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isPlain(ascii: UInt8(truncatingIfNeeded: scalar.value)) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned,
            .spaceSeparator:
            return false
        default:
            return true
        }
    }

    static func hexadecimal(_ value: UInt32, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// Collects escaped characters up to a limit.
private struct Builder {
    var text = ""
    private var count = 0
    private let limit: Int
    private(set) var isFull = false

    init(limit: Int) {
        self.limit = limit
    }

    mutating func append(_ scalar: Unicode.Scalar) {
        if EscapedText.isPlain(scalar) {
            append(String(scalar))
        } else if scalar == "\\" {
            append("\\\\")
        } else {
            append("\\u{" + EscapedText.hexadecimal(scalar.value, width: 1) + "}")
        }
    }

    mutating func append(_ piece: String) {
        guard count < limit else {
            text += "…"
            isFull = true
            return
        }
        text += piece
        count += 1
    }
}

/// Splits bytes into Unicode scalars and bytes that are part of none (Unicode Standard, table 3-7).
private struct UTF8Pieces {
    enum Piece {
        case scalar(Unicode.Scalar)
        case stray(UInt8)
    }

    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() -> Piece? {
        guard offset < bytes.count else { return nil }
        let first = bytes[offset]
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        if offset + length <= bytes.count,
            let string = String(validating: bytes[offset..<offset + length], as: UTF8.self),
            let scalar = string.unicodeScalars.first
        {
            offset += length
            return .scalar(scalar)
        }
        offset += 1
        return .stray(first)
    }
}
