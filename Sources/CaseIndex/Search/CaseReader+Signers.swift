package import Cryptography
internal import GRDB

// Looking signatures up by who made them, and when.

extension CaseReader {
    /// The certificates with this subject alternative name.
    package func certificates(named name: String) throws -> [CertificateRecord] {
        try CertificateRecord.fetch(
            database,
            where: "subjectAlternativeName = ?",
            [EvidenceText(name)],
            order: "signatureID, digest"
        )
    }

    /// The certificates whose identity this issuer vouches for, or that this authority issued.
    package func certificates(issuedBy issuer: String) throws -> [CertificateRecord] {
        try CertificateRecord.fetch(
            database,
            where: "identityIssuer = ?1 OR issuer = ?1",
            [EvidenceText(issuer)],
            order: "signatureID, digest"
        )
    }

    /// The verdicts that name this identity or key.
    package func verdicts(identity: String) throws -> [VerdictRecord] {
        try VerdictRecord.fetch(database, where: "identity = ?", [EvidenceText(identity)], order: "signatureID")
    }

    /// The verdicts that name an identity of this issuer.
    package func verdicts(identityIssuer: String) throws -> [VerdictRecord] {
        try VerdictRecord.fetch(
            database,
            where: "identityIssuer = ?",
            [EvidenceText(identityIssuer)],
            order: "signatureID"
        )
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
