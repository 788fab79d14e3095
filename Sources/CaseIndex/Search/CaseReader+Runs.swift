internal import Cryptography
internal import GRDB

// Looking jobs and runs up by what their service recorded of them.

/// A job or run in as few words as a search needs, with what matched.
package struct RunMention: Hashable, Sendable {
    /// Whether it is a job; a run otherwise.
    package let isJob: Bool
    /// The number by which findings cite it.
    package let id: Int64
    /// Its number on the server.
    package let number: String
    /// The kind of service.
    package let service: String
    /// The host of the service.
    package let server: String?
    /// The project's path on that host.
    package let project: String?
    /// What matched.
    package let value: String
    /// When it was made, began and ended, as text: most mentions are never asked.
    fileprivate let timeTexts: [String?]

    /// When it was made, began and ended.
    package var times: RunTimes {
        let times = timeTexts.map { $0.flatMap { Timestamp(rfc3339: $0) } }
        return RunTimes(createdAt: times[0], startedAt: times[1], finishedAt: times[2])
    }
}

extension CaseReader {
    /// The jobs that a machine of this number or name ran.
    package func runs(onRunner runner: String) throws -> [RunMention] {
        try mentions(
            Self.jobs("ifnull(j.runnerID, '') || ' ' || ifnull(j.runnerName, '')", "job j WHERE j.runnerID = ?1")
                + " UNION "
                + Self.jobs(
                    "ifnull(j.runnerID, '') || ' ' || ifnull(j.runnerName, '')",
                    "job j WHERE j.runnerName = ?1"
                ),
            [EvidenceText(runner)]
        )
    }

    /// The jobs and runs that somebody started, and the jobs of these runs.
    package func runs(ofUser user: String) throws -> [RunMention] {
        try mentions(around(matching: "user = ?1", value: "user"), [EvidenceText(user)])
    }

    /// The jobs and runs on commits whose names begin so, and the jobs of these runs.
    package func runs(ofCommitsBeginning prefix: String) throws -> [RunMention] {
        let condition = "commitName >= ?1 AND commitName < ?1 || 'g'"
        return try mentions(around(matching: condition, value: "commitName"), [EvidenceText(prefix)])
    }

    /// The runs of a number, and their jobs.
    package func runs(number: String) throws -> [RunMention] {
        let pipelines = "SELECT 0 AS isJob, p.id, p.number, \(Self.rest("p")), p.number AS value FROM pipeline p"
        return try mentions(
            "\(pipelines) WHERE p.number = ?1 UNION "
                + Self.jobs("p.number", "pipeline p JOIN job j ON \(Self.isOfRun) WHERE p.number = ?1"),
            [EvidenceText(number)]
        )
    }

    private func around(matching condition: String, value: String) -> String {
        let qualified = { (table: String) in
            condition.replacing("user", with: "\(table).user").replacing("commitName", with: "\(table).commitName")
        }
        return """
            SELECT 0 AS isJob, p.id, p.number, \(Self.rest("p")), p.\(value) AS value FROM pipeline p
                WHERE p.number IS NOT NULL AND \(qualified("p"))
            UNION \(Self.jobs("j.\(value)", "job j WHERE \(qualified("j"))"))
            UNION \(Self.jobs("p.\(value)", "pipeline p JOIN job j ON \(Self.isOfRun) WHERE \(qualified("p"))"))
            """
    }

    /// A job belongs to a run when it names it and is of the same project.
    private static let isOfRun = """
        j.pipelineNumber = p.number AND j.service = p.service AND ifnull(j.projectID, ifnull(j.project, ''))
            = ifnull(p.projectID, ifnull(p.project, ''))
        """

    private static func jobs(_ value: String, _ tables: String) -> String {
        "SELECT 1 AS isJob, j.id, j.number, \(rest("j")), \(value) AS value FROM \(tables) AND j.number IS NOT NULL"
    }

    private static func rest(_ table: String) -> String {
        ["service", "server", "project", "createdAt", "startedAt", "finishedAt"].map { "\(table).\($0)" }
            .joined(separator: ", ")
    }

    private func mentions(_ sql: String, _ arguments: [EvidenceText]) throws -> [RunMention] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: sql + " ORDER BY 1, 2"),
            arguments: StatementArguments(arguments)
        )
        var found: [RunMention] = []
        while let row = try rows.next() {
            found.append(
                RunMention(
                    isJob: try row.value("isJob"),
                    id: try row.value("id"),
                    number: try row.text("number"),
                    service: try row.value("service"),
                    server: try row.optionalText("server"),
                    project: try row.optionalText("project"),
                    value: try row.optionalText("value") ?? "",
                    timeTexts: [
                        try row.optionalValue("createdAt"), try row.optionalValue("startedAt"),
                        try row.optionalValue("finishedAt"),
                    ]
                )
            )
        }
        return found
    }
}
