import CaseIndex
import Synchronization
import Testing

@Suite("Many items are read side by side, and answered in their order")
struct ParallelReadingTests {
    private struct Refusal: Error, Equatable {
        let item: Int
    }

    private static let items = Array(0..<1_000)

    private static func made() throws -> MadeCase {
        let made = try MadeCase()
        _ = try made.source("a")
        try made.file.write { writer in
            writer.appendActivity(
                verb: "import",
                arguments: "[]",
                toolVersion: "1",
                startedAt: MadeCase.time,
                result: "{}"
            )
        }
        return made
    }

    /// Answers of every item with the number of sources that its connection sees, and how many connections there were.
    private static func answers(_ file: CaseFile, workers: Int) throws -> (answers: [Int], connections: Int) {
        let connections = Mutex(0)
        var answers: [Int] = []
        try file.read { reader in
            try file.forEach(of: items, in: reader, workers: workers) { reader in
                connections.withLock { $0 += 1 }
                return reader
            } work: { item, reader in
                try item * reader.sources().count
            } deliver: {
                answers.append($0)
            }
        }
        return (answers, connections.withLock { $0 })
    }

    @Test(arguments: [1, 2, 8]) func keepsTheOrder(_ workers: Int) throws {
        let made = try Self.made()
        let found = try Self.answers(made.file, workers: workers)
        #expect(found.answers == Self.items)
        #expect((1...workers).contains(found.connections))
        #expect(workers == 1 || found.connections > 1)
    }

    @Test func readsAloneWhatIsKeptInMemory() throws {
        let made = try Self.made()
        try made.file.close()
        let judging = try CaseFile.openForJudging(made.path)
        let found = try Self.answers(judging, workers: 8)
        #expect(found.answers == Self.items)
        #expect(found.connections == 1)
    }

    /// What another connection would see is another state of the case: it must not mix with the one that is read.
    @Test func readsOneStateOnly() throws {
        let made = try Self.made()
        let other = try CaseFile.openOrCreate(made.path)
        var answers: [Int] = []
        try made.file.read { reader in
            _ = try reader.sources()
            try other.write { writer in
                _ = try writer.insert(
                    SourceRecord(
                        kind: "oci-layout",
                        path: "b",
                        digest: MadeCase.digest("b"),
                        importedAt: MadeCase.time,
                        isComplete: true
                    )
                )
                writer.appendActivity(
                    verb: "import",
                    arguments: "[]",
                    toolVersion: "1",
                    startedAt: MadeCase.time,
                    result: "{}"
                )
            }
            try made.file.forEach(of: Self.items, in: reader, workers: 8) {
                $0
            } work: { item, reader in
                try item * reader.sources().count
            } deliver: {
                answers.append($0)
            }
        }
        #expect(answers == Self.items)
    }

    @Test(arguments: [1, 8]) func throwsTheFirstErrorInOrder(_ workers: Int) throws {
        let made = try Self.made()
        var delivered: [Int] = []
        #expect(throws: Refusal(item: 400)) {
            try made.file.read { reader in
                try made.file.forEach(of: Self.items, in: reader, workers: workers) { _ in
                } work: { item, _ in
                    if item == 400 || item == 407 || item == 900 { throw Refusal(item: item) }
                    return item
                } deliver: {
                    delivered.append($0)
                }
            }
        }
        #expect(delivered == Array(Self.items.prefix(delivered.count)))
        #expect(delivered.count >= 384)
    }

    @Test func endsWhenNothingCanBegin() throws {
        let made = try Self.made()
        #expect(throws: Refusal(item: -1)) {
            try made.file.read { reader in
                try made.file.forEach(of: Self.items, in: reader, workers: 4) { _ in
                    throw Refusal(item: -1)
                } work: { item, _ in
                    item
                } deliver: { _ in
                }
            }
        }
    }

    @Test func goesThroughNothing() throws {
        let made = try Self.made()
        try made.file.read { reader in
            try made.file.forEach(of: [Int](), in: reader, begin: { $0 }, work: { item, _ in item }) {
                Issue.record("an answer of nothing: \($0)")
            }
        }
    }
}
