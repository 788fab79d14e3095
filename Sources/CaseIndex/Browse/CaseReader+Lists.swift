internal import GRDB

// Pages of long lists: sorted, filtered and cut by the database.

extension CaseReader {
    /// One page of a list.
    ///
    /// What is asked for by a name that is no column of the list is not applied; callers check names first.
    ///
    /// - Throws: ``CaseError/storage(path:reason:)`` from the database, or ``CaseError/corrupt(column:value:)``.
    package func rows(of list: CaseList, _ query: ListQuery) throws -> ListedRows {
        if let kept = try keptRows(of: list, query) { return kept }
        let (condition, arguments) = Self.condition(list, query)
        let total = try Int.fetchOne(
            database.cachedStatement(sql: "SELECT count(*) FROM \(list.source) WHERE \(condition)"),
            arguments: StatementArguments(arguments)
        )
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(Self.columns(list)) FROM \(list.source) WHERE \(condition) ORDER BY \(Self.order(list, query))
                    LIMIT \(max(0, query.limit)) OFFSET \(max(0, query.offset))
                    """
            ),
            arguments: StatementArguments(arguments)
        )
        var found: [[String?]] = []
        while let row = try rows.next() { found.append(try Self.values(row, list)) }
        return ListedRows(rows: found, total: total ?? 0)
    }

    /// One page of all rows of a list whose order is kept; nil when it is not, or not of this state of the case.
    private func keptRows(of list: CaseList, _ query: ListQuery) throws -> ListedRows? {
        guard query.filters.isEmpty, query.text.isEmpty, let orders else { return nil }
        let (column, isDescending) = Self.direction(list, query)
        guard let column, let order = orders.order(of: list, by: column), try isOfThisState(order.generation)
        else { return nil }
        let start = min(max(0, query.offset), order.rows.count)
        let end = min(start + max(0, query.limit), order.rows.count)
        let statement = try database.cachedStatement(
            sql: "SELECT \(Self.columns(list)) FROM \(list.source) WHERE rowid = ?"
        )
        var found: [[String?]] = []
        for place in start..<end {
            let number = order.rows[isDescending ? order.rows.count - 1 - place : place]
            guard let row = try Row.fetchOne(statement, arguments: [Int64(number)]) else { return nil }
            found.append(try Self.values(row, list))
        }
        return ListedRows(rows: found, total: order.rows.count)
    }

    private func isOfThisState(_ generation: KeptOrders.Generation) throws -> Bool {
        try generation.state?.dataVersion == dataVersion()
    }

    /// The state that is read, for the connection that browses.
    func orderedState() throws -> KeptOrders.State {
        KeptOrders.State(dataVersion: try dataVersion(), mark: try stateMark())
    }

    private func dataVersion() throws -> Int {
        try Int.fetchOne(database.cachedStatement(sql: "PRAGMA data_version")) ?? 0
    }

    /// How many rows a list has.
    package func size(of list: CaseList) throws -> Int {
        if let kept = orders?.size(of: list), try isOfThisState(kept.generation) { return kept.rows }
        return try Int.fetchOne(database, sql: "SELECT count(*) FROM \(list.source)") ?? 0
    }

    /// How often each value of a column occurs, the most frequent first.
    package func counts(of column: String, in list: CaseList, limit: Int = 100) throws -> [(value: String, count: Int)]
    {
        guard let column = list.column(column) else { return [] }
        let sql = """
            SELECT \(column.expression) AS value, count(*) AS number FROM \(list.source)
            WHERE \(column.expression) IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT \(max(0, limit))
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql)).map { row in
            (try Self.text(row, at: 0, column.name) ?? "", try row.value("number"))
        }
    }

    private static func condition(
        _ list: CaseList,
        _ query: ListQuery
    ) -> (sql: String, arguments: [(any DatabaseValueConvertible)?]) {
        var tests: [String] = []
        var arguments: [(any DatabaseValueConvertible)?] = []
        for filter in query.filters {
            guard let column = list.column(filter.column) else { continue }
            // A whole number fits columns of numbers and columns of text alike.
            if let number = Int64(filter.value), String(number) == filter.value {
                tests.append("\(column.expression) IN (?, ?)")
                arguments += [number, filter.value]
            } else {
                tests.append("\(column.expression) = ?")
                arguments.append(EvidenceText(filter.value))
            }
        }
        if !query.text.isEmpty {
            tests.append("(" + list.columns.map { "instr(\($0.expression), ?) > 0" }.joined(separator: " OR ") + ")")
            arguments += list.columns.map { _ in EvidenceText(query.text) }
        }
        return (tests.isEmpty ? "1" : tests.joined(separator: " AND "), arguments)
    }

    /// The column to sort by, and whether from its last value to the first.
    private static func direction(_ list: CaseList, _ query: ListQuery) -> (CaseList.Column?, isDescending: Bool) {
        let column = query.sort.flatMap { list.column($0) }
        return (column ?? list.column(list.order), query.isDescending ?? (column == nil ? list.isDescending : false))
    }

    private static func order(_ list: CaseList, _ query: ListQuery) -> String {
        let (chosen, isDescending) = direction(list, query)
        let direction = isDescending ? " DESC" : ""
        let ties = list.tieBreak.split(separator: ",").map { $0 + direction }.joined(separator: ",")
        guard let chosen else { return ties }
        return "\(chosen.expression)\(direction), \(ties)"
    }

    private static func columns(_ list: CaseList) -> String {
        list.columns.map { "\($0.expression) AS \"\($0.name)\"" }.joined(separator: ", ")
    }

    private static func values(_ row: Row, _ list: CaseList) throws -> [String?] {
        try list.columns.indices.map { try text(row, at: $0, list.columns[$0].name) }
    }

    private static func text(_ row: Row, at index: Int, _ column: String) throws -> String? {
        let value: DatabaseValue = row[index]
        switch value.storage {
        case .null: return nil
        case .int64(let number): return String(number)
        case .double(let number): return "\(number)"
        case .string, .blob:
            guard let text = EvidenceText.fromDatabaseValue(value) else {
                throw CaseError.corrupt(column: column, value: "not text")
            }
            return text.text
        }
    }
}
