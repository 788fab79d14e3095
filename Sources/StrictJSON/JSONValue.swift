/// One JSON value (RFC 8259), as it was read or as it will be written.
///
/// Equality is that of the bytes: two strings that Unicode calls canonically equivalent are different values.
public enum JSONValue: Hashable, Sendable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, kept as it was written.
    case number(JSONNumber)
    /// A string, unescaped.
    case string(JSONString)
    /// An ordered list of values.
    case array([JSONValue])
    /// Members in the order in which they were read; no name occurs twice.
    case object(JSONObject)
}

extension JSONValue {
    /// The members, when this is an object.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The elements, when this is an array.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text, when this is a string.
    public var string: String? {
        if case .string(let string) = self { string.text } else { nil }
    }

    /// The truth value, when this is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The integer, when this is a number written without fraction and exponent that fits.
    public var int64: Int64? {
        if case .number(let number) = self { number.int64 } else { nil }
    }

    /// Whether this is the literal `null`.
    public var isNull: Bool {
        self == .null
    }

    /// The member with this name, when this is an object that has it.
    public subscript(name: String) -> JSONValue? {
        object?[name]
    }

    /// What kind of value this is, for messages.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A string value.
    public init(stringLiteral value: String) {
        self = .string(JSONString(value))
    }

    /// An integer value.
    public init(integerLiteral value: Int64) {
        self = .number(JSONNumber(value))
    }

    /// A truth value.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// An array of these elements.
    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    /// An object of these members; of two with one name the later wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }

    /// The literal `null`.
    public init(nilLiteral: ()) {
        self = .null
    }

    /// A string value.
    public init(_ text: String) {
        self = .string(JSONString(text))
    }

    /// A string value, or `null` when there is none.
    public init(_ text: String?) {
        self = text.map { JSONValue($0) } ?? .null
    }

    /// An integer value.
    public init(_ integer: Int64) {
        self = .number(JSONNumber(integer))
    }

    /// An integer value.
    public init(_ integer: Int) {
        self = .number(JSONNumber(Int64(integer)))
    }
}

/// A JSON string whose equality, order and hash are those of its UTF-8 bytes.
public struct JSONString: Hashable, Comparable, Sendable {
    /// The text, unescaped.
    public let text: String

    /// Wraps `text`.
    public init(_ text: String) {
        self.text = text
    }

    /// Whether both are the same bytes.
    public static func == (left: JSONString, right: JSONString) -> Bool {
        let known = left.text.utf8.withContiguousStorageIfAvailable { first in
            right.text.utf8.withContiguousStorageIfAvailable { second in
                first.count == second.count && first.elementsEqual(second)
            }
        }
        if case .some(.some(let isSame)) = known { return isSame }
        return left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// By bytes.
    public static func < (left: JSONString, right: JSONString) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// A JSON number as it was written, so that no digit is lost.
public struct JSONNumber: Hashable, Sendable {
    /// The characters of the number.
    public let lexeme: String

    /// A number of an integer.
    public init(_ value: Int64) {
        lexeme = String(value)
    }

    /// A number from a lexeme that the parser has checked.
    init(checkedLexeme: String) {
        lexeme = checkedLexeme
    }

    /// The value, when it is written as an integer and fits; `-0` is not an integer.
    public var int64: Int64? {
        guard lexeme != "-0" else { return nil }
        return Int64(lexeme)
    }
}

/// The members of a JSON object, in order.
public struct JSONObject: Hashable, Sendable {
    /// Name and value of each member, in order.
    public private(set) var members: [Member]
    private var index: [JSONString: Int]?

    /// One name with its value.
    public struct Member: Hashable, Sendable {
        /// The name, unescaped.
        public let name: JSONString
        /// The value.
        public var value: JSONValue
    }

    /// Above this many members look-ups go through a hash table.
    private static let linearLimit = 16

    /// An object without members.
    public init() {
        members = []
    }

    /// An object with these members; of two with one name the later wins.
    public init(_ pairs: [(String, JSONValue)]) {
        self.init()
        for (name, value) in pairs {
            set(JSONString(name), to: value)
        }
    }

    /// The value of the member with this name.
    public subscript(name: String) -> JSONValue? {
        get { position(of: JSONString(name)).map { members[$0].value } }
        set {
            if let newValue { set(JSONString(name), to: newValue) } else { remove(JSONString(name)) }
        }
    }

    /// The names, in order.
    public var names: [String] {
        members.map(\.name.text)
    }

    /// Adds a member; answers false, and changes nothing, when the name is there already.
    mutating func insert(_ name: JSONString, _ value: JSONValue) -> Bool {
        guard position(of: name) == nil else { return false }
        append(name, value)
        return true
    }

    private mutating func set(_ name: JSONString, to value: JSONValue) {
        if let position = position(of: name) {
            members[position].value = value
        } else {
            append(name, value)
        }
    }

    private mutating func append(_ name: JSONString, _ value: JSONValue) {
        index?[name] = members.count
        members.append(Member(name: name, value: value))
        if index == nil, members.count > Self.linearLimit {
            index = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.name, $0) })
        }
    }

    private mutating func remove(_ name: JSONString) {
        guard let position = position(of: name) else { return }
        members.remove(at: position)
        index = nil
        if members.count > Self.linearLimit {
            index = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.name, $0) })
        }
    }

    private func position(of name: JSONString) -> Int? {
        if let index { return index[name] }
        return members.firstIndex { $0.name == name }
    }

    /// Whether both have the same members in the same order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members == right.members
    }

    /// Hashes the members in their order.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(members)
    }
}
