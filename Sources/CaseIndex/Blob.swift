internal import Foundation
internal import GRDB

/// Bytes on their way into and out of a BLOB column.
struct Blob: DatabaseValueConvertible {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var databaseValue: DatabaseValue {
        Data(bytes).databaseValue
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Blob? {
        Data.fromDatabaseValue(value).map { Blob([UInt8]($0)) }
    }
}

/// Text from evidence on its way into and out of a column.
///
/// SQLite's and GRDB's texts end at the first NUL; a text that holds one is stored as its UTF-8 bytes instead, so that
/// nothing behind it is lost.
struct EvidenceText: DatabaseValueConvertible {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    var databaseValue: DatabaseValue {
        text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> EvidenceText? {
        switch value.storage {
        case .string(let text): EvidenceText(text)
        case .blob(let data): String(validating: data, as: UTF8.self).map { EvidenceText($0) }
        case .null, .int64, .double: nil
        }
    }
}
