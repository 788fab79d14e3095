internal import Cryptography

/// What the verifier says of a message (GnuPG, `doc/DETAILS`, "Format of the --status-fd output").
package struct GPGVResult: Hashable, Sendable {
    /// What one signature came to.
    package enum Verdict: Hashable, Sendable {
        /// It holds; the fingerprint of the key that signed, and of the primary key that this belongs to.
        case valid(fingerprint: String, primary: String)
        /// It does not hold.
        case bad
        /// The keyring has no such key; its identifier.
        case noKey(String)
        /// It could not be verified for another reason.
        case error
    }

    /// The signatures, in order.
    package let verdicts: [Verdict]
    /// Whether a key has expired.
    package let isKeyExpired: Bool
    /// Whether a key was revoked.
    package let isKeyRevoked: Bool
    /// Whether a signature has expired.
    package let isSignatureExpired: Bool
    /// What the verifier says was signed; nil when it gave nothing.
    package let content: [UInt8]?
    /// Its exit status; negative for the signal that ended it.
    package let status: Int32

    init(status: Int32, lines: [UInt8], content: [UInt8]?) {
        self.status = status
        self.content = content
        var verdicts: [Verdict] = []
        var words: Set<String> = []
        for line in lines.split(separator: 0x0A) {
            let parts = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            guard parts.count >= 2, parts[0] == "[GNUPG:]" else { continue }
            words.insert(parts[1])
            if let verdict = Self.verdict(parts) { verdicts.append(verdict) }
        }
        self.verdicts = verdicts
        isKeyExpired = words.contains("EXPKEYSIG")
        isKeyRevoked = words.contains("REVKEYSIG")
        isSignatureExpired = words.contains("EXPSIG")
    }

    /// `VALIDSIG` comes for each signature that holds, whatever has expired since.
    private static func verdict(_ parts: [String]) -> Verdict? {
        switch parts[1] {
        case "VALIDSIG" where parts.count >= 3:
            .valid(fingerprint: parts[2], primary: parts.count >= 12 ? parts[11] : parts[2])
        case "BADSIG": .bad
        case "ERRSIG": parts.count >= 8 && parts[7] == "9" ? .noKey(parts[2]) : .error
        default: nil
        }
    }
}
