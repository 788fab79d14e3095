import Correlation
import TestSupport
import Testing

@testable import raireki

/// Every rule on a whole case that was made for it: one in which it finds something, one in which it does not.
@Suite struct RulePairTests {
    @Test func findsNothingInACaseInWhichEverythingAgrees() throws {
        let checked = try CheckedCase(try GeneratedCase())
        #expect(checked.rules == [])
        #expect(checked.check.status == .success)
        #expect(checked.check.talk.contains("1 image: 0 errors, 0 warnings, 0 notes"))
    }

    @Test func hasACaseForEveryRule() {
        #expect(RulePair.all.map(\.id).sorted() == Rules.all.map(\.id).sorted())
    }

    @Test(arguments: RulePair.all)
    func findsWhatTheRuleIsFor(_ pair: RulePair) throws {
        var made = try GeneratedCase()
        try pair.triggers(&made)
        let checked = try CheckedCase(made)
        let own = checked.findings.filter { $0.rule == pair.id }
        #expect(!own.isEmpty, "found instead: \(checked.rules)")
        let citing = own.contains { finding in
            finding.cited.allSatisfy { word in pair.cites.contains { Self.stands($0, for: word) } }
                && pair.cites.allSatisfy { wanted in finding.cited.contains { Self.stands(wanted, for: $0) } }
        }
        #expect(citing, "cited: \(own.map(\.cited))")
    }

    @Test(arguments: RulePair.all)
    func sparesWhatTheRuleIsNotFor(_ pair: RulePair) throws {
        var made = try GeneratedCase()
        try pair.spares?(&made)
        let checked = try CheckedCase(made)
        #expect(!checked.rules.contains(pair.id), "\(checked.findings.filter { $0.rule == pair.id })")
    }

    private static func stands(_ wanted: String, for word: String) -> Bool {
        wanted == word || word.hasPrefix(wanted + " ")
    }
}
