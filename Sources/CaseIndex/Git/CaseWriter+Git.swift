internal import GRDB

extension CaseWriter {
    /// Stores a commit unless it is known, and its place in the history of a repository.
    package func insert(_ commit: CommitRecord, in sourceID: Int64, at position: Int) throws {
        _ = try commit.insert(database)
        try database.cachedStatement(
            sql: "INSERT OR IGNORE INTO gitPresence (name, sourceID, position) VALUES (?, ?, ?)"
        ).execute(arguments: [commit.name, sourceID, position])
    }

    /// Stores an annotated tag.
    package func insert(_ tag: GitTagRecord) throws { _ = try tag.insert(database) }

    /// Stores a reference.
    package func insert(_ reference: GitRefRecord) throws { _ = try reference.insert(database) }

    /// Stores the content of a commit or tag.
    package func insert(gitObject name: String, kind: String, content: [UInt8]) throws {
        try database.cachedStatement(sql: "INSERT OR IGNORE INTO gitObject (name, kind, bytes) VALUES (?, ?, ?)")
            .execute(arguments: [name, kind, Blob(content)])
    }

    /// Stores the history of a repository.
    package func insert(_ history: CommitHistory, of sourceID: Int64) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO gitHistory (sourceID, commits, missingParents, parents) VALUES (?, ?, ?, ?)",
            arguments: [sourceID, history.count, history.missingParents, Blob(history.encoded)]
        )
    }

    /// Replaces the verdict on one commit's or tag's signature with all its checks.
    package func replace(_ verdict: GitVerdictRecord, checks: [GitCheckRecord]) throws {
        try database.execute(sql: "DELETE FROM gitVerdict WHERE name = ?", arguments: [verdict.name])
        try database.execute(sql: "DELETE FROM gitCheck WHERE name = ?", arguments: [verdict.name])
        _ = try verdict.insert(database)
        for check in checks { _ = try check.insert(database) }
    }
}
