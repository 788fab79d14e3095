package import Cryptography
internal import GRDB

/// A row of a table of which one import may fill hundreds of thousands.
package enum BulkRow: Sendable {
    case content([UInt8], Digest)
    case location(LocationRecord)
    case reference(ReferenceRecord)
    case relationship(RelationshipRecord)
    case claim(ClaimRecord)
    case certificate(CertificateRecord)
    case logEntry(LogEntryRecord)
    case warning(WarningRecord)

    /// Roughly how many bytes it has in memory beyond what every row has.
    package var weight: Int {
        if case .content(let bytes, _) = self { bytes.count } else { 0 }
    }
}

/// Stores rows within a transaction from another thread than the transaction's.
///
/// Sharing is safe: the statements are prepared on the transaction's thread, and SQLite allows that a connection moves
/// from thread to thread as long as no two use it at once (SQLite, "Using SQLite In Multi-Threaded Applications"). That
/// is up to whoever hands rows over: between the first of them and the end of the last call, the transaction's own thread
/// leaves the case alone.
package final class BulkWriter: @unchecked Sendable {
    private let content, location, reference, relationship, claim, certificate, logEntry, warning: RawStatement

    init(_ database: Database) throws {
        content = try RawStatement(database, CaseWriter.contentInsertion)
        location = try RawStatement(database, LocationRecord.insertion)
        reference = try RawStatement(database, ReferenceRecord.insertion)
        relationship = try RawStatement(database, RelationshipRecord.insertion)
        claim = try RawStatement(database, ClaimRecord.insertion)
        certificate = try RawStatement(database, CertificateRecord.insertion)
        logEntry = try RawStatement(database, LogEntryRecord.insertion)
        warning = try RawStatement(database, WarningRecord.insertion)
    }

    /// Stores rows in their order, each unless an equal one is there.
    ///
    /// - Throws: ``CaseError``.
    package func insert(_ rows: [BulkRow]) throws {
        for row in rows {
            switch row {
            case .content(let bytes, let digest): try content.run(.init(digest), .blob(bytes))
            case .location(let record): try location.run(record.rawValues)
            case .reference(let record): try reference.run(record.rawValues)
            case .relationship(let record): try relationship.run(record.rawValues)
            case .claim(let record): try claim.run(record.rawValues)
            case .certificate(let record): try certificate.run(record.rawValues)
            case .logEntry(let record): try logEntry.run(record.rawValues)
            case .warning(let record): try warning.run(record.rawValues)
            }
        }
    }
}

extension CaseWriter {
    /// What stores many rows of this transaction; see ``BulkWriter`` for who may use it when.
    ///
    /// - Throws: ``CaseError``.
    package func bulk() throws -> BulkWriter {
        try BulkWriter(database)
    }

    static let contentInsertion = "INSERT OR IGNORE INTO content (digest, bytes) VALUES (?, ?)"
}
