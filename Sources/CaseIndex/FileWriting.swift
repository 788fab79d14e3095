package import Cryptography
internal import GRDB

extension CaseWriter {
    // MARK: - Imports that are under way

    /// Notes that an import begins; answers its number.
    package func begin(_ record: OpenImportRecord) throws -> Int64 {
        try database.execute(
            sql: "INSERT INTO openImport (path, startedAt, owner) VALUES (?, ?, ?)",
            arguments: [record.path, record.startedAt.description, record.owner]
        )
        return database.lastInsertedRowID
    }

    /// Notes that an import has ended, in whatever way; layers that it left unfinished are removed.
    package func end(openImportID: Int64) throws {
        try removeUnfinishedLayers(of: openImportID)
        try database.execute(
            sql: "UPDATE layer SET openImportID = NULL WHERE openImportID = ?",
            arguments: [openImportID]
        )
        try database.execute(sql: "DELETE FROM openImport WHERE id = ?", arguments: [openImportID])
    }

    private func removeUnfinishedLayers(of openImportID: Int64) throws {
        let unfinished = try Int64.fetchAll(
            database,
            sql: "SELECT id FROM layer WHERE openImportID = ? AND digest IS NULL",
            arguments: [openImportID]
        )
        for layerID in unfinished { try remove(layerID: layerID) }
    }

    // MARK: - Layers

    /// Makes room for a layer that is about to be read.
    package func beginLayer(openImportID: Int64) throws -> Int64 {
        try database.execute(sql: "INSERT INTO layer (openImportID) VALUES (?)", arguments: [openImportID])
        return database.lastInsertedRowID
    }

    /// Removes a layer with all its entries; paths and contents stay in their dictionaries.
    package func remove(layerID: Int64) throws {
        let runs = try Row.fetchAll(
            database,
            sql: "SELECT firstID, lastID FROM layerRun WHERE layerID = ?",
            arguments: [layerID]
        )
        for run in runs {
            let bounds: [Int64] = [try run.value("firstID"), try run.value("lastID")]
            try database.execute(
                sql: "DELETE FROM fileDetail WHERE entryID BETWEEN ? AND ?",
                arguments: StatementArguments(bounds)
            )
            try database.execute(
                sql: "DELETE FROM fileEntry WHERE id BETWEEN ? AND ?",
                arguments: StatementArguments(bounds)
            )
        }
        try database.execute(sql: "DELETE FROM layerRun WHERE layerID = ?", arguments: [layerID])
        try database.execute(sql: "DELETE FROM layer WHERE id = ?", arguments: [layerID])
    }

    /// Removes the layers that an import has read completely and that turned out to be none; see ``CaseReader/layersRead(by:)``.
    package func removeLayers(_ digests: [Digest]) throws {
        for digest in digests {
            let found = try Int64.fetchOne(
                database,
                sql: "SELECT id FROM layer WHERE digest = ?",
                arguments: [digest.description]
            )
            if let found { try remove(layerID: found) }
        }
    }

    /// States what a layer came to, by which it becomes one; when the case has the same layer already, this one goes.
    package func complete(layerID: Int64, _ layer: LayerRecord) throws {
        guard try reader.layer(layer.digest) == nil else { return try remove(layerID: layerID) }
        try database.execute(
            sql: """
                UPDATE layer SET digest = ?, size = ?, expandedDigest = ?, expandedSize = ?, compression = ?, trailing = ?,
                    members = ?, wrongChecksums = ?, entries = ?, entriesDigest = ?, failure = ? WHERE id = ?
                """,
            arguments: [
                layer.digest.description, layer.size, layer.expandedDigest?.description, layer.expandedSize,
                layer.compression, layer.trailing, layer.members, layer.wrongChecksums, layer.entries,
                layer.entriesDigest.description, layer.failure, layerID,
            ]
        )
    }

    // MARK: - Entries

