/// The headers of a commit or tag, and what follows them (git, gitformat-commit; `fsck.c` for their order).
struct ObjectHeaders {
    /// One header: its name, and its value with continuation lines joined by line feeds.
    struct Header {
        let name: ArraySlice<UInt8>
        let value: [UInt8]
    }

    let headers: [Header]
    /// What follows the empty line.
    let message: ArraySlice<UInt8>

    /// More headers than an honest commit has; an octopus merge has a parent each.
    private static let maximumCount = 20_000

    /// Takes an object's content apart; nil when a line before the message is no header.
    init?(_ content: [UInt8]) {
        var headers: [Header] = []
        var position = content.startIndex
        while position < content.endIndex {
            let end = content[position...].firstIndex(of: 0x0A) ?? content.endIndex
            let line = content[position..<end]
            position = min(end + 1, content.endIndex)
            if line.isEmpty {
                self.headers = headers
                message = content[position...]
                return
            }
            if line.first == UInt8(ascii: " ") {
                guard let last = headers.popLast() else { return nil }
                headers.append(Header(name: last.name, value: last.value + [0x0A] + line.dropFirst()))
                continue
            }
            guard headers.count < Self.maximumCount, let space = line.firstIndex(of: UInt8(ascii: " ")),
                space > line.startIndex
            else { return nil }
            headers.append(Header(name: line[..<space], value: Array(line[(space + 1)...])))
        }
        self.headers = headers
        message = []
    }

    /// The first header of a name.
    func first(_ name: String) -> [UInt8]? {
        headers.first { $0.name.elementsEqual(name.utf8) }?.value
    }

    /// The names that occur again although they may occur once.
    func repeated(of names: [String]) -> [String] {
        names.filter { name in headers.count { $0.name.elementsEqual(name.utf8) } > 1 }
    }

    /// Whether any header but these occurs.
    func contains(_ name: String) -> Bool {
        first(name) != nil
    }
}
