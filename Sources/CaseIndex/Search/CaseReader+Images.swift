package import Cryptography
internal import GRDB

// Finding the image that somebody means, without listing all.

extension CaseReader {
    /// What ``images()`` lists, and the manifests below indexes: whatever can be verified or traced.
    private static let imageSQL = """
        SELECT digest FROM artifact WHERE digest >= ?1 AND digest < ?2
            AND role IN ('image-index', 'image-manifest', 'saved-image')
        UNION SELECT subject FROM signature WHERE subject >= ?1 AND subject < ?2
        UNION SELECT target FROM relationship WHERE target >= ?1 AND target < ?2 AND kind = 'entry'
            AND outcome <> 'matched' AND target NOT IN (SELECT digest FROM artifact WHERE digest >= ?1 AND digest < ?2)
            AND NOT EXISTS (SELECT 1 FROM signature WHERE carrier = target)
        ORDER BY 1
        """

    /// Whether a digest is that of an image, or of something that signatures name as one.
    package func isImage(_ digest: Digest) throws -> Bool {
        try !images(from: digest.description, before: digest.description + "\u{1}").isEmpty
    }

    /// The images whose digest's digits begin so, in any algorithm, by digest.
    package func images(hexPrefix prefix: String) throws -> [Digest] {
        try DigestAlgorithm.allCases.flatMap { algorithm in
            let start = "\(algorithm.rawValue):\(prefix)"
            return try images(from: start, before: start + "g")
        }.sorted()
    }

    private func images(from start: String, before end: String) throws -> [Digest] {
        let statement = try database.cachedStatement(sql: Self.imageSQL)
        return try Row.fetchAll(statement, arguments: [start, end]).map { try $0.digest("digest") }
    }

    /// The references whose names begin with a text, by name; no more than `limit`.
    package func references(beginningWith prefix: String, limit: Int) throws -> [ReferenceRecord] {
        try ReferenceRecord.fetch(
            database,
            where: "substr(name, 1, length(?)) = ?",
            [EvidenceText(prefix), EvidenceText(prefix)],
            order: "name, digest, sourceID, key LIMIT \(max(0, limit))"
        )
    }

    /// The references whose names end with one of these texts, by name; every name is looked at.
    package func references(endingWith suffixes: [String]) throws -> [ReferenceRecord] {
        let tests = suffixes.map { _ in "substr(name, -length(?)) = ?" }.joined(separator: " OR ")
        return try ReferenceRecord.fetch(
            database,
            where: tests,
            suffixes.flatMap { [EvidenceText($0), EvidenceText($0)] },
            order: "name, digest, sourceID, key"
        )
    }
}

extension CaseReader {
    /// The names that some evidence gives to one image and other evidence to another, each once, by name.
    ///
    /// A tag without a repository means something in its own evidence alone, and an image without a manifest is the same
    /// as the one of which it is the configuration.
    ///
    /// - Parameter sources: Only names that stand in one of these.
    /// - Returns: The names.
    /// - Throws: ``CaseError``.
    package func contestedNames(in sources: [Int64]) throws -> [String] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT DISTINCT r.name FROM reference r JOIN reference o
                    ON o.name = r.name AND o.digest <> r.digest AND o.sourceID <> r.sourceID
                WHERE r.sourceID IN (SELECT value FROM json_each(?))
                    AND (instr(r.name, ':') > 0 OR instr(r.name, '/') > 0)
                    AND NOT EXISTS (SELECT 1 FROM relationship WHERE kind = 'configuration'
                        AND (origin = r.digest AND target = o.digest OR origin = o.digest AND target = r.digest))
                ORDER BY 1
                """
        )
        let list = "[\(sources.map(String.init).joined(separator: ","))]"
        return try Row.fetchAll(statement, arguments: [list]).map { try $0.text("name") }
    }

    /// The names of an image and of the indexes that list it, sorted.
    package func names(of image: Digest) throws -> [String] {
        Set(try ([image] + indexes(listing: image)).flatMap { try references(to: $0) }.map(\.name)).sorted()
    }
}

extension CaseFile {
    /// The names of many images, each as ``CaseReader/names(of:)`` gives them.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - reader: The state of this case that is read.
    /// - Returns: The names of each.
    /// - Throws: ``CaseError``.
    package func names(of images: [Digest], in reader: CaseReader) throws -> [Digest: [String]] {
        var names: [Digest: [String]] = [:]
        try forEach(
            of: images,
            in: reader,
            begin: { $0 },
            work: { image, reader in (image, try reader.names(of: image)) },
            deliver: { names[$0.0] = $0.1 }
        )
        return names
    }
}
