/// `<<NAME`, `<<-NAME` or `<<"NAME"`: where a heredoc is asked for.
struct HeredocMark {
    private let name: [UInt8]
    private let stripsTabs: Bool
    private let isExpanded: Bool
    private let location: DockerfileLocation

    /// Reads a word; nil when it asks for no heredoc.
    init?(_ word: Word) {
        var bytes = Array(word.text.utf8).drop(while: \.isDigit)
        guard bytes.starts(with: "<<".utf8) else { return nil }
        bytes = bytes.dropFirst(2)
        stripsTabs = bytes.first == UInt8(ascii: "-")
        if stripsTabs { bytes = bytes.dropFirst() }
        let quote = bytes.first.flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") ? $0 : nil }
        if let quote {
            guard bytes.count > 2, bytes.last == quote else { return nil }
            bytes = bytes.dropFirst().dropLast()
        }
        guard !bytes.isEmpty, bytes.allSatisfy({ $0.isNameByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
        else { return nil }
        name = Array(bytes)
        isExpanded = quote == nil
        location = word.location
    }

    /// Takes the content from the lines that follow.
    func read(_ lines: inout SourceLines) throws(AssemblyError) -> Instruction.Heredoc {
        let name = String(decoding: name, as: UTF8.self)
        guard let content = lines.heredoc(endingWith: self.name, stripsTabs: stripsTabs)
        else { throw AssemblyError(.endlessHeredoc(name: name), at: location) }
        return Instruction.Heredoc(
            name: name,
            content: String(decoding: content, as: UTF8.self),
            isExpanded: isExpanded,
            location: location
        )
    }
}
