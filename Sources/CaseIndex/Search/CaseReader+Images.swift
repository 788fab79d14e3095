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
