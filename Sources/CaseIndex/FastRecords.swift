package import Cryptography
internal import GRDB

// The records of which a case has tens for each signature, read without values in between.

extension CaseReader {
    /// What documents say of an artifact.
    package func claims(about subject: Digest) throws -> [ClaimRecord] {
        let query = try RawQuery(
            database,
            "SELECT id, signatureID, speaker, key, value, readFrom, pointer FROM claim WHERE subject = ? ORDER BY id"
        )
        var claims: [ClaimRecord] = []
        var documents = LatestValue<Digest>()
        var speakers = LatestValue<Speaker>()
        var signatures = LatestValue<String>()
        try query.forEachRow(text: subject.description) { row in
            claims.append(
                ClaimRecord(
                    id: row.integer(0),
                    subject: subject,
                    signatureID: row.isNull(1) ? nil : try signatures.value(row, 1, "signatureID") { $0 },
                    speaker: try speakers.value(row, 2, "speaker") { Speaker(rawValue: $0) },
                    key: try row.requiredText(3, "key"),
                    value: try row.requiredText(4, "value"),
                    readFrom: try documents.value(row, 5, "readFrom") { try? Digest(parsing: $0) },
                    pointer: try row.requiredText(6, "pointer")
                )
            )
        }
        return claims
    }

    /// The checks of the verdicts on the signatures of an artifact, by signature.
    func checks(ofSignaturesOf subject: Digest) throws -> [String: [CheckRecord]] {
        let query = try RawQuery(
            database,
            """
            SELECT c.signatureID, c.position, c.name, c.outcome, c.reason, c.detail
                FROM signature s JOIN verdictCheck c ON c.signatureID = s.id WHERE s.subject = ?
            """
        )
        var checks: [String: [CheckRecord]] = [:]
        var signatures = LatestValue<String>()
        try query.forEachRow(text: subject.description) { row in
            let word = try row.requiredText(3, "outcome")
            guard let outcome = CheckOutcomeWord(rawValue: word) else {
                throw CaseError.corrupt(column: "outcome", value: word)
            }
            let id = try signatures.value(row, 0, "signatureID") { $0 }
            checks[id, default: []].append(
                CheckRecord(
                    signatureID: id,
                    position: Int(row.integer(1)),
                    name: try row.requiredText(2, "name"),
                    outcome: outcome,
                    reason: try row.text(4, "reason"),
                    detail: try row.requiredText(5, "detail")
                )
            )
        }
        // Cheaper than by SQLite, which takes memory for each row to sort it.
        return checks.mapValues { $0.sorted { $0.position < $1.position } }
    }
}

/// The last value that was read from a column, for columns that repeat themselves from row to row.
struct LatestValue<Value> {
    private var text: [UInt8] = []
    private var latest: Value?

    /// The value of a column; read anew when the text is another.
    mutating func value(
        _ row: RawRow,
        _ column: Int32,
        _ name: String,
        _ read: (String) -> Value?
    ) throws -> Value {
        let bytes = row.bytes(column)
        if let latest, bytes.elementsEqual(text) { return latest }
        let string = try row.requiredText(column, name)
        guard let value = read(string) else { throw CaseError.corrupt(column: name, value: string) }
        text = Array(string.utf8)
        latest = value
        return value
    }
}
