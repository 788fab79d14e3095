internal import GRDB

/// Tables in memory beside a case that is only read: what its long lists are sorted and filtered by.
///
/// They hold what would else have to be gathered anew for each page: images with their verdicts, signers, events in the
/// order of their times, and names. Nothing of them is stored in the case.
enum BrowseTables {
    /// Makes them, or makes them anew.
    static func create(_ database: Database) throws {
        try database.execute(sql: drop + images + signers + events + tags)
    }

    private static let drop = ["Image", "Signer", "Event", "Tag"].map { "DROP TABLE IF EXISTS temp.browsed\($0);\n" }
        .joined()

    /// The digests are those of ``CaseReader/imageDigests()``.
    private static let images = """
        CREATE TEMP TABLE browsedImage AS
        WITH image (digest) AS (
            SELECT digest FROM artifact WHERE role IN ('image-index', 'image-manifest', 'saved-image')
                AND (NOT EXISTS (SELECT 1 FROM relationship WHERE target = artifact.digest AND kind = 'child')
                    OR EXISTS (SELECT 1 FROM signature WHERE subject = artifact.digest))
            UNION SELECT subject FROM signature WHERE NOT EXISTS (SELECT 1 FROM relationship JOIN artifact
                ON artifact.digest = origin WHERE target = subject AND kind = 'configuration' AND role = 'image-manifest')
            UNION SELECT target FROM relationship WHERE kind = 'entry' AND outcome <> 'matched'
                AND NOT EXISTS (SELECT 1 FROM artifact WHERE digest = target)
                AND NOT EXISTS (SELECT 1 FROM signature WHERE carrier = target)),
        signed AS (
            SELECT s.subject, count(*) AS signatures, sum(ifnull(v.isAuthentic, 0)) AS authentic,
                sum(ifnull(v.isTrusted, 0)) AS trusted, min(v.identity) AS identity,
                min(v.identityIssuer) AS issuer, min(v.signedAt) AS signedAt
            FROM signature s LEFT JOIN verdict v ON v.signatureID = s.id GROUP BY s.subject),
        found AS (SELECT subject, sum(severity <> 'note') AS findings FROM finding GROUP BY subject),
        named AS (SELECT digest, min(name) AS name, count(DISTINCT name) AS names FROM reference GROUP BY digest)
        SELECT image.digest, named.name, ifnull(named.names, 0) AS names, ifnull(signatures, 0) AS signatures,
            ifnull(authentic, 0) AS authentic, ifnull(trusted, 0) AS trusted, identity, issuer, signedAt,
            ifnull(findings, 0) AS findings
        FROM image LEFT JOIN signed ON signed.subject = image.digest LEFT JOIN found ON found.subject = image.digest
            LEFT JOIN named ON named.digest = image.digest;
        CREATE INDEX temp.browsedImageByName ON browsedImage (name, digest);
        CREATE INDEX temp.browsedImageByIdentity ON browsedImage (identity);
        CREATE INDEX temp.browsedImageByDigest ON browsedImage (digest);

        """

    private static let signers = """
        CREATE TEMP TABLE browsedSigner AS
        SELECT identity, issuer, count(*) AS signatures, sum(authentic) AS authentic, sum(trusted) AS trusted,
            count(DISTINCT subject) AS images, min(signedAt) AS first, max(signedAt) AS last
        FROM (SELECT s.subject, ifnull(v.identity, c.subjectAlternativeName) AS identity,
                ifnull(v.identityIssuer, c.identityIssuer) AS issuer, ifnull(v.isAuthentic, 0) AS authentic,
                ifnull(v.isTrusted, 0) AS trusted, v.signedAt
            FROM signature s LEFT JOIN verdict v ON v.signatureID = s.id
                LEFT JOIN certificate c ON c.signatureID = s.id GROUP BY s.id)
        GROUP BY identity, issuer;

        """

    private static let events = """
        CREATE TEMP TABLE browsedEvent AS
        SELECT v.signedAt AS time, 'signed' AS kind, v.identity AS what, v.subject AS image,
            'verdict:' || v.signatureID AS record FROM verdict v WHERE v.signedAt IS NOT NULL
        UNION ALL SELECT c.notBefore, 'certificate valid from', c.subjectAlternativeName, s.subject,
            'certificate:' || c.signatureID || '/' || c.digest FROM certificate c JOIN signature s ON s.id = c.signatureID
        UNION ALL SELECT l.integratedTime, 'entered in a log', l.kind || ' ' || l.logIndex, s.subject,
            'log-entry:' || l.signatureID || '/' || l.position FROM logEntry l JOIN signature s ON s.id = l.signatureID
            WHERE l.integratedTime IS NOT NULL
        UNION ALL SELECT committedAt, 'committed', subject, NULL, 'commit:' || name FROM gitCommit
            WHERE committedAt IS NOT NULL
        UNION ALL SELECT createdAt, 'pipeline created', ifnull(project, '') || ' ' || ifnull(number, ''), NULL,
            'pipeline:' || id FROM pipeline WHERE createdAt IS NOT NULL
        UNION ALL SELECT importedAt, 'imported', path, NULL, 'source:' || id FROM source
        UNION ALL SELECT startedAt, 'custody', verb, NULL, 'activity:' || id FROM activity;
        CREATE INDEX temp.browsedEventByTime ON browsedEvent (time, record);

        """

    private static let tags = """
        CREATE TEMP TABLE browsedTag AS
        SELECT r.name, r.digest, n.digests, group_concat(DISTINCT s.path) AS evidence
        FROM reference r JOIN source s ON s.id = r.sourceID
            JOIN (SELECT name, count(DISTINCT digest) AS digests FROM reference GROUP BY name) n ON n.name = r.name
        GROUP BY r.name, r.digest;
        CREATE INDEX temp.browsedTagByName ON browsedTag (name, digest);
        """
}
