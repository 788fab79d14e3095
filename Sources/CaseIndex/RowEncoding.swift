internal import CSQLite

/// One row as bytes: no two different rows give the same.
///
/// The table's name comes first, then every column in the order of the table. A value is one letter and what it holds:
/// `N` for NULL, `I` and `F` with the eight bytes of the number, `T` and `B` with the length in eight bytes and the
/// bytes as they are stored. Numbers are big-endian.
struct RowEncoding {
    private(set) var bytes: [UInt8] = []
    private let shape: TableShape
    private var ends: [Int] = []

    /// Begins a row of a table.
    init(_ shape: TableShape) {
        self.shape = shape
        append(length: shape.name.utf8.count)
        bytes += Array(shape.name.utf8)
        ends = [bytes.count]
    }

    /// Appends a value as SQLite holds it.
    mutating func append(_ value: OpaquePointer?) {
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: append("I", number: UInt64(bitPattern: sqlite3_value_int64(value)))
        case SQLITE_FLOAT: append("F", number: sqlite3_value_double(value).bitPattern)
        case SQLITE_TEXT:
            append("T", sqlite3_value_text(value).map { UnsafeRawPointer($0) }, sqlite3_value_bytes(value))
        case SQLITE_BLOB: append("B", sqlite3_value_blob(value), sqlite3_value_bytes(value))
        default: appendNull()
        }
    }

    /// Appends a column of the row on which a statement stands.
    mutating func append(_ statement: OpaquePointer, _ column: Int32) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: append("I", number: UInt64(bitPattern: sqlite3_column_int64(statement, column)))
        case SQLITE_FLOAT: append("F", number: sqlite3_column_double(statement, column).bitPattern)
        case SQLITE_TEXT:
            let text = sqlite3_column_text(statement, column).map { UnsafeRawPointer($0) }
            append("T", text, sqlite3_column_bytes(statement, column))
        case SQLITE_BLOB:
            append("B", sqlite3_column_blob(statement, column), sqlite3_column_bytes(statement, column))
        default: appendNull()
        }
    }

    /// Appends a NULL.
    mutating func appendNull() {
        bytes.append(UInt8(ascii: "N"))
        ends.append(bytes.count)
    }

    /// Appends a text.
    mutating func append(text: String) {
        let utf8 = Array(text.utf8)
        utf8.withUnsafeBytes { append("T", $0.baseAddress, Int32(clamping: $0.count)) }
    }

    /// A number by which the keys of a table are spread over sections (FNV-1a): nothing is proven by it.
    var key: UInt64 {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for column in shape.key where column + 1 < ends.count {
            for byte in bytes[ends[column]..<ends[column + 1]] { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return value ^ value >> 32
    }

    private mutating func append(_ letter: Unicode.Scalar, number: UInt64) {
        bytes.append(UInt8(truncatingIfNeeded: letter.value))
        append(word: number)
        ends.append(bytes.count)
    }

    private mutating func append(_ letter: Unicode.Scalar, _ start: UnsafeRawPointer?, _ count: Int32) {
        bytes.append(UInt8(truncatingIfNeeded: letter.value))
        append(length: Int(count))
        if let start, count > 0 { bytes += UnsafeRawBufferPointer(start: start, count: Int(count)) }
        ends.append(bytes.count)
    }

    private mutating func append(length: Int) {
        append(word: UInt64(length))
    }

    private mutating func append(word: UInt64) {
        withUnsafeBytes(of: word.bigEndian) { bytes += $0 }
    }
}
