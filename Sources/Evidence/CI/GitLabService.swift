internal import CaseIndex
internal import StrictJSON

/// GitLab: pipelines, jobs and bridges of its REST interface, and the pipelines of project exports
/// (`lib/gitlab/import_export/project/import_export.yml`).
enum GitLabService: CIService {
    private static let name = "gitlab"

    static func exports(in scan: EvidenceScan) -> [any Arrangement] { GitLabExport.find(in: scan) }

    static func job(of statement: JSONValue, _ context: CIContext) -> JobRecord? {
        GitLabProvenance(statement)?.record(context)
    }

    static func records(_ document: JSONValue, _ context: CIContext) -> [CIRecord]? {
        if let tags = GitLabRegistry.records(document, context) { return tags }
        if document["stages"]?.array != nil, document["sha"]?.string != nil, document["ref"] != nil {
            return exported(document, context)
        }
        if let pipeline = document["pipeline"], pipeline["sha"]?.string != nil, document["name"]?.string != nil,
            document["stage"] != nil
        {
            var records = [CIRecord.job(job(document, pipeline, context))]
            if let started = document["downstream_pipeline"], let record = downstream(started, context) {
                records.append(.pipeline(record))
            }
            return records
        }
        let address = ProjectAddress(document["web_url"]?.string, before: "/-/pipelines/")
        guard document["sha"]?.string != nil, document["ref"] != nil, document["status"]?.string != nil,
            document.words("id") != nil, address != nil || document["project_id"] != nil
        else { return nil }
        return [.pipeline(pipeline(document, context.origin(name, address: address, projectID: project(document))))]
    }

    /// The older export is one object with the pipelines under either of two names.
    static func list(in project: JSONValue) -> (key: String, list: [JSONValue])? {
        ["ci_pipelines", "pipelines"].lazy.compactMap { key in project[key]?.array.map { (key, $0) } }.first
    }

    /// The pipeline that a bridge started, in whatever project.
    private static func downstream(_ document: JSONValue, _ context: CIContext) -> PipelineRecord? {
        guard document.words("id") != nil, document["sha"]?.string != nil else { return nil }
        let address = ProjectAddress(document["web_url"]?.string, before: "/-/pipelines/")
        // What the user says of the project is of the bridge's, not of this one's.
        guard address != nil || project(document) != nil else { return nil }
        return pipeline(
            document,
            context.origin(name, at: "/downstream_pipeline", address: address, projectID: project(document))
        )
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
        record.runnerClass = document["runner"].flatMap {
            runnerClass($0, on: address?.server ?? context.origin.server)
        }
        record.user = document["user"]?.words("username")
        record.times = times(document)
        return record
    }

    /// The service's own address, whose shared runners alone are called hosted.
    private static let hostedServer = "gitlab.com"

    /// In the words of certificates; nil where it depends on a server that is not known.
    private static func runnerClass(_ runner: JSONValue, on server: String?) -> String? {
        let type = runner.words("runner_type")
        let isShared = runner["is_shared"]?.bool ?? type.map { $0.utf8.elementsEqual("instance_type".utf8) }
        guard let isShared else { return nil }
        guard isShared else { return "self-hosted" }
        return server.map { $0.utf8.elementsEqual(hostedServer.utf8) ? "gitlab-hosted" : "self-hosted" }
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
