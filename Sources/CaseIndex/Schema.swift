internal import GRDB

/// The tables of a case, in plain SQL: a later change of a record type never changes what an old version created.
///
/// Digests are text (`sha256:…`) and times RFC 3339 text, so that anybody can read a case with the `sqlite3` shell.
enum Schema {
    /// The number that `PRAGMA user_version` carries.
    static let version = 3
    /// The digest of what ``create(_:)`` makes, as ``ContentListing/schemaDigest(_:)`` computes it: a case that has it needs
    /// no closer look.
    static let digest = "e7c84d6c566a0dd8b252beebb513951c6b4d748a1af002487f372118bd8b888a"

    static func create(_ database: Database) throws {
        try database.execute(sql: observations)
        try database.execute(sql: claims)
        try database.execute(sql: judgements)
        try database.execute(sql: FileSchema.sql)
        try database.execute(sql: GitSchema.tables)
        try database.execute(sql: CISchema.tables)
        try database.execute(sql: DistrustSchema.table)
        try database.execute(sql: SearchSchema.indexes)
        try database.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// Gives a connection that cannot write verdicts and findings of its own, which hide those of the file.
    static func createJudgements(inMemoryBeside database: Database) throws {
        for table in ["verdict", "verdictCheck", "finding"] {
            let sql = try String.fetchOne(
                database,
                sql: "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?",
                arguments: [table]
            )
            guard let sql else { continue }
            try database.execute(sql: sql.replacing("CREATE TABLE", with: "CREATE TEMP TABLE", maxReplacements: 1))
            try database.execute(sql: "INSERT INTO temp.\(table) SELECT * FROM main.\(table)")
        }
    }

    /// What import saw.
    private static let observations = """
        CREATE TABLE source (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL UNIQUE,
            importedAt TEXT NOT NULL, isComplete INTEGER NOT NULL);
        CREATE TABLE artifact (
            digest TEXT PRIMARY KEY, size INTEGER NOT NULL, mediaType TEXT, role TEXT NOT NULL, diffID TEXT
        ) WITHOUT ROWID;
        CREATE TABLE content (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL);
        CREATE TABLE location (
            digest TEXT NOT NULL, sourceID INTEGER NOT NULL, path TEXT NOT NULL, offset INTEGER,
            PRIMARY KEY (digest, sourceID, path)) WITHOUT ROWID;
        CREATE TABLE reference (
            name TEXT NOT NULL, digest TEXT NOT NULL, sourceID INTEGER NOT NULL, key TEXT NOT NULL,
            PRIMARY KEY (name, digest, sourceID, key)) WITHOUT ROWID;
        CREATE TABLE relationship (
            sourceID INTEGER NOT NULL, origin TEXT NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL,
            target TEXT NOT NULL, mediaType TEXT, size INTEGER, platform TEXT, outcome TEXT NOT NULL,
            observedDigest TEXT, observedSize INTEGER, claimedDiffID TEXT, observedDiffID TEXT,
            PRIMARY KEY (origin, kind, position, sourceID)) WITHOUT ROWID;
        CREATE INDEX relationshipByTarget ON relationship (target, kind);
        CREATE TABLE warning (
            id INTEGER PRIMARY KEY, sourceID INTEGER NOT NULL, path TEXT NOT NULL, code TEXT NOT NULL,
            severity TEXT NOT NULL, digest TEXT, message TEXT NOT NULL);
        CREATE INDEX warningByDigest ON warning (digest);
        CREATE TABLE activity (
            id INTEGER PRIMARY KEY, startedAt TEXT NOT NULL, verb TEXT NOT NULL, arguments TEXT NOT NULL,
            toolVersion TEXT NOT NULL, result TEXT NOT NULL, content TEXT NOT NULL, previousHash TEXT NOT NULL,
            hash TEXT NOT NULL UNIQUE);
        CREATE TABLE tableSum (name TEXT PRIMARY KEY, rows INTEGER NOT NULL, hash BLOB NOT NULL, sections BLOB NOT NULL);
        """

    /// What documents say.
    private static let claims = """
        CREATE TABLE signature (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, carrier TEXT NOT NULL,
            position INTEGER NOT NULL, payload TEXT NOT NULL, annotations TEXT NOT NULL, predicateType TEXT
        ) WITHOUT ROWID;
        CREATE INDEX signatureBySubject ON signature (subject);
        CREATE TABLE sighting (
            signatureID TEXT NOT NULL, sourceID INTEGER NOT NULL, storage TEXT NOT NULL,
            PRIMARY KEY (signatureID, sourceID, storage)) WITHOUT ROWID;
        CREATE TABLE certificate (
            signatureID TEXT NOT NULL, digest TEXT NOT NULL, der BLOB NOT NULL, subjectAlternativeName TEXT,
            identityIssuer TEXT, issuer TEXT NOT NULL, serial TEXT NOT NULL, notBefore TEXT NOT NULL,
            notAfter TEXT NOT NULL, PRIMARY KEY (signatureID, digest)) WITHOUT ROWID;
        CREATE TABLE logEntry (
            signatureID TEXT NOT NULL, position INTEGER NOT NULL, logID TEXT NOT NULL, logIndex INTEGER NOT NULL,
            integratedTime TEXT, kind TEXT NOT NULL, version TEXT NOT NULL, hasPromise INTEGER NOT NULL,
            hasProof INTEGER NOT NULL, PRIMARY KEY (signatureID, position)) WITHOUT ROWID;
        CREATE TABLE claim (
            id INTEGER PRIMARY KEY, subject TEXT NOT NULL, signatureID TEXT, speaker TEXT NOT NULL, key TEXT NOT NULL,
            value TEXT NOT NULL, readFrom TEXT NOT NULL, pointer TEXT NOT NULL);
        CREATE UNIQUE INDEX claimOnce ON claim (subject, ifnull(signatureID, ''), speaker, key, pointer, readFrom, value);
        """

    /// What verification and correlation concluded.
    private static let judgements = """
        CREATE TABLE verdict (
            signatureID TEXT PRIMARY KEY, subject TEXT NOT NULL, isAuthentic INTEGER NOT NULL, isTrusted INTEGER,
            identity TEXT, identityIssuer TEXT, signedAt TEXT, strength TEXT NOT NULL, trustedRoot TEXT NOT NULL,
            policy TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE verdictCheck (
            signatureID TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, outcome TEXT NOT NULL,
            reason TEXT, detail TEXT NOT NULL, PRIMARY KEY (signatureID, position)) WITHOUT ROWID;
        CREATE TABLE finding (
            id INTEGER PRIMARY KEY, rule TEXT NOT NULL, severity TEXT NOT NULL, subject TEXT NOT NULL,
            message TEXT NOT NULL, records TEXT NOT NULL);
        CREATE INDEX findingBySubject ON finding (subject);
        """
}
