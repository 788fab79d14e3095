/// One name of a subject alternative name extension (RFC 5280 §4.2.1.6).
public enum GeneralName: Hashable, Sendable {
    /// An e-mail address.
    case email(String)
    /// A uniform resource identifier.
    case uri(String)
    /// Fulcio's other name, OID 1.3.6.1.4.1.57264.1.7: a user name with its issuer's domain.
    case userName(String)
    /// A DNS name.
    case dns(String)
    /// Any other kind, by its tag number.
    case other(tag: Int)

    /// The OID of Fulcio's other name.
    public static let userNameIdentifier = "1.3.6.1.4.1.57264.1.7"

    /// The name as text, when it has one.
    public var text: String? {
        switch self {
        case .email(let text), .uri(let text), .userName(let text), .dns(let text): text
        case .other: nil
        }
    }

    /// Reads the content of the extension.
    static func parse(extensionValue: [UInt8]) throws(DERError) -> [GeneralName] {
        var outer = DERReader(extensionValue)
        var names = try outer.nested(DERTag.sequence)
        try outer.end()
        var result: [GeneralName] = []
        while !names.isAtEnd {
            result.append(try parse(try names.element()))
        }
        return result
    }

    private static func parse(_ element: DERElement) throws(DERError) -> GeneralName {
        switch element.tag {
        case 0x81: return .email(try ia5(element))
        case 0x82: return .dns(try ia5(element))
        case 0x86: return .uri(try ia5(element))
        case 0xA0:
            var parts = DERReader(element.content)
            let identifier = try parts.element(DERTag.objectIdentifier).objectIdentifier()
            guard identifier == userNameIdentifier else { return .other(tag: 0) }
            var value = try parts.nested(DERTag.context(0))
            let name = try value.element(DERTag.utf8String).utf8Text()
            try value.end()
            try parts.end()
            return .userName(name)
        default: return .other(tag: Int(element.tag & 0x1F))
        }
    }

    private static func ia5(_ element: DERElement) throws(DERError) -> String {
        guard element.content.allSatisfy({ $0 < 0x80 }) else { throw .invalidContent(tag: element.tag) }
        return String(decoding: element.content, as: UTF8.self)
    }
}
