internal import Cryptography

extension FulcioExtension {
    /// The extension that a person means: by Fulcio's name, in any case, with blanks, dashes or underscores; or by its
    /// number (`12`, `.12`), or by its whole OID.
    public init?(named text: String) {
        let words = Self.normalized(text)
        guard let found = Self.allCases.first(where: { $0.answers(to: words) }) else { return nil }
        self = found
    }

    /// The name as options write it, for example `source-repository-uri`.
    public var optionName: String {
        Self.normalized(name)
    }

    private func answers(to words: String) -> Bool {
        [optionName, "\(rawValue)", ".\(rawValue)", identifier].contains { $0.hasSameBytes(as: words) }
    }

    /// Lower case; runs of blanks, dashes, underscores and parentheses become one dash.
    private static func normalized(_ text: String) -> String {
        let words = text.utf8.split { " -_()".utf8.contains($0) }.map { word in
            String(decoding: word.map { $0.isUpperCaseLetter ? $0 | 0x20 : $0 }, as: UTF8.self)
        }
        return words.joined(separator: "-")
    }
}

extension UInt8 {
    fileprivate var isUpperCaseLetter: Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
    }
}
