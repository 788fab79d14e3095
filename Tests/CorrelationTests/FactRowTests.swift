import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Correlation

@Suite struct FactRowTests {
    private static func value(
        _ id: Int64,
        _ speaker: Speaker,
        _ basis: Basis,
        _ value: FactValue,
        signature: String? = "one"
    ) -> TracedValue {
        var claim = VocabularyTests.claim(speaker, "key", value.normal)
        claim.id = id
        claim.signatureID = signature
        return TracedValue(claim: claim, value: value, basis: basis, hasCounterpart: true)
    }

    private static let attested = value(1, .certificate, .certificateAttested, FactValue("a"))

    @Test func agreesWhenAnotherSourceConfirmsAnAttestedValue() {
        let row = FactRow(
            fact: .commit,
            values: [
                Self.attested, Self.value(2, .signedAnnotation, .signerAsserted, FactValue("a")),
            ]
        )
        #expect(row.verdict == .agrees)
        #expect(row.conflicts.isEmpty)
    }

    @Test func contradictsWhenTheSignerSaysSomethingElse() throws {
        let row = FactRow(
            fact: .commit,
            values: [
                Self.value(2, .signedAnnotation, .signerAsserted, FactValue("b")), Self.attested,
            ]
        )
        #expect(row.verdict == .contradicts)
        let conflict = try #require(row.conflicts.first)
        #expect(conflict.stronger.claim.id == 1)
        #expect(conflict.weaker.claim.id == 2)
    }

    @Test func isOnlyAssertedWithoutAnAttestedSource() {
        let row = FactRow(
            fact: .pipeline,
            values: [
                Self.value(1, .signedAnnotation, .signerAsserted, FactValue("7")),
                Self.value(2, .label, .unsigned, FactValue("7"), signature: nil),
            ]
        )
        #expect(row.verdict == .onlyAsserted)
    }

    @Test func hasASingleSourceWhenNothingCanBeCompared() {
        let row = FactRow(fact: .trigger, values: [Self.attested])
        #expect(row.verdict == .singleSource)
    }

    @Test func doesNotTakeTheSameDocumentForAConfirmation() {
        let row = FactRow(
            fact: .commit,
            values: [
                Self.attested, Self.value(2, .certificate, .certificateAttested, FactValue("a")),
            ]
        )
        #expect(row.verdict == .singleSource)
    }

    @Test func leavesUnverifiedValuesOutOfTheVerdict() {
        let foreign = Self.value(3, .signedAnnotation, .unverified, FactValue("b"), signature: "forged")
        #expect(FactRow(fact: .commit, values: [Self.attested, foreign]).verdict == .singleSource)
        #expect(FactRow(fact: .commit, values: [foreign]).verdict == .unverified)
    }

    @Test func comparesBytesRatherThanCharacters() {
        // U+212A, the Kelvin sign, is canonically equivalent to K.
        let row = FactRow(
            fact: .user,
            values: [
                Self.value(1, .certificate, .certificateAttested, FactValue("K")),
                Self.value(2, .signedAnnotation, .signerAsserted, FactValue("\u{212A}")),
            ]
        )
        #expect(row.verdict == .contradicts)
    }

    @Test func letsTwoSignaturesNameTheirOwnJobsButNotTheirOwnCommits() {
        let first = Self.value(1, .certificate, .certificateAttested, FactValue("1"))
        let second = Self.value(2, .certificate, .certificateAttested, FactValue("2"), signature: "two")
        #expect(FactRow(fact: .job, values: [first, second]).verdict == .singleSource)
        #expect(FactRow(fact: .commit, values: [first, second]).verdict == .contradicts)
    }

    @Test func acceptsAnUnsignedValueThatBelongsToOneOfSeveralRuns() {
        let first = Self.value(1, .certificate, .certificateAttested, FactValue("1"))
        let second = Self.value(2, .certificate, .certificateAttested, FactValue("2"), signature: "two")
        let fitting = Self.value(3, .label, .unsigned, FactValue("2"), signature: nil)
        let foreign = Self.value(4, .label, .unsigned, FactValue("3"), signature: nil)
        #expect(FactRow(fact: .job, values: [first, second, fitting]).verdict == .agrees)
        #expect(FactRow(fact: .job, values: [first, second, foreign]).verdict == .contradicts)
    }

    @Test func neverComparesDifferentAspects() {
        let environment = FactValue("gitlab-hosted", aspect: .environment)
        let row = FactRow(
            fact: .runner,
            values: [
                Self.value(1, .certificate, .certificateAttested, environment),
                Self.value(2, .statement, .signerAsserted, FactValue("9")),
            ]
        )
        #expect(row.verdict == .singleSource)
    }

    @Test(arguments: [
        (FactValue("main", scope: "branch"), FactValue("main"), true),
        (FactValue("main", scope: "branch"), FactValue("main", scope: "tag"), false),
        (FactValue("g/p", scope: "gitlab.com"), FactValue("g/p", scope: "git.example"), false),
        (FactValue("g/p", scope: "gitlab.com"), FactValue("g/p"), true),
        (FactValue("g/p"), FactValue("G/p"), false),
    ])
    func comparesScopesOnlyWhereBothHaveOne(_ one: FactValue, _ other: FactValue, _ agree: Bool) {
        #expect(one.agrees(with: other) == agree)
        #expect(other.agrees(with: one) == agree)
    }

    @Test func refusesABuildThatEndsAfterItsSigning() {
        let signed = FactValue(.signing(Timestamp(seconds: 10_000)))
        #expect(signed.agrees(with: FactValue(.build(Timestamp(seconds: 0)))))
        #expect(signed.agrees(with: FactValue(.build(Timestamp(seconds: 10_300)))))
        #expect(!signed.agrees(with: FactValue(.build(Timestamp(seconds: 10_301)))))
    }

    @Test func refusesSigningTimesFurtherApartThanACertificateLives() {
        let signed = FactValue(.signing(Timestamp(seconds: 10_000)))
        #expect(signed.agrees(with: FactValue(.signing(Timestamp(seconds: 10_900)))))
        #expect(!signed.agrees(with: FactValue(.signing(Timestamp(seconds: 10_901)))))
    }
}
