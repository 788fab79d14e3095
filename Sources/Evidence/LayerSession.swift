internal import CaseIndex
internal import Cryptography

/// An import as the case sees it while it is under way: begun, filled with layers, ended.
enum LayerSession {
    /// Runs an import between its beginning and its end in the case.
    ///
    /// What an import that ended early left behind is removed first, but for the layers that it had read completely: those
    /// are not read again. An import that throws leaves none of its own.
    ///
    /// - Parameters:
    ///   - caseFile: The case.
    ///   - path: What is imported, for people.
    ///   - time: When the import began.
    ///   - read: Reads the evidence; the files of layers go into the store.
    ///   - write: Writes everything else, in the transaction that also ends the import.
    /// - Throws: ``CaseError``, and what `read` and `write` throw.
    static func run<Reading>(
        _ caseFile: CaseFile,
        _ path: String,
        _ time: Timestamp,
        _ read: (LayerStore) throws -> Reading,
        write: (Reading, CaseWriter) throws -> Void
    ) throws {
        let record = OpenImportRecord(path: path, startedAt: time, owner: ProcessIdentity.current)
        let id = try caseFile.write { writer in
            try inherit(writer)
            return try writer.begin(record)
        }
        let layers = LayerStore(caseFile, openImportID: id)
        do {
            let reading = try read(layers)
            try caseFile.write { writer in
                try layers.flush(writer)
                try writer.inOrder { try write(reading, writer) }
                try end(writer, id)
            }
        } catch {
            try? caseFile.write { try end($0, id) }
            throw error
        }
    }

    /// Ends the imports whose processes are gone.
    private static func inherit(_ writer: CaseWriter) throws {
        for abandoned in try writer.reader.openImports() where !ProcessIdentity.isAlive(abandoned.owner) {
            try writer.end(openImportID: abandoned.id)
        }
    }

    /// Ends an import; archives that turned out to be no layers (the evidence itself, or part of it) are dropped.
    private static func end(_ writer: CaseWriter, _ id: Int64) throws {
        let strangers = try writer.reader.layersRead(by: id).filter { try writer.reader.artifact($0) == nil }
        try writer.removeLayers(strangers)
        try writer.end(openImportID: id)
    }
}
