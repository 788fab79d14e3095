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
        try ClaimRecord.fetch(
            database,
            where: """
                id IN (SELECT c.id FROM json_each(?) w CROSS JOIN claim c
                    ON c.key = ? AND c.value >= w.value AND c.value < w.value || ?)
                """,
            [try TextList(beginnings), EvidenceText(key), EvidenceText(end)],
            order: "id"
        )
    }

    /// Whether anything that begins so is said under a key.
    package func hasClaims(key: String, beginning: String) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM claim WHERE key = ? AND value >= ? AND value < ? || char(0x10FFFF))"
        let arguments: StatementArguments = [EvidenceText(key), EvidenceText(beginning), EvidenceText(beginning)]
        return try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: arguments) ?? false
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

    /// One text under a key for each beginning that ends with one of the markers and is followed by hexadecimal digits,
    /// and every other text from `git` on, in the order of their bytes: what lies between is not looked at.
    ///
    /// Addresses of numbered things differ much in their numbers and little in what comes before.
    package func addresses(key: String, markers: [String]) throws -> [String] {
        let steps = markers.indices.map { index in
            let mark = "?\(index + 2)"
            let next = "substr(a.text, 1, instr(a.text, \(mark)) + length(\(mark)) - 1) || 'g'"
            return "WHEN instr(a.text, \(mark)) > 0 AND \(next) > a.text THEN \(next)"
        }
        let sql = """
            WITH RECURSIVE a (text) AS (
                SELECT min(value) FROM claim WHERE key = ?1 AND value >= 'git' AND value < '~'
                UNION ALL SELECT (SELECT min(value) FROM claim WHERE key = ?1 AND value < '~'
                    AND value >= CASE \(steps.joined(separator: " ")) ELSE a.text || char(1) END)
                FROM a WHERE a.text IS NOT NULL)
            SELECT text FROM a WHERE text IS NOT NULL
            """
        let arguments = StatementArguments(([key] + markers).map { EvidenceText($0) })
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map { try $0.text("text") }
    }

    /// What one document says of an artifact: everything under one signature, or everything that is under none.
    ///
    /// - Parameters:
    ///   - subject: The artifact.
    ///   - signature: The signature's id.
    ///   - speaker: The kind of document, of which there may be several.
    /// - Returns: The claims, in the order of import.
    /// - Throws: ``CaseError``.
    package func claims(about subject: Digest, signature: String?, from speaker: Speaker) throws -> [ClaimRecord] {
        try ClaimRecord.fetch(
            database,
            where: "subject = ? AND ifnull(signatureID, '') = ? AND speaker = ?",
            [subject.description, signature ?? "", speaker.rawValue],
            order: "id"
        )
    }

    /// The same of every kind of document.
    package func claims(about subject: Digest, signature: String?) throws -> [ClaimRecord] {
        try ClaimRecord.fetch(
            database,
            where: "subject = ? AND ifnull(signatureID, '') = ?",
            [subject.description, signature ?? ""],
            order: "id"
        )
    }

    /// What documents that nobody signed say of an artifact under some keys, in the order of import.
    ///
    /// The index knows the absence of a signature as an empty text; only the column itself tells it from one.
    package func unsignedClaims(about subject: Digest, keys: [String]) throws -> [ClaimRecord] {
        let marks = keys.map { _ in "?" }.joined(separator: ", ")
        return try ClaimRecord.fetch(
            database,
            where: "subject = ? AND ifnull(signatureID, '') = '' AND signatureID IS NULL AND key IN (\(marks))",
            [subject.description] + keys.map { EvidenceText($0) },
            order: "id"
        )
    }
}
