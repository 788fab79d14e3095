import CaseIndex
import Cryptography
import GRDB
import TestSupport

/// A case in a directory of its own, and what an intruder with an SQL shell could do to it.
struct MadeCase {
    let directory: TemporaryDirectory
    let path: String
    let file: CaseFile

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("case.db")
        file = try CaseFile.openOrCreate(path)
    }

    /// A digest of a word.
    static func digest(_ word: String) -> Digest {
        Digest(hashing: Array(word.utf8))
    }

    /// A moment.
    static let time = Timestamp(seconds: 1_700_000_000, nanoseconds: 5_000_000)

    /// Stores a source; answers its number.
    func source(_ word: String) throws -> Int64 {
        let record = SourceRecord(
            kind: "oci-layout",
            path: "/evidence/\(word)",
            digest: Self.digest(word),
            importedAt: Self.time,
            isComplete: false
        )
        return try file.write { try $0.insert(record) }
    }

    /// Runs SQL on a file, past everything that the case's own code checks.
    static func execute(_ sql: String, at path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// Runs SQL on the case.
    func tamper(_ sql: String) throws {
        try Self.execute(sql, at: path)
    }
}
