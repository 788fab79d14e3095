internal import GRDB

// Looking jobs and runs up by what their service recorded of them.

extension CaseReader {
    /// The jobs that a machine of this number or name ran.
    package func jobs(onRunner runner: String) throws -> [JobRecord] {
        try JobRecord.fetch(database, where: "runnerID = ?1 OR runnerName = ?1", [EvidenceText(runner)], order: "id")
    }

    /// The jobs that somebody started.
    package func jobs(ofUser user: String) throws -> [JobRecord] {
        try JobRecord.fetch(database, where: "user = ?", [EvidenceText(user)], order: "id")
    }

    /// The runs that somebody started.
    package func pipelines(ofUser user: String) throws -> [PipelineRecord] {
        try PipelineRecord.fetch(database, where: "user = ?", [EvidenceText(user)], order: "id")
    }

    /// The jobs on commits whose names begin so.
    package func jobs(ofCommitsBeginning prefix: String) throws -> [JobRecord] {
        try JobRecord.fetch(
            database,
            where: "commitName >= ? AND commitName < ?",
            [EvidenceText(prefix), EvidenceText(prefix + "g")],
            order: "id"
        )
    }

    /// The runs on commits whose names begin so.
    package func pipelines(ofCommitsBeginning prefix: String) throws -> [PipelineRecord] {
        try PipelineRecord.fetch(
            database,
            where: "commitName >= ? AND commitName < ?",
            [EvidenceText(prefix), EvidenceText(prefix + "g")],
            order: "id"
        )
    }
}
