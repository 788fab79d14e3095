internal import CSQLite
internal import GRDB

/// The columns of one table, as far as its rows are added up.
struct TableShape: Hashable, Sendable {
    /// The table.
    let name: String
    /// Its columns, in order.
    let columns: [String]
    /// Which of them make the primary key, in order; all when the table names none.
    let key: [Int]

    /// The places of the columns that are no content.
    let leftOut: Set<Int>

    /// Whether a number without a meaning tells the rows apart.
    var isNumbered: Bool { key.count == 1 && columns[key[0]] == "id" && isKeyInteger }
    private let isKeyInteger: Bool

    /// Reads the shape of a table; nil when there is no such table.
    init?(_ name: String, _ database: Database) throws {
        let rows = try Row.fetchAll(database, sql: "SELECT name, pk, type FROM pragma_table_info(?)", arguments: [name])
        guard !rows.isEmpty else { return nil }
        self.name = name
        let columns: [String] = try rows.map { try $0.value("name") }
        self.columns = columns
        let numbers: Set = name.utf8.elementsEqual("layer".utf8) ? ["id", Self.openImport] : []
        leftOut = Set(columns.indices.filter { numbers.contains(columns[$0]) })
        let places: [Int] = try rows.map { try $0.value("pk") }
        let key = places.indices.filter { places[$0] > 0 }.sorted { places[$0] < places[$1] }
        self.key = key.isEmpty ? Array(columns.indices) : key
        isKeyInteger = try key.count == 1 && rows[key[0]].value("type") == "INTEGER"
    }

    /// The tables whose rows are added up: all but the log itself, the sums, and who is importing just now.
    static func counted(_ database: Database) throws -> [TableShape] {
        let names = try String.fetchAll(
            database,
            sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
        return try names.filter(isCounted).compactMap { try TableShape($0, database) }
    }

    /// Whether the rows of a table are added up.
    static func isCounted(_ name: String) -> Bool {
        !uncounted.contains(name) && !name.hasPrefix("sqlite_")
    }

    /// The chain has hashes of its own; the sums are what its records state; who is importing is no content.
    private static let uncounted: Set = ["activity", "tableSum", "openImport"]

    /// The tables whose rows are numbered in the order in which threads came along.
    ///
    /// Records do not state their sums, so that the same evidence gives the same records: they state those of `layer`, whose rows hold the digest of all
    /// entries of a layer.
    static let numberedAmongThemselves: Set = [
        "layerRun", "path", "fileContent", "fileAttributes", "fileEntry", "fileDetail",
    ]

    /// The column that says which import is at work on a layer; that is no content either, nor is a layer's number.
    static let openImport = "openImportID"

    /// A name as SQL writes it.
    static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }
}
