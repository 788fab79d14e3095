internal import GRDB

// Gathering the orders of long lists, beside the pages that are shown meanwhile.

extension CaseFile {
    /// Gathers the order of every column of the long lists, and ends early when the case changes.
    ///
    /// What lies in the case is read by a connection of its own. What lies in memory only the connection that browses can
    /// read: it is asked for a few rows at a time, so that no page waits long.
    ///
    /// - Parameter size: Shorter lists than this are left to the database.
    /// - Throws: ``CaseError`` when the case cannot be read.
    package func gatherOrders(ofListsFrom size: Int) throws {
        let generation = orders.generation
        guard let state = generation.state else { return }
        let own = try CaseFile.openReadOnly(path)
        defer { try? own.close() }
        for list in CaseList.all where list.isNumbered {
            let gathering = OrderGathering(
                list: list,
                file: list.isTemporary ? self : own,
                isCurrent: { [orders] in orders.generation == generation },
                mark: state.mark
            )
            try gathering.orders(from: size) { orders.keep($1, of: list, by: $0, generation) }
        }
    }
}

/// Gathers the orders of one list.
private struct OrderGathering {
    let list: CaseList
    let file: CaseFile
    let isCurrent: @Sendable () -> Bool
    let mark: String?

    /// So many rows are read at once.
    private static let slice = 10_000

    /// Hands the order of each column to `keep`.
    func orders(from size: Int, keep: (CaseList.Column, [UInt32]) -> Void) throws {
        let count = try file.read { try $0.size(of: list) }
        guard count >= size, let numbers = try rowNumbers(count) else { return }
        var ties = Array(0..<UInt32(clamping: numbers.count))
        for expression in list.tieBreak.split(separator: ", ").reversed() where expression != "id" {
            guard let keys = try keys(String(expression), numbers.count) else { return }
            ties = keys.sorted(ties)
        }
        for column in list.columns {
            guard let keys = try keys(column.expression, numbers.count) else { continue }
            keep(column, keys.sorted(ties).map { numbers[Int($0)] })
        }
    }

    /// The numbers of all rows; nil when the case changed, or when they do not fit into four bytes.
    private func rowNumbers(_ count: Int) throws -> [UInt32]? {
        var numbers: [UInt32] = []
        numbers.reserveCapacity(count)
        let isWhole = try forEachRow("NULL") { row in
            guard let number = UInt32(exactly: row.integer(0)) else { return false }
            numbers.append(number)
            return true
        }
        return isWhole ? numbers : nil
    }

    /// The values of a column in the order of the rows' numbers; nil when the case changed, or when they cannot be sorted.
    private func keys(_ expression: String, _ count: Int) throws -> SortKeys? {
        var keys = SortKeys()
        let isWhole = try forEachRow(expression) { row in
            if keys.count == Self.slice { keys.reserve(count) }
            return keys.append(row, 1)
        }
        return isWhole && keys.count == count ? keys : nil
    }

    /// Reads number and value of every row until `body` answers false; answers whether it came to the end.
    private func forEachRow(_ expression: String, body: (RawRow) -> Bool) throws -> Bool {
        var last: Int64 = .min
        while true {
            guard isCurrent() else { return false }
            let read = try file.read { reader -> Int? in
                // Numbers of rows of another state would be those of other rows.
                guard try list.isTemporary ? isCurrent() : reader.stateMark() == mark else { return nil }
                return try readSlice(reader, expression, &last, body)
            }
            guard let read else { return false }
            if read < Self.slice { return true }
        }
    }

    private func readSlice(
        _ reader: CaseReader,
        _ expression: String,
        _ last: inout Int64,
        _ body: (RawRow) -> Bool
    ) throws -> Int? {
        let sql = """
            SELECT rowid, \(expression) FROM \(list.source) WHERE rowid > ? ORDER BY rowid LIMIT \(Self.slice)
            """
        var read = 0
        var goesOn = true
        try RawQuery(reader.database, sql).forEachRow(last) { row in
            guard goesOn else { return }
            last = row.integer(0)
            read += 1
            goesOn = body(row)
        }
        return goesOn ? read : nil
    }
}
