internal import Cryptography
internal import GRDB

/// Something in the schema of a file that is not what this version makes.
package struct SchemaDifference: Hashable, Sendable, CustomStringConvertible {
    /// How it differs.
    package enum Kind: String, Hashable, Sendable {
        case added, missing, changed
    }

    /// How it differs.
    package let kind: Kind
    /// `table`, `index`, `view` or `trigger`.
    package let type: String
    /// Its name.
    package let name: String

    /// Whether reading the tables of a case may do something else than read them.
    package var isDangerous: Bool {
        switch kind {
        case .added: type != "table" && type != "index"
        case .missing, .changed: type == "table"
        }
    }

    package var description: String { "\(kind.rawValue) \(type) \(name)" }

    /// Every difference, by name.
    static func all(in database: Database) throws -> [SchemaDifference] {
        guard try ContentListing.schemaDigest(database).hex != Schema.digest else { return [] }
        let expected = try reference.get()
        let found = try objects(database)
        var differences: [SchemaDifference] = []
        for (name, object) in found {
            guard let known = expected[name] else {
                differences.append(SchemaDifference(kind: .added, type: object.realType, name: name))
                continue
            }
            guard object != known else { continue }
            differences.append(SchemaDifference(kind: .changed, type: known.type, name: name))
        }
        for (name, object) in expected where found[name] == nil {
            differences.append(SchemaDifference(kind: .missing, type: object.type, name: name))
        }
        return differences.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// One line of `sqlite_master`.
    private struct Object: Hashable {
        let type, table, sql: String

        /// A virtual table runs its module's code.
        var realType: String {
            type == "table" && !sql.uppercased().hasPrefix("CREATE TABLE") ? "virtual table" : type
        }
    }

    private static func objects(_ database: Database) throws -> [String: Object] {
        var result: [String: Object] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT type, name, tbl_name AS owner, ifnull(sql, '') AS sql FROM sqlite_master"
        )
        while let row = try rows.next() {
            let object = Object(type: try row.value("type"), table: try row.value("owner"), sql: try row.value("sql"))
            result[try row.value("name")] = object
        }
        return result
    }

    /// What this version makes, read from a case in memory.
    private static let reference: Result<[String: Object], any Error> = Result {
        let queue = try DatabaseQueue()
        return try queue.inDatabase { database in
            try Schema.create(database)
            return try objects(database)
        }
    }
}
