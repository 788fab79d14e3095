internal import Presentation
internal import StrictJSON

/// One check of `case verify` and what it came to.
struct CaseCheck {
    enum Outcome: String {
        case passed, failed
        case notPerformed = "not-performed"
    }

    /// What was checked, for example `custody`.
    let name: String
    let outcome: Outcome
    /// A stable word for why it failed or was not performed.
    let reason: String?
    /// One sentence.
    let detail: String
    /// What it concerns, one by one: text from the case.
    let items: [String]

    static func passed(_ name: String, _ detail: String, _ items: [String] = []) -> CaseCheck {
        CaseCheck(name: name, outcome: .passed, reason: nil, detail: detail, items: items)
    }

    static func failed(_ name: String, _ reason: String, _ detail: String, _ items: [String] = []) -> CaseCheck {
        CaseCheck(name: name, outcome: .failed, reason: reason, detail: detail, items: items)
    }

    static func notPerformed(_ name: String, _ reason: String, _ detail: String) -> CaseCheck {
        CaseCheck(name: name, outcome: .notPerformed, reason: reason, detail: detail, items: [])
    }

    /// For people.
    var lines: [String] {
        let mark =
            switch outcome {
            case .passed: "✓"
            case .failed: "✗"
            case .notPerformed: "·"
            }
        let title = name + String(repeating: " ", count: max(0, Self.width - name.utf8.count))
        let why = reason.map { "  [\($0)]" } ?? ""
        let shown = items.prefix(Self.shownItems).map { "    " + EscapedText($0, limit: 1_000).text }
        let more =
            items.count > Self.shownItems ? ["    … and \(items.count - Self.shownItems) more (--format json)"] : []
        return ["\(mark) \(title)  \(EscapedText(detail, limit: 1_000).text)\(why)"] + shown + more
    }

    /// For programs.
    var json: JSONValue {
        [
            "name": JSONValue(name), "outcome": JSONValue(outcome.rawValue), "reason": JSONValue(reason),
            "detail": JSONValue(detail), "items": .array(items.map { JSONValue($0) }),
        ]
    }

    private static let width = 10
    private static let shownItems = 20
}
