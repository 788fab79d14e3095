/// The tables that hold every file of every layer, down to millions of rows.
///
/// A row of `fileEntry` has to be small: paths, contents and the combinations of kind, mode and owner are numbers into
/// dictionaries, and the layer of a row is not in the row at all. Rows are written in runs of one layer (`layerRun`), so
/// that the number of a row tells its layer by one search among the runs, and its place in the layer by counting from
/// the run's beginning. With the two indexes a row takes about 50 bytes beyond distinct paths and digests.
///
/// Unlike other tables these are filled while the evidence is still being read, a few thousand rows a transaction. A
/// layer counts only once it is complete: until then its `digest` is NULL, and an import that ended early leaves rows
/// that the next one removes.
enum FileSchema {
    static let sql = """
        CREATE TABLE openImport (
            id INTEGER PRIMARY KEY, path TEXT NOT NULL, startedAt TEXT NOT NULL, owner TEXT NOT NULL);
        CREATE TABLE layer (
            id INTEGER PRIMARY KEY, digest TEXT UNIQUE, openImportID INTEGER, size INTEGER, expandedDigest TEXT,
            expandedSize INTEGER, compression TEXT, trailing INTEGER, members INTEGER, wrongChecksums INTEGER,
            entries INTEGER, entriesDigest TEXT, failure TEXT);
        CREATE INDEX layerByOpenImport ON layer (openImportID) WHERE openImportID IS NOT NULL;
        CREATE TABLE layerRun (
            firstID INTEGER PRIMARY KEY, lastID INTEGER NOT NULL, layerID INTEGER NOT NULL,
            firstPosition INTEGER NOT NULL);
        CREATE INDEX layerRunByLayer ON layerRun (layerID, firstPosition);
        CREATE TABLE path (id INTEGER PRIMARY KEY, path NOT NULL UNIQUE);
        CREATE TABLE fileContent (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, size INTEGER NOT NULL);
        CREATE TABLE fileAttributes (
            id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, mode INTEGER NOT NULL, userID INTEGER NOT NULL,
            groupID INTEGER NOT NULL, UNIQUE (kind, mode, userID, groupID));
        CREATE TABLE fileEntry (
            id INTEGER PRIMARY KEY, pathID INTEGER NOT NULL, attributesID INTEGER NOT NULL, contentID INTEGER,
            modified INTEGER NOT NULL, nanoseconds INTEGER, linkID INTEGER);
        CREATE INDEX fileEntryByPath ON fileEntry (pathID);
        CREATE INDEX fileEntryByContent ON fileEntry (contentID) WHERE contentID IS NOT NULL;
        CREATE INDEX fileEntryByLink ON fileEntry (linkID) WHERE linkID IS NOT NULL;
        CREATE TABLE fileDetail (
            entryID INTEGER NOT NULL, name TEXT NOT NULL, value NOT NULL, PRIMARY KEY (entryID, name)) WITHOUT ROWID;
        """
}
