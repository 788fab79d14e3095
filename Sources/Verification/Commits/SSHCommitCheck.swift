internal import CaseIndex
internal import Cryptography
internal import Git

/// Judges SSH signatures against a list of allowed signers.
struct SSHCommitCheck {
    let allowedSigners: AllowedSigners?
    /// The moment at which a key must have been allowed.
    let time: Timestamp?
    /// Whether that moment is the object's own word, which nobody vouches for.
    let isStated: Bool

    private static let namespace = "git"

    func judge(_ signature: ObjectSignature, into findings: inout CommitFindings) {
        guard let read = SSHSignature(armour: signature.armour) else {
            return findings.add("form", .failed, "ssh.malformed", "the signature is not well formed")
        }
        findings.identity = "key \(read.key.fingerprint)"
        findings.pass("form", "an SSH signature by the key \(read.key.fingerprint)")
        if read.namespace.hasSameBytes(as: Self.namespace) {
            findings.pass("namespace", "made for git")
        } else {
            findings.add("namespace", .failed, "ssh.namespace", "made for \"\(read.namespace)\", not for git")
        }
        checkSignature(read, over: signature.payload, into: &findings)
        checkSigner(read, into: &findings)
    }

    private func checkSignature(_ signature: SSHSignature, over payload: [UInt8], into findings: inout CommitFindings) {
        do throws(SSHPublicKey.Failure) {
            guard try signature.isValid(for: payload) else {
                return findings.add("signature", .failed, "signature.invalid", "it does not hold over the object")
            }
            findings.pass("signature", "it holds over the object")
        } catch {
            switch error {
            case .unsupported(let kind):
                findings.add("signature", .notPerformed, "algorithm.unsupported", "\(kind) is not verified")
            case .malformed: findings.add("signature", .failed, "ssh.key-malformed", "the key is not well formed")
            case .refused(let reason): findings.add("signature", .failed, "key.refused", reason)
            }
        }
    }

    private func checkSigner(_ signature: SSHSignature, into findings: inout CommitFindings) {
        guard let allowedSigners else {
            return findings.add(
                "signer",
                .notPerformed,
                "ssh.no-allowed-signers",
                "nobody said whose keys may sign (--allowed-signers)"
            )
        }
        findings.isTrusted = false
        let own = allowedSigners.entries.filter { !$0.isAuthority && $0.key.blob == signature.key.blob }
        guard !own.isEmpty else {
            return findings.add("signer", .failed, "ssh.key-not-allowed", "the key is not among the allowed signers")
        }
        let fitting = own.filter { entry in
            entry.namespaces?.contains { Self.matches(signature.namespace, $0) } ?? true
        }
        guard !fitting.isEmpty else {
            return findings.add("signer", .failed, "ssh.namespace-not-allowed", "the key may not sign for git")
        }
        let source = isStated ? "the time that the object states" : "the time that was asked for"
        guard let entry = fitting.first(where: isValid) else {
            return findings.add(
                "signer",
                .failed,
                "ssh.outside-validity",
                "the key may not sign at \(time.map { "\($0)" } ?? "an unknown time") (\(source))"
            )
        }
        findings.identity = entry.principals.joined(separator: ", ")
        findings.isTrusted = true
        let isBounded = entry.validAfter != nil || entry.validBefore != nil
        let moment = isBounded ? ", at \(time.map { "\($0)" } ?? "") (\(source))" : ""
        findings.pass("signer", "an allowed signer\(moment)")
    }

    /// A key with a validity needs a time; without one it is not known to be valid.
    private func isValid(_ entry: AllowedSigners.Entry) -> Bool {
        if entry.validAfter == nil, entry.validBefore == nil { return true }
        guard let time else { return false }
        return entry.validAfter.map { $0 <= time } ?? true && entry.validBefore.map { time < $0 } ?? true
    }

    /// OpenSSH's patterns: `*` for any characters, `?` for one.
    static func matches(_ text: String, _ pattern: String) -> Bool {
        let text = Array(text.utf8)
        let pattern = Array(pattern.utf8)
        // For each prefix of the text, whether the pattern so far matches it.
        var reached = [true] + Array(repeating: false, count: text.count)
        for character in pattern {
            var next = Array(repeating: false, count: text.count + 1)
            switch character {
            case UInt8(ascii: "*"):
                var isReached = false
                for position in 0...text.count {
                    isReached = isReached || reached[position]
                    next[position] = isReached
                }
            default:
                for position in text.indices where reached[position] {
                    next[position + 1] = character == UInt8(ascii: "?") || character == text[position]
                }
            }
            reached = next
        }
        return reached[text.count]
    }
}
