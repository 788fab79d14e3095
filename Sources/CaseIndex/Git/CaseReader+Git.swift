internal import GRDB

/// Where a commit is in the case.
package struct GitPresence: Hashable, Sendable {
    /// The repository.
    package let sourceID: Int64
    /// The commit's place in the repository's history.
    package let position: Int
}

/// How much a case knows of one repository.
package struct RepositorySize: Hashable, Sendable {
    /// The repository.
    package let sourceID: Int64
    /// Its commits.
    package let commits: Int
    /// Parents that are not there: the history is cut off.
    package let missingParents: Int
}

extension CaseReader {
    /// Every repository, in the order of import.
    package func repositories() throws -> [RepositorySize] {
        let sql = "SELECT sourceID, commits, missingParents FROM gitHistory ORDER BY sourceID"
        return try Row.fetchAll(database, sql: sql).map { row in
            RepositorySize(
                sourceID: try row.value("sourceID"),
                commits: try row.value("commits"),
                missingParents: try row.value("missingParents")
            )
        }
    }

    /// The commit of a name.
    package func commit(_ name: String) throws -> CommitRecord? {
        try CommitRecord.fetch(database, where: "name = ?", [name], order: "name").first
    }

    /// The commits whose names begin so (hexadecimal digits), by name; at most `limit`.
    package func commits(hexPrefix prefix: String, limit: Int) throws -> [CommitRecord] {
        try CommitRecord.fetch(
            database,
            where: "name >= ? AND name < ? || 'g'",
            [prefix, prefix],
            order: "name LIMIT \(max(0, limit))"
        )
    }

    /// The newest commits, by the time at which they were committed.
    package func latestCommits(limit: Int) throws -> [CommitRecord] {
        try CommitRecord.fetch(database, order: "committedAt DESC, name LIMIT \(max(0, limit))")
    }

    /// Hands every commit to `body`, by name.
    package func forEachCommit(_ body: (CommitRecord) throws -> Void) throws {
        try CommitRecord.forEach(database, order: "name", body)
    }

    /// The repositories that hold a commit.
    package func presences(of name: String) throws -> [GitPresence] {
        let sql = "SELECT sourceID, position FROM gitPresence WHERE name = ? ORDER BY sourceID"
        return try Row.fetchAll(database, sql: sql, arguments: [name]).map { row in
            GitPresence(sourceID: try row.value("sourceID"), position: try row.value("position"))
        }
    }

    /// The name of the commit at a place of a repository's history.
    package func commitName(at position: Int, in sourceID: Int64) throws -> String? {
        let sql = "SELECT name FROM gitPresence WHERE sourceID = ? AND position = ? ORDER BY name LIMIT 1"
        return try String.fetchOne(database, sql: sql, arguments: [sourceID, position])
    }

    /// The history of a repository; nil when the source is none.
    package func history(of sourceID: Int64) throws -> CommitHistory? {
        let sql = "SELECT commits, parents FROM gitHistory WHERE sourceID = ?"
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [sourceID]) else { return nil }
        return try CommitHistory(decoding: try row.bytes("parents"), count: try row.value("commits"))
    }

    /// The references of a repository, by name.
    package func gitReferences(in sourceID: Int64) throws -> [GitRefRecord] {
        try GitRefRecord.fetch(database, where: "sourceID = ?", [sourceID], order: "name")
    }

    /// One reference of a repository, by its whole name.
    package func gitReference(_ name: String, in sourceID: Int64) throws -> GitRefRecord? {
        try GitRefRecord.fetch(
            database,
            where: "sourceID = ? AND name = ?",
            [sourceID, EvidenceText(name)],
            order: "name"
        ).first
    }

    /// How many references of each kind a repository has, by kind.
    package func gitReferenceCounts(in sourceID: Int64) throws -> [(kind: String, count: Int)] {
        let sql = "SELECT kind, count(*) AS number FROM gitRef WHERE sourceID = ? GROUP BY kind ORDER BY kind"
        return try Row.fetchAll(database, sql: sql, arguments: [sourceID]).map { row in
            (try row.value("kind"), try row.value("number"))
        }
    }

    /// The annotated tag of an object name, as each repository holds it.
    package func gitTags(_ name: String) throws -> [GitTagRecord] {
        try GitTagRecord.fetch(database, where: "name = ?", [name], order: "sourceID")
    }

    /// The commits and tags that are signed, by kind and name.
    package func signedGitObjects() throws -> [(name: String, kind: String)] {
        let sql = """
            SELECT name, 'commit' AS kind FROM gitCommit WHERE signature IS NOT NULL
            UNION SELECT name, 'tag' FROM gitTag WHERE signature IS NOT NULL ORDER BY 2, 1
            """
        return try Row.fetchAll(database, sql: sql).map { (try $0.value("name"), try $0.value("kind")) }
    }

    /// The content of a commit or tag that was kept.
    package func gitObject(_ name: String) throws -> [UInt8]? {
        try Blob.fetchOne(database, sql: "SELECT bytes FROM gitObject WHERE name = ?", arguments: [name])?.bytes
    }

    /// What verification concluded about the signature of a commit or tag, if it has run.
    package func gitVerdict(of name: String) throws -> GitVerdictRecord? {
        try GitVerdictRecord.fetch(database, where: "name = ?", [name], order: "name").first
    }

    /// The checks of such a verdict, in order.
    package func gitChecks(of name: String) throws -> [GitCheckRecord] {
        try GitCheckRecord.fetch(database, where: "name = ?", [name], order: "position")
    }
}
