import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Correlation

/// What is affected by something that is not believed; each beside an image that is not.
@Suite struct BlastTests {
    private static func blast(_ fixture: CaseFixture, _ distrusts: Distrust...) throws -> Blast {
        try fixture.caseFile.read { try Blast(distrusts, in: $0) }
    }

    private static let identity = Distrust(ImageCriterion(.identity, CaseFixture.identity))

    /// A base that is signed, two images on it, one on one of these, and one beside them.
    private struct Family {
        let fixture: CaseFixture
        let base, app, other, leaf, stranger: Digest
        let layers: [Digest]

        init() throws {
            fixture = try CaseFixture()
            let fixture = fixture
            let layers = try ["1", "2", "3", "4", "5"].map { try fixture.addLayer($0, [.file($0)]) }
            self.layers = layers
            base = try fixture.addImage("base", layers: [layers[0]])
            app = try fixture.addImage("app", layers: [layers[0], layers[1]])
            other = try fixture.addImage("other", layers: [layers[0], layers[2]])
            leaf = try fixture.addImage("leaf", layers: [layers[0], layers[1], layers[3]])
            stranger = try fixture.addImage("stranger", layers: [layers[4]])
        }
    }

    @Test func followsWhatIsBuiltOnAnAffectedBase() throws {
        let family = try Family()
        try family.fixture.addSignature(family.base)
        let blast = try Self.blast(family.fixture, Self.identity)
        #expect(Set(blast.images.map(\.image)) == [family.base, family.app, family.other, family.leaf])
        #expect(blast.images.first?.image == family.base && blast.images.first?.directs.count == 1)
        #expect(blast.image(family.app)?.directs.isEmpty == true)
        #expect(blast.image(family.app)?.links.map(\.kind) == [.derived])
        #expect(blast.image(family.stranger) == nil)
        #expect(blast.rebuildOrder.first == family.base && blast.circular.isEmpty)
        let order = blast.rebuildOrder
        #expect(order.firstIndex(of: family.app) ?? 9 < order.firstIndex(of: family.leaf) ?? 0)
        #expect(blast.chain(of: family.leaf).last?.image == family.base)
    }

    @Test func doesNotTakeTheBaseWithWhatIsBuiltOnIt() throws {
        let family = try Family()
        try family.fixture.addSignature(family.app)
        let blast = try Self.blast(family.fixture, Self.identity)
        #expect(Set(blast.images.map(\.image)) == [family.app, family.leaf])
        #expect(blast.chain(of: family.leaf).map(\.image) == [family.leaf, family.app])
    }

    @Test func followsALayerIntoImagesThatTookItOver() throws {
        let family = try Family()
        let taker = try family.fixture.addImage("taker", layers: [family.layers[4], family.layers[1]])
        try family.fixture.addSignature(family.app)
        let blast = try Self.blast(family.fixture, Self.identity)
        #expect(Set(blast.images.map(\.image)) == [family.app, family.leaf, taker])
        let link = try #require(blast.image(taker)?.links.first)
        #expect(link.kind == .sharesLayer && link.evidence == "layer \(family.layers[1])")
    }

    @Test func believesAStatementAboutABaseOnlyAsAStatement() throws {
        let family = try Family()
        try family.fixture.addClaim(
            family.stranger,
            .label,
            "org.opencontainers.image.base.name",
            "app"
        )
        try family.fixture.addSignature(family.app)
        let blast = try Self.blast(family.fixture, Self.identity)
        #expect(blast.image(family.stranger)?.links.map(\.kind) == [.statedBase])
        #expect(blast.image(family.stranger)?.links.first?.evidence.hasPrefix("claim:") == true)
    }

    @Test func putsStatementsThatGoInACircleLastInTheOrder() throws {
        let family = try Family()
        let key = "org.opencontainers.image.base.digest"
        try family.fixture.addClaim(family.stranger, .label, key, "\(family.app)")
        try family.fixture.addClaim(family.app, .label, key, "\(family.stranger)")
        try family.fixture.addSignature(family.stranger)
        let blast = try Self.blast(family.fixture, Self.identity)
        #expect(blast.circular.isSuperset(of: [family.app, family.stranger]))
        #expect(Set(blast.rebuildOrder) == Set(blast.images.map(\.image)))
    }

    @Test func keepsToItsWindow() throws {
        let family = try Family()
        try family.fixture.addSignature(family.app)
        func count(_ first: Int64, _ last: Int64) throws -> Int {
            let window = TimeWindow(
                from: CaseFixture.time.adding(seconds: first),
                to: CaseFixture.time.adding(seconds: last)
            )
            return try Self.blast(family.fixture, Distrust(Self.identity.criterion, within: window)).images.count
        }
        #expect(try count(0, 10) == 2)
        #expect(try count(10, 20) == 0)
        #expect(try count(-20, -10) == 0)
    }

    @Test func takesWhatNobodyDatesForAffectedAndSaysSo() throws {
        let family = try Family()
        let layer = Distrust(
            ImageCriterion(.layer, "\(family.layers[3])"),
            within: TimeWindow(from: CaseFixture.time, to: nil)
        )
        let blast = try Self.blast(family.fixture, layer)
        #expect(blast.images.map(\.image) == [family.leaf])
        #expect(blast.images[0].isTimeUnknown)
        let always = try Self.blast(family.fixture, Distrust(layer.criterion))
        #expect(always.images.map(\.isTimeUnknown) == [false])
    }

    @Test func takesAnIndexWithItsPlatformAndAPlatformWithItsIndex() throws {
        let family = try Family()
        let index = try family.fixture.addIndex("multi", of: [family.app, family.stranger])
        try family.fixture.addSignature(family.app)
        let below = try Self.blast(family.fixture, Self.identity)
        #expect(below.image(index)?.links.map(\.kind) == [.lists])
        // Its other platform has nothing to do with it.
        #expect(below.image(family.stranger) == nil)
        try family.fixture.addSignature(index, named: "over the index")
        let above = try Self.blast(family.fixture, Self.identity)
        #expect(above.image(family.stranger)?.links.map(\.kind) == [.listed])
        let order = above.rebuildOrder
        #expect(order.firstIndex(of: family.stranger) ?? 9 < order.firstIndex(of: index) ?? 0)
    }

    @Test func changesNothingThatIsRecorded() throws {
        let family = try Family()
        try family.fixture.addSignature(family.app)
        let before = try family.fixture.caseFile.read { try $0.activities().map(\.content) }
        _ = try Self.blast(family.fixture, Self.identity)
        #expect(try family.fixture.caseFile.read { try $0.activities().map(\.content) } == before)
    }
}
