internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import StrictJSON

/// What CI services recorded, as documents.
enum RunJSON {
    static func value(_ run: TracedRun) -> JSONValue {
        .members([
            ("claim", JSONValue(run.value.claim.id)), ("basis", JSONValue(run.basis.rawValue)),
            ("job", run.job.map(job) ?? .null), ("pipeline", run.pipeline.map(pipeline) ?? .null),
        ])
    }

    private static func origin(_ origin: RunOrigin) -> [(String, JSONValue)] {
        [
            ("source", JSONValue(origin.sourceID)), ("service", JSONValue(origin.service)),
            ("server", JSONValue(origin.server)), ("project", JSONValue(origin.project)),
            ("projectID", JSONValue(origin.projectID)), ("readFrom", JSONValue("\(origin.readFrom)")),
            ("pointer", JSONValue(origin.pointer)),
        ]
    }

    private static func times(_ times: RunTimes) -> [(String, JSONValue)] {
        [
            ("createdAt", JSONValue(times.createdAt?.description)),
            ("startedAt", JSONValue(times.startedAt?.description)),
            ("finishedAt", JSONValue(times.finishedAt?.description)),
        ]
    }

    private static func job(_ job: JobRecord) -> JSONValue {
        .members(
            origin(job.origin) + [
                ("number", JSONValue(job.number)), ("pipeline", JSONValue(job.pipelineNumber)),
                ("name", JSONValue(job.name)), ("stage", JSONValue(job.stage)), ("status", JSONValue(job.status)),
                ("commit", JSONValue(job.commitName)), ("ref", JSONValue(job.ref)),
                ("runnerID", JSONValue(job.runnerID)), ("runnerName", JSONValue(job.runnerName)),
                ("user", JSONValue(job.user)),
            ] + times(job.times)
        )
    }

    private static func pipeline(_ pipeline: PipelineRecord) -> JSONValue {
        .members(
            origin(pipeline.origin) + [
                ("number", JSONValue(pipeline.number)), ("localNumber", JSONValue(pipeline.localNumber)),
                ("attempt", JSONValue(pipeline.attempt)), ("commit", JSONValue(pipeline.commitName)),
                ("ref", JSONValue(pipeline.ref)), ("isTag", pipeline.isTag.map { .bool($0) } ?? .null),
                ("trigger", JSONValue(pipeline.trigger)), ("status", JSONValue(pipeline.status)),
                ("isProtected", pipeline.isProtected.map { .bool($0) } ?? .null),
                ("user", JSONValue(pipeline.user)), ("workflow", JSONValue(pipeline.workflow)),
            ] + times(pipeline.times)
        )
    }
}
