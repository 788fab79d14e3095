internal import GRDB

/// A table of a case as it is handed out: its columns, and what each of them holds.
package struct CaseTable: Hashable, Sendable {
    /// What a column holds.
    package enum Kind: Hashable, Sendable {
        /// A number of 64 bits.
        case integer
        /// Text, or the bytes of a name that is none: not UTF-8, or with a NUL in it.
        case text
        /// Bytes.
        case bytes
    }

    /// One column.
    package struct Column: Hashable, Sendable {
        /// Its name.
        package let name: String
        /// What it holds.
        package let kind: Kind
        /// Whether every row has a value in it.
        package let isRequired: Bool
    }

    /// Its name.
    package let name: String
    /// Its columns, in order.
    package let columns: [Column]
    /// The places of the columns by which rows are told apart, in order.
    package let key: [Int]

    /// The number of the schema whose tables these are.
    package static let schemaVersion = Schema.version

    /// Every table that a case of this version has, by name; no case is needed for it.
    ///
    /// - Throws: What SQLite throws when it has no memory.
    package static func all() throws -> [CaseTable] {
        try DatabaseQueue().write { database in
            try Schema.create(database)
            let names = try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            )
            return try names.map { try CaseTable($0, database) }
        }
    }

    private init(_ name: String, _ database: Database) throws {
        self.name = name
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)",
            arguments: [name]
        )
        columns = try rows.map { row in
            let column: String = try row.value("name")
            let isKey = try row.value("pk") as Int > 0
            return Column(
                name: column,
                kind: Self.kind(of: column, in: name, declared: try row.value("type")),
                isRequired: try row.value("notnull") as Bool || isKey
            )
        }
        let places: [Int] = try rows.map { try $0.value("pk") }
        key = places.indices.filter { places[$0] > 0 }.sorted { places[$0] < places[$1] }
    }

    /// A column without a type holds paths, or values of headers.
    private static func kind(of column: String, in table: String, declared: String) -> Kind {
        switch declared {
        case "INTEGER": .integer
        case "BLOB": .bytes
        case "" where table == "fileDetail": .bytes
        default: .text
        }
    }
}
