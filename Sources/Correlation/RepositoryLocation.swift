internal import Cryptography

/// The place of a repository, or of something in it, as a URL states it.
struct RepositoryLocation {
    /// The host, with its port.
    let host: String
    /// The path without leading and trailing slashes and without `.git`.
    let path: String
    /// What follows `@`.
    let ref: String?
    /// What follows `#`.
    let fragment: String?

    private static let schemes = ["https://", "http://", "ssh://", "git://"]

    /// Reads `[git+]scheme://[user@]host/path[.git][@ref][#fragment]`; nil for other texts.
    init?(_ text: String) {
        let bare = text.afterPrefix("git+") ?? text
        guard let rest = Self.schemes.lazy.compactMap({ bare.afterPrefix($0) }).first,
            let (authority, tail) = rest.splitOnce(at: "/"), !authority.isEmpty
        else { return nil }
        host = authority.splitOnce(at: "@")?.after ?? authority
        let (beforeFragment, fragment) = tail.splitOnce(at: "#") ?? (tail, nil as String?)
        let (beforeRef, ref) = beforeFragment.splitOnce(at: "@") ?? (beforeFragment, nil as String?)
        self.fragment = fragment
        self.ref = ref
        var path = beforeRef
        while let shorter = path.beforeSuffix("/") { path = shorter }
        self.path = path.beforeSuffix(".git") ?? path
        guard !self.path.isEmpty else { return nil }
    }

    /// The repository as the value of a project.
    var project: FactValue {
        FactValue(path, scope: host)
    }
}

// MARK: - Facts in the forms that sources write

extension FactValue {
    /// A branch or tag with or without its `refs/` prefix.
    static func ref(_ text: String) -> FactValue {
        if let branch = text.afterPrefix("refs/heads/") { return FactValue(branch, scope: "branch") }
        if let tag = text.afterPrefix("refs/tags/") { return FactValue(tag, scope: "tag") }
        return FactValue(text)
    }

    /// A repository by URL or by path.
    static func project(_ text: String) -> FactValue {
        RepositoryLocation(text)?.project ?? FactValue(text)
    }

    /// A numbered thing under a project, by URL (`…<marker><number>`) or by its number.
    static func numbered(_ text: String, marker: String) -> FactValue? {
        if text.isDecimal { return FactValue(text) }
        guard let location = RepositoryLocation(text), let (project, tail) = location.path.splitOnce(at: marker)
        else { return nil }
        let number = tail.splitOnce(at: "/")?.before ?? tail
        guard number.isDecimal else { return nil }
        return FactValue(number, scope: "\(location.host)/\(project)")
    }
}
