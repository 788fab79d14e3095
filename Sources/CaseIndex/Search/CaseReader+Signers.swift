package import Cryptography
internal import GRDB

// Looking signatures up by who made them, and when.

/// One record that tells whose a signature is.
package struct SignerRecord: Hashable, Sendable {
    /// The signature.
    package let signatureID: String
    /// What kind of record tells it.
    package let kind: Kind
    /// The record, as `table:key`.
    package let record: String

    /// The kinds of records.
    package enum Kind: String, Hashable, Sendable {
        case verdict, certificate, claim
    }
}

/// A signature with what decides how much it is worth.
package struct JudgedSignature: Hashable, Sendable {
    /// The signature.
    package let record: SignatureRecord
    /// The verdict; nil when verification has not run.
    package let verdict: VerdictRecord?
    /// The checks that decide.
    package let checks: [CheckRecord]
}

extension CaseReader {
    /// The records by which signatures are of an identity: of a verdict, of a certificate, or of a claim for a
    /// certificate with several names.
    package func signers(identity: String) throws -> [SignerRecord] {
        try signers(
            """
            SELECT signatureID, 'verdict' AS kind, NULL AS key FROM verdict WHERE identity = ?1
            UNION ALL SELECT signatureID, 'certificate', digest FROM certificate WHERE subjectAlternativeName = ?1
            UNION ALL SELECT signatureID, 'claim', id FROM claim
                WHERE key = 'subjectAlternativeName' AND value = ?1 AND signatureID IS NOT NULL
            """,
            identity
        )
    }

    /// The same for an issuer that vouches for identities, or an authority that issued certificates.
    package func signers(issuer: String) throws -> [SignerRecord] {
        try signers(
            """
            SELECT signatureID, 'verdict' AS kind, NULL AS key FROM verdict WHERE identityIssuer = ?1
            UNION ALL SELECT signatureID, 'certificate', digest FROM certificate WHERE identityIssuer = ?1
            UNION ALL SELECT signatureID, 'certificate', digest FROM certificate WHERE issuer = ?1
            """,
            issuer
        )
    }

    /// The first identities in the order of their bytes, each once: of verdicts, and of certificates that were not judged.
    package func identities(limit: Int) throws -> [String] {
        try first("subjectAlternativeName", of: "certificate", limit) + first("identity", of: "verdict", limit)
    }

    /// The first issuers that vouch for identities, each once.
    package func identityIssuers(limit: Int) throws -> [String] {
        try first("identityIssuer", of: "certificate", limit)
    }

    /// The first values of an indexed column; one look into the index for each.
    private func first(_ column: String, of table: String, _ limit: Int) throws -> [String] {
        let sql = """
            WITH RECURSIVE v (value) AS (
                SELECT min(\(column)) FROM \(table)
                UNION ALL SELECT (SELECT min(\(column)) FROM \(table) WHERE \(column) > v.value) FROM v
                    WHERE v.value IS NOT NULL LIMIT \(max(0, limit)))
            SELECT value FROM v WHERE value IS NOT NULL
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql)).map { try $0.text("value") }
    }

    private func signers(_ sql: String, _ value: String) throws -> [SignerRecord] {
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: [EvidenceText(value)])
        var records: [SignerRecord] = []
        while let row = try rows.next() {
            let id: String = try row.value("signatureID")
            switch try row.value("kind") as String {
            case "verdict": records.append(SignerRecord(signatureID: id, kind: .verdict, record: "verdict:\(id)"))
            case "certificate":
                let digest: String = try row.value("key")
                records.append(SignerRecord(signatureID: id, kind: .certificate, record: "certificate:\(id)/\(digest)"))
            default:
                let number: Int64 = try row.value("key")
                records.append(SignerRecord(signatureID: id, kind: .claim, record: "claim:\(number)"))
            }
        }
        return records
    }

    /// Signatures with their verdicts and those of their checks that decide what they are worth: every check that did not
    /// pass, and of the passed ones those of the given names.
    package func judgedSignatures(_ ids: [String], passing names: [String]) throws -> [JudgedSignature] {
        let list = try TextList(ids)
        let these = "IN (SELECT value FROM json_each(?))"
        let signatures = try SignatureRecord.fetch(database, where: "id \(these)", [list], order: "id")
        let verdicts = try VerdictRecord.fetch(
            database,
            where: "signatureID \(these)",
            [list],
            order: "signatureID"
        )
        let checks = try CheckRecord.fetch(
            database,
            where: """
                signatureID \(these) AND (outcome IN ('failed', 'not-performed')
                    OR outcome = 'passed' AND name \(these))
                """,
            [list, try TextList(names)],
            order: "signatureID, position"
        )
        let verdictsByID = Dictionary(verdicts.map { ($0.signatureID, $0) }) { first, _ in first }
        let checksByID = Dictionary(grouping: checks) { $0.signatureID }
        return signatures.map {
            JudgedSignature(record: $0, verdict: verdictsByID[$0.id], checks: checksByID[$0.id] ?? [])
        }
    }

    /// The verdicts that name this identity or key.
    package func verdicts(identity: String) throws -> [VerdictRecord] {
        try VerdictRecord.fetch(database, where: "identity = ?", [EvidenceText(identity)], order: "signatureID")
    }

    /// The verdicts on signatures that were made within a window, by their verified times.
    package func verdicts(signedFrom first: Timestamp?, to last: Timestamp?) throws -> [VerdictRecord] {
        let found = try VerdictRecord.fetch(
            database,
            where: "signedAt >= ? AND signedAt < ?",
            [
                first.map { Timestamp(seconds: $0.seconds).withoutZone } ?? "",
                last?.adding(seconds: 1).withoutZone ?? ":",
            ],
            order: "signatureID"
        )
        return found.filter { verdict in
            guard let time = verdict.signedAt else { return false }
            return first.map { $0 <= time } ?? true && last.map { time <= $0 } ?? true
        }
    }

    /// The certificates that begin to be valid within a window and whose signatures have no verified time.
    package func undatedCertificates(validFrom first: Timestamp?, to last: Timestamp?) throws -> [CertificateRecord] {
        let found = try CertificateRecord.fetch(
            database,
            where: """
                notBefore >= ? AND notBefore < ? AND NOT EXISTS (SELECT 1 FROM verdict v
                    WHERE v.signatureID = certificate.signatureID AND v.signedAt IS NOT NULL)
                """,
            [
                first.map { Timestamp(seconds: $0.seconds).withoutZone } ?? "",
                last?.adding(seconds: 1).withoutZone ?? ":",
            ],
            order: "signatureID, digest"
        )
        return found.filter { certificate in
            first.map { $0 <= certificate.notBefore } ?? true && last.map { certificate.notBefore <= $0 } ?? true
        }
    }
}

extension Timestamp {
    /// Its text without the zone and the fraction, which sorts before every text of the same second.
    fileprivate var withoutZone: String {
        String(Timestamp(seconds: seconds).description.dropLast())
    }
}
