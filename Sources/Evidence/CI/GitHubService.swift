internal import CaseIndex
internal import StrictJSON

/// GitHub: workflow runs and jobs of its REST interface, alone, in pages or in webhooks.
enum GitHubService: CIService {
    private static let name = "github"

    static func records(_ document: JSONValue, _ context: CIContext) -> [CIRecord]? {
        for key in ["workflow_runs", "jobs"] where document["total_count"] != nil {
            guard let list = document[key]?.array else { continue }
            return list.enumerated().flatMap { index, value in
                var inner = context
                inner.pointer += "/\(key)/\(index)"
                return single(value, inner) ?? []
            }
        }
        for key in ["workflow_run", "workflow_job"] {
            guard let value = document[key] else { continue }
            var inner = context
            inner.pointer += "/\(key)"
            return single(value, inner)
        }
        return single(document, context)
    }

    private static func single(_ value: JSONValue, _ context: CIContext) -> [CIRecord]? {
        guard value.words("id") != nil, value["head_sha"]?.string != nil else { return nil }
        if value["run_id"] != nil { return [.job(job(value, context))] }
        guard value["run_attempt"] != nil || value["event"] != nil else { return nil }
        return [.pipeline(run(value, context))]
    }

    private static func run(_ value: JSONValue, _ context: CIContext) -> PipelineRecord {
        let address = ProjectAddress(value["html_url"]?.string, before: "/actions/runs/")
        let projectID = value["repository"]?.words("id")
        var record = PipelineRecord(origin: context.origin(name, address: address, projectID: projectID))
        record.number = value.words("id")
        record.localNumber = value.words("run_number")
        record.attempt = value.words("run_attempt")
        record.commitName = value.words("head_sha")
        record.ref = value.words("head_branch")
        record.trigger = value.words("event")
        record.status = value.words("conclusion") ?? value.words("status")
        record.user = value["triggering_actor"]?.words("login") ?? value["actor"]?.words("login")
        record.workflow = value.words("path")
        record.times = RunTimes(
            createdAt: value.moment("created_at"),
            startedAt: value.moment("run_started_at"),
            finishedAt: value["status"]?.string == "completed" ? value.moment("updated_at") : nil
        )
        return record
    }

    /// In the words of certificates: hosted runners are in a group of their own, and others carry a label.
    private static func runnerClass(_ value: JSONValue) -> String? {
        let labels = value["labels"]?.array?.compactMap(\.string) ?? []
        if labels.contains(where: { $0.utf8.elementsEqual("self-hosted".utf8) }) { return "self-hosted" }
        guard let group = value.words("runner_group_name") else { return nil }
        return group.utf8.elementsEqual("GitHub Actions".utf8) ? "github-hosted" : "self-hosted"
    }

    private static func job(_ value: JSONValue, _ context: CIContext) -> JobRecord {
        let address = ProjectAddress(value["html_url"]?.string, before: "/actions/runs/")
        var record = JobRecord(origin: context.origin(name, address: address), name: value["name"]?.string ?? "")
        record.number = value.words("id")
        record.pipelineNumber = value.words("run_id")
        record.status = value.words("conclusion") ?? value.words("status")
        record.commitName = value.words("head_sha")
        record.ref = value.words("head_branch")
        record.runnerID = value.words("runner_id")
        record.runnerName = value.words("runner_name")
        record.runnerClass = runnerClass(value)
        record.times = RunTimes(
            createdAt: value.moment("created_at"),
            startedAt: value.moment("started_at"),
            finishedAt: value.moment("completed_at")
        )
        return record
    }
}
