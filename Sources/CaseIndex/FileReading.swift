package import Cryptography
internal import GRDB

extension CaseReader {
    // MARK: - Imports that are under way

    /// The imports that have begun and not ended, in that order.
    package func openImports() throws -> [OpenImportRecord] {
        try Row.fetchAll(database, sql: "SELECT id, path, startedAt, owner FROM openImport ORDER BY id").map { row in
            OpenImportRecord(
                id: try row.value("id"),
                path: try row.value("path"),
                startedAt: try row.time("startedAt"),
                owner: try row.value("owner")
            )
        }
    }

    /// The layers that an import under way has read completely.
    package func layersRead(by openImportID: Int64) throws -> [Digest] {
        try Row.fetchAll(
            database,
            sql: "SELECT digest FROM layer WHERE openImportID = ? AND digest IS NOT NULL ORDER BY digest",
            arguments: [openImportID]
        ).map { try $0.digest("digest") }
    }

    // MARK: - Layers

    /// The layer with this digest, when all that can be read of it is in the case.
    package func layer(_ digest: Digest) throws -> LayerRecord? {
        try layers(where: "digest = ?", [digest.description]).first
    }

    /// The layer with this number.
    package func layer(id: Int64) throws -> LayerRecord? {
        try layers(where: "digest IS NOT NULL AND id = ?", [id]).first
    }

    /// Every layer whose members are in the case, by digest.
    package func layers() throws -> [LayerRecord] {
        try layers(where: "digest IS NOT NULL", [])
    }

