internal import GRDB

extension CaseReader {
    /// The evidence of which some was not read, with what kept it from being read and how often: it ends early, is
    /// damaged, or a limit was hit; in the order of import.
    package func cutSources() throws -> [String] {
        let sql = """
            SELECT source.path AS path, warning.code AS code, count(*) AS count
            FROM source JOIN warning ON warning.sourceID = source.id
            WHERE warning.severity = 'incomplete' AND (warning.code LIKE 'limit.%' OR warning.code LIKE 'archive.%'
                OR warning.code IN ('layer.truncated', 'layer.damaged', 'layer.entries', 'blob.unreadable'))
            GROUP BY source.id, warning.code ORDER BY source.id, warning.code
            """
        var lines: [String] = []
        let rows = try Row.fetchCursor(database, sql: sql)
        while let row = try rows.next() {
            let path = String.fromDatabaseValue(row["path"]) ?? ""
            let code = String.fromDatabaseValue(row["code"]) ?? ""
            let count = Int64.fromDatabaseValue(row["count"]) ?? 0
            lines.append("\(path): \(code)\(count > 1 ? ", \(count) times" : "")")
        }
        return lines
    }
}
