internal import GRDB
internal import GRDBSQLite

/// A prepared query whose parameters are integers, stepped without GRDB's rows in between, for millions of rows.
struct RawQuery {
    private let pointer: OpaquePointer
    private let database: Database

    init(_ database: Database, _ sql: String) throws {
        pointer = try database.cachedStatement(sql: sql).sqliteStatement
        self.database = database
    }

    /// Hands every row to `body`, which must not run the same query.
    func forEachRow(_ arguments: Int64..., body: (RawRow) throws -> Void) throws {
        defer { sqlite3_reset(pointer) }
        for (index, argument) in arguments.enumerated() {
            try check(sqlite3_bind_int64(pointer, Int32(index + 1), argument))
        }
        while true {
            switch sqlite3_step(pointer) {
            case SQLITE_ROW: try body(RawRow(pointer: pointer))
            case SQLITE_DONE: return
            case let status: throw error(status)
            }
        }
    }

    /// Hands every row to `body`; the parameters are plain texts of our own.
    func forEachRow(text: String..., body: (RawRow) throws -> Void) throws {
        defer {
            sqlite3_reset(pointer)
            sqlite3_clear_bindings(pointer)
        }
        // SQLite keeps copies: the texts are gone before the rows are read.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, value) in text.enumerated() {
            try check(sqlite3_bind_text(pointer, Int32(index + 1), value, -1, transient))
        }
        while true {
            switch sqlite3_step(pointer) {
            case SQLITE_ROW: try body(RawRow(pointer: pointer))
            case SQLITE_DONE: return
            case let status: throw error(status)
            }
        }
    }

    private func check(_ status: Int32) throws {
        guard status == SQLITE_OK else { throw error(status) }
    }

    private func error(_ status: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: status),
            message: database.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) }
        )
    }
}

/// One row while it is being read.
struct RawRow {
    fileprivate let pointer: OpaquePointer

    func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(pointer, column) == SQLITE_NULL
    }

    /// What kind of value a column holds; nil for a number with a fraction.
    func kind(_ column: Int32) -> Kind? {
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .integer
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        default: nil
        }
    }

    /// The kinds of values, in the order in which SQLite sorts them.
    enum Kind: UInt8 {
        case null, integer, text, blob
    }

    /// The text of a column; nil where it is NULL or no text.
    ///
    /// - Throws: ``CaseError/corrupt(column:value:)``.
    func text(_ column: Int32, _ name: String) throws -> String? {
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_NULL: return nil
        case SQLITE_TEXT, SQLITE_BLOB:
            guard let text = String(validating: bytes(column), as: UTF8.self) else { fallthrough }
            return text
        default: throw CaseError.corrupt(column: name, value: "not text")
        }
    }

    /// The text of a column that must not be NULL.
    func requiredText(_ column: Int32, _ name: String) throws -> String {
        guard let text = try text(column, name) else { throw CaseError.corrupt(column: name, value: "NULL") }
        return text
    }

    func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(pointer, column)
    }

    /// The bytes of text or of a blob, valid until the next row.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        // The pointer first: asking for the count does not convert then.
        let base = sqlite3_column_blob(pointer, column)
        return UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(pointer, column)))
    }
}
