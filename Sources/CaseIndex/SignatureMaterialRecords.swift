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

/// How much is read of signatures.
package enum MaterialDepth: Int, Hashable, Sendable, Comparable {
    /// Verdicts, their checks, and where the signatures were found.
    case verdicts
    /// Certificates too.
    case certificates
    /// Log entries too.
    case whole

    /// By how much is read.
    package static func < (left: MaterialDepth, right: MaterialDepth) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension CaseReader {
    /// Verdicts and material of every signature that storage attaches to an artifact, in one query a table.
    ///
    /// - Parameters:
    ///   - subject: The artifact.
    ///   - depth: What is left out.
    /// - Returns: What there is.
    /// - Throws: ``CaseError``.
    package func signatureMaterial(of subject: Digest, depth: MaterialDepth = .whole) throws -> SignatureMaterialRecords
    {
        let argument = [subject.description]
        let own = "signatureID IN (SELECT id FROM signature WHERE subject = ?)"
        let verdicts = try VerdictRecord.fetch(database, where: own, argument, order: "signatureID")
        let certificates =
            depth == .verdicts
            ? [] : try CertificateRecord.fetch(database, where: own, argument, order: "signatureID, digest")
        let logEntries =
            depth < .whole
            ? [] : try LogEntryRecord.fetch(database, where: own, argument, order: "signatureID, position")
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
