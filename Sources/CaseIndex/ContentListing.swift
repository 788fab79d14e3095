package import Cryptography
internal import GRDB

/// What a record of the custody log binds of the content: the schema, and the sum of every table.
package struct ContentListing: Hashable, Sendable {
    /// One table.
    package struct Table: Hashable, Sendable {
        /// Its name.
        package let name: String
        /// How many rows it has.
        package let rows: Int64
        /// The digest of all of its rows.
        package let digest: Digest

        init(name: String, _ sum: TableSum) {
            (self.name, rows, digest) = (name, sum.rows, sum.hash.digest)
        }
    }

    /// The digest of the schema: what every table, index, trigger and view was made by.
    package let schema: Digest
    /// The tables, by name.
    package let tables: [Table]

    init(schema: Digest, tables: [Table]) {
        self.schema = schema
        self.tables = tables.filter { !TableShape.numberedAmongThemselves.contains($0.name) }.sorted {
            $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }

    /// What a record states: SHA-256 of a line `raireki-content-v1`, a line `schema HEX`, and for every table a line
    /// `LENGTH NAME ROWS HEX`.
    package var digest: Digest {
        let lines = tables.map { "\($0.name.utf8.count) \($0.name) \($0.rows) \($0.digest.hex)\n" }
        return Digest(hashing: Array("raireki-content-v1\nschema \(schema.hex)\n\(lines.joined())".utf8))
    }

    /// The digest of everything that `sqlite_master` lists, but for where it lies in the file.
    static func schemaDigest(_ database: Database) throws -> Digest {
        var text = ""
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_master ORDER BY name, type"
        )
        while let row = try rows.next() {
            for column in 0..<4 {
                let value = String.fromDatabaseValue(row[column]) ?? "\(row[column] as DatabaseValue)"
                text += "\(value.utf8.count) \(value)\n"
            }
        }
        return Digest(hashing: Array(text.utf8))
    }
}
