package import Cryptography
internal import GRDB

/// What the merged view of an image needs of one member of a layer.
package struct LayerMember {
    /// Its row.
    package let id: Int64
    /// Which member of the layer it is, from 0.
    package let position: Int64
    /// What it is.
    package let kind: FileKind
    /// Its path, valid while it is being looked at.
    package let path: UnsafeRawBufferPointer
    /// For a hard link the path of the earlier member, valid while it is being looked at.
    package let link: UnsafeRawBufferPointer?
}

/// A run of rows that belong to one layer.
package struct LayerRun: Hashable, Sendable {
    /// Its first row.
    package let first: Int64
    /// Its last row.
    package let last: Int64
    /// Which member of the layer the first row is.
    package let position: Int64
}

/// One member at a path that is asked for.
package struct PathMember: Hashable, Sendable {
    /// Its row.
    package let id: Int64
    /// What it is.
    package let kind: FileKind
}

/// A layer in the list of an image's layers.
package struct ListedLayer: Hashable, Sendable {
    /// Its place, from 0 for the lowest.
    package let position: Int
    /// The digest that the image names.
    package let named: Digest
    /// The digest of the bytes at its place, when it is another one.
    package let observed: Digest?
    /// How the bytes compare with what is named.
    package let outcome: DescriptorOutcome
}

extension CaseReader {
    // MARK: - Members

    /// Hands every member of a layer to `body`, in the order of the layer, with little more than its path.
    package func forEachMember(ofLayer layerID: Int64, _ body: (LayerMember) throws -> Void) throws {
        let query = try RawQuery(
            database,
            """
            SELECT e.id, a.kind, p.path, l.path FROM fileEntry e JOIN path p ON p.id = e.pathID
            JOIN fileAttributes a ON a.id = e.attributesID
            LEFT JOIN path l ON l.id = e.linkID AND a.kind = \(FileKind.hardLink.rawValue)
            WHERE e.id BETWEEN ? AND ? ORDER BY e.id
            """
        )
        for run in try runs(ofLayer: layerID) {
            try query.forEachRow(run.first, run.last) { row in
                let id = row.integer(0)
                try body(
                    LayerMember(
                        id: id,
                        position: run.position + id - run.first,
                        kind: try Self.kind(row.integer(1)),
                        path: row.bytes(2),
                        link: row.isNull(3) ? nil : row.bytes(3)
                    )
                )
            }
        }
    }

