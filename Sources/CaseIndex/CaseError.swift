/// Why a case file cannot be used.
package enum CaseError: Error, Hashable {
    /// No file is at the path.
    case noSuchFile(path: String)
    /// The file is not a case.
    case notACase(path: String)
    /// The case was written by a newer version.
    case newerVersion(found: Int, known: Int)
    /// A column holds what no version writes.
    case corrupt(column: String, value: String)
    /// SQLite could not do it; `reason` is its own text.
    case storage(path: String, reason: String)
}
