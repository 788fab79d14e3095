import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Correlation

/// What is missing, image by image; each gap beside the image that has none.
@Suite struct GapsTests {
    private static func kinds(_ gaps: Gaps, _ image: Digest) -> Set<GapKind> {
        Set(gaps.gaps.filter { $0.subject == image }.map(\.kind))
    }

    @Test func findsNothingMissingOfAnImageThatHasEverything() throws {
        let fixture = try CaseFixture()
        let (image, _) = try fixture.addTutorialImage(trusted: true)
        try fixture.addSignature(
            image,
            named: "provenance",
            kind: .attestation,
            trusted: true,
            predicateType: "https://slsa.dev/provenance/v1"
        )
        try fixture.addRun()
        let gaps = try fixture.caseFile.read { try Gaps(fixture.caseFile, $0) }
        #expect(gaps.gaps.isEmpty && gaps.summary.isEmpty)
        let row = try #require(gaps.rows.first)
        #expect(row.isWhole && row.names == ["app:1.0"])
        #expect(row.states.count == GapCheck.allCases.count && row.states.values.allSatisfy { $0 == .present })
    }

    @Test func saysOfAnUnsignedImageThatEverythingIsMissing() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("bare:1")
        let gaps = try fixture.caseFile.read { try Gaps(fixture.caseFile, $0) }
        #expect(Self.kinds(gaps, image) == [.unsigned, .noProvenance, .commitUnnamed])
        let row = try #require(gaps.rows.first)
        #expect(row.states[.signature] == .missing && row.states[.authentic] == .notApplicable)
        #expect(row.states[.content] == .present && !row.isWhole)
    }

    @Test func tellsWhatIsNotJudgedNotAuthenticAndNotExpectedApart() throws {
        let fixture = try CaseFixture()
        let unjudged = try fixture.addTutorialImage("a:1", authentic: nil).image
        let false_ = try fixture.addTutorialImage("b:1", authentic: false).image
        let foreign = try fixture.addTutorialImage("c:1", trusted: false).image
        let gaps = try fixture.caseFile.read { try Gaps(fixture.caseFile, $0) }
        #expect(Self.kinds(gaps, unjudged).isSuperset(of: [.notVerified]))
        #expect(Self.kinds(gaps, unjudged).isDisjoint(with: [.notAuthentic, .notTrusted]))
        #expect(Self.kinds(gaps, false_).contains(.notAuthentic))
        #expect(Self.kinds(gaps, foreign).contains(.notTrusted) && !Self.kinds(gaps, foreign).contains(.notAuthentic))
        let reason = gaps.gaps.first { $0.kind == .notAuthentic }
        #expect(reason?.what.contains("signature.invalid") == true)
    }

    @Test func looksForCommitsAndJobsInWhatTheCaseHas() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        let before = try fixture.caseFile.read { try Gaps(fixture.caseFile, $0) }
        #expect(Self.kinds(before, image).isSuperset(of: [.commitAbsent, .runAbsent]))
        try fixture.addRun { job, pipeline, commit in
            (job.number, pipeline.number, commit.name) = ("1", "2", CaseFixture.otherCommit)
        }
        let other = try fixture.caseFile.read { try Gaps(fixture.caseFile, $0) }
        #expect(Self.kinds(other, image).isSuperset(of: [.commitAbsent, .runAbsent]))
        try fixture.addRun()
        let after = try fixture.caseFile.read { try Gaps(fixture.caseFile, $0) }
        #expect(Self.kinds(after, image).isDisjoint(with: [.commitAbsent, .runAbsent]))
    }

    @Test func findsWhatStandsWithoutAnImage() throws {
        let fixture = try CaseFixture()
        try fixture.addSignature(CaseFixture.digest("gone 1"), named: "1")
        try fixture.addSignature(CaseFixture.digest("gone 2"), named: "2", kind: .attestation, predicateType: "x")
        try fixture.addSignature(CaseFixture.digest("gone 3"), named: "3", kind: .logEntry)
        let gaps = try fixture.caseFile.read { try Gaps(fixture.caseFile, $0) }
        #expect(gaps.rows.isEmpty)
        #expect(
            gaps.summary.map(\.kind) == [.signatureWithoutImage, .attestationWithoutImage, .logEntryWithoutImage]
        )
        #expect(gaps.gaps.allSatisfy { $0.kind.isOrphan && $0.records.first?.hasPrefix("signature:") == true })
    }

    @Test func findsBasesThatAreNamedAndNotThere() throws {
        let fixture = try CaseFixture()
        let base = try fixture.addImage("base:1")
        let there = try fixture.addImage("app:1")
        let gone = try fixture.addImage("app:2")
        try fixture.addClaim(there, .label, "org.opencontainers.image.base.digest", "\(base)")
        try fixture.addClaim(gone, .label, "org.opencontainers.image.base.name", "base:2")
        let gaps = try fixture.caseFile.read { try Gaps(fixture.caseFile, $0) }
        #expect(!Self.kinds(gaps, there).contains(.baseAbsent))
        #expect(gaps.gaps.first { $0.kind == .baseAbsent }?.what == "base:2")
    }

    @Test func asksAboutSomeImagesAlone() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("a:1")
        try fixture.addImage("b:1")
        try fixture.addSignature(CaseFixture.digest("gone"))
        let gaps = try fixture.caseFile.read { try Gaps(fixture.caseFile, $0, images: [image]) }
        #expect(gaps.rows.map(\.image) == [image] && gaps.gaps.allSatisfy { $0.subject == image })
    }

    @Test func saysOfEveryKindWhatToCollect() {
        #expect(Set(GapKind.allCases.map(\.advice)).count == GapKind.allCases.count)
        #expect(GapKind.allCases.allSatisfy { $0.advice.hasSuffix(".") })
    }
}
