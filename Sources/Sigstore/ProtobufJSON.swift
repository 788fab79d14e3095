internal import Cryptography
internal import StrictJSON

/// Reads messages in protobuf's JSON mapping: absent and `null` mean the default, 64-bit integers are strings or
/// numbers, bytes are base64 of either alphabet, and names are lowerCamelCase or the original snake_case.
struct ProtobufMessage {
    private let object: JSONObject
    /// Whether any member can be written in the original spelling.
    private let hasUnderscores: Bool
    /// Where the message stands, for errors.
    let path: String

    init(_ json: JSONValue, path: String) throws(FormatError) {
        guard let object = json.object else { throw .malformed(path: path, expected: "an object") }
        self.object = object
        self.path = path
        hasUnderscores = object.names.contains { $0.utf8.contains(UInt8(ascii: "_")) }
    }

    /// The message that a whole document is; longer ones than `limit` bytes are not read.
    init(parsing bytes: [UInt8], limit: Int, path: String) throws(FormatError) {
        let json: JSONValue
        do {
            var limits = JSONLimits.standard
            limits.bytes = limit
            json = try JSONValue(parsing: bytes, limits: limits)
        } catch {
            throw .notJSON(reason: "\(error)")
        }
        try self.init(json, path: path)
    }

    /// Refuses members that the message does not define.
    func allowOnly(_ names: [String]) throws(FormatError) {
        for name in object.names
        where !names.contains(where: {
            $0.hasSameBytes(as: name) || (hasUnderscores && snake($0).hasSameBytes(as: name))
        }) {
            throw .unknownMember(path: "\(path).\(name)")
        }
    }

    /// The value of a member; nil when it is absent or `null`.
    func value(_ name: String) throws(FormatError) -> JSONValue? {
        let camel = object[name]
        let original = hasUnderscores ? snake(name) : name
        let underscored = original == name ? nil : object[original]
        guard camel == nil || underscored == nil else {
            throw .malformed(path: "\(path).\(name)", expected: "one spelling")
        }
        guard let value = camel ?? underscored, !value.isNull else { return nil }
        return value
    }

    /// A nested message; nil when it is absent.
    func message(_ name: String) throws(FormatError) -> ProtobufMessage? {
        guard let value = try value(name) else { return nil }
        return try ProtobufMessage(value, path: "\(path).\(name)")
    }

    /// A list; empty when it is absent.
    func list(_ name: String, limit: Int) throws(FormatError) -> [JSONValue] {
        guard let value = try value(name) else { return [] }
        guard let list = value.array else { throw .malformed(path: "\(path).\(name)", expected: "an array") }
        guard list.count <= limit else { throw .tooMany(path: "\(path).\(name)", count: list.count, limit: limit) }
        return list
    }

    /// A list of messages.
    func messages(_ name: String, limit: Int) throws(FormatError) -> [ProtobufMessage] {
        var result: [ProtobufMessage] = []
        for (position, value) in try list(name, limit: limit).enumerated() {
            result.append(try ProtobufMessage(value, path: "\(path).\(name)[\(position)]"))
        }
        return result
    }

    /// A string; empty when it is absent.
    func string(_ name: String) throws(FormatError) -> String {
        guard let value = try value(name) else { return "" }
        guard let text = value.string else { throw .malformed(path: "\(path).\(name)", expected: "a string") }
        return text
    }

    /// Bytes; empty when they are absent.
    func bytes(_ name: String) throws(FormatError) -> [UInt8] {
        guard let value = try value(name) else { return [] }
        return try Self.bytes(value, path: "\(path).\(name)")
    }

    /// Bytes from a value of a list.
    static func bytes(_ value: JSONValue, path: String) throws(FormatError) -> [UInt8] {
        guard let text = value.string, let bytes = Base64.decodeProtobuf(text)
        else { throw .malformed(path: path, expected: "base64") }
        return bytes
    }

    /// A 64-bit integer; 0 when it is absent.
    func integer(_ name: String) throws(FormatError) -> Int64 {
        guard let value = try value(name) else { return 0 }
        if let number = value.int64 { return number }
        guard let text = value.string, let number = Int64(text), String(number).hasSameBytes(as: text)
        else { throw .malformed(path: "\(path).\(name)", expected: "a 64-bit integer") }
        return number
    }

    /// A moment; nil when it is absent.
    func time(_ name: String) throws(FormatError) -> Timestamp? {
        guard let value = try value(name) else { return nil }
        guard let text = value.string, let time = Timestamp(rfc3339: text)
        else { throw .malformed(path: "\(path).\(name)", expected: "an RFC 3339 time") }
        return time
    }

    /// The original spelling of a lowerCamelCase name; member names are ASCII.
    private func snake(_ name: String) -> String {
        guard name.utf8.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return name }
        var result: [UInt8] = []
        for byte in name.utf8 {
            let isUpperCase = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            if isUpperCase { result.append(UInt8(ascii: "_")) }
            result.append(isUpperCase ? byte | 0x20 : byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// Why a bundle, a trusted root or another Sigstore document cannot be read.
public enum FormatError: Error, Hashable, Sendable {
    /// Not JSON.
    case notJSON(reason: String)
    /// A media type that is not known.
    case unknownMediaType(String)
    /// A member that the message does not define.
    case unknownMember(path: String)
    /// A member of another form than the specification gives.
    case malformed(path: String, expected: String)
    /// More of something than the limit.
    case tooMany(path: String, count: Int, limit: Int)
    /// Exactly one of several members must be there.
    case notExactlyOne(path: String, of: [String])
}
