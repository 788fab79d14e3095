import CaseFixtures
import CaseIndex
import Testing

@testable import Report

@Suite struct ProvenanceGraphTests {
    private static func graph(_ count: Int) throws -> ProvenanceGraph {
        let fixture = try CaseFixture()
        let images = try (0..<count).map { number in
            try fixture.addTutorialImage("app:\(number)", replacing: ["com.gitlab.ci.pipeline.id": "\(number)"]).image
        }
        let dossier = try CaseDossier(of: images, in: fixture.caseFile)
        return ProvenanceGraph(dossier.images.map { ImageLine($0.trace) })
    }

    private static func count(_ graph: ProvenanceGraph, _ column: ProvenanceGraph.Column) -> Int {
        graph.nodes.count { $0.column == column }
    }

    @Test func drawsWhatImagesHaveInCommonOnce() throws {
        let graph = try Self.graph(3)
        #expect(ProvenanceGraph.Column.allCases.map { Self.count(graph, $0) } == [3, 1, 3, 1])
        #expect(!graph.isGrouped)
        #expect(graph.nodes.first { $0.column == .signer }?.weight == 3)
    }

    @Test func putsTogetherWhatIsTooManyAndSaysSo() throws {
        let graph = try Self.graph(40)
        #expect(Self.count(graph, .image) == 1)
        #expect(graph.nodes.first { $0.column == .image }?.weight == 40)
        #expect(Self.count(graph, .run) == ProvenanceGraph.columnLimit)
        #expect(graph.nodes.contains { $0.title == "17 others" })
        #expect(graph.isGrouped)
    }

    @Test func laysEveryBoxOutOnce() throws {
        let graph = try Self.graph(12)
        let layout = GraphLayout(graph)
        #expect(layout.columns.flatMap(\.self).sorted() == Array(graph.nodes.indices))
        for column in layout.columns { #expect(column.map { layout.rows[$0] } == Array(column.indices)) }
    }

    /// Two signers whose images lie crosswise are put beside their images.
    @Test func crossesNoLinesThatNeedNotCross() throws {
        let fixture = try CaseFixture()
        let images = try ["a", "b", "c", "d"].map { name in
            try fixture.addTutorialImage(name, replacing: ["com.gitlab.ci.pipeline.id": name]).image
        }
        let dossier = try CaseDossier(of: images, in: fixture.caseFile)
        let graph = ProvenanceGraph(dossier.images.map { ImageLine($0.trace) })
        let layout = GraphLayout(graph)
        let lines = graph.edges.map { (layout.rows[$0.from], layout.rows[$0.to], graph.nodes[$0.from].column) }
        let crossings = lines.enumerated().reduce(0) { sum, first in
            sum
                + lines[(first.offset + 1)...].count { other in
                    other.2 == first.element.2 && (other.0 - first.element.0) * (other.1 - first.element.1) < 0
                }
        }
        #expect(crossings == 0)
    }
}
