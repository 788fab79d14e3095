internal import GRDB

/// One job of a run, as its service recorded it.
package struct JobRecord: Hashable, Sendable {
    /// The number by which findings cite it; 0 before it is stored.
    package var id: Int64 = 0
    /// Where it was read, and of which project it is.
    package var origin: RunOrigin
    /// Its number on the server; nil for an export that leaves it out.
    package var number: String?
    /// The number of its run.
    package var pipelineNumber: String?
    /// Its name in the configuration.
    package var name: String
    /// Its stage.
    package var stage: String?
    /// How it ended.
    package var status: String?
    /// The commit that it ran on.
    package var commitName: String?
    /// The branch or tag.
    package var ref: String?
    /// Whether that is a tag.
    package var isTag: Bool?
    /// The number of the machine that ran it.
    package var runnerID: String?
    /// The name of that machine.
    package var runnerName: String?
    /// The class of that machine, in the words of certificates: `self-hosted`, or a hosted one of the service.
    package var runnerClass: String?
    /// Who started it.
    package var user: String?
    /// When.
    package var times = RunTimes(createdAt: nil, startedAt: nil, finishedAt: nil)

    package init(origin: RunOrigin, name: String) {
        self.origin = origin
        self.name = name
    }
}

extension JobRecord: StoredRecord {
    static let table = "job"
    static let columns =
        [
            "id", "number", "pipelineNumber", "name", "stage", "status", "commitName", "ref", "isTag", "runnerID",
            "runnerName", "runnerClass", "user",
        ] + RunOrigin.columns + RunTimes.columns
    var values: [(any DatabaseValueConvertible)?] {
        let first = [number, pipelineNumber, name, stage, status, commitName, ref].map { $0.map { EvidenceText($0) } }
        let last = [runnerID, runnerName, runnerClass, user].map { $0.map { EvidenceText($0) } }
        return [id == 0 ? nil : id] + first + [isTag] + last + origin.values + times.values
    }
    init(row: Row) throws {
        self.init(origin: try RunOrigin(row: row), name: try row.text("name"))
        id = try row.value("id")
        number = try row.optionalText("number")
        pipelineNumber = try row.optionalText("pipelineNumber")
        stage = try row.optionalText("stage")
        status = try row.optionalText("status")
        commitName = try row.optionalText("commitName")
        ref = try row.optionalText("ref")
        isTag = try row.optionalValue("isTag")
        runnerID = try row.optionalText("runnerID")
        runnerName = try row.optionalText("runnerName")
        runnerClass = try row.optionalText("runnerClass")
        user = try row.optionalText("user")
        times = try RunTimes(row: row)
    }
}
