import CaseIndex
import Cryptography
import TestSupport
import Testing

/// A hundred with every run, a thousand with `Tests/run --long`.
@Suite("Edits of the custody log are found with the first record that does not fit")
struct CustodyEditTests {
    private static let fields = [
        "startedAt", "verb", "arguments", "toolVersion", "result", "content", "previousHash", "hash",
    ]
    private static let columns = "startedAt, verb, arguments, toolVersion, result, content, previousHash, hash"

    /// SQL, and the number of the first record that must be named.
    private func edit(_ kind: Int, _ last: Int64, _ foreign: [ActivityRecord], _ generator: inout SeededGenerator) -> (
        String, Int64
    ) {
        let number = Int64.random(in: 2..<last, using: &generator)
        let other = Int64.random(in: (number + 1)...last, using: &generator)
        switch kind {
        case 0:
            let record = Int64.random(in: 1...last, using: &generator)
            let field = Self.fields[Int.random(in: Self.fields.indices, using: &generator)]
            let value = field == "startedAt" ? "'2001-01-01T00:00:00Z'" : "\(field) || 'x'"
            return ("UPDATE activity SET \(field) = \(value) WHERE id = \(record)", record)
        case 1: return ("DELETE FROM activity WHERE id = \(number)", number + 1)
        case 2:
            // An inserted record pushes the rest back.
            return (
                """
                UPDATE activity SET id = id + 1000 WHERE id >= \(number);
                UPDATE activity SET id = id - 999 WHERE id >= 1000;
                INSERT INTO activity SELECT \(number), startedAt, verb, arguments, toolVersion, result, content,
                    previousHash, printf('%064d', 7) FROM activity WHERE id = \(number + 1)
                """, number
            )
        case 3:
            return (
                """
                UPDATE activity SET id = 9000 WHERE id = \(number); UPDATE activity SET id = \(number) WHERE id = \(other);
                UPDATE activity SET id = \(other) WHERE id = 9000
                """, number
            )
        case 4:
            return ("UPDATE activity SET id = id + 5 WHERE id = \(last)", last + 5)
        default:
            // The first records of both are alike, so that the second fits, and what follows it does not.
            let record = foreign[Int(clamping: number) - 1]
            let values = [
                "\(record.startedAt)", record.verb, record.arguments, record.toolVersion, record.result, record.content,
                record.previousHash, record.hash,
            ].map { "'\($0)'" }.joined(separator: ", ")
            return (
                "UPDATE activity SET (\(Self.columns)) = (\(values)) WHERE id = \(number)", number == 2 ? 3 : number
            )
        }
    }

    @Test("Edit, delete, insert, swap, renumber, copy from another case")
    func edits() throws {
        let filled = try FilledCase(runs: 9)
        let foreignFile = try CaseFile.openReadOnly(try FilledCase("b", runs: 9).keep(in: filled.directory))
        let foreign = try foreignFile.read { try $0.activities() }
        var generator = SeededGenerator(seed: 1_000)
        for turn in 0..<Extent.of(90, long: 1_000) {
            let (sql, expected) = edit(turn % 6, filled.head.record, foreign, &generator)
            let found = FilledCase.verification(try filled.copy("edited.db", sql))
            #expect(found?.holds == false, "\(sql)")
            #expect(found?.chain.firstBroken?.record == expected, "\(sql)")
        }
    }

    /// Whoever can compute hashes can make a log that fits: only a head that was noted elsewhere tells.
    @Test("A cut tail, an older copy and a fork are found against a noted head, and only so")
    func heads() throws {
        let filled = try FilledCase(runs: 4)
        let head = filled.head
        let whole = try #require(FilledCase.verification(try filled.copy())).chain
        #expect(whole.compare(record: head.record, hash: head.hash) == .included(following: 0))
        #expect(whole.compare(record: nil, hash: head.hash) == .included(following: 0))
        let cut = try #require(
            FilledCase.verification(try filled.copy("cut.db", "DELETE FROM activity WHERE id > 3"))
        ).chain
        #expect(cut.firstBroken == nil)
        #expect(cut.compare(record: head.record, hash: head.hash) == .truncated(last: 3))
        #expect(cut.compare(record: nil, hash: head.hash) == .unknown)
        let other = try FilledCase("fork", runs: 4)
        let fork = try #require(FilledCase.verification(try other.copy()))
        #expect(fork.holds)
        guard case .differs = fork.chain.compare(record: head.record, hash: head.hash) else {
            Issue.record("a fork passed")
            return
        }
    }

    @Test(
        "A field that reads the same and is stored otherwise",
        arguments: [
            "arguments = CAST(arguments AS BLOB)", "verb = verb || char(0) || 'more'",
            "startedAt = replace(startedAt, 'Z', '+00:00')", "hash = CAST(hash AS BLOB)",
        ]
    )
    func misstored(change: String) throws {
        let filled = try FilledCase(runs: 4)
        let path = try filled.copy("edited.db", "UPDATE activity SET \(change) WHERE id = 3")
        #expect(FilledCase.verification(path)?.chain.firstBroken?.record == 3)
    }

    @Test("A clock that goes back is told, and breaks nothing")
    func clock() throws {
        let made = try MadeCase()
        for seconds in [10, 5, 20] as [Int64] {
            try made.file.write {
                $0.appendActivity(
                    verb: "v",
                    arguments: "[]",
                    toolVersion: "1",
                    startedAt: MadeCase.time.adding(seconds: seconds),
                    result: "{}"
                )
            }
        }
        let chain = CustodyChain(try made.file.read { try $0.activities() })
        #expect(chain.firstBroken == nil)
        #expect(chain.clockSteps == [2])
    }
}

extension FilledCase {
    /// The path of a copy that outlives this case.
    fileprivate func keep(in other: TemporaryDirectory) throws -> String {
        try other.write(bytes, to: "other.db")
    }
}
