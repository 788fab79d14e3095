/// What an investigator wants to know of a rule beyond what its finding says.
package struct RuleGuidance: Sendable {
    /// What the rule finds, in one sentence.
    package let summary: String
    /// Which records it looks at.
    package let examines: String
    /// What would explain the finding without anything being wrong.
    package let innocentCause: String
    /// What to collect, or to look at, next.
    package let collect: String

    package init(summary: String, examines: String, innocentCause: String, collect: String) {
        self.summary = summary
        self.examines = examines
        self.innocentCause = innocentCause
        self.collect = collect
    }
}
