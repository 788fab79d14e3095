internal import GRDB

/// One run of a build configuration, as its service recorded it: a pipeline (GitLab), a workflow run (GitHub).
package struct PipelineRecord: Hashable, Sendable {
    /// The number by which findings cite it; 0 before it is stored.
    package var id: Int64 = 0
    /// Where it was read, and of which project it is.
    package var origin: RunOrigin
    /// Its number on the server; nil for an export that leaves it out.
    package var number: String?
    /// Its number in the project.
    package var localNumber: String?
    /// The number of the attempt.
    package var attempt: String?
    /// The commit that it ran on.
    package var commitName: String?
    /// The branch or tag, without `refs/heads/` or `refs/tags/`.
    package var ref: String?
    /// Whether that is a tag.
    package var isTag: Bool?
    /// What started it.
    package var trigger: String?
    /// How it ended.
    package var status: String?
    /// Whether the branch or tag was protected.
    package var isProtected: Bool?
    /// Who started it.
    package var user: String?
    /// The build configuration's file.
    package var workflow: String?
    /// When.
    package var times = RunTimes(createdAt: nil, startedAt: nil, finishedAt: nil)

    package init(origin: RunOrigin) {
        self.origin = origin
    }
}

extension PipelineRecord: StoredRecord {
    static let table = "pipeline"
    static let columns =
        [
            "id", "number", "localNumber", "attempt", "commitName", "ref", "isTag", "trigger", "status", "isProtected",
            "user", "workflow",
        ] + RunOrigin.columns + RunTimes.columns
    var values: [(any DatabaseValueConvertible)?] {
        let texts = [number, localNumber, attempt, commitName, ref].map { $0.map { EvidenceText($0) } }
        return [id == 0 ? nil : id] + texts + [isTag]
            + [trigger.map { EvidenceText($0) }, status.map { EvidenceText($0) }, isProtected]
            + [user.map { EvidenceText($0) }, workflow.map { EvidenceText($0) }] + origin.values + times.values
    }
    init(row: Row) throws {
        self.init(origin: try RunOrigin(row: row))
        id = try row.value("id")
        number = try row.optionalText("number")
        localNumber = try row.optionalText("localNumber")
        attempt = try row.optionalText("attempt")
        commitName = try row.optionalText("commitName")
        ref = try row.optionalText("ref")
        isTag = try row.optionalValue("isTag")
        trigger = try row.optionalText("trigger")
        status = try row.optionalText("status")
        isProtected = try row.optionalValue("isProtected")
        user = try row.optionalText("user")
        workflow = try row.optionalText("workflow")
        times = try RunTimes(row: row)
    }
}
