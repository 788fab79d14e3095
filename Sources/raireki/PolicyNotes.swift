internal import Patterns
internal import Presentation
internal import Verification

/// What is easily overlooked in a policy.
struct PolicyNotes {
    /// Sentences; what they quote of the document is safe to show.
    let sentences: [String]

    init(_ policy: ImagePolicy) {
        let expressions = policy.rules.flatMap(\.requirements).flatMap(\.signers).flatMap(Self.expressions)
        sentences =
            [
                Self.format(
                    "the Notary Project's format",
                    "notaryIdentity",
                    "--notary-trust-store",
                    policy.asksForNotary
                ),
                Self.format("OpenPGP", "openPGPKey", "--openpgp-keyring", policy.asksForOpenPGP),
            ]
            + expressions.filter(Self.hasBareDot).map {
                "in /\(EscapedText($0, limit: 500))/ a dot stands for any character; with a backslash before it, it is a dot"
            }
    }

    private static func format(_ format: String, _ key: String, _ option: String, _ isAskedFor: Bool) -> String {
        guard isAskedFor else { return "signatures in \(format) count for no rule; \(key) would name such a signer" }
        return "signatures in \(format) are judged by what \(option) gives; without it the policy is refused"
    }

    private static func expressions(_ signer: PolicySigner) -> [String] {
        guard case .certificate(let name, let issuer, _) = signer.who else { return [] }
        return [name, issuer].compactMap { pattern in
            if case .matching(let expression) = pattern { expression.source } else { nil }
        }
    }

    /// Whether a dot stands by itself between two letters or digits, as in a host's name.
    private static func hasBareDot(_ source: String) -> Bool {
        let bytes = Array(source.utf8)
        func isWord(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        return bytes.indices.dropFirst().dropLast().contains { index in
            bytes[index] == UInt8(ascii: ".") && isWord(bytes[index - 1]) && isWord(bytes[index + 1])
        }
    }
}
