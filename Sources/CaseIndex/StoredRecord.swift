internal import Cryptography
internal import GRDB

/// A record that lives in one table, column by column.
protocol StoredRecord {
    static var table: String { get }
    static var columns: [String] { get }
    var values: [(any DatabaseValueConvertible)?] { get }
    init(row: Row) throws
}

extension StoredRecord {
    /// Inserts the row unless an equal key is there; answers whether it was new.
    func insert(_ database: Database) throws -> Bool {
        let marks = Self.columns.map { _ in "?" }.joined(separator: ", ")
        let names = Self.columns.joined(separator: ", ")
        let statement = try database.cachedStatement(
            sql: "INSERT OR IGNORE INTO \(Self.table) (\(names)) VALUES (\(marks))"
        )
        try statement.execute(arguments: StatementArguments(values))
        return database.changesCount > 0
    }

    /// The rows that a condition selects, in the given order.
    static func fetch(
        _ database: Database,
        where condition: String = "1",
        _ arguments: [(any DatabaseValueConvertible)?] = [],
        order: String
    ) throws -> [Self] {
        var records: [Self] = []
        try forEach(database, where: condition, arguments, order: order) { records.append($0) }
        return records
    }

    /// Hands the rows that a condition selects to `body`, in the given order, one at a time.
    static func forEach(
        _ database: Database,
        where condition: String = "1",
        _ arguments: [(any DatabaseValueConvertible)?] = [],
        order: String,
        _ body: (Self) throws -> Void
    ) throws {
        let names = columns.joined(separator: ", ")
        let sql = "SELECT \(names) FROM \(table) WHERE \(condition) ORDER BY \(order)"
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: StatementArguments(arguments))
        while let row = try rows.next() { try body(try Self(row: row)) }
    }
}

extension Row {
    /// A column of a plain type; SQLite lets anybody who edits a case put any type into any column.
    func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        guard let value: Value = try optionalValue(column) else {
            throw CaseError.corrupt(column: column, value: "NULL")
        }
        return value
    }

    /// A column of a plain type that may be empty.
    func optionalValue<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
        let stored: DatabaseValue = self[column]
        guard !stored.isNull else { return nil }
        guard let value = Value.fromDatabaseValue(stored) else {
            throw CaseError.corrupt(column: column, value: stored.description)
        }
        return value
    }

    /// A column of bytes.
    func bytes(_ column: String) throws -> [UInt8] {
        let blob: Blob = try value(column)
        return blob.bytes
    }

    /// A digest column.
    func digest(_ column: String) throws -> Digest {
        guard let digest = try optionalDigest(column) else { throw CaseError.corrupt(column: column, value: "NULL") }
        return digest
    }

    /// A digest column that may be empty.
    func optionalDigest(_ column: String) throws -> Digest? {
        guard let text: String = try optionalValue(column) else { return nil }
        guard let digest = try? Digest(parsing: text) else { throw CaseError.corrupt(column: column, value: text) }
        return digest
    }

    /// A column of text from evidence.
    func text(_ column: String) throws -> String {
        guard let text = try optionalText(column) else { throw CaseError.corrupt(column: column, value: "NULL") }
        return text
    }

    /// A column of text from evidence that may be empty.
    func optionalText(_ column: String) throws -> String? {
        let value: DatabaseValue = self[column]
        if value.isNull { return nil }
        guard let text = EvidenceText.fromDatabaseValue(value) else {
            throw CaseError.corrupt(column: column, value: "not text")
        }
        return text.text
    }

    /// A time column.
    func time(_ column: String) throws -> Timestamp {
        guard let time = try optionalTime(column) else { throw CaseError.corrupt(column: column, value: "NULL") }
        return time
    }

    /// A time column that may be empty.
    func optionalTime(_ column: String) throws -> Timestamp? {
        guard let text: String = try optionalValue(column) else { return nil }
        guard let time = Timestamp(rfc3339: text) else { throw CaseError.corrupt(column: column, value: text) }
        return time
    }

    /// A column that holds one of an enumeration's words.
    func word<Word: RawRepresentable<String>>(_ column: String, _ type: Word.Type = Word.self) throws -> Word {
        let text: String = try value(column)
        guard let word = Word(rawValue: text) else { throw CaseError.corrupt(column: column, value: text) }
        return word
    }
}
