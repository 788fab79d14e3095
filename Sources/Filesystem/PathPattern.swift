package import Patterns
internal import Presentation

/// A pattern over the paths of an image's files.
///
/// `*` stands for any bytes within one name (at least one where it is the whole name), `**` for any number of folders,
/// at the end for at least one name. A `/` or `./` at the beginning may be left out. What is no text is written as
/// listings show it, `\xe9` for a byte that is part of no character.
package struct PathPattern: Hashable, Sendable {
    /// The pattern as it was given.
    package let source: String
    private let pattern: SegmentPattern
    /// The pattern without what may be left out, in the bytes that it stands for.
    private let bytes: [UInt8]

    /// Reads a pattern.
    ///
    /// - Throws: ``SegmentPatternError``.
    package init(_ source: String) throws(SegmentPatternError) {
        self.source = source
        var bare = EscapedText.bytes(shownAs: source)[...]
        while bare.starts(with: "./".utf8) || bare.starts(with: "/".utf8) {
            bare = bare.starts(with: "/".utf8) ? bare.dropFirst() : bare.dropFirst(2)
        }
        bytes = Array(bare)
        pattern = try SegmentPattern(bytes: bytes, source: source)
    }

    /// Whether the whole path matches.
    package func matches(_ path: [UInt8]) -> Bool {
        pattern.matches(path)
    }

    /// The path itself, when the pattern has no stars.
    var literal: [UInt8]? {
        bytes.contains(UInt8(ascii: "*")) ? nil : bytes
    }

    /// What every match begins with.
    var prefix: [UInt8] {
        Array(bytes.prefix { $0 != UInt8(ascii: "*") })
    }

    /// A pattern of SQLite's `GLOB` that selects at least the text that this one does; what is no text is looked at
    /// anyway.
    var glob: String {
        var glob: [UInt8] = []
        var rest = bytes[...]
        while let first = rest.first {
            if rest.starts(with: "**/".utf8) {
                glob.append(UInt8(ascii: "*"))
                rest = rest.dropFirst(3)
                continue
            }
            switch first {
            case UInt8(ascii: "["), UInt8(ascii: "?"): glob += [UInt8(ascii: "["), first, UInt8(ascii: "]")]
            default: glob.append(first)
            }
            rest = rest.dropFirst()
        }
        return String(decoding: glob, as: UTF8.self)
    }
}
