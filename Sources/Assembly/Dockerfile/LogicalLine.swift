/// One instruction's text after its lines were joined, with the place of every character.
struct LogicalLine: Hashable, Sendable {
    /// The text as UTF-8, without the escapes that joined the lines.
    private(set) var text: [UInt8] = []
    private var pieces: [Piece] = []

    private struct Piece: Hashable {
        /// Where in the text it begins.
        let start: Int
        let line: Int
        let column: Int
    }

    /// Adds (a part of) a line of the file.
    ///
    /// - Parameters:
    ///   - bytes: The part.
    ///   - line: Its line number.
    ///   - column: The column of its first character.
    mutating func append(_ bytes: ArraySlice<UInt8>, line: Int, column: Int) {
        pieces.append(Piece(start: text.count, line: line, column: column))
        text += bytes
    }

    /// The place of the byte at an offset; of the end, when it lies beyond.
    func location(_ offset: Int) -> DockerfileLocation {
        let piece = pieces.last { $0.start <= offset } ?? Piece(start: 0, line: 1, column: 1)
        let end = min(max(offset, piece.start), text.count)
        // Bytes that continue a character are not counted.
        let characters = text[piece.start..<end].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
        return DockerfileLocation(line: piece.line, column: piece.column + characters)
    }
}

extension UInt8 {
    /// A blank or a tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
    /// `A` to `Z` or `a` to `z`.
    var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
    /// `0` to `9`.
    var isDigit: Bool { (0x30...0x39).contains(self) }
    /// What a variable's name consists of.
    var isNameByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}
