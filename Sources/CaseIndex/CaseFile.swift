internal import CSQLite
internal import Cryptography
internal import Foundation
internal import GRDB
internal import Glibc

/// One case: a single SQLite file.
///
/// While it is written it uses a write-ahead log; when the last user closes it, it is one plain file again, which can be
/// copied, sealed and opened from read-only media.
package final class CaseFile: Sendable {
    /// What may be done with an open case.
    package enum Access: Sendable {
        /// Everything.
        case writing
        /// Nothing is changed.
        case reading
        /// Verdicts and findings are kept in memory, and are gone when the case is closed: the medium is read-only.
        case judging
    }

    /// Where the file is.
    package let path: String
    /// What may be done with it.
    package let access: Access
    private let queue: DatabaseQueue
    private let ledger: ContentLedger
    /// The orders of long lists that are kept while the case is browsed.
    let orders = KeptOrders()

    private init(path: String, queue: DatabaseQueue, ledger: ContentLedger, access: Access) {
        self.path = path
        self.queue = queue
        self.ledger = ledger
        self.access = access
    }

    // MARK: - Opening

    /// Opens the case for writing, creating it when there is none.
    ///
    /// - Throws: ``CaseError``.
    package static func openOrCreate(_ path: String) throws -> CaseFile {
        try patiently(path) {
            let ledger = try ContentLedger()
            let location = CaseConnection.plain(path)
            let queue = try DatabaseQueue(
                path: location,
                configuration: CaseConnection.configuration(isReadOnly: false)
            )
            try queue.inDatabase { database in
                try database.inTransaction(.immediate) {
                    if try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 {
                        guard try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
                        else { throw CaseError.notACase(path: path) }
                        try Schema.create(database)
                    }
                    return .commit
                }
                try CaseConnection.check(database, path: path)
                // Only now is it known to be ours: a file of somebody else is left as it is.
                try database.execute(sql: "PRAGMA journal_mode = WAL")
                ledger.attach(to: database)
            }
            return CaseFile(path: path, queue: queue, ledger: ledger, access: .writing)
        }
    }

    /// Opens a case that must exist, for writing when the medium allows it, and else for judging.
    ///
    /// - Throws: ``CaseError``.
    package static func open(_ path: String) throws -> CaseFile {
        guard FileManager.default.fileExists(atPath: path) else { throw CaseError.noSuchFile(path: path) }
        let isWritable = Glibc.access(path, W_OK) == 0 && Glibc.access(FolderOfFile.path(path), W_OK) == 0
        return isWritable ? try openOrCreate(path) : try openReadOnly(path, access: .judging)
    }

    /// Opens a case that must exist, for reading only.
    ///
    /// - Throws: ``CaseError``.
    package static func openReadOnly(_ path: String) throws -> CaseFile {
        try openReadOnly(path, access: .reading)
    }

    /// Opens a case that must exist for judging alone: verdicts and findings are gone when it is closed.
    ///
    /// - Throws: ``CaseError``.
    package static func openForJudging(_ path: String) throws -> CaseFile {
        try openReadOnly(path, access: .judging)
    }

    /// Opens a case that must exist for ``CaseReader/verification()``, which copes with a schema that somebody changed.
    ///
    /// - Throws: ``CaseError``.
    package static func openForVerification(_ path: String) throws -> CaseFile {
        try openReadOnly(path, access: .reading, isTolerant: true)
    }

    /// Opens a case only to read it, with tables in memory by which its long lists are sorted.
    ///
    /// - Throws: As ``openReadOnly(_:)``.
    package static func openForBrowsing(_ path: String) throws -> CaseFile {
        let file = try openReadOnly(path, access: .reading)
        try file.gatherLists()
        return file
    }

    /// Gathers anew what the long lists are sorted by, after another process changed the case.
    ///
    /// - Throws: ``CaseError`` when the case cannot be read.
    package func gatherLists() throws {
        try Self.patiently(path) {
            try queue.inDatabase { database in
                orders.forget(newState: nil)
                try BrowseTables.create(database)
                orders.forget(newState: try CaseReader(database: database).orderedState())
            }
        }
    }

    /// A number that changes when another process changes the case.
    ///
    /// - Throws: ``CaseError`` when the case cannot be read.
    package func dataVersion() throws -> Int {
        try Self.patiently(path) {
            try queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
        }
    }

    private static func openReadOnly(_ path: String, access: Access, isTolerant: Bool = false) throws -> CaseFile {
        guard FileManager.default.fileExists(atPath: path) else { throw CaseError.noSuchFile(path: path) }
        return try patiently(path) {
            let queue = try DatabaseQueue(
                path: CaseConnection.readOnlyLocation(path),
                configuration: CaseConnection.configuration(isReadOnly: true)
            )
            try queue.inDatabase { database in
                try CaseConnection.check(database, path: path, isTolerant: isTolerant)
                if access == .judging { try Schema.createJudgements(inMemoryBeside: database) }
            }
            return CaseFile(path: path, queue: queue, ledger: try ContentLedger(), access: access)
        }
    }

    // MARK: - Using

    /// Runs `body` on one consistent state.
    package func read<Result>(_ body: (CaseReader) throws -> Result) throws -> Result {
        try Self.patiently(path) {
            try queue.read { try body(CaseReader(database: $0, orders: orders)) }
        }
    }

    /// Runs `body` in one transaction: all of it is stored, with the sums of the tables and the records that it appends
    /// to the custody log, or nothing.
    package func write<Result>(_ body: (CaseWriter) throws -> Result) throws -> Result {
        var hasBegun = false
        return try Self.patiently(path, while: { !hasBegun }) {
            try queue.writeWithoutTransaction { database in
                var result: Result?
                try database.inTransaction(access == .judging ? .deferred : .immediate) {
                    try ledger.begin(database)
                    hasBegun = true
                    result = try body(CaseWriter(database: database, ledger: ledger))
                    if access != .judging { try ledger.finish(database) }
                    Failpoint.pass("commit")
                    return .commit
                }
                ledger.committed()
                Failpoint.pass("committed")
                guard let result else { throw CaseError.storage(path: path, reason: "the transaction did not run") }
                return result
            }
        }
    }

    // MARK: - Closing

    /// Folds the write-ahead log back into the file, so that one plain file is left.
    package func close() throws {
        guard access == .writing else { return try queue.close() }
        Failpoint.pass("close")
        try? queue.writeWithoutTransaction { database in
            // Another process may still be at work; then the last one to close does this.
            try database.execute(sql: "PRAGMA busy_timeout = 0")
            try database.execute(sql: "PRAGMA journal_mode = DELETE")
        }
        try Self.translated(path) { try queue.close() }
        Failpoint.pass("closed")
    }

    /// Folds the write-ahead log back into the file and waits until all of it is on the medium.
    ///
    /// - Throws: ``CaseError/inUse(path:)`` while another process has the case open.
    package func seal() throws {
        try Self.translated(path) {
            try queue.writeWithoutTransaction { database in
                let mode: String?
                do {
                    mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
                } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                    throw CaseError.inUse(path: path)
                }
                guard mode == "delete" else { throw CaseError.inUse(path: path) }
            }
            try queue.close()
        }
        for name in [path, FolderOfFile.path(path)] {
            let descriptor = Glibc.open(name, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { Glibc.close(descriptor) }
            guard fsync(descriptor) == 0 else {
                throw CaseError.storage(path: path, reason: String(cString: strerror(errno)))
            }
        }
    }

    /// Makes an attempt again while another process is in the way.
    ///
    /// SQLite waits by itself where it can. It cannot while the write-ahead log is set up or folded in: then it reports
    /// that the file is locked, or that its log cannot be opened because it is just going.
    private static func patiently<Result>(
        _ path: String,
        while mayRepeat: () -> Bool = { true },
        _ body: () throws -> Result
    ) throws -> Result {
        let start = ContinuousClock.now
        return try translated(path) {
            while true {
                do {
                    return try body()
                } catch let error as DatabaseError {
                    guard mayRepeat(), start.duration(to: .now) < patience(with: error) else { throw error }
                    usleep(10_000)
                }
            }
        }
    }

    /// How long an error may be that of a moment.
    private static func patience(with error: DatabaseError) -> Duration {
        switch error.extendedResultCode {
        case .SQLITE_BUSY, .SQLITE_BUSY_RECOVERY, .SQLITE_BUSY_SNAPSHOT, .SQLITE_PROTOCOL: .seconds(60)
        case .SQLITE_CANTOPEN, .SQLITE_READONLY_RECOVERY, .SQLITE_READONLY_CANTLOCK, .SQLITE_READONLY_ROLLBACK:
            .seconds(1)
        default: .zero
        }
    }

    /// Turns SQLite's errors into ours.
    private static func translated<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_NOTADB: throw CaseError.notACase(path: path)
            case .SQLITE_FULL: throw CaseError.full(path: path)
            case .SQLITE_CORRUPT: throw CaseError.damaged(path: path, reason: error.message ?? "")
            case .SQLITE_BUSY: throw CaseError.inUse(path: path)
            case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK:
                throw CaseError.interrupted(path: path)
            case .SQLITE_READONLY: throw CaseError.readOnly(path: path)
            default: throw CaseError.storage(path: path, reason: error.message ?? error.resultCode.description)
            }
        }
    }
}
