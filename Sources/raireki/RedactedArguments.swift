/// The words of a command line without what must not be kept: passwords, tokens and private keys.
///
/// A word is replaced when the option before it says that it is secret, when it begins as an access token does, or when
/// it holds a private key; of an address only the part before `@` is replaced.
struct RedactedArguments {
    /// What may be kept.
    let words: [String]

    /// What stands for a secret.
    static let mark = "[redacted]"

    init(_ arguments: [String]) {
        var isSecret = false
        words = arguments.map { word in
            defer { isSecret = Self.isOption(word) && !word.utf8.contains(UInt8(ascii: "=")) && Self.namesSecret(word) }
            if isSecret, !Self.isOption(word) { return Self.mark }
            return Self.redacted(word)
        }
    }

    private static func redacted(_ word: String) -> String {
        if isOption(word), let equals = word.firstIndex(of: "=") {
            let (name, value) = (word[..<equals], word[word.index(after: equals)...])
            return "\(name)=\(namesSecret(name) ? mark : redactedValue(String(value)))"
        }
        return redactedValue(word)
    }

    private static func redactedValue(_ word: String) -> String {
        if word.contains("PRIVATE KEY-----") || tokenPrefixes.contains(where: word.hasPrefix) { return mark }
        guard let scheme = word.firstRange(of: "://") else { return word }
        let rest = word[scheme.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        guard let at = authority.lastIndex(of: "@") else { return word }
        return "\(word[..<scheme.upperBound])\(mark)\(rest[at...])"
    }

    private static func isOption(_ word: some StringProtocol) -> Bool {
        word.hasPrefix("-") && word.utf8.count > 1
    }

    private static func namesSecret(_ option: some StringProtocol) -> Bool {
        let name = option.prefix { $0 != "=" }.lowercased()
        return secretNames.contains { name.contains($0) }
    }

    private static let secretNames = ["password", "passphrase", "token", "secret", "credential"]

    /// How access tokens of GitLab, GitHub, AWS and Slack begin.
    private static let tokenPrefixes = [
        "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "AKIA",
        "ASIA", "xoxb-", "xoxp-",
    ]
}
