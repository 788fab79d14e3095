/// The lines of a Dockerfile, and the two things that only look at lines: parser directives and heredocs.
struct SourceLines {
    private let lines: [ArraySlice<UInt8>]
    private(set) var next = 0
    /// The character that joins lines: backslash, or what `# escape=` says.
    private(set) var escape = UInt8(ascii: "\\")

    /// How long a Dockerfile may be: far more than anybody writes, and little memory.
    static let limit = 1 << 20

    /// Takes the bytes of a Dockerfile apart, and reads its parser directives.
    init(_ bytes: [UInt8]) throws(AssemblyError) {
        guard bytes.count <= Self.limit else { throw AssemblyError(.tooLong(limit: Self.limit)) }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
        for (number, line) in lines.enumerated() {
            let isText = !line.contains { $0 < 0x20 && $0 != UInt8(ascii: "\t") }
            guard isText, String(validating: line, as: UTF8.self) != nil else {
                throw AssemblyError(.notText, at: DockerfileLocation(line: number + 1, column: Self.firstOdd(line)))
            }
        }
        try readDirectives()
    }

    private static func firstOdd(_ line: ArraySlice<UInt8>) -> Int {
        var column = 1
        var rest = line
        while let byte = rest.first, byte >= 0x20 || byte == UInt8(ascii: "\t") {
            let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            guard String(validating: rest.prefix(length), as: UTF8.self) != nil else { break }
            rest = rest.dropFirst(length)
            column += 1
        }
        return column
    }

    /// Reads `# name=value` at the very top (Dockerfile reference, "Parser directives").
    private mutating func readDirectives() throws(AssemblyError) {
        var seen: Set<String> = []
        for (number, line) in lines.enumerated() {
            guard let (name, value) = Self.directive(line) else { return }
            let location = DockerfileLocation(line: number + 1, column: 1)
            guard seen.insert(name).inserted
            else { throw AssemblyError(.badDirective(name: name, value: value), at: location) }
            guard name == "escape" else { continue }
            guard value == "\\" || value == "`", let byte = value.utf8.first
            else { throw AssemblyError(.badDirective(name: name, value: value), at: location) }
            escape = byte
        }
    }

    private static func directive(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
        let text = line.drop(while: \.isBlank)
        guard text.first == UInt8(ascii: "#"), let equals = text.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let name = String(decoding: trim(text[(text.startIndex + 1)..<equals]), as: UTF8.self).lowercased()
        guard ["syntax", "escape", "check"].contains(name) else { return nil }
        return (name, String(decoding: trim(text[(equals + 1)...]), as: UTF8.self))
    }

    static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var trimmed = bytes.drop(while: \.isBlank)
        while trimmed.last?.isBlank == true { trimmed = trimmed.dropLast() }
        return trimmed
    }

    // MARK: - Instructions

    /// The next instruction, its lines joined; nil at the end of the file.
    mutating func nextInstruction() -> LogicalLine? {
        while next < lines.count, Self.isSkipped(lines[next]) { next += 1 }
        guard next < lines.count else { return nil }
        var logical = LogicalLine()
        var isFirst = true
        while next < lines.count {
            let line = lines[next]
            // Comments and empty lines between joined lines do not end the instruction.
            if !isFirst, Self.isSkipped(line) {
                next += 1
                continue
            }
            let start = isFirst ? line.drop(while: \.isBlank) : line
            let (body, continues) = withoutContinuation(start)
            logical.append(body, line: next + 1, column: 1 + start.startIndex - line.startIndex)
            next += 1
            isFirst = false
            if !continues { break }
        }
        return logical
    }

    private static func isSkipped(_ line: ArraySlice<UInt8>) -> Bool {
        let text = line.drop(while: \.isBlank)
        return text.isEmpty || text.first == UInt8(ascii: "#")
    }

    /// The line without an escape at its end, and whether it had one; an escaped escape is none.
    private func withoutContinuation(_ line: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, Bool) {
        var end = line
        while end.last?.isBlank == true { end = end.dropLast() }
        guard end.last == escape, end.dropLast().last != escape else { return (line, false) }
        return (end.dropLast(), true)
    }

    /// The content of a heredoc that begins with the next line.
    ///
    /// - Parameters:
    ///   - name: The line that ends it.
    ///   - stripsTabs: Whether tabs at the beginning of lines are dropped (`<<-`).
    /// - Returns: The lines with their ends, or nil when the file ends first.
    mutating func heredoc(endingWith name: [UInt8], stripsTabs: Bool) -> [UInt8]? {
        var content: [UInt8] = []
        while next < lines.count {
            let line = stripsTabs ? lines[next].drop { $0 == UInt8(ascii: "\t") } : lines[next]
            next += 1
            if line.elementsEqual(name) { return content }
            content += line + [UInt8(ascii: "\n")]
        }
        return nil
    }
}