    private func layers(where condition: String, _ arguments: StatementArguments) throws -> [LayerRecord] {
        let sql = "SELECT * FROM layer WHERE \(condition) ORDER BY digest"
        return try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
            LayerRecord(
                id: try row.value("id"),
                digest: try row.digest("digest"),
                size: try row.value("size"),
                expandedDigest: try row.optionalDigest("expandedDigest"),
                expandedSize: try row.value("expandedSize"),
                compression: try row.optionalValue("compression"),
                trailing: try row.value("trailing"),
                members: try row.value("members"),
                wrongChecksums: try row.value("wrongChecksums"),
                entries: try row.value("entries"),
                entriesDigest: try row.digest("entriesDigest"),
                failure: try row.optionalValue("failure")
            )
        }
    }

    // MARK: - Entries

    /// Hands every member of a layer to `body`, in the order of the layer.
    package func forEachEntry(ofLayer layerID: Int64, _ body: (StoredFileEntry) throws -> Void) throws {
        let runs = try Row.fetchAll(
            database,
            sql: "SELECT firstID, lastID, firstPosition FROM layerRun WHERE layerID = ? ORDER BY firstPosition",
            arguments: [layerID]
        )
        for run in runs {
            let first: Int64 = try run.value("firstID")
            let last: Int64 = try run.value("lastID")
            let position: Int64 = try run.value("firstPosition")
            let rows = try Row.fetchCursor(
                database,
                sql: Self.entrySQL + " WHERE e.id BETWEEN ? AND ? ORDER BY e.id",
                arguments: [first, last]
            )
            while let row = try rows.next() {
                let id: Int64 = try row.value("id")
                let place = position + id - first
                try body(StoredFileEntry(id: id, layerID: layerID, position: place, entry: try entry(row)))
            }
        }
    }

    /// The regular files of a layer that were changed first and last, as their headers say.
    package func modificationEnds(ofLayer layerID: Int64) throws -> (oldest: StoredFileEntry?, newest: StoredFileEntry?)
    {
        let files = "attributesID IN (SELECT id FROM fileAttributes WHERE kind = \(FileKind.file.rawValue))"
        var ends: (oldest: (id: Int64, time: Int64)?, newest: (id: Int64, time: Int64)?) = (nil, nil)
        for run in try runs(ofLayer: layerID) {
            for (end, isOldest) in [("min", true), ("max", false)] {
                let row = try Row.fetchOne(
                    database.cachedStatement(
                        sql: "SELECT id, \(end)(modified) AS end FROM fileEntry WHERE id BETWEEN ? AND ? AND \(files)"
                    ),
                    arguments: [run.first, run.last]
                )
                guard let row, let id: Int64 = try row.optionalValue("id") else { continue }
                let time: Int64 = try row.value("end")
                if isOldest, ends.oldest.map({ time < $0.time }) ?? true { ends.oldest = (id, time) }
                if !isOldest, ends.newest.map({ time > $0.time }) ?? true { ends.newest = (id, time) }
            }
        }
        return (try ends.oldest.flatMap { try entry(id: $0.id) }, try ends.newest.flatMap { try entry(id: $0.id) })
    }

    /// Every member of any layer with this content (SHA-256), files and the hard links that lead to them, by layer and
    /// position.
    package func entries(content digest: [UInt8]) throws -> [StoredFileEntry] {
        let own = try entries(
            where: "e.contentID = (SELECT id FROM fileContent WHERE digest = ?)",
            [Blob(digest)]
        )
        var all = own
        for entry in own {
            let links = try entries(
                where: "e.linkID = (SELECT pathID FROM fileEntry WHERE id = ?) AND a.kind = ?",
                [entry.id, FileKind.hardLink.rawValue]
            )
            all += links.filter { $0.layerID == entry.layerID && $0.position > entry.position }
        }
        return Array(Set(all)).sorted { ($0.layerID, $0.position) < ($1.layerID, $1.position) }
    }

    /// Every member of any layer at this path, by layer and position.
    package func entries(path: [UInt8]) throws -> [StoredFileEntry] {
        try entries(where: "e.pathID = (SELECT id FROM path WHERE path = ?)", [PathText(path)])
    }

    private func entries(where condition: String, _ arguments: StatementArguments) throws -> [StoredFileEntry] {
        let rows = try Row.fetchAll(database, sql: Self.entrySQL + " WHERE \(condition)", arguments: arguments)
        let stored = try rows.compactMap { row -> StoredFileEntry? in
            let id: Int64 = try row.value("id")
            guard let place = try place(of: id) else { return nil }
            return StoredFileEntry(id: id, layerID: place.layerID, position: place.position, entry: try entry(row))
        }
        return stored.sorted { ($0.layerID, $0.position) < ($1.layerID, $1.position) }
    }

    /// The layer of a row, and its position there; nil for a row of a layer that is not complete.
    func place(of id: Int64) throws -> (layerID: Int64, position: Int64)? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT r.firstID, r.lastID, r.layerID, r.firstPosition, l.digest FROM layerRun r
                JOIN layer l ON l.id = r.layerID WHERE r.firstID <= ? ORDER BY r.firstID DESC LIMIT 1
                """,
            arguments: [id]
        )
        guard let row, !(row["digest"] as DatabaseValue).isNull else { return nil }
        let last: Int64 = try row.value("lastID")
        guard id <= last else { return nil }
        let first: Int64 = try row.value("firstID")
        let position: Int64 = try row.value("firstPosition")
        return (try row.value("layerID"), position + id - first)
    }

    static let entrySQL = """
        SELECT e.id, p.path, a.kind, a.mode, a.userID, a.groupID, e.modified, e.nanoseconds, c.digest, c.size,
            l.path AS link, (SELECT count(*) FROM fileDetail d WHERE d.entryID = e.id) AS details
        FROM fileEntry e JOIN path p ON p.id = e.pathID JOIN fileAttributes a ON a.id = e.attributesID
        LEFT JOIN fileContent c ON c.id = e.contentID LEFT JOIN path l ON l.id = e.linkID
        """

    func entry(_ row: Row) throws -> FileEntryRecord {
        let path: PathText = try row.value("path")
        let link: PathText? = try row.optionalValue("link")
        let kindNumber: Int64 = try row.value("kind")
        guard let kind = FileKind(rawValue: kindNumber) else {
            throw CaseError.corrupt(column: "kind", value: "\(kindNumber)")
        }
        let digest: Blob? = try row.optionalValue("digest")
        let size: Int64? = try row.optionalValue("size")
        let mode: Int64 = try row.value("mode")
        let details: Int64 = try row.value("details")
        return FileEntryRecord(
            path: path.bytes,
            kind: kind,
            mode: UInt32(truncatingIfNeeded: mode),
            userID: try row.value("userID"),
            groupID: try row.value("groupID"),
            modified: try row.value("modified"),
            nanoseconds: try row.optionalValue("nanoseconds") ?? 0,
            content: digest.map { FileContentRecord(digest: $0.bytes, size: size ?? 0) },
            link: link?.bytes,
            details: details > 0 ? try self.details(ofEntry: try row.value("id")) : []
        )
    }

    private func details(ofEntry id: Int64) throws -> [FileDetailRecord] {
        try Row.fetchAll(
            database,
            sql: "SELECT name, value FROM fileDetail WHERE entryID = ? ORDER BY name",
            arguments: [id]
        ).map { row in
            let name: PathText = try row.value("name")
            return FileDetailRecord(name: String(decoding: name.bytes, as: UTF8.self), value: try row.bytes("value"))
        }
    }
}

/// The bytes of a path: text where they are UTF-8 without a NUL, as they are otherwise.
struct PathText: DatabaseValueConvertible {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var databaseValue: DatabaseValue {
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            return Blob(bytes).databaseValue
        }
        return text.databaseValue
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> PathText? {
        switch value.storage {
        case .string(let text): PathText(Array(text.utf8))
        case .blob(let data): PathText([UInt8](data))
        case .null, .int64, .double: nil
        }
    }
}
