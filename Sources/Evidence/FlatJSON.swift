internal import StrictJSON

/// JSON pointers (RFC 6901).
enum JSONPointer {
    /// A member name as a pointer writes it.
    static func escaped(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

/// The scalars of a JSON value with their pointers, in the order of the document.
struct FlatJSON {
    /// Pointer and value.
    ///
    /// Strings are as they are, other scalars as JSON writes them. `null` says nothing and is left out.
    private(set) var scalars: [(pointer: String, value: String)] = []
    /// How many there are, those beyond the limit too.
    private(set) var count = 0
    /// Whether there were more than the limit.
    var isCut: Bool { count > scalars.count }
    private let limit: Int

    init(_ value: JSONValue, limit: Int) {
        self.limit = limit
        add(value, "")
    }

    private mutating func add(_ value: JSONValue, _ pointer: String) {
        switch value {
        case .null: return
        case .object(let object):
            for member in object.members { add(member.value, "\(pointer)/\(JSONPointer.escaped(member.name.text))") }
        case .array(let elements):
            for (position, element) in elements.enumerated() { add(element, "\(pointer)/\(position)") }
        case .string(let string): append(pointer, string.text)
        case .bool, .number: append(pointer, value.compact)
        }
    }

    private mutating func append(_ pointer: String, _ value: String) {
        count += 1
        guard scalars.count < limit else { return }
        scalars.append((pointer, value))
    }
}
