import CaseFixtures
import CaseIndex
import Cryptography
import Foundation
import GRDB
import TestSupport

/// A case with rows in most tables and several runs in its log, as bytes to make damaged copies from.
struct FilledCase {
    let bytes: [UInt8]
    let directory: TemporaryDirectory
    /// The last record.
    let head: (record: Int64, hash: String)

    init(_ word: String = "a", runs: Int = 6) throws {
        directory = try TemporaryDirectory()
        let fixture = try CaseFixture()
        for run in 1...runs {
            let image = try fixture.addImage("\(word)-\(run)", layer: run == 2 ? .digestMismatch : .matched)
            let id = try fixture.addSignature(image, named: "\(word)-\(run)", authentic: run != 3, trusted: run == 1)
            try fixture.addClaim(image, .signedAnnotation, "commit", "\(word) \(run)", signature: id)
            try fixture.caseFile.write { writer in
                let finding = FindingRecord(
                    rule: "r",
                    severity: .note,
                    subject: image,
                    message: "\(word) \(run)",
                    records: "[]"
                )
                try writer.replaceFindings(about: image, with: [finding])
                try writer.insert(
                    WarningRecord(sourceID: 1, path: "p\(run)", code: "c", severity: .recovered, message: word)
                )
                writer.appendActivity(
                    verb: "run-\(word)-\(run)",
                    arguments: "[\"\(word)\"]",
                    toolVersion: "1",
                    startedAt: MadeCase.time.adding(seconds: Int64(run)),
                    result: "{\"run\":\(run)}"
                )
            }
        }
        let last = try fixture.caseFile.read { try $0.activities() }.last
        head = (last?.id ?? 0, last?.hash ?? "")
        try fixture.caseFile.close()
        bytes = try SharedData.bytes(at: fixture.path)
    }

    /// A copy under a name, changed by SQL.
    func copy(_ name: String = "copy.db", _ sql: String? = nil) throws -> String {
        let path = directory.path(name)
        for suffix in ["-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        if let sql { try MadeCase.execute(sql, at: path) }
        return path
    }

    /// Everything in the tables, with the types; nil when a table cannot be read.
    static func dump(_ path: String) -> [String]? {
        guard let queue = try? DatabaseQueue(path: path) else { return nil }
        defer { try? queue.close() }
        return try? queue.read { database in
            var lines = try String.fetchAll(
                database,
                sql: "SELECT type || name || ifnull(sql, '') FROM sqlite_master ORDER BY 1"
            )
            let tables = try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
            )
            for table in tables {
                let columns = try database.columns(in: table).map { "\"\($0.name)\"" }
                let list = columns.map { "typeof(\($0)) || hex(CAST(\($0) AS BLOB))" }.joined(separator: " || ',' || ")
                lines += try String.fetchAll(database, sql: "SELECT \(list) FROM \"\(table)\" NOT INDEXED").sorted()
                    .map { "\(table): \($0)" }
            }
            return lines
        }
    }

    /// What verification of a file finds; nil when the file cannot be read at all.
    static func verification(_ path: String) -> CaseVerification? {
        guard let file = try? CaseFile.openForVerification(path) else { return nil }
        defer { try? file.close() }
        return try? file.read { try $0.verification() }
    }
}
