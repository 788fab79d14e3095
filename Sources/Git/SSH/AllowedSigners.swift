package import Cryptography

/// The keys that may sign, with whom they stand for (ssh-keygen(1), "ALLOWED SIGNERS").
package struct AllowedSigners: Hashable, Sendable {
    /// One line.
    package struct Entry: Hashable, Sendable {
        /// Whom the key stands for.
        package let principals: [String]
        /// The key.
        package let key: SSHPublicKey
        /// Whether the key issues certificates instead of signing.
        package let isAuthority: Bool
        /// For what it may sign; nil for anything.
        package let namespaces: [String]?
        /// The first moment at which it may sign.
        package let validAfter: Timestamp?
        /// The first moment at which it may no more.
        package let validBefore: Timestamp?
    }

    /// Why a file is refused.
    package enum Failure: Error, Hashable, Sendable {
        case line(Int, String)
        case tooLarge
    }

    /// The lines in their order.
    package let entries: [Entry]

    /// No file is larger, in bytes.
    package static let maximumBytes = 4 << 20

    /// Reads a file.
    ///
    /// - Throws: ``Failure``: a line that is not understood might be the one that revokes.
    package init(parsing bytes: [UInt8]) throws(Failure) {
        guard bytes.count <= Self.maximumBytes else { throw .tooLarge }
        var entries: [Entry] = []
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            guard let text = String(validating: line, as: UTF8.self) else { throw .line(index + 1, "not text") }
            let trimmed = text.drop { $0 == " " || $0 == "\t" }
            if trimmed.isEmpty || trimmed.first == "#" || trimmed == "\r" { continue }
            do {
                entries.append(try Self.entry(String(trimmed)))
            } catch {
                throw .line(index + 1, error.reason)
            }
        }
        self.entries = entries
    }

    private struct LineError: Error {
        let reason: String
    }

    private static func entry(_ line: String) throws(LineError) -> Entry {
        var words = Words(line)
        guard let principals = words.next() else { throw LineError(reason: "no principals") }
        var options: String?
        guard var type = words.next() else { throw LineError(reason: "no key") }
        if !isKeyType(type) {
            options = type
            guard let next = words.next() else { throw LineError(reason: "no key") }
            type = next
        }
        guard let encoded = words.next(), let blob = Base64.decode(encoded), let key = SSHPublicKey(blob: blob),
            key.type == type
        else { throw LineError(reason: "the key is not well formed") }
        let read = try Options(options ?? "")
        return Entry(
            principals: principals.split(separator: ",").map(String.init),
            key: key,
            isAuthority: read.isAuthority,
            namespaces: read.namespaces,
            validAfter: read.validAfter,
            validBefore: read.validBefore
        )
    }

    private static func isKeyType(_ word: String) -> Bool {
        ["ssh-", "ecdsa-", "sk-"].contains { word.utf8.starts(with: $0.utf8) }
    }

    /// What stands before the key: words separated by commas, values in quotes.
    private struct Options {
        var isAuthority = false
        var namespaces: [String]?
        var validAfter: Timestamp?
        var validBefore: Timestamp?

        init(_ text: String) throws(LineError) {
            for option in Words.split(text, at: ",") where !option.isEmpty {
                let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
                let value = parts.count == 2 ? Words.unquoted(parts[1]) : nil
                switch (parts[0].lowercased(), value) {
                case ("cert-authority", nil): isAuthority = true
                case ("namespaces", let list?): namespaces = list.split(separator: ",").map(String.init)
                case ("valid-after", let time?): validAfter = try Self.time(time)
                case ("valid-before", let time?): validBefore = try Self.time(time)
                default: throw LineError(reason: "the option \(parts[0]) is not known")
                }
            }
        }

        /// `YYYYMMDD[HHMM[SS]][Z]`; without a zone universal time is meant here.
        private static func time(_ text: String) throws(LineError) -> Timestamp {
            var digits = Array(text.utf8)
            if digits.last == UInt8(ascii: "Z") { digits.removeLast() }
            let isNumber = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard isNumber, [8, 12, 14].contains(digits.count) else { throw LineError(reason: "not a time: \(text)") }
            digits += Array(repeating: UInt8(ascii: "0"), count: 14 - digits.count)
            func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
            let rfc3339 =
                "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
            guard let time = Timestamp(rfc3339: rfc3339) else { throw LineError(reason: "not a time: \(text)") }
            return time
        }
    }
}

extension AllowedSigners {
    /// The words of a line, separated by blanks outside of quotes.
    fileprivate struct Words {
        private var rest: [String]

        init(_ line: String) {
            let blanks = line.replacing("\t", with: " ").replacing("\r", with: "")
            rest = Self.split(blanks, at: " ").filter { !$0.isEmpty }.reversed()
        }

        mutating func next() -> String? {
            rest.popLast().map(Self.unquoted)
        }

        static func split(_ text: String, at separator: Character) -> [String] {
            var parts = [""]
            var isQuoted = false
            for character in text {
                if character == "\"" { isQuoted.toggle() }
                if character == separator, !isQuoted {
                    parts.append("")
                } else {
                    parts[parts.count - 1].append(character)
                }
            }
            return parts
        }

        /// Without the quotes around it; quotes inside, as options have, stay.
        static func unquoted(_ text: String) -> String {
            guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
            return String(text.dropFirst().dropLast())
        }
    }
}
