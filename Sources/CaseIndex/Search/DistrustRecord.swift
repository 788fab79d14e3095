package import Cryptography
internal import GRDB

/// Something that an investigator no longer believes; it changes nothing of what was recorded.
package struct DistrustRecord: Hashable, Sendable {
    /// The number by which it is named; 0 before it is stored.
    package var id: Int64
    /// What the value is, for example `identity`.
    package var kind: String
    /// The value.
    package var value: String
    /// Since when; nil when it was never to be believed.
    package var from: Timestamp?
    /// Until when; nil when it is not to be believed again.
    package var to: Timestamp?
    /// Why.
    package var reason: String
    /// When this was noted.
    package var addedAt: Timestamp

    package init(
        id: Int64 = 0,
        kind: String,
        value: String,
        from: Timestamp?,
        to: Timestamp?,
        reason: String,
        addedAt: Timestamp
    ) {
        (self.id, self.kind, self.value, self.from, self.to) = (id, kind, value, from, to)
        (self.reason, self.addedAt) = (reason, addedAt)
    }
}

extension DistrustRecord: StoredRecord {
    static let table = "distrust"
    static let columns = ["id", "kind", "value", "fromTime", "toTime", "reason", "addedAt"]
    var values: [(any DatabaseValueConvertible)?] {
        [
            id == 0 ? nil : id, kind, EvidenceText(value), from?.description, to?.description, EvidenceText(reason),
            addedAt.description,
        ]
    }
    init(row: Row) throws {
        self.init(
            id: try row.value("id"),
            kind: try row.value("kind"),
            value: try row.text("value"),
            from: try row.optionalTime("fromTime"),
            to: try row.optionalTime("toTime"),
            reason: try row.text("reason"),
            addedAt: try row.time("addedAt")
        )
    }
}

/// The table of what is not believed.
///
/// Numbers are never given twice, so that the custody log names what it means.
enum DistrustSchema {
    static let table = """
        CREATE TABLE distrust (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, fromTime TEXT, toTime TEXT,
            reason TEXT NOT NULL, addedAt TEXT NOT NULL, removedAt TEXT);
        """
}

extension CaseReader {
    /// What is not believed, in the order in which it was noted.
    package func distrusts() throws -> [DistrustRecord] {
        try DistrustRecord.fetch(database, where: "removedAt IS NULL", order: "id")
    }
}

extension CaseWriter {
    /// Notes that something is not believed; answers its number.
    package func insert(_ distrust: DistrustRecord) throws -> Int64 {
        _ = try distrust.insert(database)
        return database.lastInsertedRowID
    }

    /// Takes a distrust back; the row stays, so that its number is not given again; answers whether there was one.
    package func remove(distrust id: Int64, at time: Timestamp) throws -> Bool {
        try database.execute(
            sql: "UPDATE distrust SET removedAt = ? WHERE id = ? AND removedAt IS NULL",
            arguments: [time.description, id]
        )
        return database.changesCount > 0
    }
}