    /// The member with this row.
    package func entry(id: Int64) throws -> StoredFileEntry? {
        let statement = try database.cachedStatement(sql: Self.entrySQL + " WHERE e.id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]), let place = try place(of: id) else { return nil }
        return StoredFileEntry(id: id, layerID: place.layerID, position: place.position, entry: try entry(row))
    }

    /// The member at a position of a layer.
    package func entry(ofLayer layerID: Int64, position: Int64) throws -> StoredFileEntry? {
        for run in try runs(ofLayer: layerID) where position >= run.position {
            let (id, overflow) = run.first.addingReportingOverflow(position - run.position)
            if !overflow, id <= run.last { return try entry(id: id) }
        }
        return nil
    }

    /// What is known of the member with this row, without its place.
    package func fileEntry(id: Int64) throws -> FileEntryRecord? {
        let statement = try database.cachedStatement(sql: Self.entrySQL + " WHERE e.id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map { try entry($0) }
    }

    // MARK: - Along a path

    /// The runs of rows that hold a layer's members, in the order of the layer.
    package func runs(ofLayer layerID: Int64) throws -> [LayerRun] {
        var runs: [LayerRun] = []
        let query = try RawQuery(
            database,
            "SELECT firstID, lastID, firstPosition FROM layerRun WHERE layerID = ? ORDER BY firstPosition"
        )
        try query.forEachRow(layerID) { row in
            runs.append(LayerRun(first: row.integer(0), last: row.integer(1), position: row.integer(2)))
        }
        return runs
    }

    /// The number of a path, when any member or link has it.
    package func pathID(_ path: [UInt8]) throws -> Int64? {
        try RawStatement(database, "SELECT id FROM path WHERE path = ?").integer(.text(path))
    }

    /// The members at a path within runs of rows, in their order.
    package func members(pathID: Int64, in runs: [LayerRun]) throws -> [PathMember] {
        var members: [PathMember] = []
        let query = try RawQuery(
            database,
            """
            SELECT e.id, a.kind FROM fileEntry e JOIN fileAttributes a ON a.id = e.attributesID
            WHERE e.pathID = ? AND e.id BETWEEN ? AND ? ORDER BY e.id
            """
        )
        for run in runs {
            try query.forEachRow(pathID, run.first, run.last) { row in
                members.append(PathMember(id: row.integer(0), kind: try Self.kind(row.integer(1))))
            }
        }
        return members
    }

    /// Paths below a folder with their numbers, at the most `limit`; whiteouts count.
    package func paths(below folder: [UInt8], limit: Int) throws -> [(id: Int64, path: [UInt8])] {
        let slash = UInt8(ascii: "/")
        let bounds = [folder + [slash], folder + [slash + 1]]
        // A path that is not text is a blob, and blobs come after all text.
        let statement = try database.cachedStatement(
            sql: """
                SELECT id, path FROM path WHERE path > ? AND path < ?
                UNION ALL SELECT id, path FROM path WHERE path > ? AND path < ? LIMIT ?
                """
        )
        let arguments = bounds.map { PathText($0) as any DatabaseValueConvertible } + bounds.map { Blob($0) } + [limit]
        return try Row.fetchAll(statement, arguments: StatementArguments(arguments)).map { row in
            let text: PathText = try row.value("path")
            return (try row.value("id"), text.bytes)
        }
    }

    /// The paths that may match, by a pattern of SQLite's `GLOB` and the literal bytes that it begins with.
    ///
    /// Paths that are not text come in any case, and may come twice.
    ///
    /// - Parameters:
    ///   - pattern: The pattern; it must cover the whole path.
    ///   - prefix: What every match begins with, as far as that is known.
    ///   - body: Gets each path.
    /// - Throws: ``CaseError``, and what `body` throws.
    package func forEachPath(glob pattern: String, prefix: [UInt8], _ body: ([UInt8]) throws -> Void) throws {
        var sql = "SELECT path FROM path WHERE path GLOB ?"
        var arguments: [any DatabaseValueConvertible] = [pattern]
        if let last = prefix.last, last < 0x7F {
            sql += " AND path >= ? AND path < ?"
            arguments += [PathText(prefix), PathText(prefix.dropLast() + [last + 1])]
        }
        // Paths that are not text are blobs; these come after all text, and not every SQLite matches them.
        sql += " UNION ALL SELECT path FROM path WHERE path >= x''"
        let rows = try Row.fetchCursor(database, sql: sql, arguments: StatementArguments(arguments))
        while let row = try rows.next() {
            let text: PathText = try row.value("path")
            try body(text.bytes)
        }
    }

    // MARK: - Images

    /// The layers that an image lists, each place once, the lowest first.
    package func layers(ofImage image: Digest) throws -> [ListedLayer] {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT position, target, observedDigest, outcome FROM relationship
                    WHERE origin = ? AND kind = 'layer' ORDER BY position, outcome <> 'matched', sourceID
                    """
            ),
            arguments: [image.description]
        )
        var layers: [ListedLayer] = []
        for row in rows {
            let position: Int = try row.value("position")
            guard layers.last?.position != position else { continue }
            layers.append(
                ListedLayer(
                    position: position,
                    named: try row.digest("target"),
                    observed: try row.optionalDigest("observedDigest"),
                    outcome: try row.word("outcome")
                )
            )
        }
        return layers
    }

    /// The images that list a layer, or have its bytes in the place of another, each once, by digest.
    package func images(withLayer layer: Digest) throws -> [Digest] {
        let named = try origins("target = ? AND kind = 'layer'", layer)
        return named.isEmpty ? try origins("observedDigest = ? AND kind = 'layer'", layer) : named
    }

    /// Whether an image's uppermost layer is this one at this position.
    package func hasImage(endingWith layer: Digest, at position: Int) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM relationship r JOIN artifact a ON a.digest = r.origin
                    WHERE r.target = ? AND r.kind = 'layer' AND r.position = ? AND a.role IN ('image-manifest', 'saved-image')
                    AND NOT EXISTS (SELECT 1 FROM relationship u WHERE u.origin = r.origin AND u.kind = 'layer'
                        AND u.position > r.position))
                """
        )
        return try Int.fetchOne(statement, arguments: [layer.description, position]) == 1
    }

    /// The descriptors of layers whose uncompressed bytes have this digest, as computed, else as their images state it.
    package func layers(withDiffID diffID: Digest) throws -> [RelationshipRecord] {
        try RelationshipRecord.fetch(
            database,
            where: "kind = 'layer' AND ifnull(observedDiffID, claimedDiffID) = ?",
            [diffID.description],
            order: "origin, position, sourceID"
        )
    }

    /// The images and indexes that list an image, each once, by digest.
    package func indexes(listing image: Digest) throws -> [Digest] {
        try origins("target = ? AND kind = 'child'", image)
    }

    private func origins(_ condition: String, _ digest: Digest) throws -> [Digest] {
        let statement = try database.cachedStatement(
            sql: "SELECT DISTINCT origin FROM relationship WHERE \(condition) ORDER BY origin"
        )
        return try Row.fetchAll(statement, arguments: [digest.description]).map { try $0.digest("origin") }
    }

    private static func kind(_ number: Int64) throws -> FileKind {
        guard let kind = FileKind(rawValue: number) else {
            throw CaseError.corrupt(column: "kind", value: "\(number)")
        }
        return kind
    }
}
