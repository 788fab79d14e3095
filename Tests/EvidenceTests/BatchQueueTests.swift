import Synchronization
import Testing

@testable import Evidence

@Suite("Batches are written one after the other, and a failure is told")
struct BatchQueueTests {
    private struct Full: Error, Equatable {}

    @Test func writesInOrder() throws {
        let written = Mutex<[Int]>([])
        try withExtendedLifetime(BatchQueue()) { queue in
            for number in 0..<200 {
                try queue.submit { written.withLock { $0.append(number) } }
            }
            try queue.drain()
        }
        #expect(written.withLock { $0 } == Array(0..<200))
    }

    @Test func tellsOfAFailureAndWritesNothingMore() {
        let written = Mutex<[Int]>([])
        let queue = BatchQueue()
        #expect(throws: Never.self) { try queue.submit { throw Full() } }
        #expect(throws: Full()) { try queue.submit { written.withLock { $0.append(1) } } }
        #expect(throws: Full()) { try queue.drain() }
        #expect(throws: Full()) { try queue.drain() }
        #expect(written.withLock { $0.isEmpty })
    }
}
