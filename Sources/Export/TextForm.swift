internal import Cryptography

/// How text and names are written where only text without NUL can be: in PostgreSQL, and in JSON.
///
/// Most stand as they are. What is not UTF-8, holds a NUL, or itself begins with `\x` is `\x` and its bytes in
/// hexadecimal digits. So no two values become the same text, and what begins with `\x` gives its bytes back.
enum TextForm {
    /// What stands in front of digits.
    static let mark = Array("\\x".utf8)

    /// Whether bytes may stand as they are.
    static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if bytes.count >= 2, bytes[0] == mark[0], bytes[1] == mark[1] { return false }
        var isASCII = true
        for byte in bytes {
            if byte == 0 { return false }
            if byte >= 0x80 { isASCII = false }
        }
        return isASCII || String(validating: bytes, as: UTF8.self) != nil
    }

    /// Appends the digits of bytes.
    static func appendMarked(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        output += mark
        output.reserveCapacity(output.count + 2 * bytes.count)
        for byte in bytes {
            output.append(digits[Int(byte >> 4)])
            output.append(digits[Int(byte & 15)])
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
