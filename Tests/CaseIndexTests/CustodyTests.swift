import CaseIndex
import Cryptography
import Testing

@Suite("The custody log names the first record that does not fit")
struct CustodyTests {
    private func made(_ count: Int = 5) throws -> MadeCase {
        let made = try MadeCase()
        for number in 1...count {
            try made.file.write { writer in
                writer.appendActivity(
                    verb: "verb-\(number)",
                    arguments: "[]",
                    toolVersion: "1.0",
                    startedAt: MadeCase.time.adding(seconds: Int64(number)),
                    result: "{}"
                )
            }
        }
        return made
    }

    private func broken(_ made: MadeCase) throws -> Int64? {
        ActivityRecord.firstBroken(in: try made.file.read { try $0.activities() })
    }

    @Test("A log that nobody touched is whole")
    func whole() throws {
        let log = try made().file.read { try $0.activities() }
        #expect(log.map(\.id) == [1, 2, 3, 4, 5])
        #expect(log.first?.previousHash == String(repeating: "0", count: 64))
        #expect(log.allSatisfy { $0.hash == $0.computedHash })
        #expect(ActivityRecord.firstBroken(in: log) == nil)
        #expect(ActivityRecord.firstBroken(in: []) == nil)
    }

    @Test(
        "Each kind of edit",
        arguments: [
            ("UPDATE activity SET verb = 'x' WHERE id = 3", 3),
            ("UPDATE activity SET arguments = '[1]' WHERE id = 1", 1),
            ("UPDATE activity SET toolVersion = '1.1' WHERE id = 5", 5),
            ("UPDATE activity SET result = '{ }' WHERE id = 2", 2),
            ("UPDATE activity SET content = printf('%064d', 1) WHERE id = 3", 3),
            ("UPDATE activity SET startedAt = '2023-11-14T22:13:20Z' WHERE id = 4", 4),
            ("UPDATE activity SET verb = 'verb-', arguments = '3[]' WHERE id = 3", 3),
            ("UPDATE activity SET hash = printf('%064d', 1) WHERE id = 2", 2),
            ("UPDATE activity SET previousHash = printf('%064d', 0) WHERE id = 2", 2),
            ("DELETE FROM activity WHERE id = 1", 2),
            ("DELETE FROM activity WHERE id = 3", 4),
            ("DELETE FROM activity WHERE id = 3; UPDATE activity SET id = id - 1 WHERE id > 3", 3),
            (
                """
                UPDATE activity SET id = id + 100 WHERE id >= 3; UPDATE activity SET id = id - 99 WHERE id >= 103;
                INSERT INTO activity SELECT 3, startedAt, 'inserted', arguments, toolVersion, result, content, hash, printf('%064d', 7)
                FROM activity WHERE id = 2
                """, 3
            ),
            (
                "UPDATE activity SET id = 90 WHERE id = 2; UPDATE activity SET id = 2 WHERE id = 3; UPDATE activity SET id = 3 WHERE id = 90",
                2
            ),
            (
                "INSERT INTO activity SELECT 6, startedAt, verb, arguments, toolVersion, result, content, hash, printf('%064d', 7) FROM activity WHERE id = 5",
                6
            ),
            (
                "INSERT INTO activity SELECT 0, startedAt, verb, arguments, toolVersion, result, content, previousHash, 'x' FROM activity WHERE id = 1",
                0
            ),
        ] as [(String, Int64)]
    )
    func edits(sql: String, record: Int64) throws {
        let made = try made()
        try made.tamper(sql)
        #expect(try broken(made) == record)
    }

    /// A chain cannot show that its end is missing: whoever seals a case has to write down its last hash.
    @Test("That the last records are missing shows only against a hash that was noted elsewhere")
    func truncation() throws {
        let made = try made()
        let noted = try made.file.read { try $0.activities() }.last?.hash
        try made.tamper("DELETE FROM activity WHERE id > 3")
        let log = try made.file.read { try $0.activities() }
        #expect(ActivityRecord.firstBroken(in: log) == nil)
        #expect(log.last?.hash != noted)
    }

    @Test("No two records give the same text to hash")
    func unambiguous() throws {
        let stored = try #require(try made(1).file.read { try $0.activities() }.first)
        let pairs = [
            ("a", "b"), ("ab", ""), ("a\n1 b", ""), ("a", "1 b\n"), ("a\n", "1 b"), ("", "ab"), ("e\u{301}", ""),
            ("\u{E9}", ""),
        ]
        var hashes: Set<String> = []
        for (verb, arguments) in pairs {
            var record = stored
            record.verb = verb
            record.arguments = arguments
            hashes.insert(record.computedHash)
        }
        #expect(hashes.count == pairs.count)
    }

    @Test("A log whose numbers are used up is refused, not overrun")
    func overflow() throws {
        let made = try made(1)
        try made.tamper("UPDATE activity SET id = 9223372036854775807")
        #expect(throws: CaseError.corrupt(column: "id", value: "9223372036854775807")) {
            try made.file.write {
                $0.appendActivity(verb: "v", arguments: "", toolVersion: "", startedAt: MadeCase.time, result: "")
            }
        }
        #expect(try broken(made) == .max)
    }
}
