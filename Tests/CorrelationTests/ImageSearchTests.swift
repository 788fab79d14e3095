import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Correlation

/// Images by who signed them and what they come from; each hit beside what must not be one.
@Suite struct ImageSearchTests {
    private static func find(
        _ fixture: CaseFixture,
        _ criteria: [(ImageCriterion.Kind, String)],
        within window: TimeWindow? = nil
    ) throws -> [ImageHit] {
        try fixture.caseFile.read { reader in
            try ImageSearch(reader).find(criteria.map { ImageCriterion($0.0, $0.1) }, within: window)
        }
    }

    @Test(arguments: [
        (ImageCriterion.Kind.identity, CaseFixture.identity, Basis.certificateAttested),
        (.issuer, CaseFixture.issuer, .certificateAttested),
        (.issuer, "CN=sigstore-intermediate,O=sigstore.dev", .certificateAttested),
        (.commit, CaseFixture.commit, .certificateAttested), (.commit, "e83c516", .certificateAttested),
        (.job, "5678", .certificateAttested), (.pipeline, "1234", .signerAsserted),
        (.user, "Ada Example", .signerAsserted), (.runner, "gitlab-hosted", .certificateAttested),
    ])
    func findsWhatSignaturesSay(kind: ImageCriterion.Kind, value: String, basis: Basis) throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        try fixture.addImage("other:1")
        let hits = try Self.find(fixture, [(kind, value)])
        #expect(hits.map(\.image) == [image])
        #expect(hits.first?.matches.first?.basis == basis)
        #expect(hits.first?.matches.first?.records.isEmpty == false)
        // Half of a value is none, and neither is a value of something else.
        #expect(try Self.find(fixture, [(kind, value + "9")]).isEmpty)
        #expect(try Self.find(fixture, [(kind, "\u{1}")]).isEmpty)
    }

    @Test func findsTheSameWithSeveralConnections() throws {
        let fixture = try CaseFixture()
        var images: [Digest] = []
        for number in 0..<200 {
            let image = try fixture.addImage("app:\(number)")
            try fixture.addClaim(image, .label, "org.opencontainers.image.revision", CaseFixture.commit)
            images.append(image)
        }
        let criteria = [ImageCriterion(.commit, CaseFixture.commit)]
        let hits = try fixture.caseFile.read { reader in
            let together = try ImageSearch(reader, caseFile: fixture.caseFile).find(criteria)
            #expect(together == (try ImageSearch(reader).find(criteria)))
            let names = try fixture.caseFile.names(of: images, in: reader)
            #expect(images.enumerated().allSatisfy { names[$0.element] == ["app:\($0.offset)"] })
            return together
        }
        #expect(hits.map(\.image) == images.sorted())
    }

    @Test(arguments: ["567", "56780", "78"])
    func takesNumbersAsAWhole(number: String) throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        #expect(try Self.find(fixture, [(.job, number)]).isEmpty)
    }

    @Test func believesNothingOfASignatureThatIsNotAuthentic() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage(authentic: false)
        for (kind, value) in [(ImageCriterion.Kind.job, "5678"), (.identity, CaseFixture.identity)] {
            let hits = try Self.find(fixture, [(kind, value)])
            #expect(hits.count == 1 && hits.allSatisfy { $0.matches.allSatisfy { $0.basis == .unverified } })
        }
    }

    @Test func saysThatALabelIsUnsigned() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("plain:1")
        try fixture.addClaim(image, .label, "org.opencontainers.image.revision", CaseFixture.commit)
        let hits = try Self.find(fixture, [(.commit, CaseFixture.commit)])
        #expect(hits.map(\.image) == [image] && hits[0].matches.map(\.basis) == [.unsigned])
        #expect(hits[0].matches[0].place == "unsigned label org.opencontainers.image.revision")
    }

    @Test func joinsTheRecordsOfTheServiceToTheImageThatNamesTheJob() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        try fixture.addRun()
        for (kind, value) in [(ImageCriterion.Kind.runner, "7"), (.runner, "build-7"), (.user, "ada")] {
            let hits = try Self.find(fixture, [(kind, value)])
            #expect(hits.map(\.image) == [image], "\(kind) \(value)")
            let match = try #require(hits.first?.matches.first)
            #expect(match.basis == .record && match.records.count == 2)
            #expect(match.records[0].hasPrefix("job:") || match.records[0].hasPrefix("pipeline:"))
            #expect(match.records[1].hasPrefix("claim:"))
        }
        #expect(try Self.find(fixture, [(.runner, "8")]).isEmpty)
    }

    @Test func doesNotTakeTheJobOfAnotherProjectForTheOneThatSigned() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        try fixture.addRun { job, pipeline, _ in
            job.origin.project = "group/other"
            pipeline.origin.project = "group/other"
        }
        #expect(try Self.find(fixture, [(.runner, "7")]).isEmpty)
    }

    @Test func asksForAllThatIsAskedFor() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        try fixture.addTutorialImage("app:2", replacing: ["com.gitlab.ci.user.name": "Eve"])
        let both = try Self.find(fixture, [(.identity, CaseFixture.identity), (.user, "Ada Example")])
        #expect(both.map(\.image) == [image])
        #expect(both[0].matches.map(\.criterion.kind) == [.identity, .user])
        #expect(try Self.find(fixture, [(.user, "Eve"), (.user, "Ada Example")]).isEmpty)
    }

    @Test func keepsToAWindowAndMarksWhatNobodyDates() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        let undated = try fixture.addImage("plain:1")
        try fixture.addClaim(undated, .label, "org.opencontainers.image.revision", CaseFixture.commit)
        let during = TimeWindow(from: CaseFixture.time, to: CaseFixture.time.adding(seconds: 5))
        let after = TimeWindow(from: CaseFixture.time.adding(seconds: 3), to: nil)
        let hits = try Self.find(fixture, [(.commit, CaseFixture.commit)], within: during)
        #expect(Set(hits.map(\.image)) == [image, undated])
        #expect(hits.filter(\.isTimeUnknown).map(\.image) == [undated])
        #expect(try Self.find(fixture, [(.commit, CaseFixture.commit)], within: after).map(\.image) == [undated])
        #expect(try Self.find(fixture, [], within: during).map(\.image) == [image])
        #expect(try Self.find(fixture, [], within: after).isEmpty)
    }

    @Test func findsALayerByItsDigest() throws {
        let fixture = try CaseFixture()
        let layer = try fixture.addLayer("shared", [.file("a")])
        let image = try fixture.addImage("a:1", layers: [layer])
        try fixture.addImage("b:1")
        #expect(try Self.find(fixture, [(.layer, "\(layer)")]).map(\.image) == [image])
        #expect(try Self.find(fixture, [(.digest, "\(image)")]).map(\.image) == [image])
        #expect(try Self.find(fixture, [(.layer, "\(image)")]).isEmpty)
    }
}
