internal import CaseIndex
internal import Correlation

/// One station of a chain as a card shows it: few words, cut where they would not fit; the page has them whole.
struct ChainCard {
    let link: ChainLink
    /// The value, a line each.
    let value: [String]
    /// What explains it, a line each.
    let detail: [String]
    /// What speaks against it, a line each.
    let objection: [String]

    private static let longestValue = 4
    private static let longestDetail = 2
    private static let longestObjection = 3

    init(_ link: ChainLink, valueColumns: Int, detailColumns: Int) {
        self.link = link
        let (value, detail) = Self.words(link)
        self.value = Self.lines(value, columns: valueColumns, limit: Self.longestValue)
        self.detail = Self.lines(detail, columns: detailColumns, limit: Self.longestDetail)
        let words = (link.objection ?? "").split(separator: " ").map(Self.shortened).joined(separator: " ")
        // Bold letters are wider.
        objection = Self.lines(words, columns: detailColumns - 3, limit: Self.longestObjection)
    }

    /// Lines of text besides title and basis.
    var lineCount: Int { value.count + detail.count + objection.count }

    /// The tone of the card and of the step to it.
    var tone: Tone { link.objection == nil ? link.basis.tone : .bad }

    /// A digest or commit by its first digits.
    private static func shortened(_ word: Substring) -> String {
        let isLongHex = word.utf8.count >= 40 && word.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        return isLongHex ? "\(word.prefix(12))…" : String(word)
    }

    private static func words(_ link: ChainLink) -> (value: String, detail: String) {
        guard let value = link.value else { return ("not known", "") }
        let detail = link.detail ?? ""
        switch link.station {
        case .image: return (String(value.prefix(19)), "")
        case .commit: return (String(value.prefix(12)), detail.withoutScheme)
        case .signature: return (value.replacing("-", with: " "), detail.withoutScheme)
        case .job, .pipeline: return ("#" + value, detail)
        case .certificate: return fileAndPlace(value)
        }
    }

    /// An identity that is the address of a file: the file with its ref, and where it lies.
    static func fileAndPlace(_ identity: String) -> (value: String, detail: String) {
        let bare = identity.withoutScheme
        let parts = bare.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let slash = parts[0].lastIndex(of: "/") else { return (bare, "") }
        let file = parts[0][parts[0].index(after: slash)...]
        let place = parts[0][..<slash].trimmingSlashes
        let ref = parts[1].trimmingPrefix("refs/heads/").trimmingPrefix("refs/tags/")
        return ("\(file)@\(ref)", place)
    }

    private static func lines(_ text: String, columns: Int, limit: Int) -> [String] {
        guard !text.isEmpty else { return [] }
        let folded = TextFolding.fold(TextCell(evidence: text).text, width: columns)
        guard folded.count > limit else { return folded }
        return Array(folded.prefix(limit - 1)) + [String(folded[limit - 1].prefix(columns - 1)) + "…"]
    }
}

extension String {
    /// An address without its scheme.
    var withoutScheme: String {
        // Nearly all begin with it or have none; to replace is many times slower than to look.
        guard utf8.contains(UInt8(ascii: ":")) else { return self }
        let rest = hasPrefix("https://") ? dropFirst("https://".count) : self[...]
        return rest.utf8.contains(UInt8(ascii: ":")) ? replacing("https://", with: "") : String(rest)
    }
}

extension Substring {
    /// The text without slashes at its end.
    fileprivate var trimmingSlashes: String {
        var rest = self
        while rest.last == "/" { rest.removeLast() }
        return String(rest)
    }
}
