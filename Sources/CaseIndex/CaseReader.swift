package import Cryptography
internal import GRDB

/// Reads a case; every list comes in a fixed order.
package struct CaseReader {
    let database: Database
    /// The orders of long lists that are kept.
    var orders: KeptOrders?

    /// Every piece of evidence, in the order of import.
    package func sources() throws -> [SourceRecord] {
        try SourceRecord.fetch(database, order: "id")
    }

    /// The paths of the evidence that is not in the case to its end, in the order of import.
    package func incompleteSources() throws -> [String] {
        try sources().filter { !$0.isComplete }.map(\.path) + openImports().map(\.path)
    }

    /// The evidence with this number.
    package func source(id: Int64) throws -> SourceRecord? {
        try SourceRecord.fetch(database, where: "id = ?", [id], order: "id").first
    }

    /// The evidence with this digest.
    package func source(digest: Digest) throws -> SourceRecord? {
        try SourceRecord.fetch(database, where: "digest = ?", [digest.description], order: "id").first
    }

    /// The artifact with this digest.
    package func artifact(_ digest: Digest) throws -> ArtifactRecord? {
        try ArtifactRecord.fetch(database, where: "digest = ?", [digest.description], order: "digest").first
    }

    /// Every artifact in one of these roles, by digest.
    package func artifacts(in roles: [ArtifactRole]) throws -> [ArtifactRecord] {
        let marks = roles.map { _ in "?" }.joined(separator: ", ")
        return try ArtifactRecord.fetch(
            database,
            where: "role IN (\(marks))",
            roles.map(\.rawValue),
            order: "digest"
        )
    }

    /// Every artifact whose digest's digits begin with `prefix` (hexadecimal digits), by digest.
    package func artifacts(hexPrefix prefix: String) throws -> [ArtifactRecord] {
        try ArtifactRecord.fetch(
            database,
            where: "substr(digest, instr(digest, ':') + 1, ?) = ?",
            [prefix.utf8.count, prefix],
            order: "digest"
        )
    }

    /// The stored bytes of a small artifact.
    package func content(_ digest: Digest) throws -> [UInt8]? {
        try Blob.fetchOne(database, sql: "SELECT bytes FROM content WHERE digest = ?", arguments: [digest.description])?
            .bytes
    }

    /// Where an artifact lies.
    package func locations(of digest: Digest) throws -> [LocationRecord] {
        try LocationRecord.fetch(database, where: "digest = ?", [digest.description], order: "sourceID, path")
    }

    /// Every name, by name.
    package func references() throws -> [ReferenceRecord] {
        try ReferenceRecord.fetch(database, order: "name, digest, sourceID, key")
    }

    /// The names of an artifact.
    package func references(to digest: Digest) throws -> [ReferenceRecord] {
        try ReferenceRecord.fetch(database, where: "digest = ?", [digest.description], order: "name, sourceID, key")
    }

    /// What a name names, byte for byte.
    package func references(named name: String) throws -> [ReferenceRecord] {
        try ReferenceRecord.fetch(
            database,
            where: "name = ?",
            [EvidenceText(name)],
            order: "name, digest, sourceID, key"
        )
    }

    /// The manifests whose subject is not in the case, signatures aside, by subject.
    package func danglingReferrers() throws -> [RelationshipRecord] {
        try RelationshipRecord.fetch(
            database,
            where: """
                kind = 'subject' AND target NOT IN (SELECT digest FROM artifact)
                AND origin NOT IN (SELECT carrier FROM signature)
                """,
            order: "target, origin, position, sourceID"
        )
    }

    /// The descriptors in an artifact, in their order, from every source.
    package func relationships(from origin: Digest) throws -> [RelationshipRecord] {
        try RelationshipRecord.fetch(
            database,
            where: "origin = ?",
            [origin.description],
            order: "kind, position, sourceID"
        )
    }

    /// The descriptors that name an artifact.
    package func relationships(to target: Digest) throws -> [RelationshipRecord] {
        try RelationshipRecord.fetch(
            database,
            where: "target = ?",
            [target.description],
            order: "kind, origin, position, sourceID"
        )
    }

    /// The warnings about these digests, in the order in which they were noticed.
    package func warnings(about digests: Set<Digest>) throws -> [WarningRecord] {
        try WarningRecord.fetch(
            database,
            where: "digest IN (SELECT value FROM json_each(?))",
            [try TextList(digests.map(\.description))],
            order: "id"
        )
    }

    /// Every warning, in the order in which it was noticed.
    package func warnings() throws -> [WarningRecord] {
        try WarningRecord.fetch(database, order: "id")
    }

    /// Every signature, by subject.
    package func signatures() throws -> [SignatureRecord] {
        try SignatureRecord.fetch(database, order: "subject, carrier, position, id")
    }

    /// The signatures that storage attaches to an artifact.
    package func signatures(of subject: Digest) throws -> [SignatureRecord] {
        try SignatureRecord.fetch(
            database,
            where: "subject = ?",
            [subject.description],
            order: "carrier, position, id"
        )
    }

    /// Where a signature was found.
    package func sightings(of signatureID: String) throws -> [SightingRecord] {
        try SightingRecord.fetch(database, where: "signatureID = ?", [signatureID], order: "sourceID, storage")
    }

    /// The certificates that came with a signature.
    package func certificates(of signatureID: String) throws -> [CertificateRecord] {
        try CertificateRecord.fetch(database, where: "signatureID = ?", [signatureID], order: "digest")
    }

    /// The log entries that came with a signature.
    package func logEntries(of signatureID: String) throws -> [LogEntryRecord] {
        try LogEntryRecord.fetch(database, where: "signatureID = ?", [signatureID], order: "position")
    }

    /// What verification concluded about a signature, if it has run.
    package func verdict(of signatureID: String) throws -> VerdictRecord? {
        try VerdictRecord.fetch(database, where: "signatureID = ?", [signatureID], order: "signatureID").first
    }

    /// The checks of a verdict, in order.
    package func checks(of signatureID: String) throws -> [CheckRecord] {
        try CheckRecord.fetch(database, where: "signatureID = ?", [signatureID], order: "position")
    }

    /// Every finding about an artifact.
    package func findings(about subject: Digest) throws -> [FindingRecord] {
        try FindingRecord.fetch(database, where: "subject = ?", [subject.description], order: "id")
    }

    /// The custody log.
    package func activities() throws -> [ActivityRecord] {
        try ActivityRecord.fetch(database, order: "id")
    }

    /// How many rows a table of the schema holds; the counts that summaries show.
    package func counts() throws -> CaseCounts {
        func count(_ table: String) throws -> Int {
            try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
        }
        return CaseCounts(
            sources: try count("source"),
            artifacts: try count("artifact"),
            references: try count("reference"),
            signatures: try count("signature"),
            claims: try count("claim"),
            verdicts: try count("verdict"),
            findings: try count("finding"),
            warnings: try count("warning")
        )
    }
}

/// How much a case holds.
package struct CaseCounts: Hashable, Sendable {
    package let sources, artifacts, references, signatures, claims, verdicts, findings, warnings: Int
}