    /// Appends members of a layer.
    ///
    /// - Parameters:
    ///   - entries: The members, in their order.
    ///   - layerID: The layer.
    ///   - position: How many members were appended before.
    /// - Throws: ``CaseError``.
    package func append(_ entries: [FileEntryRecord], toLayer layerID: Int64, from position: Int64) throws {
        guard !entries.isEmpty else { return }
        let statements = try FileStatements(database)
        var firstID: Int64?
        for entry in entries {
            let id = try statements.insert(entry)
            firstID = firstID ?? id
        }
        try database.execute(
            sql: "INSERT INTO layerRun (firstID, lastID, layerID, firstPosition) VALUES (?, ?, ?, ?)",
            arguments: [firstID, database.lastInsertedRowID, layerID, position]
        )
    }
}

/// The statements by which entries are inserted.
private struct FileStatements {
    private let database: Database
    private let findPath, addPath, findContent, addContent: RawStatement
    private let findAttributes, addAttributes, addEntry, addDetail: RawStatement

    init(_ database: Database) throws {
        self.database = database
        findPath = try RawStatement(database, "SELECT id FROM path WHERE path = ?")
        addPath = try RawStatement(database, "INSERT INTO path (path) VALUES (?)")
        findContent = try RawStatement(database, "SELECT id FROM fileContent WHERE digest = ?")
        addContent = try RawStatement(database, "INSERT INTO fileContent (digest, size) VALUES (?, ?)")
        findAttributes = try RawStatement(
            database,
            "SELECT id FROM fileAttributes WHERE kind = ? AND mode = ? AND userID = ? AND groupID = ?"
        )
        addAttributes = try RawStatement(
            database,
            "INSERT INTO fileAttributes (kind, mode, userID, groupID) VALUES (?, ?, ?, ?)"
        )
        addDetail = try RawStatement(database, "INSERT INTO fileDetail (entryID, name, value) VALUES (?, ?, ?)")
        addEntry = try RawStatement(
            database,
            """
            INSERT INTO fileEntry (pathID, attributesID, contentID, modified, nanoseconds, linkID)
            VALUES (?, ?, ?, ?, ?, ?)
            """
        )
    }

    /// Inserts an entry; answers its row, which stays the last inserted one.
    func insert(_ entry: FileEntryRecord) throws -> Int64 {
        let pathID = try id(ofPath: entry.path)
        let linkID = try entry.link.map { try id(ofPath: $0) }
        let contentID = try entry.content.map { content in
            if let known = try findContent.integer(.blob(content.digest)) { return known }
            try addContent.run(.blob(content.digest), .integer(content.size))
            return database.lastInsertedRowID
        }
        let attributesID = try id(ofAttributesOf: entry)
        try addEntry.run(
            .integer(pathID),
            .integer(attributesID),
            RawStatement.Value(contentID),
            .integer(entry.modified),
            entry.nanoseconds == 0 ? .null : .integer(entry.nanoseconds),
            RawStatement.Value(linkID)
        )
        let entryID = database.lastInsertedRowID
        // A table without row numbers leaves the last inserted one as it is.
        for detail in entry.details {
            try addDetail.run(.integer(entryID), .text(Array(detail.name.utf8)), .blob(detail.value))
        }
        return entryID
    }

    private func id(ofPath path: [UInt8]) throws -> Int64 {
        if let known = try findPath.integer(.text(path)) { return known }
        try addPath.run(.text(path))
        return database.lastInsertedRowID
    }

    private func id(ofAttributesOf entry: FileEntryRecord) throws -> Int64 {
        let values = [
            RawStatement.Value.integer(entry.kind.rawValue), .integer(Int64(entry.mode)), .integer(entry.userID),
            .integer(entry.groupID),
        ]
        if let known = try findAttributes.integer(values[0], values[1], values[2], values[3]) { return known }
        try addAttributes.run(values[0], values[1], values[2], values[3])
        return database.lastInsertedRowID
    }
}
