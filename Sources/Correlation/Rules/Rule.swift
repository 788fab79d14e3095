package import CaseIndex

/// One question that an investigator would ask of every image, with its answer.
package protocol Rule: Sendable {
    /// A stable word, by which findings cite the rule.
    var id: String { get }
    /// How much a finding weighs.
    var severity: FindingSeverity { get }
    /// What a finding means, for people.
    var explanation: String { get }
    /// What it looks at, what else may explain a finding, and what to do next.
    var guidance: RuleGuidance { get }
    /// Whether it compares the image with the others of the case, so that it says nothing without a ``CaseContext``.
    var needsContext: Bool { get }
    /// Every place where the rule applies.
    func findings(about subject: RuleSubject) -> [FindingRecord]
}

extension Rule {
    package var needsContext: Bool { false }
}
