import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Correlation

@Suite struct LineageTests {
    @Test func derivesFromTheLongestListOfLowerLayers() throws {
        let fixture = try CaseFixture()
        let layers = try ["1", "2", "3"].map { try fixture.addLayer($0, [.file($0)]) }
        let base = try fixture.addImage("base", layers: [layers[0]])
        let middle = try fixture.addImage("middle", layers: Array(layers[..<2]))
        let top = try fixture.addImage("top", layers: layers)
        let other = try fixture.addImage("other", layers: [layers[1], layers[0]])
        let lineage = try fixture.caseFile.read { try Lineage(around: top, $0) }
        #expect(lineage.edges[top]?.map(\.origin) == [middle])
        #expect(lineage.edges[top]?.map(\.basis) == [.layers])
        #expect(lineage.edges[top]?.map(\.sharedLayers) == [2])
        #expect(lineage.edges[middle]?.map(\.origin) == [base])
        #expect(lineage.edges[other] == nil)
        #expect(try fixture.caseFile.read { try Lineage(around: other, $0) }.edges == [other: []])
        for image in [base, middle] {
            #expect(try fixture.caseFile.read { try Lineage(around: image, $0) }.edges == lineage.edges)
        }
        #expect(lineage.roots(of: top) == [base])
        #expect(lineage.derived(from: base) == [middle])
    }

    @Test func saysWhatAnnotationsSayAsUnsignedStatements() throws {
        let fixture = try CaseFixture()
        let base = try fixture.addImage("base:1", layers: [try fixture.addLayer("1", [.file("1")])])
        let app = try fixture.addImage("app", layers: [try fixture.addLayer("2", [.file("2")])])
        let lone = try fixture.addImage("lone", layers: [try fixture.addLayer("3", [.file("3")])])
        try fixture.addClaim(app, .manifestAnnotation, "org.opencontainers.image.base.digest", "\(base)")
        try fixture.addClaim(lone, .label, "org.opencontainers.image.base.name", "elsewhere:1")
        let lineage = try fixture.caseFile.read { try Lineage(around: base, $0) }
        #expect(lineage.edges[app]?.map(\.origin) == [base])
        #expect(lineage.edges[app]?.map(\.basis) == [.statement])
        #expect(lineage.edges[lone] == nil)
        let own = try fixture.caseFile.read { try Lineage(around: lone, $0) }
        #expect(own.edges[lone]?.map(\.origin) == [nil])
        #expect(own.edges[lone]?.map(\.name) == ["elsewhere:1"])
    }

    @Test func derivesFromLayersThatWereCompressedAnew() throws {
        let fixture = try CaseFixture()
        let expanded = ["one", "two", "three"].map { CaseFixture.digest("expanded \($0)") }
        let layers = try ["1", "2", "3", "4"].map { try fixture.addLayer($0, [.file($0)]) }
        let base = try fixture.addImage("base", layers: [layers[0]], diffIDs: [expanded[0]])
        let app = try fixture.addImage("app", layers: [layers[1], layers[2]], diffIDs: Array(expanded[..<2]))
        let other = try fixture.addImage("other", layers: [layers[3], layers[2]], diffIDs: [expanded[2], expanded[1]])
        for image in [base, app] {
            let lineage = try fixture.caseFile.read { try Lineage(around: image, $0) }
            #expect(lineage.edges[app]?.map(\.origin) == [base])
            #expect(lineage.edges[app]?.map(\.basis) == [.diffIDs])
            #expect(lineage.edges[other] == nil)
        }
    }

    @Test func followsLayersOfWhatAnAnnotationNames() throws {
        let fixture = try CaseFixture()
        let layers = try ["1", "2", "3"].map { try fixture.addLayer($0, [.file($0)]) }
        let root = try fixture.addImage("root", layers: [layers[0]])
        let base = try fixture.addImage("base:1", layers: Array(layers[..<2]))
        let app = try fixture.addImage("app", layers: [layers[2]])
        try fixture.addClaim(app, .label, "org.opencontainers.image.base.name", "base:1")
        for image in [root, app] {
            let lineage = try fixture.caseFile.read { try Lineage(around: image, $0) }
            #expect(lineage.roots(of: app) == [root])
            #expect(lineage.derived(from: root) == [base])
            #expect(lineage.derived(from: base) == [app])
        }
    }

    @Test func findsWhatNamesAnImageAsItsBase() throws {
        let fixture = try CaseFixture()
        let base = try fixture.addImage("base:1", layers: [try fixture.addLayer("1", [.file("1")])])
        let app = try fixture.addImage("app", layers: [try fixture.addLayer("2", [.file("2")])])
        try fixture.addClaim(app, .label, "org.opencontainers.image.base.name", "base:1")
        let lineage = try fixture.caseFile.read { try Lineage(around: base, $0) }
        #expect(lineage.edges[app]?.map(\.origin) == [base])
        #expect(lineage.derived(from: base) == [app])
        #expect(try fixture.caseFile.read { try Lineage(around: app, $0) }.edges == lineage.edges)
    }

    @Test func endsWhenStatementsGoInACircle() throws {
        let fixture = try CaseFixture()
        let one = try fixture.addImage("one", layers: [try fixture.addLayer("1", [.file("1")])])
        let two = try fixture.addImage("two", layers: [try fixture.addLayer("2", [.file("2")])])
        try fixture.addClaim(one, .label, "org.opencontainers.image.base.digest", "\(two)")
        try fixture.addClaim(two, .label, "org.opencontainers.image.base.digest", "\(one)")
        let lineage = try fixture.caseFile.read { try Lineage(around: one, $0) }
        #expect(lineage.roots(of: one) == [one])
        #expect(lineage.ancestry(of: one) == [one, two])
    }
}
