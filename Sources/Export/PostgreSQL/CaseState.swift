/// What a database knows of the case as a whole.
struct CaseState {
    /// The state that is there: nil when there is none.
    let stored: (head: String, isComplete: Bool)?
    private let exported: ExportedCase
    private let connection: DatabaseConnection
    private let tool: String
    private var isMarked = false

    init(_ exported: ExportedCase, _ connection: DatabaseConnection, tool: String) throws {
        (self.exported, self.connection, self.tool) = (exported, connection, tool)
        let row = try connection.rows("SELECT head, is_complete FROM export_case WHERE case_id = $1", [exported.id])
            .first
        stored = row.map { (head: ($0[0] ?? ""), isComplete: $0[1] == "1") }
    }

    func checkReplaceable(isForced: Bool) throws {
        guard let stored, !isForced, !exported.states.contains(stored.head) else { return }
        throw ExportError.otherState(target: connection.server, found: stored.head)
    }

    /// Notes, in the transaction that is open, that the case is not whole from here on.
    mutating func willChange() throws {
        guard !isMarked else { return }
        isMarked = true
        try store(isComplete: false)
    }

    /// Notes that the case is whole; answers whether anything was changed.
    mutating func finish() throws -> Bool {
        if !isMarked, let stored, stored.isComplete, stored.head == exported.head { return false }
        try store(isComplete: true)
        return true
    }

    private func store(isComplete: Bool) throws {
        _ = try connection.rows(
            """
            INSERT INTO export_case (case_id, head, records, is_complete, has_whole_evidence, tool)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (case_id) DO UPDATE SET head = excluded.head,
                records = excluded.records, is_complete = excluded.is_complete,
                has_whole_evidence = excluded.has_whole_evidence, tool = excluded.tool, exported_at = now()
            """,
            [
                exported.id, exported.head, "\(exported.records)", isComplete ? "1" : "0",
                exported.isComplete ? "1" : "0", tool,
            ]
        )
    }
}
