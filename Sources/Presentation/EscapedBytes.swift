extension EscapedText {
    /// The bytes of a text as this type shows them: what was copied from a listing means what was listed.
    ///
    /// `\xHH` with two digits from 80 to ff stands for a byte that is part of no character, `\u{H…}` for the character
    /// of that number, and `\\` for a backslash. Every other backslash stands for itself: `\x2d`, which is never shown,
    /// does too, since names hold it.
    ///
    /// - Parameter shown: The text; other characters stand for their UTF-8.
    /// - Returns: The bytes.
    package static func bytes(shownAs shown: String) -> [UInt8] {
        let backslash = UInt8(ascii: "\\")
        var bytes: [UInt8] = []
        var rest = Array(shown.utf8)[...]
        while let first = rest.first {
            guard first == backslash, let (meant, length) = escape(rest) else {
                bytes.append(first)
                rest = rest.dropFirst()
                continue
            }
            bytes += meant
            rest = rest.dropFirst(length)
        }
        return bytes
    }

    /// What the escape at the beginning stands for, and how long it is; nil when it is none.
    private static func escape(_ text: ArraySlice<UInt8>) -> (meant: [UInt8], length: Int)? {
        let rest = text.dropFirst()
        switch rest.first {
        case UInt8(ascii: "\\"): return ([UInt8(ascii: "\\")], 2)
        case UInt8(ascii: "x"):
            guard let byte = number(rest.dropFirst().prefix(2), digits: 2...2), byte >= 0x80 else { return nil }
            return ([UInt8(byte)], 4)
        case UInt8(ascii: "u"):
            guard rest.dropFirst().first == UInt8(ascii: "{"),
                let end = rest.prefix(longestEscape).firstIndex(of: UInt8(ascii: "}")),
                let value = number(rest[(rest.startIndex + 2)..<end], digits: 1...6),
                let scalar = Unicode.Scalar(value)
            else { return nil }
            return (Array(String(Character(scalar)).utf8), end - text.startIndex + 1)
        default: return nil
        }
    }

    /// `u{`, six digits and `}`.
    private static let longestEscape = 9

    private static func number(_ digits: ArraySlice<UInt8>, digits count: ClosedRange<Int>) -> UInt32? {
        guard count.contains(digits.count), digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit })
        else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
