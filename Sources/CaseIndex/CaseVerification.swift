package import Cryptography
internal import GRDB

/// What was found when everything in a case was computed again.
package struct CaseVerification: Sendable {
    /// One table, as stored and as computed.
    package struct Table: Hashable, Sendable {
        /// Its name.
        package let name: String
        /// How many rows it has.
        package let rows: Int64
        /// How many it had when this program last wrote.
        package let recordedRows: Int64
        /// The digest of its rows.
        package let digest: Digest
        /// The digest of its rows when this program last wrote.
        package let recordedDigest: Digest
        /// Whether the sums that tell where to look are those of the rows too.
        let areSectionsSame: Bool
        /// When these differ: rows among which the changed ones are, by their keys.
        package let suspects: [String]

        /// Whether the rows are those that this program wrote.
        package var holds: Bool { digest == recordedDigest && rows == recordedRows && areSectionsSame }
    }

    /// Why a table could not be read.
    package struct Unreadable: Hashable, Sendable {
        /// The table.
        package let name: String
        /// SQLite's own text.
        package let reason: String
    }

    /// The custody log.
    package var chain = CustodyChain()
    /// What differs in the schema.
    package var schema: [SchemaDifference] = []
    /// The tables that could be read.
    package var tables: [Table] = []
    /// The tables that could not.
    package var unreadable: [Unreadable] = []
    /// The digest that the last record states is that of the stored sums; nil without a record.
    package var isContentRecorded: Bool?
    /// How many stored documents were hashed.
    package var documents = 0
    /// Those whose bytes are not what their digest names, as the case names them.
    package var wrongDocuments: [String] = []
    /// Layers whose files are not what their row states, by digest.
    package var wrongLayers: [String] = []
    /// How many layers were computed again.
    package var layers = 0
    /// What SQLite's own check complains of; empty when it is content.
    package var integrity: [String] = []
    /// Evidence that was not read to its end.
    package var incompleteSources: [String] = []
    /// Evidence of which some was not read, with the reason: the case holds, and is not all that there was.
    package var cutSources: [String] = []
    /// The digest of what the case says, whatever numbers its rows have; nil when a table cannot be read.
    package var contentDigest: Digest?

    /// Whether nothing was found.
    package var holds: Bool {
        chain.count > 0 && chain.firstBroken == nil && schema.isEmpty && tables.allSatisfy(\.holds)
            && unreadable.isEmpty
            && (isContentRecorded != false || !incompleteSources.isEmpty) && wrongDocuments.isEmpty
            && wrongLayers.isEmpty && integrity.isEmpty
    }
}

extension CaseReader {
    /// Computes everything in the case again that is stored in it.
    ///
    /// - Parameter progress: Told now and then how many rows were read, and how many there are to read.
    /// - Returns: What was found.
    /// - Throws: ``CaseError`` when the file cannot be read at all.
    package func verification(progress: @escaping (Int64, Int64) -> Void = { _, _ in }) throws -> CaseVerification {
        var result = CaseVerification()
        result.schema = try SchemaDifference.all(in: database)
        // What stands in the place of a table might do anything when it is read.
        guard !result.schema.contains(where: \.isDangerous) else { return result }
        result.integrity = try integrity()
        do {
            result.chain = CustodyChain(try activities(), misstored: try firstMisstoredActivity())
        } catch {
            result.unreadable.append(.init(name: "activity", reason: Self.reason(error)))
        }
        var done: Int64 = 0
        let total = rowsToRead()
        let scan = ContentScan(database: database) { count in
            done += count
            progress(min(done, total), total)
        }
        try checkTables(&result, scan)
        checkDocuments(&result)
        checkLayers(&result, scan.advance)
        result.incompleteSources = try incompleteSources()
        // A table that cannot be read is told already.
        result.cutSources = (try? cutSources()) ?? []
        if result.unreadable.isEmpty { result.contentDigest = try? scan.portableDigest() }
        return result
    }

    /// The digest of what the case says, whatever numbers its rows have and whenever it was written.
    ///
    /// - Parameter progress: Told now and then how many rows were read, and about how many there are.
    /// - Returns: The digest.
    /// - Throws: ``CaseError``.
    package func contentDigest(progress: @escaping (Int64, Int64) -> Void = { _, _ in }) throws -> Digest {
        var done: Int64 = 0
        let total = (try? TableShape.counted(database).map { try ContentLedger.stored($0.name, database).rows }) ?? []
        let rows = total.reduce(Int64(0)) { $0.addingReportingOverflow(max(0, $1)).partialValue }
        return try ContentScan(database: database) { count in
            done += count
            progress(min(done, max(0, rows)), max(0, rows))
        }.portableDigest()
    }

