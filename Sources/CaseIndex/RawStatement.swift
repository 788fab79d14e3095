internal import Cryptography
internal import GRDB
internal import GRDBSQLite

/// A prepared statement that is bound and stepped without GRDB's values in between, for tables of millions of rows.
struct RawStatement {
    private let pointer: OpaquePointer
    private let database: Database

    init(_ database: Database, _ sql: String) throws {
        pointer = try database.cachedStatement(sql: sql).sqliteStatement
        self.database = database
    }

    /// A value for a place of the statement.
    enum Value {
        case integer(Int64)
        case null
        /// Bytes stored as they are.
        case blob([UInt8])
        /// Bytes stored as text when they are UTF-8 without a NUL, so that other programs can read them; as they are
        /// otherwise.
        case text([UInt8])
        /// Bytes that are known to be such text.
        case plain([UInt8])

        init(_ integer: Int64?) {
            self = integer.map { .integer($0) } ?? .null
        }

        init(_ digest: Digest?) {
            self = digest.map { .plain($0.text) } ?? .null
        }

        /// Text from evidence; see ``EvidenceText``.
        init(_ text: String?) {
            self = text.map { .text(Array($0.utf8)) } ?? .null
        }

        /// One of our own words.
        init(_ word: some RawRepresentable<String>) {
            self = .plain(Array(word.rawValue.utf8))
        }
    }

    /// Runs the statement for its effect.
    func run(_ values: Value...) throws {
        try run(values)
    }

    /// Runs the statement for its effect.
    func run(_ values: [Value]) throws {
        _ = try step(values[...]) { _ in }
    }

    /// Runs the statement and answers the integer in the first column of its first row, if there is a row.
    func integer(_ values: Value...) throws -> Int64? {
        var result: Int64?
        _ = try step(values[...]) { result = sqlite3_column_int64($0, 0) }
        return result
    }

    /// Binds one value after the other, each for the duration of what follows, then steps once.
    private func step(_ values: ArraySlice<Value>, _ body: (OpaquePointer) -> Void) throws {
        let position = Int32(values.startIndex + 1)
        guard let value = values.first else { return try step(body) }
        switch value {
        case .integer(let number): try check(sqlite3_bind_int64(pointer, position, number))
        case .null: try check(sqlite3_bind_null(pointer, position))
        case .blob(let bytes): return try bind(bytes, position, isText: false) { try step(values.dropFirst(), body) }
        case .text(let bytes):
            return try bind(bytes, position, isText: Self.isText(bytes)) { try step(values.dropFirst(), body) }
        case .plain(let bytes): return try bind(bytes, position, isText: true) { try step(values.dropFirst(), body) }
        }
        try step(values.dropFirst(), body)
    }

    private static func isText(_ bytes: [UInt8]) -> Bool {
        if bytes.allSatisfy({ $0 > 0 && $0 < 0x80 }) { return true }
        return !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
    }

    private func bind(_ bytes: [UInt8], _ position: Int32, isText: Bool, _ rest: () throws -> Void) throws {
        try bytes.withUnsafeBytes { buffer in
            // A nil pointer would bind NULL.
            let base = buffer.baseAddress ?? UnsafeRawPointer(pointer)
            let count = Int32(clamping: buffer.count)
            if isText {
                try check(
                    sqlite3_bind_text(pointer, position, base.assumingMemoryBound(to: CChar.self), count, nil)
                )
            } else {
                try check(sqlite3_bind_blob(pointer, position, base, count, nil))
            }
            try rest()
        }
    }

    private func step(_ body: (OpaquePointer) -> Void) throws {
        let status = sqlite3_step(pointer)
        if status == SQLITE_ROW { body(pointer) }
        let reset = sqlite3_reset(pointer)
        guard status == SQLITE_ROW || status == SQLITE_DONE else { throw error(status) }
        guard reset == SQLITE_OK else { throw error(reset) }
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
