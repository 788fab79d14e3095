package import Cryptography
internal import GRDB

/// What a case holds of the signatures of one artifact, by signature.
package struct SignatureMaterialRecords: Sendable {
    package let verdicts: [String: VerdictRecord]
    package let checks: [String: [CheckRecord]]
    package let certificates: [String: [CertificateRecord]]
    package let logEntries: [String: [LogEntryRecord]]
    package let sightings: [String: [SightingRecord]]
}

extension CaseReader {
    /// Verdicts and material of every signature that storage attaches to an artifact, in one query a table.
    package func signatureMaterial(of subject: Digest) throws -> SignatureMaterialRecords {
        let argument = [subject.description]
        let own = "signatureID IN (SELECT id FROM signature WHERE subject = ?)"
        let verdicts = try VerdictRecord.fetch(database, where: own, argument, order: "signatureID")
        let checks = try CheckRecord.fetch(database, where: own, argument, order: "signatureID, position")
        let certificates = try CertificateRecord.fetch(database, where: own, argument, order: "signatureID, digest")
        let logEntries = try LogEntryRecord.fetch(database, where: own, argument, order: "signatureID, position")
        let sightings = try SightingRecord.fetch(
            database,
            where: own,
            argument,
            order: "signatureID, sourceID, storage"
        )
        return SignatureMaterialRecords(
            verdicts: Dictionary(verdicts.map { ($0.signatureID, $0) }) { first, _ in first },
            checks: Dictionary(grouping: checks, by: \.signatureID),
            certificates: Dictionary(grouping: certificates, by: \.signatureID),
            logEntries: Dictionary(grouping: logEntries, by: \.signatureID),
            sightings: Dictionary(grouping: sightings, by: \.signatureID)
        )
    }
}
