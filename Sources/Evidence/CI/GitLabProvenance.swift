internal import CaseIndex
internal import Cryptography
internal import StrictJSON

/// The provenance that GitLab's runner writes beside a job's artifacts, in its two versions, that of GitLab's own
/// attestations (`slsa/provenance_v1.md`), and that of npm in GitLab's pipelines: the job that it describes.
///
/// Nobody signs the runner's; as a record it counts like the service's other records.
struct GitLabProvenance {
    private let predicate: JSONValue
    private let statement: JSONValue
    private let isFirstVersion: Bool

    private static let service = "gitlab"
    private static let runnerMarker = "/-/runners/"

    /// Nil for a statement that describes no job of GitLab.
    init?(_ statement: JSONValue) {
        guard let type = statement["predicateType"]?.string, let predicate = statement["predicate"] else { return nil }
        if type.utf8.elementsEqual("https://slsa.dev/provenance/v0.2".utf8) {
            isFirstVersion = true
        } else if type.utf8.elementsEqual("https://slsa.dev/provenance/v1".utf8) {
            isFirstVersion = false
        } else {
            return nil
        }
        self.statement = statement
        self.predicate = predicate
        guard builder?.firstRange(of: Self.runnerMarker) != nil else { return nil }
    }

    private var builder: String? {
        (isFirstVersion ? predicate : predicate["runDetails"])?["builder"]?["id"]?.string
    }

    /// The job; nil where the statement names none.
    func record(_ context: CIContext) -> JobRecord? {
        isFirstVersion ? first(context) : second(context)
    }

    private func origin(_ context: CIContext, project address: ProjectAddress?) -> RunOrigin {
        context.origin(Self.service, at: "/predicate", address: address)
    }

    /// The runner's number, and the project when the runner's address is below one.
    private var runner: (number: String?, address: ProjectAddress?) {
        guard let builder, let range = builder.firstRange(of: Self.runnerMarker) else { return (nil, nil) }
        let number = builder[range.upperBound...]
        let address = ProjectAddress(builder, before: Self.runnerMarker)
        let isGroup = address?.path.utf8.starts(with: "groups/".utf8) ?? false
        return (number.isEmpty ? nil : String(number), isGroup ? nil : address)
    }

    /// v0.2: the older runner keeps `metadata` and `materials` beside the predicate.
    private func first(_ context: CIContext) -> JobRecord? {
        let invocation = predicate["invocation"]
        let environment = invocation?["environment"]
        guard let number = environment?["job"]?.words("id") else { return nil }
        let source = invocation?["configSource"]
        let address = ProjectAddress(source?["uri"]?.string.map { $0 + "/-" }, before: "/-") ?? runner.address
        var record = JobRecord(
            origin: origin(context, project: address),
            name: source?["entryPoint"]?.string ?? ""
        )
        record.number = number
        record.pipelineNumber = environment?["pipeline"]?.words("id")
        record.commitName = Self.commit(source?["digest"])
        record.runnerID = runner.number
        record.runnerName = environment?.words("name")
        let metadata = predicate["metadata"] ?? statement["metadata"]
        record.times = RunTimes(
            createdAt: nil,
            startedAt: metadata?.moment("buildStartedOn"),
            finishedAt: metadata?.moment("buildFinishedOn")
        )
        return record
    }

    /// v1: of the runner, whose variables are empty, and of the server, whose variables have their values.
    private func second(_ context: CIContext) -> JobRecord? {
        let definition = predicate["buildDefinition"]
        let external = definition?["externalParameters"]
        let metadata = predicate["runDetails"]?["metadata"]
        let inner = definition?["internalParameters"]
        let variables = external?["variables"]
        guard
            let number = inner?.words("job") ?? metadata?.words("invocationId") ?? metadata?.words("invocationID")
        else { return nil }
        let address = ProjectAddress(external?["source"]?.string.map { $0 + "/-" }, before: "/-") ?? runner.address
        let name = external?["entryPoint"]?.string ?? Self.value("CI_JOB_NAME", variables) ?? ""
        var record = JobRecord(origin: origin(context, project: address), name: name)
        record.number = number
        record.pipelineNumber = Self.value("CI_PIPELINE_ID", variables)
        record.commitName = Self.commit(definition?["resolvedDependencies"]?.array?.first?["digest"])
        record.ref = Self.value("CI_COMMIT_REF_NAME", variables)
        record.runnerID = runner.number
        record.runnerName = inner?.words("name")
        record.user = Self.value("GITLAB_USER_LOGIN", variables)
        record.times = RunTimes(
            createdAt: nil,
            startedAt: metadata?.moment("startedOn"),
            finishedAt: metadata?.moment("finishedOn")
        )
        return record
    }

    /// A variable's value; runners leave it empty, and servers mask some.
    private static func value(_ name: String, _ variables: JSONValue?) -> String? {
        variables?.words(name).flatMap { $0.utf8.elementsEqual("[MASKED]".utf8) ? nil : $0 }
    }

    /// A Git commit under its own name, or under that of another algorithm, as runners write it.
    private static func commit(_ digest: JSONValue?) -> String? {
        if let name = digest?["gitCommit"]?.string ?? digest?["sha1"]?.string { return name }
        return digest?["sha256"]?.string.flatMap { $0.utf8.count == 40 ? $0 : nil }
    }
}
