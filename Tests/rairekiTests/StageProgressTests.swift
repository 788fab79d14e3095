import CaseFixtures
import CaseIndex
import Correlation
import Cryptography
import Evidence
import Foundation
import TestSupport
import Testing

@testable import raireki

/// Each stage that takes long tells how far it is: what it counts goes up, and ends where the work ends.
@Suite struct StageProgressTests {
    private static func filledCase() throws -> CaseFixture {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        try fixture.addImage("other")
        return fixture
    }

    private static func isRising(_ told: [Int64], to total: Int64) -> Bool {
        !told.isEmpty && zip(told, told.dropFirst()).allSatisfy { $0 <= $1 } && told.last == total
    }

    @Test func tellsEveryRowThatACaseIsComputedFrom() throws {
        let fixture = try Self.filledCase()
        var told: [Int64] = []
        var totals: Set<Int64> = []
        _ = try fixture.caseFile.read { reader in
            try reader.verification {
                told.append($0)
                totals.insert($1)
            }
        }
        let total = try #require(totals.count == 1 ? totals.first : nil)
        #expect(total > 0)
        #expect(Self.isRising(told, to: total))
    }

    @Test func tellsEveryRowOfTheContentDigest() throws {
        let fixture = try Self.filledCase()
        var told: [Int64] = []
        let (digest, plain) = try fixture.caseFile.read { reader in
            (try reader.contentDigest { done, _ in told.append(done) }, try reader.contentDigest())
        }
        #expect(digest == plain)
        #expect(zip(told, told.dropFirst()).allSatisfy { $0 <= $1 } && (told.last ?? 0) > 0)
    }

    @Test func tellsEveryImageThatIsChecked() throws {
        let fixture = try Self.filledCase()
        let images = try ImageName.resolve([], in: fixture.caseFile)
        var told: [Int64] = []
        _ = try ClaimCheck(caseFile: fixture.caseFile).run(images: images) { told.append(Int64($0)) }
        #expect(told == [1, 2])
    }

    @Test func tellsEveryByteOfEvidenceThatIsReadAgain() throws {
        let told = Told()
        let evidence = SharedData.projectRoot + "/samples/evidence/payments-1.4.0"
        _ = try EvidenceComparison([evidence], with: []) { told.add($0.bytesRead, $0.totalBytes) }
        #expect(told.last.done > 0)
        #expect(told.last.done == told.last.total)
    }

    /// What may be told from any thread.
    private final class Told: @unchecked Sendable {
        private let lock = NSLock()
        private var value: (done: Int64, total: Int64) = (0, 0)
        var last: (done: Int64, total: Int64) { lock.withLock { value } }
        func add(_ done: Int64, _ total: Int64) { lock.withLock { value = (done, total) } }
    }
}
