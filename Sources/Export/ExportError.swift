/// Why nothing can be exported, or not all of it.
package enum ExportError: Error, Hashable {
    /// Nothing was ever added to the case, so that it has no name.
    case noCustodyLog
    /// A file or folder; `reason` is the system's.
    case cannotWrite(path: String, reason: String)
    /// A file or folder; `reason` is the system's.
    case cannotRead(path: String, reason: String)
    /// The folder holds something that is no export; `name` is one of its files.
    case foreignFolder(path: String, name: String)
    /// The target holds another case.
    case otherCase(target: String, found: String)
    /// The target holds a state through which this case did not go: a later one, or another continuation.
    case otherState(target: String, found: String)
    /// The folder is no export; `reason` says what is missing.
    case notAnExport(path: String, reason: String)
    /// libpq cannot be used; `reason` is the dynamic linker's.
    case noLibrary(reason: String)
    /// The address is none that libpq understands.
    case malformedURL(reason: String)
    /// No connection; `server` names no password, `reason` is libpq's.
    case noConnection(server: String, reason: String)
    /// The server refused a statement; `state` is its SQLSTATE.
    case database(state: String, reason: String)
    /// The server cannot hold a case.
    case unsuitableServer(reason: String)
    /// The database has tables of another version of the case.
    case otherSchema(server: String)
    /// Another export to this database is at work.
    case busy(server: String)
}
