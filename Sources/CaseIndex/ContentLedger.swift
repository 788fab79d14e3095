internal import CSQLite
internal import Cryptography
internal import GRDB
internal import Glibc

/// Adds up every row that a transaction writes, changes or removes, whoever does it and in whichever table.
///
/// SQLite tells it of each row before the change (`sqlite3_preupdate_hook`). The sums are stored with the transaction, so
/// that they go on from what the tables held when this program last wrote: a row that somebody else changes in between
/// makes a difference that no later run covers up.
///
/// It is used only from within GRDB's serialised access to the one connection, and so never from two threads at once.
final class ContentLedger: @unchecked Sendable {
    private var tables: [String: Account] = [:]
    private var changed: Set<String> = []
    private var hasher: MultisetHasher
    private var failure: CaseError?
    private var firstRecords: [RunKey: Int64] = [:]
    private var appended: [RunKey: Int64] = [:]
    /// The records that the transaction is to end with.
    var pending: [ActivityRecord] = []

    /// One table with its sum.
    private final class Account {
        let shape: TableShape
        var sum: TableSum

        init(_ shape: TableShape, _ sum: TableSum) {
            (self.shape, self.sum) = (shape, sum)
        }
    }

    init() throws(CryptographyError) {
        hasher = try MultisetHasher()
    }

    /// Asks SQLite to tell of every change on a connection, which must not outlive this.
    func attach(to database: Database) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = sqlite3_preupdate_hook(
            database.sqliteConnection,
            { context, connection, operation, schema, table, _, _ in
                guard let context, let connection, let schema, let table, strcmp(schema, "main") == 0 else { return }
                Unmanaged<ContentLedger>.fromOpaque(context).takeUnretainedValue()
                    .note(operation, String(cString: table), connection)
            },
            context
        )
    }

    // MARK: - A transaction

    /// Starts a transaction from the stored sums.
    func begin(_ database: Database) throws {
        changed = []
        pending = []
        appended = [:]
        failure = nil
        tables = try Dictionary(
            TableShape.counted(database).map { ($0.name, Account($0, try Self.stored($0.name, database))) }
        ) { first, _ in first }
    }

    /// Stores the sums, and the records that the transaction ends with.
    func finish(_ database: Database) throws {
        if let failure { throw failure }
        for name in changed.sorted() {
            guard let sum = tables[name]?.sum else { continue }
            try database.cachedStatement(
                sql: "INSERT OR REPLACE INTO tableSum (name, rows, hash, sections) VALUES (?, ?, ?, ?)"
            ).execute(arguments: [name, sum.rows, Blob(sum.hash.bytes), Blob(sum.sectionBytes)])
        }
        guard !pending.isEmpty else { return }
        let listing = ContentListing(
            schema: try ContentListing.schemaDigest(database),
            tables: tables.values.map { ContentListing.Table(name: $0.shape.name, $0.sum) }
        )
        for var record in pending {
            record.content = listing.digest.hex
            let key = RunKey(record)
            let first = firstRecords[key] ?? appended[key]
            if let first, record.arguments.utf8.count > Self.repeatedArguments {
                record.arguments = "{\"continues\":\(first)}"
            }
            let number = try record.append(to: database)
            if first == nil { appended[key] = number }
        }
    }

    /// Takes note that the transaction is stored.
    func committed() {
        firstRecords.merge(appended) { first, _ in first }
    }

    /// What the records of one run have in common.
    private struct RunKey: Hashable {
        let verb, arguments: String
        let startedAt: Timestamp

        init(_ record: ActivityRecord) {
            (verb, arguments, startedAt) = (record.verb, record.arguments, record.startedAt)
        }
    }

    /// Longer arguments, in bytes, stand in the first record of a run alone; the others name that one.
    private static let repeatedArguments = 200

    /// The stored sum of a table; of no rows when none is stored.
    static func stored(_ name: String, _ database: Database) throws -> TableSum {
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT rows, hash, sections FROM tableSum WHERE name = ?"),
                arguments: [name]
            )
        else { return TableSum() }
        guard
            let sum = TableSum(
                rows: try row.value("rows"),
                hash: try row.bytes("hash"),
                sections: try row.bytes("sections")
            )
        else { throw CaseError.corrupt(column: "tableSum.hash", value: name) }
        return sum
    }

    // MARK: - A row

    private func note(_ operation: Int32, _ name: String, _ connection: OpaquePointer) {
        guard let account = tables[name] else {
            // A table that this transaction makes would begin with rows that nobody counts.
            if TableShape.isCounted(name) {
                failure = .corrupt(column: name, value: "a table that is not counted")
            }
            return
        }
        do {
            if operation != SQLITE_INSERT {
                let (row, key) = Self.encode(account.shape, connection, sqlite3_preupdate_old)
                let digest = try hasher.expand(row)
                account.sum.remove(hasher, digest: digest, key: key)
            }
            if operation != SQLITE_DELETE {
                let (row, key) = Self.encode(account.shape, connection, sqlite3_preupdate_new)
                let digest = try hasher.expand(row)
                account.sum.add(hasher, digest: digest, key: key)
            }
        } catch {
            failure = .corrupt(column: name, value: "\(error)")
        }
        changed.insert(name)
    }

    private static func encode(
        _ shape: TableShape,
        _ connection: OpaquePointer,
        _ read: (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Int32
    ) -> (row: [UInt8], key: UInt64) {
        var row = RowEncoding(shape)
        for index in shape.columns.indices {
            var value: OpaquePointer?
            guard !shape.leftOut.contains(index) else {
                row.appendNull()
                continue
            }
            if read(connection, Int32(index), &value) == SQLITE_OK { row.append(value) } else { row.appendNull() }
        }
        return (row.bytes, row.key)
    }
}