    /// The number of the first record of the log with a field that is stored in another type or spelling than this program
    /// writes, or that goes on behind a NUL: such a field may read as it was, and so give the hash that it had.
    private func firstMisstoredActivity() throws -> Int64? {
        let columns = ActivityRecord.columns
        let lengths = columns.map { "length(CAST(\($0) AS BLOB)) AS \($0)Length" }
        let sql = "SELECT \((columns + lengths).joined(separator: ", ")) FROM activity ORDER BY id"
        let rows = try Row.fetchCursor(database, sql: sql)
        while let row = try rows.next() {
            let record = try ActivityRecord(row: row)
            for (column, value) in zip(columns, record.values) {
                let stored: DatabaseValue = row[column]
                let written = value?.databaseValue ?? .null
                var isSame = stored == written
                if case .string(let text) = written.storage {
                    isSame = isSame && Int.fromDatabaseValue(row["\(column)Length"]) == text.utf8.count
                }
                guard isSame else { return record.id }
            }
        }
        return nil
    }

    /// Every table twice, for its own sum and for the portable digest, and the files of layers once more; about, because
    /// what the case says of itself may be wrong.
    private func rowsToRead() -> Int64 {
        let tables = (try? TableShape.counted(database).map { try ContentLedger.stored($0.name, database).rows }) ?? []
        let entries = (try? layers().map(\.entries)) ?? []
        return (tables + tables + entries).reduce(0) { sum, rows in
            let (total, isTooLarge) = sum.addingReportingOverflow(max(0, rows))
            return isTooLarge ? sum : total
        }
    }

    private func checkTables(_ result: inout CaseVerification, _ scan: ContentScan) throws {
        var recorded: [ContentListing.Table] = []
        for shape in try TableShape.counted(database) {
            do {
                let stored = try ContentLedger.stored(shape.name, database)
                recorded.append(ContentListing.Table(name: shape.name, stored))
                let found = try scan.sum(of: shape)
                let isSame = stored == found
                result.tables.append(
                    CaseVerification.Table(
                        name: shape.name,
                        rows: found.rows,
                        recordedRows: stored.rows,
                        digest: found.hash.digest,
                        recordedDigest: stored.hash.digest,
                        areSectionsSame: stored.sections == found.sections,
                        suspects: isSame ? [] : try scan.suspects(in: shape, stored, found, limit: 10)
                    )
                )
            } catch {
                result.unreadable.append(.init(name: shape.name, reason: Self.reason(error)))
            }
        }
        let names = Set(recorded.map(\.name))
        for name in try String.fetchAll(database, sql: "SELECT CAST(name AS TEXT) FROM tableSum")
        where !names.contains(name) {
            result.unreadable.append(.init(name: "tableSum", reason: "a sum of no table: \(name)"))
        }
        guard let last = result.chain.last else { return }
        let listing = ContentListing(schema: try ContentListing.schemaDigest(database), tables: recorded)
        result.isContentRecorded = listing.digest.hex == last.content
    }

    private func checkDocuments(_ result: inout CaseVerification) {
        do {
            let rows = try Row.fetchCursor(database, sql: "SELECT digest, bytes FROM content ORDER BY digest")
            while let row = try rows.next() {
                result.documents += 1
                let name = String.fromDatabaseValue(row["digest"])
                guard let name, let digest = try? Digest(parsing: name), let bytes = try? row.bytes("bytes"),
                    Digest(hashing: bytes, digest.algorithm) == digest
                else {
                    result.wrongDocuments.append(name ?? "(no digest)")
                    continue
                }
            }
        } catch {
            result.unreadable.append(.init(name: "content", reason: Self.reason(error)))
        }
    }

    /// Computes every layer's digest from the rows of its files again, and looks for rows that belong to no layer.
    private func checkLayers(_ result: inout CaseVerification, _ advance: (Int64) -> Void) {
        do {
            for layer in try layers() {
                result.layers += 1
                var hasher = try DigestHasher(.sha256)
                var canonical: [UInt8] = []
                var (count, isInOrder) = (Int64(0), true)
                try forEachEntry(ofLayer: layer.id) { stored in
                    isInOrder = isInOrder && stored.position == count
                    count += 1
                    stored.entry.appendCanonical(to: &canonical)
                    hasher.update(canonical)
                    canonical.removeAll(keepingCapacity: true)
                }
                advance(count)
                if count != layer.entries || !isInOrder || hasher.finish() != layer.entriesDigest {
                    result.wrongLayers.append("\(layer.digest)")
                }
            }
            let strays = try Int64.fetchOne(
                database,
                sql: """
                    SELECT (SELECT count(*) FROM fileEntry) - (SELECT ifnull(sum(lastID - firstID + 1), 0) FROM layerRun)
                    """
            )
            let orphans = try Int64.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM layer
                    WHERE (openImportID IS NOT NULL OR digest IS NULL)
                        AND ifnull(openImportID, -1) NOT IN (SELECT id FROM openImport)
                    """
            )
            if orphans != 0 { result.wrongLayers.append("layers of no import: \(orphans ?? 0)") }
            if strays != 0 { result.wrongLayers.append("rows of files that belong to no layer: \(strays ?? 0)") }
        } catch {
            result.unreadable.append(.init(name: "layer", reason: Self.reason(error)))
        }
    }

    private func integrity() throws -> [String] {
        do {
            return try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
        } catch let error as DatabaseError {
            return [error.message ?? error.resultCode.description]
        }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? DatabaseError)?.message ?? "\(error)"
    }
}
