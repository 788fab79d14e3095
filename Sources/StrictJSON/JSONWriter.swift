extension JSONValue {
    /// The value without white space, members in their order.
    public var compact: String {
        var writer = JSONWriter(indentation: nil, sortsNames: false)
        writer.write(self, level: 0)
        return writer.text
    }

    /// The value on indented lines, members in their order, ending without a newline.
    public var pretty: String {
        var writer = JSONWriter(indentation: "  ", sortsNames: false)
        writer.write(self, level: 0)
        return writer.text
    }

    /// The canonical form of RFC 8785 (JCS) for values whose numbers are integers: names sorted by their UTF-16 code
    /// units, no white space, shortest escapes.
    public var canonical: String {
        var writer = JSONWriter(indentation: nil, sortsNames: true)
        writer.write(self, level: 0)
        return writer.text
    }
}

/// Writes values; what it writes is ASCII-safe for a terminal: control characters and direction marks are escaped.
struct JSONWriter {
    private(set) var text = ""
    private let indentation: String?
    private let sortsNames: Bool

    init(indentation: String?, sortsNames: Bool) {
        self.indentation = indentation
        self.sortsNames = sortsNames
    }

    mutating func write(_ value: JSONValue, level: Int) {
        switch value {
        case .null: text += "null"
        case .bool(let bool): text += bool ? "true" : "false"
        case .number(let number): text += number.lexeme
        case .string(let string): write(string)
        case .array(let elements):
            list("[", "]", elements, level: level) { writer, element in writer.write(element, level: level + 1) }
        case .object(let object):
            list("{", "}", sorted(object.members), level: level) { writer, member in
                writer.write(member.name)
                writer.text += writer.indentation == nil ? ":" : ": "
                writer.write(member.value, level: level + 1)
            }
        }
    }

    private func sorted(_ members: [JSONObject.Member]) -> [JSONObject.Member] {
        guard sortsNames else { return members }
        return members.sorted { $0.name.text.utf16.lexicographicallyPrecedes($1.name.text.utf16) }
    }

    private mutating func list<Element>(
        _ open: String,
        _ close: String,
        _ elements: [Element],
        level: Int,
        _ body: (inout JSONWriter, Element) -> Void
    ) {
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            newline(level + 1)
            body(&self, element)
        }
        if !elements.isEmpty { newline(level) }
        text += close
    }

    private mutating func newline(_ level: Int) {
        guard let indentation else { return }
        text += "\n" + String(repeating: indentation, count: level)
    }

    private mutating func write(_ string: JSONString) {
        text += "\""
        // Most strings need no escape at all.
        guard string.text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F || $0 == 0x22 || $0 == 0x5C }) else {
            text += string.text
            text += "\""
            return
        }
        for scalar in string.text.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{08}": text += "\\b"
            case "\u{09}": text += "\\t"
            case "\u{0A}": text += "\\n"
            case "\u{0C}": text += "\\f"
            case "\u{0D}": text += "\\r"
            default: write(scalar)
            }
        }
        text += "\""
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        // RFC 8785 escapes only C0; for people's eyes C1 controls and invisible format characters are escaped too.
        let hidden =
            !sortsNames && (scalar.properties.generalCategory == .format || (0x7F..<0xA0).contains(scalar.value))
        guard scalar.value < 0x20 || hidden else {
            text.unicodeScalars.append(scalar)
            return
        }
        for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
