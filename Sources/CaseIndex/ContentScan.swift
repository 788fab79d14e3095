internal import CSQLite
internal import Cryptography
internal import GRDB

/// Reads tables row by row and adds them up again.
struct ContentScan {
    let database: Database
    /// Told now and then how many rows were read since it was told last.
    var advance: (Int64) -> Void = { _ in }

    /// How many rows lie between two of them.
    static let interval: Int64 = 8_192

    /// The rows of a table added up, and the numbers of the sections in which they differ from `stored`.
    func sum(of shape: TableShape) throws -> TableSum {
        var sum = TableSum()
        var hasher = try MultisetHasher()
        try rows(of: shape) { row, _ in
            let digest = try hasher.expand(row.bytes)
            sum.add(hasher, digest: digest, key: row.key)
        }
        return sum
    }

    /// The rows in the sections where two sums differ, as people name them; those that are not at fault may be among
    /// them.
    func suspects(in shape: TableShape, _ stored: TableSum, _ found: TableSum, limit: Int) throws -> [String] {
        let sections = Set(stored.sections.indices.filter { stored.sections[$0] != found.sections[$0] })
        var names: [String] = []
        try rows(of: shape) { row, statement in
            guard names.count < limit, sections.contains(TableSum.section(row.key)) else { return }
            var columns = shape.key
            if let source = shape.columns.firstIndex(of: "sourceID"), !columns.contains(source) {
                columns.append(source)
            }
            names.append(
                columns.map { "\(shape.columns[$0])=\(Self.text(statement, Int32($0)))" }.joined(separator: " ")
            )
        }
        return names
    }

    /// The digest of what the case says, whatever numbers its rows have and whenever it was written.
    func portableDigest() throws -> Digest {
        var sum = MultisetHash()
        var hasher = try MultisetHasher()
        let sources = try sourceDigests()
        for shape in try TableShape.counted(database) where !TableShape.numberedAmongThemselves.contains(shape.name) {
            try rows(of: shape, columns: { column in Self.portable(column, of: shape, sources) }) { row, _ in
                try hasher.expand(row.bytes)
                sum.add(hasher)
            }
        }
        return sum.digest
    }

    /// How a column goes into the portable digest.
    private enum Column {
        case asItIs, leftOut
        case source([Int64: String])
    }

    private static func portable(_ column: Int, of shape: TableShape, _ sources: [Int64: String]) -> Column {
        switch shape.columns[column] {
        // The number of a row, and of an import that is no content.
        case "id" where shape.isNumbered: .leftOut
        case "importedAt", TableShape.openImport: .leftOut
        // It cites other rows by their numbers.
        case "records" where shape.name == "finding": .leftOut
        case "sourceID": .source(sources)
        default: .asItIs
        }
    }

    private func sourceDigests() throws -> [Int64: String] {
        var result: [Int64: String] = [:]
        let rows = try Row.fetchCursor(database, sql: "SELECT id, digest FROM source")
        while let row = try rows.next() { result[try row.value("id")] = try row.value("digest") }
        return result
    }

    private func rows(
        of shape: TableShape,
        columns: ((Int) -> Column)? = nil,
        _ body: (RowEncoding, OpaquePointer) throws -> Void
    ) throws {
        let names = shape.columns.map(TableShape.quoted).joined(separator: ", ")
        let statement = try database.makeStatement(sql: "SELECT \(names) FROM main.\(TableShape.quoted(shape.name))")
        let handle = statement.sqliteStatement
        let kinds = columns.map { kind in shape.columns.indices.map(kind) }
        var count: Int64 = 0
        defer {
            sqlite3_reset(handle)
            advance(count % Self.interval)
        }
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else {
                throw DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
            }
            var row = RowEncoding(shape)
            for index in shape.columns.indices {
                switch kinds?[index] ?? (shape.leftOut.contains(index) ? .leftOut : .asItIs) {
                case .asItIs: row.append(handle, Int32(index))
                case .leftOut: row.appendNull()
                case .source(let sources):
                    row.append(text: sources[sqlite3_column_int64(handle, Int32(index))] ?? "")
                }
            }
            try body(row, handle)
            count += 1
            if count % Self.interval == 0 { advance(Self.interval) }
        }
    }

    private static func text(_ statement: OpaquePointer, _ column: Int32) -> String {
        guard sqlite3_column_type(statement, column) != SQLITE_BLOB, let text = sqlite3_column_text(statement, column)
        else { return "…" }
        return String(String(cString: text).prefix(200))
    }
}
