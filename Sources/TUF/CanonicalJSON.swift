package import StrictJSON

extension JSONValue {
    /// The bytes over which TUF signs (OLPC canonical JSON): names in the order of their code points, no white space,
    /// only `"` and `\` escaped, integers alone.
    ///
    /// - Throws: ``CanonicalFormError``.
    package func olpcCanonical() throws(CanonicalFormError) -> [UInt8] {
        var bytes: [UInt8] = []
        try appendCanonical(to: &bytes)
        return bytes
    }

    private func appendCanonical(to bytes: inout [UInt8]) throws(CanonicalFormError) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .string(let text): Self.append(text, to: &bytes)
        case .number(let number):
            let digits = number.lexeme.utf8.drop { $0 == UInt8(ascii: "-") }
            guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), number.lexeme != "-0"
            else { throw .notAnInteger(number.lexeme) }
            bytes += number.lexeme.utf8
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try element.appendCanonical(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            // The order of UTF-8 bytes is that of code points.
            for (index, member) in object.members.sorted(by: { $0.name < $1.name }).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.append(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                try member.value.appendCanonical(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func append(_ string: JSONString, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in string.text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

/// Why a value has no canonical form.
package enum CanonicalFormError: Error, Hashable, Sendable {
    /// A number with a fraction or an exponent, or minus zero.
    case notAnInteger(String)
}
