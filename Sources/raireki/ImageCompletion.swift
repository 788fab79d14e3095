import ArgumentParser
internal import CaseIndex
internal import Cryptography
internal import Foundation

/// The names of images that a shell offers.
///
/// They come from evidence and go into a command line that somebody will run: only those are offered in which a shell
/// finds nothing to expand, to quote or to end a word at.
enum ImageCompletion {
    /// More names than this nobody reads.
    static let limit = 500

    /// The names in the case that the words before the cursor name, which begin as the word there does.
    static func names(_ words: [String], beginning: String, _ environment: [String: String]) -> [String] {
        guard beginning.utf8.allSatisfy(isPlain), let file = try? CaseFile.openReadOnly(path(words, environment))
        else { return [] }
        defer { try? file.close() }
        let found = try? file.read { reader in
            let names = try reader.references(beginningWith: beginning, limit: limit).map(\.name)
            let digits = beginning.hasPrefix("sha256:") ? String(beginning.dropFirst(7)) : beginning
            let isDigest = digits.utf8.count >= ImageName.shortestPrefix && digits.utf8.allSatisfy(isHexDigit)
            return names + (isDigest ? try reader.images(hexPrefix: digits).prefix(limit).map(\.description) : [])
        }
        return Set(found ?? []).filter(isOffered).sorted()
    }

    /// Not the names under which signatures are stored, nor what would be an option, or more than one word.
    private static func isOffered(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "-") else { return false }
        return name.utf8.allSatisfy(isPlain) && !name.hasPrefix("sha256-")
    }

    private static func path(_ words: [String], _ environment: [String: String]) -> String {
        for (index, word) in words.enumerated() {
            if word.hasPrefix("--case=") { return String(word.dropFirst(7)) }
            if word == "--case", index + 1 < words.count { return words[index + 1] }
        }
        return CaseOption.path(nil, environment)
    }

    /// What stands in names of images: letters, digits and `. _ - / : @`.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "._-/:@".utf8.contains(byte)
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

extension CompletionKind {
    /// The images of the case.
    static var imageNames: CompletionKind {
        .custom { words, index, beginning in
            // Zsh tells no beginning, and takes what stands behind a colon for an explanation.
            let isZsh = CompletionShell.requesting == .zsh
            let word = isZsh && beginning.isEmpty && words.indices.contains(index) ? words[index] : beginning
            let names = ImageCompletion.names(words, beginning: word, ProcessInfo.processInfo.environment)
            return isZsh ? names.map { $0.replacing(":", with: "\\:") } : names
        }
    }
}
