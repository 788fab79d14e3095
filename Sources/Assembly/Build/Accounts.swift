/// The users and groups that an image knows by name (passwd(5), group(5)).
struct Accounts {
    /// A user.
    struct User {
        let name: String
        let number: Int
        let group: Int
        let home: String
    }

    private let users: [User]
    private let groups: [(name: String, number: Int)]

    /// Files of accounts are small; larger ones are none.
    private static let limit: Int64 = 4 << 20

    init(_ tree: FileTree) throws {
        users = try Self.lines("etc/passwd", tree).compactMap { fields in
            guard fields.count >= 6, let number = Int(fields[2]), let group = Int(fields[3]) else { return nil }
            return User(name: fields[0], number: number, group: group, home: fields[5])
        }
        groups = try Self.lines("etc/group", tree).compactMap { fields in
            guard fields.count >= 3, let number = Int(fields[2]) else { return nil }
            return (fields[0], number)
        }
    }

    private static func lines(_ path: String, _ tree: FileTree) throws -> [[String]] {
        let components = FilePath.components(path)
        guard let folder = try tree.root.child(components[0]), folder.isDirectory,
            let node = try tree.resolve(components).node, case .file(let content) = node.kind
        else { return [] }
        let bytes: [UInt8] =
            switch content {
            case .bytes(let bytes): bytes
            case .stored(let file): try file.bytes(limit: limit)
            case .notKept: []
            }
        return bytes.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    /// Owner and group that `user[:group]` says, and where the user's home is.
    ///
    /// - Parameters:
    ///   - text: Names or numbers.
    ///   - sharesNumber: Whether a user's number alone is the group's too, as `--chown` has it.
    /// - Returns: Their numbers, and the user's home.
    /// - Throws: ``AssemblyError``.
    func find(_ text: String, sharesNumber: Bool) throws(AssemblyError) -> (owner: Int, group: Int, home: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let known: User?
        let owner: Int
        if let number = Self.number(parts[0]) {
            (known, owner) = (users.first { $0.number == number }, number)
        } else if parts[0].isEmpty || parts[0] == "root" {
            (known, owner) = (users.first { $0.number == 0 }, 0)
        } else {
            guard let user = users.first(where: { $0.name == parts[0] })
            else { throw AssemblyError(.unknownUser(parts[0])) }
            (known, owner) = (user, user.number)
        }
        let group =
            parts.count == 2
            ? try groupNumber(parts[1])
            : sharesNumber && Self.number(parts[0]) != nil ? owner : known?.group ?? 0
        return (owner, group, known?.home ?? (owner == 0 ? "/root" : "/"))
    }

    private func groupNumber(_ text: String) throws(AssemblyError) -> Int {
        if let number = Self.number(text) { return number }
        if text == "root" { return 0 }
        guard let group = groups.first(where: { $0.name == text }) else { throw AssemblyError(.unknownUser(text)) }
        return group.number
    }

    private static func number(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit), let number = UInt32(text) else { return nil }
        return Int(number)
    }
}
