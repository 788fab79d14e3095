internal import CSQLite
internal import Cryptography
internal import Foundation
internal import GRDB
internal import Glibc

/// How a case file is opened, whoever wrote it.
///
/// A case may come from somebody else. Nothing that lies in its schema runs: no view, no trigger, no function that is not
/// harmless, and every page is checked before it is believed.
enum CaseConnection {
    /// How long one process waits for another that is writing, in seconds.
    private static let busyTimeout = 60.0

    /// Has SQLite count no memory, once and before the first connection (SQLite, `SQLITE_CONFIG_MEMSTATUS`): the count is
    /// asked for nowhere, and connections on several threads would wait for each other to keep it.
    private static let countsNoMemory = raireki_sqlite3_count_no_memory()

    /// The settings of a connection.
    static func configuration(isReadOnly: Bool) -> Configuration {
        _ = countsNoMemory
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(busyTimeout)
        configuration.prepareDatabase { database in
            _ = raireki_sqlite3_set_defensive(database.sqliteConnection)
            for (limit, value) in limits { sqlite3_limit(database.sqliteConnection, limit, value) }
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
                    PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = OFF
                    """
            )
            // As much of write-ahead log as of pages in memory.
            if !isReadOnly { try database.execute(sql: "PRAGMA wal_autocheckpoint = 16384") }
            try keepPages(database, mebibytes: isReadOnly ? Self.fewPages : Self.manyPages)
        }
        return configuration
    }

    /// For a question or two: memory that is fresh from the system costs more than to read a page again.
    private static let fewPages = 2
    /// For millions of rows, which go to random places of their indexes.
    static let manyPages = 64

    /// How much of the file is kept in memory.
    static func keepPages(_ database: Database, mebibytes: Int) throws {
        try database.execute(sql: "PRAGMA cache_size = -\(mebibytes << 10)")
    }

    /// What no statement of ours reaches, and what a crafted schema may try (SQLite, "Defense Against The Dark Arts").
    private static let limits: [(Int32, Int32)] = [
        (SQLITE_LIMIT_SQL_LENGTH, 100_000), (SQLITE_LIMIT_COLUMN, 100), (SQLITE_LIMIT_EXPR_DEPTH, 100),
        (SQLITE_LIMIT_VDBE_OP, 25_000), (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_TRIGGER_DEPTH, 10),
        (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 10_000),
    ]

    /// A path that SQLite takes for nothing but a path.
    static func plain(_ path: String) -> String {
        path.hasPrefix("file:") ? "./" + path : path
    }

    /// What to open for reading.
    ///
    /// A file that was left in write-ahead mode cannot be read where nothing can be written beside it, because SQLite
    /// wants to share an index of the log. When there is no log, the file is all there is, and is opened as one that
    /// nobody changes; when there is one, its transactions would be lost to the reader.
    static func readOnlyLocation(_ path: String) throws -> String {
        guard isWriteAhead(path) else { return plain(path) }
        guard access(FolderOfFile.path(path), W_OK) != 0 else { return plain(path) }
        var status = stat()
        if stat(path + "-wal", &status) == 0, status.st_size > 0 {
            if access(path + "-shm", R_OK) == 0 { return plain(path) }
            throw CaseError.unfinishedLog(path: path)
        }
        let absolute = URL(fileURLWithPath: path).absoluteString
        return absolute + "?immutable=1"
    }

    /// Whether the header says that a write-ahead log belongs to the file (SQLite file format, offsets 18 and 19).
    private static func isWriteAhead(_ path: String) -> Bool {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { Glibc.close(descriptor) }
        var header = [UInt8](repeating: 0, count: 20)
        guard pread(descriptor, &header, header.count, 0) == header.count else { return false }
        return header[18] == 2 || header[19] == 2
    }

    /// Throws unless the file is a case of this version whose schema can be read safely.
    ///
    /// - Parameters:
    ///   - database: The file.
    ///   - path: Where it is.
    ///   - isTolerant: Whether a schema that somebody changed is let pass, for whoever looks only at what is the same.
    /// - Throws: ``CaseError``.
    static func check(_ database: Database, path: String, isTolerant: Bool = false) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found > 0, try hasTable("source", database) else { throw CaseError.notACase(path: path) }
        guard found <= Schema.version else { throw CaseError.newerVersion(found: found, known: Schema.version) }
        guard found == Schema.version else { throw CaseError.olderVersion(found: found, known: Schema.version) }
        guard !isTolerant, let first = try SchemaDifference.all(in: database).first(where: \.isDangerous)
        else { return }
        throw CaseError.foreignSchema(path: path, first.description)
    }

    /// Whether something, a table or not, has this name.
    static func hasTable(_ name: String, _ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master WHERE name = ?", arguments: [name]) != 0
    }
}
