internal import Cryptography
internal import GRDB

/// A log entry in the case for which the case has no artifact.
package struct OrphanEntry: Hashable, Sendable {
    /// The digest that the entry names.
    package let digest: String
    /// The signature that it belongs to; nil for an entry that came alone.
    package let signatureID: String?
    /// The log, by the digits of its key's identifier; nil for an entry that came alone.
    package let logID: String?
    /// The index that the entry states.
    package let logIndex: String?
    /// The time that the entry states.
    package let time: String?
    /// The claim that it was read from; nil for an entry that came with a signature.
    package let claimID: Int64?
    /// The document that the claim was read from.
    package let document: String?
}

/// A signature of an artifact to which no log entry belongs.
package struct UnloggedSignature: Hashable, Sendable {
    /// The signature.
    package let signatureID: String
    /// The artifact.
    package let subject: String
    /// Its form.
    package let kind: String
    /// Whether every cryptographic check passed; nil when verify has not run.
    package let isAuthentic: Bool?
    /// Who signed, as verification found.
    package let identity: String?
}

/// One index of one log that several signatures state.
package struct SharedEntry: Hashable, Sendable {
    /// The log.
    package let logID: String
    /// The index.
    package let logIndex: Int64
    /// The signatures that state it, although they are of different content.
    package let signatureIDs: [String]
}

extension CaseReader {
    /// Log entries whose artifact the case does not have, by digest.
    ///
    /// An entry that came alone names what was signed: an artifact, or the payload of a signature.
    package func orphanEntries() throws -> [OrphanEntry] {
        let attached = """
            SELECT s.subject AS digest, s.id AS signatureID, l.logID AS logID, CAST(l.logIndex AS TEXT) AS logIndex,
                l.integratedTime AS time, NULL AS claimID,
                NULL AS document
                FROM logEntry l JOIN signature s ON s.id = l.signatureID
                WHERE s.subject NOT IN (SELECT digest FROM artifact)
            """
        let alone = """
            SELECT c.subject, NULL, NULL, c.value,
                (SELECT t.value FROM claim t WHERE t.subject = c.subject AND ifnull(t.signatureID, '') = ''
                    AND t.speaker = 'log-entry' AND t.key = 'integratedTime' AND t.readFrom = c.readFrom LIMIT 1), c.id, c.readFrom
                FROM claim c WHERE c.speaker = 'log-entry' AND c.key = 'logIndex' AND c.signatureID IS NULL
                AND c.subject NOT IN (SELECT digest FROM artifact)
                AND c.subject NOT IN (SELECT digest FROM content)
                AND c.subject NOT IN (SELECT payload FROM signature)
            """
        let rows = try Row.fetchAll(database, sql: "\(attached) UNION ALL \(alone) ORDER BY 1, 2, 4, 6")
        return try rows.map { row in
            OrphanEntry(
                digest: try row.text("digest"),
                signatureID: try row.optionalText("signatureID"),
                logID: try row.optionalText("logID"),
                logIndex: try row.optionalText("logIndex"),
                time: try row.optionalText("time"),
                claimID: try row.optionalValue("claimID"),
                document: try row.optionalText("document")
            )
        }
    }

    /// Signatures of artifacts in the case to which no log entry belongs, by artifact.
    package func unloggedSignatures() throws -> [UnloggedSignature] {
        let sql = """
            SELECT s.id, s.subject, s.kind, v.isAuthentic, v.identity FROM signature s
                LEFT JOIN verdict v ON v.signatureID = s.id
                WHERE NOT EXISTS (SELECT 1 FROM logEntry l WHERE l.signatureID = s.id)
                AND s.payload NOT IN (SELECT subject FROM claim WHERE speaker = 'log-entry' AND signatureID IS NULL)
                AND s.subject IN (SELECT digest FROM artifact)
                ORDER BY s.subject, s.id
            """
        return try Row.fetchAll(database, sql: sql).map { row in
            UnloggedSignature(
                signatureID: try row.value("id"),
                subject: try row.value("subject"),
                kind: try row.value("kind"),
                isAuthentic: try row.optionalValue("isAuthentic"),
                identity: try row.optionalText("identity")
            )
        }
    }

    /// Indexes of logs that signatures of different content state, by log and index.
    ///
    /// - Parameter joined: Entries that came as files of their own and count with the signatures that they are of.
    /// - Returns: The indexes, each with its signatures.
    /// - Throws: ``CaseError``.
    package func sharedEntries(besides joined: [JoinedEntry] = []) throws -> [SharedEntry] {
        let sql = """
            SELECT l.logID, l.logIndex, group_concat(s.id, ' ') AS ids FROM logEntry l
                JOIN signature s ON s.id = l.signatureID
                WHERE s.id NOT IN (SELECT value FROM json_each(?)) GROUP BY l.logID, l.logIndex
                HAVING count(DISTINCT s.payload) > 1 ORDER BY l.logID, l.logIndex
            """
        let arguments: StatementArguments = [Self.list(joined.compactMap(\.entryID))]
        return try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
            let ids: String = try row.value("ids")
            return SharedEntry(
                logID: try row.value("logID"),
                logIndex: try row.value("logIndex"),
                signatureIDs: Set(ids.split(separator: " ").map(String.init)).sorted()
            )
        }
    }

    /// Whether there are so many claims, or so many signatures, that going through all of them takes long.
    package func hasLogMaterial(from count: Int) throws -> Bool {
        try ["claim", "signature"].contains { table in
            let sql = "SELECT 1 FROM \(table) LIMIT 1 OFFSET \(max(0, count - 1))"
            return try Int.fetchOne(database, sql: sql) != nil
        }
    }

    /// Identifiers as `json_each` reads them.
    static func list(_ identifiers: [String]) -> String {
        "[\(identifiers.map { "\"\($0)\"" }.joined(separator: ","))]"
    }

    /// How many signatures have a log entry, and how many log entries came alone.
    ///
    /// Entries that are of signatures count with those.
    package func logEntryCounts(besides joined: [JoinedEntry] = []) throws -> (logged: Int, alone: Int) {
        let list = "SELECT value FROM json_each(?)"
        let stated = """
            SELECT count(*) FROM (SELECT signatureID FROM logEntry WHERE signatureID NOT IN (\(list)) UNION \(list))
            """
        let lists = [Self.list(joined.compactMap(\.entryID)), Self.list(joined.flatMap(\.signatureIDs))]
        let logged = try Int.fetchOne(database, sql: stated, arguments: StatementArguments(lists)) ?? 0
        let sql = "SELECT count(*) FROM claim WHERE speaker = 'log-entry' AND key = 'logIndex' AND signatureID IS NULL"
        return (logged, try Int.fetchOne(database, sql: sql) ?? 0)
    }
}
