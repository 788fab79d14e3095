internal import Cryptography

/// Taking text apart by its bytes: `hasPrefix` and `split` follow Unicode's equivalences, which evidence can exploit.
extension StringProtocol {
    /// What follows `prefix`; nil when the text does not begin with its bytes.
    func afterPrefix(_ prefix: String) -> String? {
        guard utf8.starts(with: prefix.utf8) else { return nil }
        return String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }

    /// What precedes `suffix`; nil when the text does not end with its bytes.
    func beforeSuffix(_ suffix: String) -> String? {
        guard utf8.count >= suffix.utf8.count, utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        else { return nil }
        return String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self)
    }

    /// The text before and after the first occurrence of `separator`.
    func splitOnce(at separator: String) -> (before: String, after: String)? {
        let haystack = Array(utf8)
        let needle = Array(separator.utf8)
        guard !needle.isEmpty, haystack.count >= needle.count else { return nil }
        for start in 0...(haystack.count - needle.count)
        where haystack[start] == needle[0] && haystack[start..<start + needle.count].elementsEqual(needle) {
            let after = haystack[(start + needle.count)...]
            return (String(decoding: haystack[..<start], as: UTF8.self), String(decoding: after, as: UTF8.self))
        }
        return nil
    }

    /// Whether it is one or more decimal digits.
    var isDecimal: Bool {
        !utf8.isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Whether it has the shape of a Git object name: 40 or 64 lower-case hexadecimal digits.
    var isCommitName: Bool {
        (utf8.count == 40 || utf8.count == 64) && Hexadecimal.decode(self) != nil
    }
}
