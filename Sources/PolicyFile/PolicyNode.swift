/// A part of a YAML document with its place.
struct PolicyNode {
    /// What it is.
    enum Content {
        /// A text, and whether it was written without quotes.
        case text(String, isPlain: Bool)
        case list([PolicyNode])
        /// Keys are distinct, as bytes.
        case members([Member])
    }

    /// A key with its value.
    struct Member {
        let key: String
        let line: Int?
        let value: PolicyNode
    }

    let content: Content
    let path: String
    let line: Int?

    /// An error about this place.
    func error(_ problem: PolicyFileError.Problem) -> PolicyFileError {
        PolicyFileError(problem, path: path, line: line)
    }

    /// The text; never an empty one, and never YAML's words for nothing.
    func text() throws(PolicyFileError) -> String {
        guard case .text(let text, let isPlain) = content, !text.isEmpty, !isPlain || !Self.nothing.contains(text)
        else { throw error(.wrongKind(expected: "a text")) }
        return text
    }

    /// `true` or `false`.
    func flag() throws(PolicyFileError) -> Bool {
        guard case .text(let text, true) = content, text == "true" || text == "false"
        else { throw error(.wrongKind(expected: "true or false")) }
        return text == "true"
    }

    /// A number in decimal digits.
    func number() throws(PolicyFileError) -> Int {
        guard case .text(let text, true) = content, let number = Int(text), "\(number)" == text
        else { throw error(.wrongKind(expected: "a number")) }
        return number
    }

    /// A list that is not empty.
    func list() throws(PolicyFileError) -> [PolicyNode] {
        guard case .list(let nodes) = content else { throw error(.wrongKind(expected: "a list")) }
        guard !nodes.isEmpty else { throw error(.emptyList) }
        return nodes
    }

    /// Keys with values of any name.
    func members() throws(PolicyFileError) -> [Member] {
        guard case .members(let members) = content else { throw error(.wrongKind(expected: "keys with values")) }
        guard !members.isEmpty else { throw error(.emptyList) }
        return members
    }

    /// Keys with values, all of them known: a key that nobody reads would be a demand that nobody makes.
    func fields(_ known: [String]) throws(PolicyFileError) -> PolicyFields {
        let members = try members()
        for member in members where !known.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
            throw PolicyFileError(.unknownKey(member.key, known: known), path: path, line: member.line)
        }
        return PolicyFields(node: self, members: members)
    }

    private static let nothing = ["~", "null", "Null", "NULL"]
}

/// The members of a part of which every key is known.
struct PolicyFields {
    let node: PolicyNode
    let members: [PolicyNode.Member]

    subscript(key: String) -> PolicyNode? {
        members.first { $0.key == key }?.value
    }

    /// The value of a key that must be there.
    func required(_ key: String) throws(PolicyFileError) -> PolicyNode {
        guard let value = self[key] else { throw node.error(.missingKey(key)) }
        return value
    }

    /// The one of two keys that is there; nil when none is.
    func oneOf(_ keys: [String]) throws(PolicyFileError) -> (key: String, value: PolicyNode)? {
        let found = members.filter { keys.contains($0.key) }
        guard found.count < 2 else { throw node.error(.conflict(found[0].key, found[1].key)) }
        return found.first.map { ($0.key, $0.value) }
    }

    /// A flag that is off unless it is written.
    func flag(_ key: String) throws(PolicyFileError) -> Bool {
        try self[key]?.flag() ?? false
    }
}
