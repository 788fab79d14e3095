internal import CaseIndex
internal import StrictJSON

/// GitLab: pipelines, jobs and bridges of its REST interface, and the pipelines of project exports
/// (`lib/gitlab/import_export/project/import_export.yml`).
enum GitLabService: CIService {
    private static let name = "gitlab"

    static func records(_ document: JSONValue, _ context: CIContext) -> [CIRecord]? {
        if document["stages"]?.array != nil, document["sha"]?.string != nil, document["ref"] != nil {
            return exported(document, context)
        }
        if let pipeline = document["pipeline"], pipeline["sha"]?.string != nil, document["name"]?.string != nil,
            document["stage"] != nil
        {
            return [.job(job(document, pipeline, context))]
        }
        let address = ProjectAddress(document["web_url"]?.string, before: "/-/pipelines/")
        guard document["sha"]?.string != nil, document["ref"] != nil, document["status"]?.string != nil,
            document.words("id") != nil, address != nil || document["project_id"] != nil
        else { return nil }
        return [.pipeline(pipeline(document, context.origin(name, address: address, projectID: project(document))))]
    }

    /// The older export is one object with the pipelines under either of two names.
    static func pipelines(ofProject project: JSONValue) -> (key: String, list: [JSONValue])? {
        ["ci_pipelines", "pipelines"].lazy.compactMap { key in project[key]?.array.map { (key, $0) } }.first
    }

    private static func project(_ document: JSONValue) -> String? {
        document.words("project_id")
    }

    private static func pipeline(_ document: JSONValue, _ origin: RunOrigin) -> PipelineRecord {
        var record = PipelineRecord(origin: origin)
        record.number = document.words("id")
        record.localNumber = document.words("iid")
        record.commitName = document.words("sha")
        record.ref = document.words("ref")
        record.isTag = document["tag"]?.bool
        record.trigger = document.words("source")
        record.status = document.words("status")
        record.isProtected = document["protected"]?.bool
        record.user = document["user"]?.words("username") ?? document["user"]?.words("name")
        record.times = times(document)
        return record
    }

    private static func times(_ document: JSONValue) -> RunTimes {
        RunTimes(
            createdAt: document.moment("created_at"),
            startedAt: document.moment("started_at"),
            finishedAt: document.moment("finished_at")
        )
    }

    private static func job(_ document: JSONValue, _ pipeline: JSONValue, _ context: CIContext) -> JobRecord {
        let address = ProjectAddress(document["web_url"]?.string, before: "/-/jobs/")
        let origin = context.origin(name, address: address, projectID: project(pipeline))
        var record = JobRecord(origin: origin, name: document["name"]?.string ?? "")
        record.number = document.words("id")
        record.pipelineNumber = pipeline.words("id")
        record.stage = document.words("stage")
        record.status = document.words("status")
        record.commitName = pipeline.words("sha") ?? document["commit"]?.words("id")
        record.ref = document.words("ref")
        record.isTag = document["tag"]?.bool
        record.runnerID = document["runner"]?.words("id")
        record.runnerName = document["runner"]?.words("description") ?? document["runner"]?.words("name")
        record.user = document["user"]?.words("username")
        record.times = times(document)
        return record
    }
}

// MARK: - Exports

extension GitLabService {
    /// The lists in which a stage keeps its jobs: three now, one formerly.
    private static let jobLists = ["builds", "bridges", "generic_commit_statuses", "statuses"]

    /// One pipeline of an export.
    ///
    /// It carries no number of its own; the `commit_id` of each of its jobs is that number.
    private static func exported(_ document: JSONValue, _ context: CIContext) -> [CIRecord] {
        var record = pipeline(document, context.origin(name, projectID: project(document)))
        var jobs: [CIRecord] = []
        for (stageIndex, stage) in (document["stages"]?.array ?? []).enumerated() {
            for list in jobLists {
                for (index, value) in (stage[list]?.array ?? []).enumerated() {
                    let pointer = "/stages/\(stageIndex)/\(list)/\(index)"
                    let origin = context.origin(name, at: pointer, projectID: project(value) ?? project(document))
                    let number = value.words("commit_id")
                    record.number = record.number ?? number
                    jobs.append(.job(exported(value, number, stage, record, origin)))
                }
            }
        }
        return [.pipeline(record)] + jobs
    }

    private static func exported(
        _ value: JSONValue,
        _ pipelineNumber: String?,
        _ stage: JSONValue,
        _ pipeline: PipelineRecord,
        _ origin: RunOrigin
    ) -> JobRecord {
        var record = JobRecord(origin: origin, name: value["name"]?.string ?? "")
        record.number = value.words("id")
        record.pipelineNumber = pipelineNumber
        record.stage = stage.words("name")
        record.status = value.words("status")
        record.commitName = pipeline.commitName
        record.ref = value.words("ref") ?? pipeline.ref
        record.isTag = value["tag"]?.bool ?? pipeline.isTag
        record.runnerID = value.words("runner_id")
        record.times = times(value)
        return record
    }
}
