package import Cryptography
internal import GRDB

/// Writes to a case inside one transaction; it can read too.
package struct CaseWriter {
    let database: Database
    let ledger: ContentLedger

    /// Reads within the transaction.
    package var reader: CaseReader {
        CaseReader(database: database)
    }

    /// Does what needs memory of its own, and little of the case in memory: what it writes goes to places in their order.
    package func inOrder<Result>(_ body: () throws -> Result) throws -> Result {
        try CaseConnection.keepPages(database, mebibytes: 32)
        defer { try? CaseConnection.keepPages(database, mebibytes: CaseConnection.manyPages) }
        return try body()
    }

    /// Stores a piece of evidence; answers its number.
    package func insert(_ source: SourceRecord) throws -> Int64 {
        guard try source.insert(database) else {
            throw CaseError.storage(path: "", reason: "the source is in the case already")
        }
        return database.lastInsertedRowID
    }

    /// Marks a source as read to its end.
    package func complete(sourceID: Int64) throws {
        try database.execute(sql: "UPDATE source SET isComplete = 1 WHERE id = ?", arguments: [sourceID])
    }

    /// Stores an artifact; one whose digest is known is merged with what is there (``ArtifactRecord/merge(_:)``).
    package func insert(_ artifact: ArtifactRecord) throws {
        guard try !artifact.insert(database), let known = try reader.artifact(artifact.digest) else { return }
        var merged = known
        merged.merge(artifact)
        guard merged != known else { return }
        try database.execute(
            sql: "UPDATE artifact SET role = ?, mediaType = ?, diffID = ? WHERE digest = ?",
            arguments: [
                merged.role.rawValue, merged.mediaType.map { EvidenceText($0) }, merged.diffID?.description,
                merged.digest.description,
            ]
        )
    }

    /// Stores the bytes of a small artifact.
    package func insert(content bytes: [UInt8], digest: Digest) throws {
        try RawStatement(database, Self.contentInsertion).run(.init(digest), .blob(bytes))
    }

    /// Stores where an artifact lies.
    package func insert(_ location: LocationRecord) throws { _ = try location.insert(database) }

    /// Stores a name.
    package func insert(_ reference: ReferenceRecord) throws { _ = try reference.insert(database) }

    /// Stores a descriptor.
    package func insert(_ relationship: RelationshipRecord) throws { _ = try relationship.insert(database) }

    /// Stores a warning.
    package func insert(_ warning: WarningRecord) throws { _ = try warning.insert(database) }

    /// Stores a signature unless the same one is known; answers whether it was new.
    package func insert(_ signature: SignatureRecord) throws -> Bool { try signature.insert(database) }

    /// Stores where a signature was found.
    package func insert(_ sighting: SightingRecord) throws { _ = try sighting.insert(database) }

    /// Stores a certificate.
    package func insert(_ certificate: CertificateRecord) throws { _ = try certificate.insert(database) }

    /// Stores a log entry.
    package func insert(_ logEntry: LogEntryRecord) throws { _ = try logEntry.insert(database) }

    /// Stores a claim.
    package func insert(_ claim: ClaimRecord) throws { _ = try claim.insert(database) }

    /// Replaces the verdict of one signature with all its checks.
    package func replace(_ verdict: VerdictRecord, checks: [CheckRecord]) throws {
        try database.execute(sql: "DELETE FROM verdict WHERE signatureID = ?", arguments: [verdict.signatureID])
        try database.execute(sql: "DELETE FROM verdictCheck WHERE signatureID = ?", arguments: [verdict.signatureID])
        _ = try verdict.insert(database)
        for check in checks { _ = try check.insert(database) }
    }

    /// Replaces what one stage found about one artifact; what others found stays, and what the rules of `kept` found.
    package func replaceFindings(
        about subject: Digest,
        of stage: FindingStage = .rules,
        keeping kept: [String] = [],
        with findings: [FindingRecord]
    ) throws {
        let marks = kept.map { _ in "?" }.joined(separator: ", ")
        let statement = try database.cachedStatement(
            sql: "DELETE FROM finding WHERE subject = ? AND (rule GLOB ?) = ? AND rule NOT IN (\(marks))"
        )
        let first: [any DatabaseValueConvertible] = [
            subject.description, FindingStage.secretPrefix + "*", stage == .secrets,
        ]
        try statement.execute(arguments: StatementArguments(first + kept))
        for finding in findings { _ = try finding.insert(database) }
    }
}

/// Who finds: the rules of `trace`, or the search for secrets.
package enum FindingStage: Hashable, Sendable {
    case rules, secrets

    /// What the rules' ids of the search for secrets begin with.
    package static let secretPrefix = "secret."
}
