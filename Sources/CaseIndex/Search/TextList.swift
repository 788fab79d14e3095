internal import Foundation
internal import GRDB

/// Texts handed to SQLite as one value, for `json_each`: one statement then looks all of them up.
struct TextList: DatabaseValueConvertible {
    let json: String

    init(_ texts: [String]) throws {
        json = String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
    }

    private init(json: String) {
        self.json = json
    }

    var databaseValue: DatabaseValue { json.databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> TextList? {
        String.fromDatabaseValue(value).map { TextList(json: $0) }
    }
}
