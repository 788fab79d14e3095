package import CaseIndex
internal import Cryptography

/// Copies a case into a PostgreSQL database.
///
/// A table goes in parts, each in a transaction of its own together with the digest of what was sent. What is there
/// with the same digest is not sent again: so an export that was killed goes on where it was, and one of the same case
/// changes nothing. From the first part that differs, the rest of the table is replaced.
package struct PostgreSQLExport {
    /// Whether a state is replaced through which this case did not go.
    package var isForced = false
    /// The program, with its version.
    package var tool = ""
    /// Told how many rows are done.
    package var progress: (Int64) -> Void = { _ in }

    package init() {}

    /// What came of it.
    package struct Outcome: Sendable {
        /// The case.
        package let exported: ExportedCase
        /// Where it is, without user and password.
        package let server: String
        /// How many rows there are.
        package internal(set) var rows: Int64 = 0
        /// How many were sent; the others were there.
        package internal(set) var sent: Int64 = 0
        /// How many tables.
        package internal(set) var tables = 0
        /// Whether the database held just this.
        package internal(set) var isUnchanged = false
        /// Whether an earlier state was there to its end or in part.
        package internal(set) var wasThere = false
    }

    /// Copies the case.
    ///
    /// - Throws: ``ExportError`` and ``CaseError``; what was copied to the end of a part stays.
    package func copy(_ reader: CaseReader, to url: String) throws -> Outcome {
        let exported = try ExportedCase(reader)
        let connection = try DatabaseConnection(url)
        try connection.run("SET client_min_messages = warning; SET synchronous_commit = on")
        let lock = try connection.rows("SELECT pg_try_advisory_lock(hashtext('raireki export'))")
        guard lock.first?.first == "t" else { throw ExportError.busy(server: connection.server) }
        try Self.prepare(connection)
        try connection.run("SET search_path = \(PostgreSQLSchema.name)")
        var outcome = Outcome(exported: exported, server: connection.server)
        var state = try CaseState(exported, connection, tool: tool)
        outcome.wasThere = state.stored != nil
        try state.checkReplaceable(isForced: isForced)
        for table in try ExportedTable.all() {
            var sender = try PartSender(table, exported.id, connection)
            try reader.forEachRow(of: table.source) { row in
                try sender.append(row, &state)
                if sender.ordinal % 1_000 == 0 { progress(outcome.rows + sender.ordinal) }
            }
            try sender.finish(&state)
            outcome.rows += sender.ordinal
            outcome.sent += sender.sent
            outcome.tables += 1
        }
        outcome.isUnchanged = try !state.finish()
        return outcome
    }

    /// Makes the tables, or makes sure that they are those that this version knows.
    private static func prepare(_ connection: DatabaseConnection) throws {
        let schema = try PostgreSQLSchema()
        let found = try connection.rows("SELECT to_regclass('\(PostgreSQLSchema.name).export_format')")
        if found.first?.first ?? nil == nil {
            return try connection.transaction {
                try connection.run(schema.statements)
                _ = try connection.rows("INSERT INTO export_format VALUES ($1)", [schema.digest])
            }
        }
        let stated = try connection.rows("SELECT digest FROM \(PostgreSQLSchema.name).export_format")
        if stated.isEmpty {
            _ = try connection.rows("INSERT INTO \(PostgreSQLSchema.name).export_format VALUES ($1)", [schema.digest])
        } else if stated.first?.first != schema.digest {
            throw ExportError.otherSchema(server: connection.server)
        }
    }
}
