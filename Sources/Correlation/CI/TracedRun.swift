package import CaseIndex
internal import Cryptography

/// A job or run that something said of an image names, with what its service recorded of it.
package struct TracedRun: Sendable {
    /// What names it.
    package let value: TracedValue
    /// The job, when a job is named.
    package let job: JobRecord?
    /// The run.
    package let pipeline: PipelineRecord?

    /// Why what stands here may be relied on.
    package var basis: Basis { .record }

    /// The commit that the service recorded.
    package var commitName: String? { pipeline?.commitName ?? job?.commitName }
    /// The branch or tag that the service recorded.
    package var ref: String? { pipeline?.ref ?? job?.ref }
}

extension TracedRun {
    /// The jobs and runs that the rows name, as far as the case has records of them; each once.
    ///
    /// - Returns: Those of the project that is named, and those that the same server has under the number in another
    ///   project: a server gives each number once.
    static func runs(
        _ rows: [FactRow],
        _ reader: CaseReader
    ) throws -> (own: [TracedRun], foreign: [TracedRun]) {
        var own: [TracedRun] = []
        var foreign: [TracedRun] = []
        var known: [[UInt8]: [PipelineRecord]] = [:]
        func pipelines(_ number: String) throws -> [PipelineRecord] {
            if let found = known[Array(number.utf8)] { return found }
            let found = try reader.pipelines(number: number)
            known[Array(number.utf8)] = found
            return found
        }
        func add(_ run: TracedRun, _ origin: RunOrigin) {
            let project = project(of: run.value, rows)
            if origin.mayBe(of: project) {
                own.append(run)
            } else if origin.isOnServer(of: project) {
                foreign.append(run)
            }
        }
        for value in values(.job, rows) {
            for job in try reader.jobs(number: value.value.normal) {
                let pipelines = try job.pipelineNumber.map { try pipelines($0) } ?? []
                let same = pipelines.filter { $0.origin.isSameProject(as: job.origin) }
                // What a job's record repeats of its run says less than the run's own, and may have been read first.
                let pipeline = same.first { $0.times.createdAt != nil } ?? same.first
                add(TracedRun(value: value, job: job, pipeline: pipeline), job.origin)
            }
        }
        for value in values(.pipeline, rows) {
            for pipeline in try pipelines(value.value.normal) {
                add(TracedRun(value: value, job: nil, pipeline: pipeline), pipeline.origin)
            }
        }
        return (own, foreign)
    }

    /// The best founded value of each number that a signature names.
    private static func values(_ fact: Fact, _ rows: [FactRow]) -> [TracedValue] {
        var seen: Set<[String]> = []
        return rows.first { $0.fact == fact }?.values.filter { value in
            value.value.aspect == .itself && value.value.normal.isDecimal
                && seen.insert([value.value.normal, value.claim.signatureID ?? ""]).inserted
        } ?? []
    }

    /// The project in which a number counts: as the value says, else as the same signature says; `host/path` or a path.
    private static func project(of value: TracedValue, _ rows: [FactRow]) -> String? {
        if let scope = value.value.scope { return scope }
        let project = rows.first { $0.fact == .project }?.values.first {
            $0.value.aspect == .itself && $0.claim.signatureID == value.claim.signatureID
        }?.value
        return project.map { project in project.scope.map { "\($0)/\(project.normal)" } ?? project.normal }
    }
}

extension RunOrigin {
    /// Whether a record may be of a project.
    func mayBe(of project: String?) -> Bool {
        RecordedProject(server: server, path: self.project).mayBe(project)
    }

    /// Whether a record is of the server of a project (`host/path`), whatever its own project.
    fileprivate func isOnServer(of project: String?) -> Bool {
        guard let server, let host = project?.splitOnce(at: "/")?.before else { return false }
        return server.hasSameBytes(as: host)
    }

    func isSameProject(as other: RunOrigin) -> Bool {
        guard service == other.service else { return false }
        if let projectID, let theirs = other.projectID { return projectID.hasSameBytes(as: theirs) }
        guard let project, let theirs = other.project else { return true }
        return project.hasSameBytes(as: theirs)
    }
}
