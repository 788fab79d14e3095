/// The attributes of a distinguished name (RFC 5280 §4.1.2.4), in order.
package struct DistinguishedName: Hashable, Sendable {
    /// One attribute.
    package struct Attribute: Hashable, Sendable {
        /// Its short name, `CN` for example, or the OID in dotted form when it has none.
        package let type: String
        /// Its text.
        package let value: String

        package init(type: String, value: String) {
            self.type = type
            self.value = value
        }
    }

    /// The attributes, those of one set one after the other.
    package let attributes: [Attribute]

    /// More attributes than any name has.
    private static let maximumCount = 64

    /// Reads a Name.
    ///
    /// - Throws: ``DERError``; an attribute that is no text is not valid here.
    package init(der: ArraySlice<UInt8>) throws(DERError) {
        var outer = DERReader(der)
        var sets = try outer.nested(DERTag.sequence)
        try outer.end()
        var found: [Attribute] = []
        while !sets.isAtEnd {
            var members = try sets.nested(DERTag.set)
            while !members.isAtEnd {
                guard found.count < Self.maximumCount else { throw .invalidContent(tag: DERTag.set) }
                found.append(try Self.attribute(try members.element(DERTag.sequence)))
            }
        }
        attributes = found
    }

    private static func attribute(_ element: DERElement) throws(DERError) -> Attribute {
        var parts = DERReader(element.content)
        let identifier = try parts.element(DERTag.objectIdentifier).objectIdentifier()
        let value = try parts.element()
        try parts.end()
        return Attribute(type: shortNames[identifier] ?? identifier, value: try text(value))
    }

    /// UTF8String, PrintableString, TeletexString and IA5String, of which only the first holds more than ASCII here.
    private static func text(_ element: DERElement) throws(DERError) -> String {
        guard [0x0C, 0x13, 0x14, 0x16].contains(element.tag),
            element.tag == 0x0C || element.content.allSatisfy({ $0 < 0x80 }),
            let text = String(validating: element.content, as: UTF8.self)
        else { throw .invalidContent(tag: element.tag) }
        return text
    }

    /// RFC 4514 §3, and the few that authorities add.
    private static let shortNames = [
        "2.5.4.3": "CN", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "STREET", "2.5.4.10": "O",
        "2.5.4.11": "OU", "2.5.4.5": "SERIALNUMBER", "0.9.2342.19200300.100.1.25": "DC",
        "0.9.2342.19200300.100.1.1": "UID", "1.2.840.113549.1.9.1": "E",
    ]
}
