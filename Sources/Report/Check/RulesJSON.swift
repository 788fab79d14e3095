internal import CaseIndex
package import Correlation
package import StrictJSON

/// The document behind `rules --format json`.
package enum RulesJSON {
    /// The rules, with everything that is known of them.
    package static func document(_ rules: [any Rule]) -> JSONValue {
        Document.make("rules", [("rules", .array(rules.map(value)))])
    }

    private static func value(_ rule: any Rule) -> JSONValue {
        .members([
            ("id", JSONValue(rule.id)),
            ("severity", JSONValue(rule.severity.rawValue)),
            ("summary", JSONValue(rule.guidance.summary)),
            ("explanation", JSONValue(rule.explanation)),
            ("examines", JSONValue(rule.guidance.examines)),
            ("innocentCause", JSONValue(rule.guidance.innocentCause)),
            ("collect", JSONValue(rule.guidance.collect)),
            ("comparesImages", .bool(rule.needsContext)),
        ])
    }
}
