package import Cryptography
internal import GRDB

// Looking claims up by what they say, over the index `claimByKey`.

extension CaseReader {
    /// Every key under which anything is said, each once, in the order of their bytes; one look into the index for each.
    package func claimKeys() throws -> [String] {
        let sql = """
            WITH RECURSIVE k (key) AS (
                SELECT min(key) FROM claim
                UNION ALL SELECT (SELECT min(key) FROM claim WHERE key > k.key) FROM k WHERE k.key IS NOT NULL)
            SELECT key FROM k WHERE key IS NOT NULL
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql)).map { try $0.text("key") }
    }

    /// What is said under a key between two texts, the second not included, in the order of import.
    package func claims(key: String, from first: String, before end: String) throws -> [ClaimRecord] {
        try ClaimRecord.fetch(
            database,
            where: "key = ? AND value >= ? AND value < ?",
            [EvidenceText(key), EvidenceText(first), EvidenceText(end)],
            order: "id"
        )
    }

    /// What is said under a key in texts that are, or begin with, one of those that are given and go on with a character
    /// before `end`; in the order of import, each once.
    package func claims(key: String, beginnings: [String], before end: String) throws -> [ClaimRecord] {
        let found = try ClaimRecord.fetch(
            database,
            where: """
                id IN (SELECT c.id FROM json_each(?) w JOIN claim c
                    ON c.key = ? AND c.value >= w.value AND c.value < w.value || ?)
                """,
            [try TextList(beginnings), EvidenceText(key), EvidenceText(end)],
            order: "id"
        )
        return found
    }

    /// What is said under a key in these words.
    package func claims(key: String, value: String) throws -> [ClaimRecord] {
        try ClaimRecord.fetch(
            database,
            where: "key = ? AND value = ?",
            [EvidenceText(key), EvidenceText(value)],
            order: "id"
        )
    }

    /// The first text under a key that is not before `start` and before `end`.
    package func firstClaimValue(key: String, from start: String, before end: String) throws -> String? {
        let statement = try database.cachedStatement(
            sql: "SELECT value FROM claim WHERE key = ? AND value >= ? AND value < ? ORDER BY value LIMIT 1"
        )
        return try Row.fetchOne(statement, arguments: [EvidenceText(key), EvidenceText(start), EvidenceText(end)])?
            .text("value")
    }

    /// What one document says of an artifact: everything under one signature, or everything that is under none.
    package func claims(about subject: Digest, signature: String?) throws -> [ClaimRecord] {
        try ClaimRecord.fetch(
            database,
            where: "subject = ? AND ifnull(signatureID, '') = ?",
            [subject.description, signature ?? ""],
            order: "id"
        )
    }
}
