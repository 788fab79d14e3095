import TestSupport
import Testing

/// One rule with a case in which it finds something and one in which it does not.
struct RulePair: Sendable, CustomTestStringConvertible {
    /// The rule.
    let id: String
    /// The records that its finding rests on, as ``CheckedCase/Finding/cited`` calls them; a kind alone stands for any of
    /// that kind.
    let cites: Set<String>
    /// Makes the honest case one in which the rule finds something.
    let triggers: @Sendable (inout GeneratedCase) throws -> Void
    /// Makes it one in which it finds nothing; nil where the honest case itself is that.
    let spares: (@Sendable (inout GeneratedCase) throws -> Void)?

    init(
        _ id: String,
        cites: Set<String>,
        _ triggers: @escaping @Sendable (inout GeneratedCase) throws -> Void,
        sparing spares: (@Sendable (inout GeneratedCase) throws -> Void)? = nil
    ) {
        self.id = id
        self.cites = cites
        self.triggers = triggers
        self.spares = spares
    }

    var testDescription: String { id }

    /// Every pair.
    static let all = contradictions + records + doubts + commits + customs + traps + notes

    /// An extension of Fulcio's certificates.
    static func extensionClaim(_ number: Int) -> String { "claim 1.3.6.1.4.1.57264.1.\(number)" }

    /// A commit that is nowhere.
    static let otherCommit = "0123456789abcdef0123456789abcdef01234567"
}
