internal import Cryptography

/// The list of an export's files with their digests, as `sha256sum` writes and checks it: digits, two blanks, name.
struct DigestList {
    /// Name to 64 hexadecimal digits.
    private(set) var digests: [String: String] = [:]

    /// The file's name.
    static let name = "SHA256SUMS"
    /// The name of the file with the signature: what `cosign sign-blob` writes, Base64 on one line.
    static let signatureName = "SHA256SUMS.sig"

    init() {}

    /// Reads a list.
    ///
    /// - Returns: nil when a line is none, names a file twice, or leads out of the folder.
    init?(parsing bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self), text.utf8.last == 10 else { return nil }
        for line in text.utf8.dropLast().split(separator: 10, omittingEmptySubsequences: false) {
            let line = Substring(line)
            guard line.utf8.count > 66 else { return nil }
            let (digest, rest) = (String(line.prefix(64)), line.dropFirst(64))
            guard rest.hasPrefix("  "), Hexadecimal.decode(digest) != nil else { return nil }
            let name = String(rest.dropFirst(2))
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, parts.allSatisfy(Self.isPlain), digests.updateValue(digest, forKey: name) == nil
            else { return nil }
        }
    }

    private static func isPlain(_ part: Substring) -> Bool {
        !part.isEmpty && part != "." && part != ".."
            && part.utf8.allSatisfy { ("a"..."z").contains(Character(Unicode.Scalar($0))) || Self.others.contains($0) }
    }

    private static let others = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.".utf8)

    /// Notes a file.
    mutating func add(_ name: String, _ digest: Digest) {
        digests[name] = digest.hex
    }

    /// The list, by name.
    var text: String {
        digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined()
    }
}
