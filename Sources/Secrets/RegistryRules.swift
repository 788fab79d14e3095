internal import Cryptography

/// Credentials in files that programs keep them in.
enum RegistryRules {
    static let all: [SecretRule] = [
        SecretRule(
            "registry-auth",
            "user and password in a registry's auth file (.docker/config.json), which Base64 only wraps",
            anchors: ["\"auth\""],
            match: registryAuth
        ),
        SecretRule("docker-hub-token", "access token of Docker Hub", anchors: ["dckr_pat_", "dckr_oat_"]) {
            $0.token(.base64URL, count: 27...40)
        },
        SecretRule(
            "jwt",
            "JSON Web Token (RFC 7519) with a signature; it may have ended",
            .lead,
            anchors: ["eyJ"],
            match: jwt
        ),
        SecretRule("netrc-password", "password in a .netrc", anchors: ["machine "], match: netrc),
        SecretRule(
            "git-credentials",
            "password in a line of .git-credentials",
            anchors: ["https://", "http://"],
            match: gitCredentials
        ),
    ]

    private static func registryAuth(_ hit: Anchored) -> SecretRange? {
        var position = hit.skippingBlanks(at: hit.end)
        guard hit.has(":", at: position) else { return nil }
        position = hit.skippingBlanks(at: position + 1)
        guard hit.has("\"", at: position) else { return nil }
        let start = position + 1
        let count = hit.run(of: ByteSet.base64.union(ByteSet("=")), at: start, limit: 4_096)
        guard count >= 8, hit.has("\"", at: start + count),
            let decoded = Base64.decode(String(decoding: hit.bytes(start..<start + count), as: UTF8.self)),
            let colon = decoded.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon + 1 < decoded.count,
            decoded.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        let isMadeUp = decoded[(colon + 1)...].withUnsafeBytes { Placeholder.isLikely($0) }
        return isMadeUp ? nil : SecretRange(range: start..<start + count)
    }

    private static func jwt(_ hit: Anchored) -> SecretRange? {
        guard hit.begins(outside: ByteSet.base64URL.union(ByteSet("."))) else { return nil }
        let header = 3 + hit.run(of: .base64URL, at: hit.end, limit: 1_024)
        let second = hit.start + header + 1
        guard header >= 16, hit.has(".eyJ", at: second - 1) else { return nil }
        let payload = hit.run(of: .base64URL, at: second, limit: 8_192)
        let third = second + payload + 1
        guard hit.has(".", at: third - 1) else { return nil }
        let signature = hit.run(of: .base64URL, at: third, limit: 1_024)
        guard signature >= 20, isHeader(hit.bytes(hit.start..<hit.start + header)),
            // {"sub":"1234567890… of RFC 7519's imitators is documentation.
            !hit.has("eyJzdWIiOiIxMjM0NTY3ODkw", at: second)
        else { return nil }
        return SecretRange(range: hit.start..<third + signature)
    }

    /// Whether the first part is an object that names an algorithm other than `none` (RFC 7515, section 4.1.1).
    private static func isHeader(_ part: [UInt8]) -> Bool {
        var text = part.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "+") : $0 == UInt8(ascii: "_") ? 0x2F : $0 }
        text += Array(repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
        guard let decoded = Base64.decode(String(decoding: text, as: UTF8.self)) else { return false }
        return decoded.withUnsafeBytes { window in
            let header = Anchored(window: window, start: 0, end: 0)
            return header.find("\"alg\"", from: 0, within: decoded.count) != nil
                && header.find("\"none\"", from: 0, within: decoded.count) == nil
        }
    }

    private static func netrc(_ hit: Anchored) -> SecretRange? {
        guard hit.begins(outside: .base64URL) else { return nil }
        let host = ByteSet.base64URL.union(ByteSet(".:"))
        let word = ByteSet.alphanumeric.union(ByteSet("!#$%&()*+,-./:;<=>?@[]^_{|}~"))
        func token(at position: Int, _ set: ByteSet) -> Range<Int>? {
            let start = hit.skippingBlanks(at: position)
            let count = hit.run(of: set, at: start, limit: 256)
            let isWhole = hit.byte(start + count).map { ByteSet.blanks.contains($0) } ?? true
            return count > 0 && isWhole ? start..<start + count : nil
        }
        guard let machine = token(at: hit.end, host), let login = token(at: machine.upperBound, word),
            hit.bytes(login).elementsEqual("login".utf8), let user = token(at: login.upperBound, word),
            let name = token(at: user.upperBound, word), hit.bytes(name).elementsEqual("password".utf8),
            let password = token(at: name.upperBound, word), password.count >= 6
        else { return nil }
        return hit.accepted(password, judging: password)
    }

    /// A line that is a URL with user and password, and nothing else: git-credential-store keeps them so.
    private static func gitCredentials(_ hit: Anchored) -> SecretRange? {
        guard hit.byte(hit.start - 1).map({ $0 == 0x0A }) ?? (hit.start == 0) else { return nil }
        let word = ByteSet.alphanumeric.union(ByteSet("-._~%+!$&'()*,;="))
        let user = hit.run(of: word, at: hit.end, limit: 128)
        guard user > 0, hit.has(":", at: hit.end + user) else { return nil }
        let start = hit.end + user + 1
        let count = hit.run(of: word, at: start, limit: 256)
        guard count >= 6, hit.has("@", at: start + count) else { return nil }
        let host = hit.run(of: ByteSet.base64URL.union(ByteSet(".:/%~")), at: start + count + 1, limit: 512)
        let end = hit.byte(start + count + 1 + host)
        guard host > 2, end == nil || end == 0x0A || end == 0x0D else { return nil }
        return hit.accepted(start..<start + count, judging: start..<start + count)
    }
}
