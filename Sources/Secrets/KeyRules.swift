/// Private keys.
enum KeyRules {
    static let all: [SecretRule] = [
        SecretRule(
            "private-key",
            "private key in PEM (RFC 7468; PKCS #1, PKCS #8, SEC 1), not locked",
            anchors: ["PRIVATE KEY-----"]
        ) { pem($0) { !$0.isLocked && !$0.isOpenSSH } },
        SecretRule(
            "private-key-encrypted",
            "private key in PEM or OpenSSH's form, locked by a passphrase",
            .lead,
            anchors: ["PRIVATE KEY-----"]
        ) { pem($0) { $0.isLocked } },
        SecretRule(
            "openssh-private-key",
            "private key in OpenSSH's own form, not locked",
            anchors: ["OPENSSH PRIVATE KEY-----"]
        ) { pem($0) { $0.isOpenSSH && !$0.isLocked } },
        SecretRule(
            "pgp-private-key",
            "OpenPGP secret key, armored (RFC 9580, section 6.2); may be locked",
            .lead,
            anchors: ["PGP PRIVATE KEY BLOCK-----"]
        ) { pem($0) { _ in true } },
        SecretRule(
            "putty-private-key",
            "private key of PuTTY (.ppk)",
            anchors: ["PuTTY-User-Key-File-"],
            match: putty
        ),
        SecretRule(
            "age-secret-key",
            "secret key of age",
            anchors: ["AGE-SECRET-KEY-1"]
        ) { $0.token(.bech32, count: 58...58, outside: .upperDigits) },
    ]

    /// What lies between the two marks of a key.
    struct KeyBody {
        let label: [UInt8]
        let body: [UInt8]

        var isOpenSSH: Bool { label.starts(with: "OPENSSH".utf8) }

        /// A locked key says so: in its label, in its headers (RFC 1421), or, in OpenSSH's form, by a cipher that is not
        /// `none` (openssh, PROTOCOL.key).
        var isLocked: Bool {
            if label.starts(with: "ENCRYPTED".utf8) { return true }
            if isOpenSSH {
                let packed = body.filter { ByteSet.base64.contains($0) }
                return !packed.starts(with: "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU".utf8)
            }
            return body.split(separator: UInt8(ascii: ":")).contains { part in
                part.drop { ByteSet.blanks.contains($0) }.starts(with: "4,ENCRYPTED".utf8)
            }
        }
    }

    /// A block between BEGIN and END, whose body is long enough for a key.
    static func pem(_ hit: Anchored, _ fits: (KeyBody) -> Bool) -> SecretRange? {
        guard let begin = (max(0, hit.start - 32)...hit.start).last(where: { hit.has("-----BEGIN ", at: $0) }),
            begin + 11 <= hit.start
        else { return nil }
        let label = hit.bytes(begin + 11..<hit.end - 5)
        guard label.allSatisfy({ ByteSet.upperDigits.contains($0) || $0 == 0x20 }) else { return nil }
        var position = hit.end
        // The next five dashes end the key, or it is none.
        while position < hit.window.count, !hit.has("-----", at: position) { position += 1 }
        guard hit.has("-----END ", at: position) else { return nil }
        let body = hit.bytes(hit.end..<position)
        let packed = body.count { ByteSet.base64.contains($0) }
        guard packed >= 40, fits(KeyBody(label: label, body: body)) else { return nil }
        var last = position + 9 + hit.run(of: ByteSet.upperDigits.union(ByteSet(" ")), at: position + 9, limit: 40)
        guard hit.has("-----", at: last) else { return nil }
        last += 5
        // A long body may hold any word by chance; a made-up one hardly varies.
        let value = UnsafeRawBufferPointer(rebasing: hit.window[hit.end..<position])
        return Placeholder.bitsPerByte(value) < 3 ? nil : SecretRange(range: begin..<last)
    }

    private static func putty(_ hit: Anchored) -> SecretRange? {
        guard hit.run(of: .digits, at: hit.end, limit: 1) == 1, hit.has(": ", at: hit.end + 1),
            let key = hit.find("Private-Lines: ", from: hit.end, within: 4_096)
        else { return nil }
        let mac = hit.find("Private-MAC: ", from: key, within: 8_192)
        return SecretRange(range: hit.start..<(mac ?? min(hit.window.count, key + 200)))
    }
}
