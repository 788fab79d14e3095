import Cryptography
import PolicyFile
import Verification

/// Policies for tests.
enum PolicyText {
    static let keyA = "keys/a.pub"
    static let keyB = "keys/b.pub"
    /// The key of `keyA` in another file.
    static let copyOfA = "keys/copy-of-a.pub"

    /// A policy with one rule for `app:*` that asks for signatures like this.
    static func signatures(_ lines: String...) -> String {
        (["version: 1", "rules:", "- images: ['app:*']", "  signatures:"] + lines.map { "    " + $0 })
            .joined(separator: "\n")
    }

    static func read(_ text: String) throws(PolicyFileError) -> ImagePolicy {
        try PolicyFile.parse(Array(text.utf8), name: "policy.yaml") { file in
            let seeds: [String: String] = [keyA: "a", keyB: "b", copyOfA: "a"]
            guard let seed = seeds[file] else { throw NoSuchKey() }
            let key = try SigningKey(seed: seed, kind: .p256)
            return try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        }
    }

    /// What is wrong with a text.
    static func problem(_ text: String) -> PolicyFileError? {
        do {
            _ = try read(text)
            return nil
        } catch {
            return error
        }
    }

    struct NoSuchKey: Error, CustomStringConvertible {
        var description: String { "no such key" }
    }
}
