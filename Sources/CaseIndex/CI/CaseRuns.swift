internal import GRDB

// What CI services recorded, in and out of the case.

extension CaseWriter {
    /// Stores a run.
    package func insert(_ pipeline: PipelineRecord) throws { _ = try pipeline.insert(database) }

    /// Stores a job.
    package func insert(_ job: JobRecord) throws { _ = try job.insert(database) }
}

extension CaseReader {
    /// The runs of a number, on whatever server.
    package func pipelines(number: String) throws -> [PipelineRecord] {
        try PipelineRecord.fetch(database, where: "number = ?", [EvidenceText(number)], order: "id")
    }

    /// Every run, in the order of import.
    package func allPipelines() throws -> [PipelineRecord] {
        try PipelineRecord.fetch(database, order: "id")
    }

    /// Every job, in the order of import.
    package func allJobs() throws -> [JobRecord] {
        try JobRecord.fetch(database, order: "id")
    }

    /// The runs on a commit.
    package func pipelines(ofCommit name: String) throws -> [PipelineRecord] {
        try PipelineRecord.fetch(database, where: "commitName = ?", [EvidenceText(name)], order: "id")
    }

    /// The jobs of a number, on whatever server.
    package func jobs(number: String) throws -> [JobRecord] {
        try JobRecord.fetch(database, where: "number = ?", [EvidenceText(number)], order: "id")
    }

    /// The jobs of a run, on whatever server.
    package func jobs(ofPipeline number: String) throws -> [JobRecord] {
        try JobRecord.fetch(database, where: "pipelineNumber = ?", [EvidenceText(number)], order: "id")
    }

    /// The branches of which a run says that they were protected, each once, sorted.
    package func protectedBranches() throws -> [String] {
        let sql = """
            WITH RECURSIVE branch (ref) AS (
                SELECT min(ref) FROM pipeline WHERE isProtected = 1 AND ifnull(isTag, 0) = 0
                UNION ALL SELECT (SELECT min(ref) FROM pipeline
                    WHERE isProtected = 1 AND ifnull(isTag, 0) = 0 AND ref > branch.ref)
                FROM branch WHERE branch.ref IS NOT NULL)
            SELECT ref FROM branch WHERE ref IS NOT NULL
            """
        return try Row.fetchAll(database, sql: sql).map { try $0.text("ref") }
    }

    /// Hands every run to `body`, in the order of import.
    package func forEachPipeline(_ body: (PipelineRecord) throws -> Void) throws {
        try PipelineRecord.forEach(database, order: "id", body)
    }

    /// Hands every job to `body`, in the order of import.
    package func forEachJob(_ body: (JobRecord) throws -> Void) throws {
        try JobRecord.forEach(database, order: "id", body)
    }

    /// How many runs and jobs the case holds.
    package func runCounts() throws -> (pipelines: Int, jobs: Int) {
        let pipelines = try Int.fetchOne(database, sql: "SELECT count(*) FROM pipeline") ?? 0
        return (pipelines, try Int.fetchOne(database, sql: "SELECT count(*) FROM job") ?? 0)
    }
}
