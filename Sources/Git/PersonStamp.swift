package import Cryptography

/// Who did something, and when, as a commit or tag states it: nobody checks either.
package struct PersonStamp: Hashable, Sendable {
    /// The name.
    package let name: String
    /// The mail address.
    package let mail: String
    /// The time; nil when there is none, or none that can be written as a date.
    package let time: Timestamp?
    /// The time zone as it is written, for example `+0200`; empty when there is none.
    package let zone: String
    /// Whether every byte of it could be read as text.
    package let isText: Bool

    /// The last second that RFC 3339 can write.
    private static let lastSecond: Int64 = 253_402_300_799
    /// Longer names and addresses are cut, in bytes.
    private static let maximumBytes = 4096

    /// Reads `Name <mail> seconds zone`; what is missing stays empty.
    init(_ line: [UInt8], _ encoding: TextEncoding) {
        let open = line.firstIndex(of: UInt8(ascii: "<")) ?? line.endIndex
        let close = line.lastIndex(of: UInt8(ascii: ">")).flatMap { $0 > open ? $0 : nil } ?? line.endIndex
        let nameBytes = Self.trimmed(line[..<open]).prefix(Self.maximumBytes)
        let mailBytes = open < close ? line[(open + 1)..<close].prefix(Self.maximumBytes) : []
        let (name, isNameText) = encoding.decode(nameBytes)
        let (mail, isMailText) = encoding.decode(mailBytes)
        self.name = name
        self.mail = mail
        isText = isNameText && isMailText
        let rest = close < line.endIndex ? line[(close + 1)...] : []
        let words = rest.split(separator: UInt8(ascii: " "))
        time = words.first.flatMap { Self.time($0) }
        zone = words.dropFirst().first.flatMap { Self.zone($0) } ?? ""
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let space = UInt8(ascii: " ")
        let start = bytes.firstIndex { $0 != space } ?? bytes.endIndex
        let end = bytes.lastIndex { $0 != space }.map { $0 + 1 } ?? start
        return bytes[start..<max(start, end)]
    }

    private static func time(_ digits: ArraySlice<UInt8>) -> Timestamp? {
        var seconds: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit), seconds <= lastSecond else { return nil }
            seconds = seconds * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return seconds <= lastSecond ? Timestamp(seconds: seconds) : nil
    }

    private static func zone(_ bytes: ArraySlice<UInt8>) -> String? {
        let isWellFormed =
            bytes.count == 5 && (bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-"))
            && bytes.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isWellFormed ? String(decoding: bytes, as: UTF8.self) : nil
    }
}

/// In which encoding a commit says that it is written.
enum TextEncoding {
    /// UTF-8, the default.
    case utf8
    /// ISO 8859-1.
    case latin1

    /// The encoding that an `encoding` header names; one that is not known reads as UTF-8 where it is that.
    init(_ name: [UInt8]?) {
        let lower = (name ?? []).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let isLatin = ["iso-8859-1", "iso8859-1", "latin1", "latin-1"].contains { lower.elementsEqual($0.utf8) }
        self = isLatin ? .latin1 : .utf8
    }

    /// The text, and whether every byte of it could be read.
    func decode(_ bytes: some Collection<UInt8>) -> (text: String, isWhole: Bool) {
        switch self {
        case .utf8:
            if let text = String(validating: bytes, as: UTF8.self) { return (text, true) }
            return (String(decoding: bytes, as: UTF8.self), false)
        case .latin1:
            return (String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })), true)
        }
    }
}
