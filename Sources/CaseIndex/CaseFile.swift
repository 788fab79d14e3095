internal import Foundation
internal import GRDB

/// One case: a single SQLite file.
///
/// While it is written it uses a write-ahead log; when the last user closes it, it is one plain file again, which can be
/// copied, sealed and opened from read-only media.
package final class CaseFile: Sendable {
    /// Where the file is.
    package let path: String
    private let queue: DatabaseQueue
    private let isWritable: Bool

    private init(path: String, queue: DatabaseQueue, isWritable: Bool) {
        self.path = path
        self.queue = queue
        self.isWritable = isWritable
    }

    /// How long one process waits for another that is writing, in seconds.
    private static let busyTimeout = 60.0

    /// Opens the case for writing, creating it when there is none.
    ///
    /// - Throws: ``CaseError``.
    package static func openOrCreate(_ path: String) throws -> CaseFile {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // 64 MiB of pages and as much of write-ahead log: millions of file rows go to random places of their indexes.
            try database.execute(sql: "PRAGMA cache_size = -65536")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 16384")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
        }
        return try translated(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { database in
                try database.inTransaction(.immediate) {
                    if try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 {
                        guard try !database.tableExists("source") else { throw CaseError.notACase(path: path) }
                        guard try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
                        else { throw CaseError.notACase(path: path) }
                        try Schema.create(database)
                    }
                    return .commit
                }
                try checkVersion(database, path: path)
                // Only now is it known to be ours: a file of somebody else is left as it is.
                try database.execute(sql: "PRAGMA journal_mode = WAL")
            }
            return CaseFile(path: path, queue: queue, isWritable: true)
        }
    }

    /// Opens a case that must exist, for writing when the medium allows it.
    ///
    /// - Throws: ``CaseError``.
    package static func open(_ path: String) throws -> CaseFile {
        guard FileManager.default.fileExists(atPath: path) else { throw CaseError.noSuchFile(path: path) }
        guard FileManager.default.isWritableFile(atPath: path) else { return try openReadOnly(path) }
        return try openOrCreate(path)
    }

    /// Opens a case that must exist, for reading only.
    ///
    /// - Throws: ``CaseError``.
    package static func openReadOnly(_ path: String) throws -> CaseFile {
        guard FileManager.default.fileExists(atPath: path) else { throw CaseError.noSuchFile(path: path) }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(busyTimeout)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA trusted_schema = OFF") }
        return try translated(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { try checkVersion($0, path: path) }
            return CaseFile(path: path, queue: queue, isWritable: false)
        }
    }

    /// Runs `body` on one consistent state.
    package func read<Result>(_ body: (CaseReader) throws -> Result) throws -> Result {
        try Self.translated(path) {
            try queue.read { try body(CaseReader(database: $0)) }
        }
    }

    /// Runs `body` in one transaction: all of it is stored, or nothing.
    package func write<Result>(_ body: (CaseWriter) throws -> Result) throws -> Result {
        try Self.translated(path) {
            try queue.writeWithoutTransaction { database in
                var result: Result?
                try database.inTransaction(.immediate) {
                    result = try body(CaseWriter(database: database))
                    return .commit
                }
                guard let result else { throw CaseError.storage(path: path, reason: "the transaction did not run") }
                return result
            }
        }
    }

    /// Folds the write-ahead log back into the file, so that one plain file is left.
    package func close() throws {
        guard isWritable else { return try queue.close() }
        try? queue.writeWithoutTransaction { database in
            // Another process may still be at work; then the last one to close does this.
            try database.execute(sql: "PRAGMA busy_timeout = 0")
            try database.execute(sql: "PRAGMA journal_mode = DELETE")
        }
        try Self.translated(path) { try queue.close() }
    }

    private static func checkVersion(_ database: Database, path: String) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found > 0, try database.tableExists("source") else { throw CaseError.notACase(path: path) }
        guard found <= Schema.version else { throw CaseError.newerVersion(found: found, known: Schema.version) }
    }

    /// Turns SQLite's errors into ours.
    private static func translated<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            if error.resultCode == .SQLITE_NOTADB { throw CaseError.notACase(path: path) }
            throw CaseError.storage(path: path, reason: error.message ?? error.resultCode.description)
        }
    }
}
