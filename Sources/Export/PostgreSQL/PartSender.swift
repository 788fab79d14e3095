internal import CaseIndex
internal import Cryptography

/// Sends one table in parts, of which it leaves out those that are there.
struct PartSender {
    private let table: ExportedTable
    private let caseID: String
    private let connection: DatabaseConnection
    private let encoder: CopyRows
    private let statement: String
    /// The digests of the parts that are there; none from the first on that differs.
    private var stored: [String]
    /// Whether rows may be there that are not of a part before.
    private var mayHaveMore: Bool
    private var part = 0
    private var firstOrdinal: Int64 = 0
    private var bytes: [UInt8] = []
    /// How many rows were read.
    private(set) var ordinal: Int64 = 0
    /// How many of them were sent.
    private(set) var sent: Int64 = 0

    /// No part has more rows.
    static let maximumRows: Int64 = 100_000
    /// A part ends with the row with which it comes to so many bytes.
    static let fullSize = 16 << 20

    init(_ table: ExportedTable, _ caseID: String, _ connection: DatabaseConnection) throws {
        (self.table, self.caseID, self.connection) = (table, caseID, connection)
        encoder = CopyRows(table, caseID: caseID)
        let columns = (ExportedTable.leading + table.columns).joined(separator: ", ")
        statement = "COPY \(table.name) (\(columns)) FROM STDIN (FORMAT binary)"
        let rows = try connection.rows(
            "SELECT part, digest FROM export_part WHERE case_id = $1 AND table_name = $2 ORDER BY part",
            [caseID, table.name]
        )
        stored = rows.enumerated().prefix { $0.element[0] == "\($0.offset)" }.map { $0.element[1] ?? "" }
        mayHaveMore = !rows.isEmpty
    }

    /// Takes one row.
    mutating func append(_ row: TableRow, _ state: inout CaseState) throws {
        try encoder.append(row, ordinal: ordinal, to: &bytes)
        ordinal += 1
        if ordinal - firstOrdinal == Self.maximumRows || bytes.count >= Self.fullSize { try endPart(&state) }
    }

    /// Ends the table.
    mutating func finish(_ state: inout CaseState) throws {
        if ordinal > firstOrdinal { try endPart(&state) }
        guard mayHaveMore, stored.count > part else { return }
        try connection.transaction {
            try state.willChange()
            try removeRest()
        }
    }

    private mutating func endPart(_ state: inout CaseState) throws {
        let digest = Digest(hashing: bytes).hex
        if part < stored.count, stored[part] == digest {
            mayHaveMore = true
        } else {
            try send(digest, &state)
        }
        part += 1
        firstOrdinal = ordinal
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func send(_ digest: String, _ state: inout CaseState) throws {
        let count = ordinal - firstOrdinal
        try connection.transaction {
            try state.willChange()
            if mayHaveMore { try removeRest() }
            try connection.copy(statement, bytes)
            _ = try connection.rows(
                """
                INSERT INTO export_part (case_id, table_name, part, first_ordinal, row_count, digest)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [caseID, table.name, "\(part)", "\(firstOrdinal)", "\(count)", digest]
            )
            Failpoint.pass("part")
        }
        Failpoint.pass("sent")
        stored = []
        mayHaveMore = false
        sent += count
    }

    /// Removes the rows from the current part on.
    private func removeRest() throws {
        _ = try connection.rows(
            "DELETE FROM \(table.name) WHERE case_id = $1 AND ordinal >= $2",
            [caseID, "\(firstOrdinal)"]
        )
        _ = try connection.rows(
            "DELETE FROM export_part WHERE case_id = $1 AND table_name = $2 AND part >= $3",
            [caseID, table.name, "\(part)"]
        )
    }
}
