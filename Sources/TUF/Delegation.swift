internal import Cryptography
internal import StrictJSON

/// A role to which another gives some of its targets (TUF specification §4.5).
struct Delegation {
    let keys: RoleKeys
    let isTerminating: Bool
    private let paths: [String]
    private let hashPrefixes: [String]

    /// The names of the roles that are no delegations.
    private static let reserved = ["root", "timestamp", "snapshot", "targets"]

    init(_ fields: MetadataFields, _ known: [JSONString: TUFKey]) throws(TUFError) {
        let name = try fields.string("name")
        guard RepositoryPath.isName("\(name).json"), !Self.reserved.contains(where: { $0.hasSameBytes(as: name) })
        else { throw .refusedRoleName(file: fields.file, name: name) }
        keys = try RoleKeys(name: name, fields, from: known)
        isTerminating = try fields.optionalBool("terminating") ?? false
        paths = fields.object["paths"] == nil ? [] : try fields.strings("paths")
        hashPrefixes = fields.object["path_hash_prefixes"] == nil ? [] : try fields.strings("path_hash_prefixes")
    }

    /// Whether the role may answer for the target.
    func covers(_ target: TargetName) -> Bool {
        if paths.contains(where: { PathPattern($0).matches(target.text) }) { return true }
        guard !hashPrefixes.isEmpty else { return false }
        let hex = Digest(hashing: Array(target.text.utf8)).hex
        return hashPrefixes.contains { hex.utf8.starts(with: $0.utf8) }
    }
}

/// A shell pattern: `*` and `?` stand for anything but a slash.
struct PathPattern {
    private let pattern: [UInt8]

    init(_ pattern: String) {
        self.pattern = Array(pattern.utf8)
    }

    /// Matches greedily, going back only to the last star: time is at most the product of both lengths.
    func matches(_ text: String) -> Bool {
        let text = Array(text.utf8)
        var (position, place) = (0, 0)
        var retry: (star: Int, place: Int)?
        while place < text.count {
            if position < pattern.count, pattern[position] == UInt8(ascii: "*") {
                retry = (position, place)
                position += 1
            } else if position < pattern.count, matches(pattern[position], text[place]) {
                position += 1
                place += 1
            } else if let last = retry, text[last.place] != UInt8(ascii: "/") {
                retry = (last.star, last.place + 1)
                (position, place) = (last.star + 1, last.place + 1)
            } else {
                return false
            }
        }
        return pattern[position...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    private func matches(_ wanted: UInt8, _ byte: UInt8) -> Bool {
        wanted == byte || (wanted == UInt8(ascii: "?") && byte != UInt8(ascii: "/"))
    }
}
