import CaseIndex
import Cryptography
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("Verification of a case finds every edit")
struct TamperTests {
    @Test("A case that nobody touched holds, and says what it holds")
    func whole() throws {
        let filled = try FilledCase()
        let path = try filled.copy()
        let tables = try DatabaseQueue(path: path).read { database in
            try String.fetchSet(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        let found = try #require(FilledCase.verification(path))
        #expect(found.holds)
        #expect(found.chain.count == 7)
        #expect(found.chain.firstBroken == nil)
        #expect(found.isContentRecorded == true)
        // No table is left out, whoever adds one; the log has its chain, and the sums themselves are what is compared.
        #expect(Set(found.tables.map(\.name)) == tables.subtracting(["activity", "openImport", "tableSum"]))
        #expect(found.tables.first { $0.name == "signature" }?.rows == 6)
        #expect(found.documents > 0)
        #expect(found.integrity.isEmpty && found.schema.isEmpty && found.unreadable.isEmpty)
    }

    @Test(
        "Each kind of edit is named with its table",
        arguments: [
            ("UPDATE artifact SET size = size + 1 WHERE size > 0", "artifact"),
            ("UPDATE claim SET value = value || x'00' WHERE id = 2", "claim"),
            ("UPDATE claim SET value = CAST(value AS BLOB) WHERE id = 2", "claim"),
            ("UPDATE verdict SET isTrusted = 1", "verdict"), ("DELETE FROM finding WHERE id = 1", "finding"),
            ("UPDATE warning SET id = 100 WHERE id = 1", "warning"),
            ("INSERT INTO warning VALUES (9, 1, 'p', 'c', 'recovered', NULL, 'm')", "warning"),
            ("UPDATE source SET importedAt = '2020-01-01T00:00:00Z'", "source"),
        ]
    )
    func named(sql: String, table: String) throws {
        let filled = try FilledCase()
        let path = try filled.copy("edited.db", sql)
        let found = try #require(FilledCase.verification(path))
        #expect(!found.holds)
        #expect(found.tables.filter { !$0.holds }.map(\.name) == [table])
        #expect(found.chain.firstBroken == nil)
    }

    @Test("A row that was changed is among the few that are named")
    func suspects() throws {
        let filled = try FilledCase()
        let path = try filled.copy("edited.db", "UPDATE claim SET value = 'x' WHERE id = 3")
        let table = try #require(FilledCase.verification(path)?.tables.first { $0.name == "claim" })
        #expect(table.suspects.contains { $0.hasPrefix("id=3") })
        #expect(table.suspects.count <= 3)
    }

    @Test("A later run does not cover an edit up")
    func notCovered() throws {
        let filled = try FilledCase()
        let path = try filled.copy("edited.db", "UPDATE claim SET value = 'x' WHERE id = 3")
        let file = try CaseFile.openOrCreate(path)
        try file.write { writer in
            try writer.insert(content: [1], digest: Digest(hashing: [1]))
            writer.appendActivity(verb: "v", arguments: "[]", toolVersion: "1", startedAt: MadeCase.time, result: "{}")
        }
        try file.close()
        let found = try #require(FilledCase.verification(path))
        #expect(found.chain.firstBroken == nil)
        #expect(found.isContentRecorded == true)
        #expect(found.tables.filter { !$0.holds }.map(\.name) == ["claim"])
    }

    @Test(
        "What is added to the schema is named, and is not read when it could run",
        arguments: [
            ("CREATE TABLE extra (a)", "added table extra", false),
            ("ALTER TABLE claim ADD COLUMN more", "changed table claim", true),
            ("CREATE VIEW v AS SELECT 1", "added view v", true),
            ("CREATE TRIGGER t AFTER INSERT ON claim BEGIN DELETE FROM finding; END", "added trigger t", true),
            ("DROP INDEX warningByDigest", "missing index warningByDigest", false),
            ("CREATE VIRTUAL TABLE f USING fts5(a)", "added virtual table f", true),
            (
                "ALTER TABLE source RENAME TO s; CREATE VIEW source AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT n AS id FROM r",
                "changed table source", true
            ),
        ]
    )
    func schema(sql: String, difference: String, isDangerous: Bool) throws {
        let filled = try FilledCase()
        let path = try filled.copy("edited.db", sql)
        let found = try #require(FilledCase.verification(path))
        #expect(!found.holds)
        #expect(found.schema.map(\.description).contains(difference))
        #expect(found.schema.contains(where: \.isDangerous) == isDangerous)
        guard isDangerous else { return }
        #expect(throws: CaseError.self) { try CaseFile.openReadOnly(path) }
        #expect(throws: CaseError.self) { try CaseFile.openOrCreate(path) }
    }

    /// A thousand with `Tests/run --long`.
    @Test("Random edits of any table by SQL")
    func randomEdits() throws {
        let filled = try FilledCase()
        let original = try #require(FilledCase.dump(try filled.copy()))
        var generator = SeededGenerator(seed: 4)
        var edits = 0
        while edits < Extent.of(60, long: 1_000) {
            let path = try filled.copy()
            let sql = try RandomEdit(path, &generator).sql
            guard (try? MadeCase.execute(sql, at: path)) != nil, FilledCase.dump(path) != original else { continue }
            edits += 1
            let found = FilledCase.verification(path)
            #expect(found?.holds != true, "\(sql)")
        }
    }

    /// Three hundred with `Tests/run --long`.
    @Test("Single bits that flip: whatever changes content is found")
    func bitFlips() throws {
        let filled = try FilledCase()
        let original = try #require(FilledCase.dump(try filled.copy()))
        var generator = SeededGenerator(seed: 300)
        var (found, silent) = (0, 0)
        let count = Extent.of(40, long: 300)
        for _ in 0..<count {
            var bytes = filled.bytes
            let position = Int.random(in: bytes.indices, using: &generator)
            bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            let path = filled.directory.path("flipped.db")
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            if FilledCase.verification(path)?.holds != true {
                found += 1
            } else {
                silent += 1
                #expect(FilledCase.dump(path) == original, "byte \(position)")
            }
        }
        print("bit flips: \(count), found \(found), without a change of content \(silent)")
        #expect(found > 0)
    }
}

/// One statement that changes, adds or removes a row of any table of a case.
private struct RandomEdit {
    let sql: String

    init(_ path: String, _ generator: inout SeededGenerator) throws {
        let queue = try DatabaseQueue(path: path)
        let tables: [(name: String, columns: [String], rows: Int)] = try queue.read { database in
            let names = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
            return try names.map { name in
                let rows = try Int.fetchOne(database, sql: "SELECT count(*) FROM \"\(name)\"") ?? 0
                return (name, try database.columns(in: name).map(\.name), rows)
            }.filter { $0.2 > 0 }
        }
        try queue.close()
        let table = tables[Int.random(in: tables.indices, using: &generator)]
        let column = table.columns[Int.random(in: table.columns.indices, using: &generator)]
        let row =
            "(SELECT \(table.columns.map { "\"\($0)\"" }.joined(separator: ", ")) FROM \"\(table.name)\" LIMIT 1 OFFSET \(Int.random(in: 0..<table.rows, using: &generator)))"
        let values = [
            "NULL", "7", "-1", "1.5", "'x'", "x'00ff'", "\"\(column)\" || ' '", "CAST(\"\(column)\" AS BLOB)",
            "replace(\"\(column)\", 'a', 'b')", "\"\(column)\" + 1", "upper(\"\(column)\")", "''",
        ]
        let value = values[Int.random(in: values.indices, using: &generator)]
        let condition = "(\(table.columns.map { "\"\($0)\"" }.joined(separator: ", "))) IS \(row)"
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: sql = "DELETE FROM \"\(table.name)\" WHERE \(condition)"
        case 1:
            let list = table.columns.map { $0 == column ? value : "\"\($0)\"" }.joined(separator: ", ")
            sql = "INSERT INTO \"\(table.name)\" SELECT \(list) FROM \"\(table.name)\" WHERE \(condition)"
        default: sql = "UPDATE \"\(table.name)\" SET \"\(column)\" = \(value) WHERE \(condition)"
        }
    }
}
