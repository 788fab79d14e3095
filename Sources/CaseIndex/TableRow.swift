internal import CSQLite
internal import GRDB

/// One row of a table while it is being read.
package struct TableRow {
    /// A value; bytes are valid until the next row.
    package enum Value {
        case null
        case integer(Int64)
        case text(UnsafeRawBufferPointer)
        case bytes(UnsafeRawBufferPointer)
    }

    fileprivate let statement: OpaquePointer
    fileprivate let table: CaseTable

    /// The value in a column, by its place.
    ///
    /// - Throws: ``CaseError/corrupt(column:value:)`` when it is of a type that this program never stores there.
    package func value(_ place: Int) throws -> Value {
        let column = table.columns[place]
        switch (sqlite3_column_type(statement, Int32(place)), column.kind) {
        case (SQLITE_NULL, _) where !column.isRequired: return .null
        case (SQLITE_INTEGER, .integer): return .integer(sqlite3_column_int64(statement, Int32(place)))
        case (SQLITE_TEXT, .text), (SQLITE_BLOB, .text): return .text(stored(Int32(place)))
        case (SQLITE_BLOB, .bytes): return .bytes(stored(Int32(place)))
        case (let type, _):
            let found = [SQLITE_NULL: "nothing", SQLITE_INTEGER: "a number", SQLITE_TEXT: "text", SQLITE_BLOB: "bytes"]
            throw CaseError.corrupt(column: "\(table.name).\(column.name)", value: found[type] ?? "a fraction")
        }
    }

    private func stored(_ place: Int32) -> UnsafeRawBufferPointer {
        // The pointer first: asking for the count does not convert then.
        let base = sqlite3_column_blob(statement, place)
        return UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(statement, place)))
    }
}

extension CaseReader {
    /// Hands every row of a table to `body`, in the order of its key; no more than one row is in memory.
    ///
    /// - Throws: ``CaseError``, and what `body` throws.
    package func forEachRow(of table: CaseTable, _ body: (TableRow) throws -> Void) throws {
        let columns = table.columns.map { TableShape.quoted($0.name) }.joined(separator: ", ")
        let key = table.key.map { TableShape.quoted(table.columns[$0].name) }.joined(separator: ", ")
        let order = key.isEmpty ? "" : " ORDER BY \(key)"
        let statement = try database.makeStatement(
            sql: "SELECT \(columns) FROM main.\(TableShape.quoted(table.name))\(order)"
        )
        let handle = statement.sqliteStatement
        defer { sqlite3_reset(handle) }
        let row = TableRow(statement: handle, table: table)
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: try body(row)
            case SQLITE_DONE: return
            case let code:
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code),
                    message: database.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) }
                )
            }
        }
    }

    /// How many rows the tables have together, as the sums say that are kept beside them: right for a case that holds.
    package func recordedRows() throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT ifnull(sum(rows), 0) FROM tableSum") ?? 0
    }
}
