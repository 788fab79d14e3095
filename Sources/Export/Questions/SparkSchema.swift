internal import CaseIndex

/// What makes the tables of JSON Lines exports known to Spark SQL.
package enum SparkSchema {
    /// Statements, each ended by a semicolon and an empty line, for `spark-sql`, or for `spark.sql` one by one.
    ///
    /// - Throws: What SQLite throws when it has no memory.
    package static func text() throws -> String {
        let statements = try ExportedTable.all().map(view) + [Views.statements(.spark)]
        return beginning + statements.map { "\n\n\($0);" }.joined() + "\n"
    }

    private static let beginning = """
        -- The tables of exports in JSON Lines for Spark SQL (3.4 or later). Put the folder of one export in the place of
        -- /exports/*, or a pattern that many fit: every row names its case.
        -- Text is as it was read; what is not UTF-8, holds a NUL or begins with \\x is \\x and its bytes in hexadecimal
        -- digits: unhex(substr(value, 3)). Bytes are Base64: unbase64(value).
        """

    /// The rows of one table; with the columns stated Spark need not read every row to learn them.
    private static func view(_ table: ExportedTable) -> String {
        let columns = zip(table.columns, table.source.columns).map { name, column in
            "\(name) \(column.kind == .integer ? "BIGINT" : "STRING")"
        }
        let all = (["case_id STRING", "ordinal BIGINT"] + columns).joined(separator: ", ")
        return """
            CREATE OR REPLACE TEMPORARY VIEW \(table.name) (\(all))
            USING json OPTIONS (path '/exports/*/\(table.name)')
            """
    }
}
