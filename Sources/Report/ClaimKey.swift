internal import CaseIndex
internal import Presentation

/// Keys of claims in the form in which tables show them.
enum ClaimKey {
    private static let arc = "1.3.6.1.4.1.57264.1."

    /// The names of Fulcio's extensions (oid-info.md), by their last number.
    private static let names: [String: String] = [
        "1": "issuer", "2": "workflow trigger", "3": "workflow SHA", "4": "workflow name", "5": "workflow repository",
        "6": "workflow ref", "8": "issuer", "9": "build signer URI", "10": "build signer digest",
        "11": "runner environment", "12": "source repository URI", "13": "source repository digest",
        "14": "source repository ref", "15": "source repository identifier", "16": "source repository owner URI",
        "17": "source repository owner identifier", "18": "build config URI", "19": "build config digest",
        "20": "build trigger", "21": "run invocation URI", "22": "source repository visibility",
        "23": "deployment environment", "24": "token subject",
    ]

    /// What an extension is called; nil for other keys.
    static func extensionName(_ claim: ClaimRecord) -> String? {
        guard claim.speaker == .certificate else { return nil }
        if claim.key.utf8.elementsEqual("subjectAlternativeName".utf8) { return "subject alternative name" }
        guard claim.key.utf8.starts(with: arc.utf8) else { return nil }
        let number = String(decoding: claim.key.utf8.dropFirst(arc.utf8.count), as: UTF8.self)
        return names[number].map { "\($0) (.\(number))" }
    }

    /// The key for narrow tables: an extension's name, or the last two parts of a pointer.
    static func short(_ claim: ClaimRecord) -> String {
        if let name = extensionName(claim) { return name }
        let parts = claim.key.split(separator: "/", omittingEmptySubsequences: true)
        guard claim.key.utf8.first == UInt8(ascii: "/"), parts.count > 2 else { return claim.key }
        return "…/" + parts.suffix(2).joined(separator: "/")
    }
}
