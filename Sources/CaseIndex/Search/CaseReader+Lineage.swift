package import Cryptography
internal import GRDB

// What lineage asks of many images at once.

/// A layer at its place in an image.
package struct PlacedLayer: Hashable, Sendable {
    /// Its place among the layers.
    package let position: Int
    /// The digest by which the image names it.
    package let target: Digest
    /// The digest of what it expands to, as computed, else as the configuration states it.
    package let diffID: Digest?
}

extension CaseReader {
    /// The layers of images, the lowest first, each once.
    package func layers(of images: [Digest]) throws -> [Digest: [PlacedLayer]] {
        let sql = """
            SELECT r.origin, r.position, r.target, ifnull(r.observedDiffID, r.claimedDiffID) FROM json_each(?) w
                CROSS JOIN relationship r ON r.origin = w.value AND r.kind = 'layer'
                ORDER BY r.origin, r.position, r.sourceID
            """
        var layers: [Digest: [PlacedLayer]] = [:]
        var origin: Digest?
        var own: [PlacedLayer] = []
        try RawQuery(database, sql).forEachRow(text: TextList(images.map(\.description)).json) { row in
            let next = try row.digest(0, "origin")
            if next != origin, let origin { layers[origin] = own }
            if next != origin { (origin, own) = (next, []) }
            let position = Int(row.integer(1))
            guard own.last?.position != position else { return }
            let diffID = row.isNull(3) ? nil : try row.digest(3, "observedDiffID")
            own.append(PlacedLayer(position: position, target: try row.digest(2, "target"), diffID: diffID))
        }
        if let origin { layers[origin] = own }
        return layers
    }

    /// The images in which a layer has this place, by its digest.
    package func images(withLayer digest: Digest, at position: Int) throws -> [Digest] {
        try origins(of: digest, "target = ? AND kind = 'layer' AND position = \(position)")
    }

    /// The same by the digest of what the layer expands to.
    package func images(withDiffID digest: Digest, at position: Int) throws -> [Digest] {
        try origins(
            of: digest,
            "kind = 'layer' AND ifnull(observedDiffID, claimedDiffID) = ? AND position = \(position)"
        )
    }

    private func origins(of digest: Digest, _ condition: String) throws -> [Digest] {
        var found: [Digest] = []
        try RawQuery(database, "SELECT DISTINCT origin FROM relationship WHERE \(condition)")
            .forEachRow(text: digest.description) { found.append(try $0.digest(0, "origin")) }
        return found
    }

    /// Which of these artifacts have one of these roles.
    package func digests(in roles: [ArtifactRole], among digests: [Digest]) throws -> Set<Digest> {
        let names = roles.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let sql = """
            SELECT a.digest FROM json_each(?) w CROSS JOIN artifact a ON a.digest = w.value WHERE a.role IN (\(names))
            """
        var found: Set<Digest> = []
        try RawQuery(database, sql).forEachRow(text: TextList(digests.map(\.description)).json) { row in
            found.insert(try row.digest(0, "digest"))
        }
        return found
    }

    /// Whether anything is said under a key.
    package func hasClaims(key: String) throws -> Bool {
        let statement = try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM claim WHERE key = ?)")
        return try Bool.fetchOne(statement, arguments: [EvidenceText(key)]) ?? false
    }

    /// What documents that nobody signed say of artifacts under some keys, in the order of import.
    package func unsignedClaims(about subjects: [Digest], keys: [String]) throws -> [ClaimRecord] {
        let marks = keys.map { _ in "?" }.joined(separator: ", ")
        return try ClaimRecord.fetch(
            database,
            where: """
                id IN (SELECT c.id FROM json_each(?) w CROSS JOIN claim c
                    ON c.subject = w.value AND ifnull(c.signatureID, '') = ''
                    WHERE c.signatureID IS NULL AND c.key IN (\(marks)))
                """,
            [try TextList(subjects.map(\.description))] + keys.map { EvidenceText($0) },
            order: "id"
        )
    }

    /// What is said under a key in one of these digests' words.
    package func claims(key: String, digests: [Digest]) throws -> [ClaimRecord] {
        try ClaimRecord.fetch(
            database,
            where: "id IN (SELECT c.id FROM json_each(?) w CROSS JOIN claim c ON c.key = ? AND c.value = w.value)",
            [try TextList(digests.map(\.description)), EvidenceText(key)],
            order: "id"
        )
    }

    /// The names of artifacts, each once.
    package func names(of digests: [Digest]) throws -> Set<String> {
        let sql = """
            SELECT DISTINCT r.name FROM json_each(?) w CROSS JOIN reference r ON r.digest = w.value
            """
        var names: Set<String> = []
        try RawQuery(database, sql).forEachRow(text: TextList(digests.map(\.description)).json) { row in
            names.insert(try row.requiredText(0, "name"))
        }
        return names
    }
}

extension RawRow {
    /// The digest in a column.
    fileprivate func digest(_ column: Int32, _ name: String) throws -> Digest {
        let text = try requiredText(column, name)
        guard let digest = try? Digest(parsing: text) else { throw CaseError.corrupt(column: name, value: text) }
        return digest
    }
}
