/// A word of an instruction, before variables are put in, with its place.
package struct Word: Hashable, Sendable {
    /// As it is written.
    package var text: String
    /// Where it begins.
    package var location: DockerfileLocation
}

/// The arguments of an instruction, which are taken apart into words.
struct ArgumentText {
    let line: LogicalLine
    let escape: UInt8
    /// Where the part that is left begins.
    var start: Int

    init(_ line: LogicalLine, from start: Int, escape: UInt8) {
        self.line = line
        self.start = start
        self.escape = escape
    }

    /// The place where the arguments begin.
    var location: DockerfileLocation { line.location(skippingBlanks(start)) }

    /// What is left, without blanks around it.
    var trimmed: ArraySlice<UInt8> { SourceLines.trim(line.text[start...]) }

    /// Where what is left begins, after blanks.
    var firstOffset: Int { skippingBlanks(start) }

    /// What is left as one word.
    var whole: Word { Word(text: String(decoding: trimmed, as: UTF8.self), location: location) }

    private func skippingBlanks(_ offset: Int) -> Int {
        line.text[offset...].firstIndex { !$0.isBlank } ?? line.text.count
    }

    private func word(_ range: Range<Int>) -> Word {
        Word(text: String(decoding: line.text[range], as: UTF8.self), location: line.location(range.lowerBound))
    }

    /// Words between blanks; quotes have no meaning (`COPY`, `EXPOSE`, …).
    var plainWords: [Word] {
        line.text[start...].split(whereSeparator: \.isBlank).map { word($0.startIndex..<$0.endIndex) }
    }

    /// Words between blanks that are neither quoted nor escaped; quotes and escapes stay in them (`ENV`, `LABEL`, `ARG`).
    var quotedWords: [Word] {
        var words: [Word] = []
        var offset = skippingBlanks(start)
        while offset < line.text.count {
            let end = endOfWord(offset)
            words.append(word(offset..<end))
            offset = skippingBlanks(end)
        }
        return words
    }

    private func endOfWord(_ start: Int) -> Int {
        var offset = start
        var quote: UInt8?
        while offset < line.text.count {
            let byte = line.text[offset]
            if byte == escape, quote != UInt8(ascii: "'") {
                offset += 1
            } else if byte == quote {
                quote = nil
            } else if quote == nil {
                if byte.isBlank { break }
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
            }
            offset += 1
        }
        return min(offset, line.text.count)
    }

    /// Takes the options (`--name=value`) from the beginning.
    mutating func takeFlags() throws(AssemblyError) -> [Flag] {
        var flags: [Flag] = []
        while true {
            let offset = skippingBlanks(start)
            guard line.text[offset...].starts(with: "--".utf8) else { return flags }
            let end = endOfWord(offset)
            start = end
            if end - offset == 2 { return flags }
            let parts = line.text[(offset + 2)..<end].split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            flags.append(
                Flag(
                    name: String(decoding: parts[0], as: UTF8.self),
                    value: parts.count > 1 ? word(parts[1].startIndex..<parts[1].endIndex) : nil,
                    location: line.location(offset)
                )
            )
        }
    }
}

/// An option of an instruction.
struct Flag: Hashable, Sendable {
    /// The name after the dashes.
    let name: String
    /// What stands after the equals sign.
    let value: Word?
    /// Where it begins.
    let location: DockerfileLocation
}
