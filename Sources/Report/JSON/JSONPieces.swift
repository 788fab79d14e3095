internal import StrictJSON

/// Writes a JSON document of which one member is a list that is too long for memory.
struct JSONPieces {
    private let put: (String) throws -> Void
    private var isFirst = true

    /// Begins a document: the members before the list, and the list's name.
    init(_ members: [(String, JSONValue)], list name: String, _ put: @escaping (String) throws -> Void) throws {
        self.put = put
        let head = members.map { "  \(JSONValue($0.0).compact): \(Self.indented($0.1, 1)),\n" }.joined()
        try put("{\n\(head)  \(JSONValue(name).compact): [")
    }

    /// Appends an element of the list.
    mutating func add(_ element: JSONValue) throws {
        try put((isFirst ? "\n    " : ",\n    ") + Self.indented(element, 2))
        isFirst = false
    }

    /// Ends the list and the document: the members after the list.
    func finish(_ members: [(String, JSONValue)] = []) throws {
        let tail = members.map { ",\n  \(JSONValue($0.0).compact): \(Self.indented($0.1, 1))" }.joined()
        try put((isFirst ? "]" : "\n  ]") + tail + "\n}\n")
    }

    /// A value whose lines after the first stand further right; strings hold no line break as they are written.
    static func indented(_ value: JSONValue, _ level: Int) -> String {
        value.pretty.replacing("\n", with: "\n" + String(repeating: "  ", count: level))
    }
}
