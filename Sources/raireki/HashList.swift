internal import Cryptography

/// A list of SHA-256 digests as it is handed round: one a line, lines as `sha256sum` writes them, comments.
struct HashList {
    /// The digests, each once, in their order.
    private(set) var digests: [[UInt8]] = []
    /// Lines that hold no SHA-256: other algorithms' digests, or something else.
    private(set) var skipped = 0

    /// Lines are divided by bytes: CR LF is one character to Swift.
    init(_ bytes: [UInt8]) {
        var seen: Set<[UInt8]> = []
        let isBlank: (UInt8) -> Bool = {
            $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
        }
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            var text = line.drop(while: isBlank)
            guard let first = text.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { continue }
            // sha256sum marks a name that it had to escape.
            if first == UInt8(ascii: "\\") { text = text.dropFirst() }
            let word = text.prefix { !isBlank($0) && $0 != UInt8(ascii: ",") }
            guard let digest = Self.digest(word) else {
                skipped += 1
                continue
            }
            if seen.insert(digest).inserted { digests.append(digest) }
        }
    }

    /// The 32 bytes of a digest, with or without `sha256:`, in digits of either case; nil for anything else.
    static func digest(_ word: some Collection<UInt8>) -> [UInt8]? {
        let mark = Array("sha256:".utf8)
        let digits = word.starts(with: mark) ? Array(word.dropFirst(mark.count)) : Array(word)
        guard digits.count == 64 else { return nil }
        let lower = digits.map { (UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) ? $0 | 0x20 : $0 }
        return Hexadecimal.decode(String(decoding: lower, as: UTF8.self))
    }
}

/// A SHA-256 on the command line.
struct SHA256Argument: Hashable, Sendable {
    let bytes: [UInt8]
}
