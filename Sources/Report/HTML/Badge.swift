package import CaseIndex
package import Correlation

/// A word with a colour; the word alone says it too.
package enum Badge {
    package static func node(_ text: String, _ tone: Tone) -> HTMLNode {
        HTMLNode("span", [.class("badge \(tone.className)")], text)
    }

    package static func basis(_ basis: Basis) -> HTMLNode {
        node(basis.rawValue, basis.tone)
    }

    package static func row(_ verdict: RowVerdict) -> HTMLNode {
        node(Wording.row(verdict), verdict.tone)
    }

    package static func outcome(_ outcome: CheckOutcomeWord) -> HTMLNode {
        node("\(outcome.mark) \(Wording.outcome(outcome))", outcome.tone)
    }

    package static func standing(_ standing: Standing) -> HTMLNode {
        node("\(standing.mark) \(Wording.standing(standing).title)", standing.tone)
    }

    package static func severity(_ severity: FindingSeverity) -> HTMLNode {
        node("\(severity.mark) \(severity.rawValue)", severity.tone)
    }
}

extension Tone {
    /// The class of the style sheet.
    package var className: String {
        switch self {
        case .plain, .strong: "plain"
        case .good: "good"
        case .bad: "bad"
        case .doubtful: "doubtful"
        case .quiet: "quiet"
        }
    }
}

extension FindingSeverity {
    /// A sign that says the same as the colour.
    var mark: String {
        switch self {
        case .error: "✗"
        case .warning: "!"
        case .note: "·"
        }
    }
}
