package import Cryptography

/// A signer who is expected, by some attributes of its certificate's subject ("Trusted identities constraints").
package struct NotaryIdentity: Hashable, Sendable, CustomStringConvertible {
    /// The attributes that the subject must have; none stands for anybody.
    package let attributes: [DistinguishedName.Attribute]

    /// How such an identity begins.
    private static let prefix = "x509.subject:"
    /// No identity is longer, in bytes.
    private static let maximumBytes = 4096

    /// Reads `x509.subject: C=US, ST=WA, O=example, CN=builder`, or `*` for anybody.
    ///
    /// The specification asks for country, state and organisation at least; an attribute may stand once, and values are
    /// compared byte by byte. A comma, a plus sign or a backslash of a value is written with a backslash before it.
    ///
    /// - Returns: Nil for anything else, hexadecimal values (`#…`) among it.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.maximumBytes else { return nil }
        if text.utf8.elementsEqual("*".utf8) {
            attributes = []
            return
        }
        guard text.utf8.starts(with: Self.prefix.utf8) else { return nil }
        var found: [DistinguishedName.Attribute] = []
        for part in Self.parts(Array(text.utf8.dropFirst(Self.prefix.utf8.count))) {
            guard let attribute = Self.attribute(part), !found.contains(where: { $0.type == attribute.type })
            else { return nil }
            found.append(attribute)
        }
        guard ["C", "ST", "O"].allSatisfy({ needed in found.contains { $0.type == needed } }) else { return nil }
        attributes = found
    }

    /// Splits at commas that no backslash precedes, and takes the backslashes away; a plus sign by itself joins
    /// attributes, which is not accepted, so that it stays with a mark no type has.
    private static func parts(_ bytes: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                parts[parts.count - 1].append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: ",") {
                parts.append([])
            } else if byte == UInt8(ascii: "+") {
                return [[]]
            } else {
                parts[parts.count - 1].append(byte)
            }
        }
        return isEscaped ? [[]] : parts
    }

    private static func attribute(_ part: [UInt8]) -> DistinguishedName.Attribute? {
        let trimmed = part.drop { $0 == 0x20 }
        guard let sign = trimmed.firstIndex(of: UInt8(ascii: "=")), sign > trimmed.startIndex else { return nil }
        var value = trimmed[(sign + 1)...].drop { $0 == 0x20 }
        while value.last == 0x20 { value = value.dropLast() }
        guard let first = value.first, first != UInt8(ascii: "#"),
            let type = String(validating: trimmed[..<sign], as: UTF8.self),
            type.utf8.allSatisfy({ (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }),
            let text = String(validating: value, as: UTF8.self)
        else { return nil }
        let name = type.uppercased()
        return DistinguishedName.Attribute(type: name == "S" ? "ST" : name, value: text)
    }

    /// As it may be written.
    package var description: String {
        guard !attributes.isEmpty else { return "*" }
        return Self.prefix + attributes.map { " \($0.type)=\($0.value)" }.joined(separator: ",")
    }

    /// Whether a certificate's subject has every attribute.
    package func accepts(_ certificate: Certificate) -> Bool {
        guard !attributes.isEmpty else { return true }
        guard let name = try? DistinguishedName(der: certificate.fields.subject) else { return false }
        return attributes.allSatisfy { wanted in
            let values = name.attributes.filter { $0.type == wanted.type }
            return values.count == 1 && values[0].value.utf8.elementsEqual(wanted.value.utf8)
        }
    }
}
