/// A pattern over texts that slashes divide, such as image names and identities; it must match the whole text.
///
/// `*` stands for any number of bytes within one segment (for at least one where it is the whole segment), `**` as a
/// whole segment for any number of segments, at the end for at least one. Everything else stands for itself, byte by
/// byte. So `https://example.com/org/**` never reaches into `https://example.com/organisation`.
public struct SegmentPattern: Hashable, Sendable {
    /// The pattern as it was given.
    public let source: String
    private let segments: [Segment]

    private enum Segment: Hashable {
        /// `**`.
        case anySegments
        /// The pieces between stars; one piece when there is no star.
        case pieces([[UInt8]])
    }

    private static let star = UInt8(ascii: "*")
    private static let slash = UInt8(ascii: "/")

    /// Reads a pattern.
    ///
    /// - Throws: ``SegmentPatternError``.
    public init(_ source: String) throws(SegmentPatternError) {
        try self.init(bytes: Array(source.utf8), source: source)
    }

    /// Reads a pattern over bytes that need not be text.
    ///
    /// - Parameters:
    ///   - bytes: The pattern.
    ///   - source: How it was given.
    /// - Throws: ``SegmentPatternError``.
    public init(bytes: [UInt8], source: String) throws(SegmentPatternError) {
        guard !bytes.isEmpty else { throw .empty }
        var segments: [Segment] = []
        for part in Self.split(bytes, at: Self.slash) {
            if part == [Self.star, Self.star] {
                segments.append(.anySegments)
                continue
            }
            let pieces = Self.split(part, at: Self.star)
            guard !pieces.dropFirst().dropLast().contains([]) else { throw .gluedStars(pattern: source) }
            segments.append(.pieces(pieces))
        }
        self.source = source
        self.segments = segments
    }

    /// Whether the whole text matches.
    public func matches(_ text: String) -> Bool {
        matches(Array(text.utf8))
    }

    /// Whether all the bytes match, of a path for example that need not be text.
    public func matches(_ bytes: [UInt8]) -> Bool {
        let parts = Self.split(bytes, at: Self.slash)
        // Which numbers of leading parts the segments so far can stand for.
        var reached = [true] + Array(repeating: false, count: parts.count)
        for (number, segment) in segments.enumerated() {
            switch segment {
            case .anySegments:
                let isLast = number == segments.count - 1
                guard let first = reached.firstIndex(of: true) else { return false }
                let start = isLast ? first + 1 : first
                for index in reached.indices { reached[index] = index >= start }
            case .pieces(let pieces):
                for index in parts.indices.reversed() {
                    reached[index + 1] = reached[index] && Self.matches(parts[index], pieces)
                }
                reached[0] = false
            }
        }
        return reached[parts.count]
    }

    /// Whether one segment is its first piece, then the pieces between in order, then its last piece.
    private static func matches(_ part: [UInt8], _ pieces: [[UInt8]]) -> Bool {
        guard pieces.count > 1, let first = pieces.first, let last = pieces.last else { return pieces.first == part }
        if pieces == [[], []] { return !part.isEmpty }
        guard part.count >= first.count + last.count, part.starts(with: first), part.suffix(last.count) == last[...]
        else { return false }
        var rest = part[first.count..<(part.count - last.count)]
        for piece in pieces.dropFirst().dropLast() {
            guard let end = end(of: piece, in: rest) else { return false }
            rest = rest[end...]
        }
        return true
    }

    /// Where the first occurrence of a piece ends.
    private static func end(of piece: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= piece.count else { return nil }
        for start in bytes.startIndex...(bytes.endIndex - piece.count)
        where bytes[start..<(start + piece.count)].elementsEqual(piece) {
            return start + piece.count
        }
        return nil
    }

    private static func split(_ bytes: [UInt8], at separator: UInt8) -> [[UInt8]] {
        bytes.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
    }
}

/// Why a text is not a pattern.
public enum SegmentPatternError: Error, Hashable, Sendable {
    /// It matches nothing.
    case empty
    /// `**` next to other characters: it would reach beyond the segment that it looks like part of.
    case gluedStars(pattern: String)
}
