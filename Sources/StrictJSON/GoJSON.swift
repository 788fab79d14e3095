/// Writes JSON as Go's `json.Marshal` does, because cosign signs and stores what that wrote.
///
/// Compact, members in their order, and within strings `<`, `>`, `&`, U+2028 and U+2029 escaped.
package enum GoJSON {
    /// The text of a value, without a newline at the end.
    package static func encode(_ value: JSONValue) -> [UInt8] {
        var text: [UInt8] = []
        write(value, to: &text)
        return text
    }

    private static func write(_ value: JSONValue, to text: inout [UInt8]) {
        switch value {
        case .null: text += Array("null".utf8)
        case .bool(let bool): text += Array((bool ? "true" : "false").utf8)
        case .number(let number): text += Array(number.lexeme.utf8)
        case .string(let string): write(string.text, to: &text)
        case .array(let elements):
            list("[", "]", elements, to: &text) { write($0, to: &$1) }
        case .object(let object):
            list("{", "}", object.members, to: &text) { member, text in
                write(member.name.text, to: &text)
                text.append(UInt8(ascii: ":"))
                write(member.value, to: &text)
            }
        }
    }

    private static func list<Element>(
        _ open: Unicode.Scalar,
        _ close: Unicode.Scalar,
        _ elements: [Element],
        to text: inout [UInt8],
        _ body: (Element, inout [UInt8]) -> Void
    ) {
        text.append(UInt8(ascii: open))
        for (index, element) in elements.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            body(element, &text)
        }
        text.append(UInt8(ascii: close))
    }

    private static func write(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += Array("\\\"".utf8)
            case "\\": text += Array("\\\\".utf8)
            case "\u{08}": text += Array("\\b".utf8)
            case "\u{09}": text += Array("\\t".utf8)
            case "\u{0A}": text += Array("\\n".utf8)
            case "\u{0C}": text += Array("\\f".utf8)
            case "\u{0D}": text += Array("\\r".utf8)
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{00}"..<"\u{20}": text += escape(scalar)
            default: text += Array(String(scalar).utf8)
            }
        }
        text.append(UInt8(ascii: "\""))
    }

    private static func escape(_ scalar: Unicode.Scalar) -> [UInt8] {
        let digits = String(scalar.value, radix: 16)
        return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
    }
}
