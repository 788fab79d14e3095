package import Cryptography
internal import GRDB

/// An authentic signature with what its material says of its origin, for comparisons across the case.
package struct SignedOrigin: Sendable {
    /// The signature.
    package let signatureID: String
    /// The artifact that it signs, as text: `sha256:…`.
    package let subject: String
    /// Who signed.
    package let identity: String?
    /// Who vouches for that.
    package let identityIssuer: String?
    /// The earliest verified time of the signature.
    package let signedAt: Timestamp?
    /// The predicate type that it attests; nil for a plain signature.
    package let predicateType: String?
}

extension CaseReader {
    /// The authentic signatures, the earliest first, those without a time last.
    package func signedOrigins() throws -> [SignedOrigin] {
        let sql = """
            SELECT v.signatureID, v.subject, v.identity, v.identityIssuer, v.signedAt, s.predicateType
                FROM verdict v JOIN signature s ON s.id = v.signatureID WHERE v.isAuthentic = 1
                ORDER BY v.signedAt IS NULL, v.signedAt, v.signatureID
            """
        let rows = try Row.fetchCursor(database, sql: sql)
        var origins: [SignedOrigin] = []
        while let row = try rows.next() {
            origins.append(
                SignedOrigin(
                    signatureID: try row.value("signatureID"),
                    subject: try row.value("subject"),
                    identity: try row.optionalText("identity"),
                    identityIssuer: try row.optionalText("identityIssuer"),
                    signedAt: try row.optionalTime("signedAt"),
                    predicateType: try row.optionalText("predicateType")
                )
            )
        }
        return origins
    }

    /// What the certificate of a signature says, by key; from an index alone.
    package func certificateWords(of origin: SignedOrigin) throws -> [(key: String, value: String)] {
        let sql = """
            SELECT key, value FROM claim WHERE subject = ? AND ifnull(signatureID, '') = ? AND speaker = 'certificate'
            """
        var words: [(String, String)] = []
        try RawQuery(database, sql).forEachRow(text: origin.subject, origin.signatureID) { row in
            words.append((try row.requiredText(0, "key"), try row.requiredText(1, "value")))
        }
        return words
    }
}

// MARK: - Jobs

extension CaseReader {
    /// Whether the case holds any job of a CI service.
    package func hasJobs() throws -> Bool {
        try Row.fetchOne(database, sql: "SELECT 1 FROM job LIMIT 1") != nil
    }

    /// The runners that ran the jobs of a number in a project (`host/path`), as CI services recorded them.
    package func runners(ofJob number: String, in project: String?) throws -> [String] {
        let sql = """
            SELECT DISTINCT runnerID FROM job WHERE number = ?1 AND runnerID IS NOT NULL
                AND (?2 IS NULL OR project IS NULL OR ifnull(server || '/', '') || project = ?2
                    OR server IS NULL AND substr(?2, -length(project) - 1) = '/' || project)
                ORDER BY runnerID
            """
        let statement = try database.cachedStatement(sql: sql)
        let rows = try Row.fetchAll(statement, arguments: [EvidenceText(number), project.map { EvidenceText($0) }])
        return try rows.map { try $0.text("runnerID") }
    }
}
