/// The tables of what repositories say.
enum GitSchema {
    /// Names of objects are their hexadecimal digits; a commit that several repositories hold is one row.
    static let tables = """
        CREATE TABLE gitCommit (
            name TEXT PRIMARY KEY, digest TEXT NOT NULL, tree TEXT NOT NULL, parents TEXT NOT NULL,
            authorName TEXT NOT NULL, authorMail TEXT NOT NULL, authoredAt TEXT, authorZone TEXT NOT NULL,
            committerName TEXT NOT NULL, committerMail TEXT NOT NULL, committedAt TEXT, committerZone TEXT NOT NULL,
            subject TEXT NOT NULL, encoding TEXT, signature TEXT) WITHOUT ROWID;
        CREATE TABLE gitPresence (
            name TEXT NOT NULL, sourceID INTEGER NOT NULL, position INTEGER NOT NULL,
            PRIMARY KEY (name, sourceID)) WITHOUT ROWID;
        CREATE TABLE gitTag (
            name TEXT NOT NULL, sourceID INTEGER NOT NULL, digest TEXT NOT NULL, target TEXT NOT NULL,
            targetKind TEXT NOT NULL, tag TEXT NOT NULL, taggerName TEXT, taggerMail TEXT, taggedAt TEXT,
            taggerZone TEXT, subject TEXT NOT NULL, signature TEXT, PRIMARY KEY (name, sourceID)) WITHOUT ROWID;
        CREATE TABLE gitRef (
            sourceID INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, target TEXT, commitName TEXT,
            symbolic TEXT, position INTEGER, PRIMARY KEY (sourceID, name)) WITHOUT ROWID;
        CREATE TABLE gitObject (name TEXT PRIMARY KEY, kind TEXT NOT NULL, bytes BLOB NOT NULL);
        CREATE TABLE gitHistory (
            sourceID INTEGER PRIMARY KEY, commits INTEGER NOT NULL, missingParents INTEGER NOT NULL,
            parents BLOB NOT NULL);
        CREATE TABLE gitVerdict (
            name TEXT PRIMARY KEY, kind TEXT NOT NULL, form TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT,
            isTrusted INTEGER, identity TEXT, identityIssuer TEXT, signedAt TEXT, trustedRoot TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE gitCheck (
            name TEXT NOT NULL, position INTEGER NOT NULL, checkName TEXT NOT NULL, outcome TEXT NOT NULL,
            reason TEXT, detail TEXT NOT NULL, PRIMARY KEY (name, position)) WITHOUT ROWID;
        """
}
