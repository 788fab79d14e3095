internal import Cryptography
internal import GRDB

/// A record of which one import may bring hundreds of thousands: its statement is written once and its values are bound as
/// they are.
protocol BulkRecord: StoredRecord {
    /// The statement that inserts a row unless an equal key is there.
    static var insertion: String { get }
    /// ``StoredRecord/values`` as SQLite takes them.
    var rawValues: [RawStatement.Value] { get }
}

extension BulkRecord {
    /// The text of ``insertion``.
    static var insertionText: String {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        return "INSERT OR IGNORE INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    }

    /// Inserts the row unless an equal key is there; answers whether it was new.
    func insert(_ database: Database) throws -> Bool {
        try RawStatement(database, Self.insertion).run(rawValues)
        return database.changesCount > 0
    }
}

extension ArtifactRecord: BulkRecord {
    static let insertion = insertionText
    var rawValues: [RawStatement.Value] {
        [.init(digest), .integer(size), .init(mediaType), .init(role), .init(diffID)]
    }
}

extension LocationRecord: BulkRecord {
    static let insertion = insertionText
    var rawValues: [RawStatement.Value] { [.init(digest), .integer(sourceID), .init(path), .init(offset)] }
}

extension RelationshipRecord: BulkRecord {
    static let insertion = insertionText
    var rawValues: [RawStatement.Value] {
        [
            .integer(sourceID), .init(origin), .init(kind), .integer(Int64(position)), .init(target), .init(mediaType),
            .init(size), .init(platform), .init(outcome), .init(observedDigest), .init(observedSize),
            .init(claimedDiffID), .init(observedDiffID),
        ]
    }
}

extension ClaimRecord: BulkRecord {
    static let insertion = insertionText
    var rawValues: [RawStatement.Value] {
        [
            .init(subject), .init(signatureID), .init(speaker), .init(key), .init(value), .init(readFrom),
            .init(pointer), id == 0 ? .null : .integer(id),
        ]
    }
}

extension ReferenceRecord: BulkRecord {
    static let insertion = insertionText
    var rawValues: [RawStatement.Value] { [.init(name), .init(digest), .integer(sourceID), .init(key)] }
}

extension WarningRecord: BulkRecord {
    static let insertion = insertionText
    var rawValues: [RawStatement.Value] {
        [.integer(sourceID), .init(path), .init(code), .init(severity), .init(digest), .init(message)]
    }
}

extension CertificateRecord: BulkRecord {
    static let insertion = insertionText
    var rawValues: [RawStatement.Value] {
        [
            .init(signatureID), .init(digest), .blob(der), .init(subjectAlternativeName), .init(identityIssuer),
            .init(issuer), .init(serial), .init(notBefore.description), .init(notAfter.description),
        ]
    }
}

extension LogEntryRecord: BulkRecord {
    static let insertion = insertionText
    var rawValues: [RawStatement.Value] {
        [
            .init(signatureID), .integer(Int64(position)), .init(logID), .integer(logIndex),
            .init(integratedTime?.description), .init(kind), .init(version), .integer(hasPromise ? 1 : 0),
            .integer(hasProof ? 1 : 0),
        ]
    }
}

extension FindingRecord: BulkRecord {
    static let insertion = insertionText
    var rawValues: [RawStatement.Value] {
        [.init(rule), .init(severity), .init(subject), .init(message), .init(records)]
    }
}
