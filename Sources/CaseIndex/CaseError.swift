/// Why a case file cannot be used.
package enum CaseError: Error, Hashable {
    /// No file is at the path.
    case noSuchFile(path: String)
    /// The file is not a case.
    case notACase(path: String)
    /// The case was written by a newer version.
    case newerVersion(found: Int, known: Int)
    /// The case was written by an earlier version.
    case olderVersion(found: Int, known: Int)
    /// Somebody put into the schema what would run when the case is read.
    case foreignSchema(path: String, String)
    /// The medium is read-only, and the file needs its write-ahead log.
    case unfinishedLog(path: String)
    /// The last write to the file was interrupted, and has to be undone before anything is read.
    case interrupted(path: String)
    /// The file or its medium cannot be written.
    case readOnly(path: String)
    /// The medium is full.
    case full(path: String)
    /// Pages of the file are not what they should be; `reason` is SQLite's own text.
    case damaged(path: String, reason: String)
    /// Another process has the case open.
    case inUse(path: String)
    /// A column holds what no version writes.
    case corrupt(column: String, value: String)
    /// SQLite could not do it; `reason` is its own text.
    case storage(path: String, reason: String)
}
