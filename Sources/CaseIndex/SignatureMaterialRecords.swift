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
    ///
    /// - Parameters:
    ///   - subject: The artifact.
    ///   - isBrief: Whether certificates and log entries are left out.
    /// - Returns: What there is.
    /// - Throws: ``CaseError``.
    package func signatureMaterial(of subject: Digest, isBrief: Bool = false) throws -> SignatureMaterialRecords {
        let argument = [subject.description]
        let own = "signatureID IN (SELECT id FROM signature WHERE subject = ?)"
        let verdicts = try VerdictRecord.fetch(database, where: own, argument, order: "signatureID")
        let certificates =
            isBrief ? [] : try CertificateRecord.fetch(database, where: own, argument, order: "signatureID, digest")
        let logEntries =
            isBrief ? [] : try LogEntryRecord.fetch(database, where: own, argument, order: "signatureID, position")
        let sightings = try SightingRecord.fetch(
            database,
            where: own,
            argument,
            order: "signatureID, sourceID, storage"
        )
        return SignatureMaterialRecords(
            verdicts: Dictionary(verdicts.map { ($0.signatureID, $0) }) { first, _ in first },
            checks: try checks(ofSignaturesOf: subject),
            certificates: Dictionary(grouping: certificates, by: \.signatureID),
            logEntries: Dictionary(grouping: logEntries, by: \.signatureID),
            sightings: Dictionary(grouping: sightings, by: \.signatureID)
        )
    }
}
