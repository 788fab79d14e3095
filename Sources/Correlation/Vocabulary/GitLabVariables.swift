internal import Cryptography

/// The variables of GitLab's jobs that provenance copies: under `externalParameters/variables` with their values
/// (GitLab's own attestations), under `externalParameters` and `parameters` without (its runner), under `parameters` with
/// some (npm in its pipelines).
enum GitLabVariables {
    static func readings(_ word: String, _ value: String) -> [Reading] {
        guard !value.isEmpty, !value.hasSameBytes(as: "[MASKED]") else { return [] }
        switch word {
        case "CI_COMMIT_SHA": return [Reading(.commit, FactValue(value))]
        case "CI_COMMIT_REF_NAME": return [Reading(.ref, .ref(value))]
        case "CI_PROJECT_PATH", "CI_PROJECT_URL": return [Reading(.project, .project(value))]
        case "CI_PROJECT_ID": return [Reading(.project, FactValue(value, aspect: .identifier))]
        case "CI_JOB_ID", "CI_JOB_URL":
            return FactValue.numbered(value, marker: "/-/jobs/").map { [Reading(.job, $0)] } ?? []
        case "CI_PIPELINE_ID", "CI_PIPELINE_URL":
            let pipeline = FactValue.numbered(value, marker: "/-/pipelines/")
            return pipeline.map { [Reading(.pipeline, $0, hasCounterpart: false)] } ?? []
        case "CI_PIPELINE_SOURCE": return [Reading(.trigger, FactValue(value))]
        case "CI_RUNNER_ID": return [Reading(.runner, FactValue(value), hasCounterpart: false)]
        case "GITLAB_USER_NAME": return [Reading(.user, FactValue(value, aspect: .name), hasCounterpart: false)]
        case "GITLAB_USER_EMAIL": return [Reading(.user, FactValue(value, aspect: .mail), hasCounterpart: false)]
        default: return []
        }
    }

    /// What the runner's provenance says of its surroundings (v0.2).
    static func surroundings(_ word: String, _ value: String) -> [Reading] {
        switch word {
        case "job/id" where value.isDecimal: [Reading(.job, FactValue(value))]
        case "pipeline/id" where value.isDecimal: [Reading(.pipeline, FactValue(value), hasCounterpart: false)]
        case "name": [Reading(.runner, FactValue(value, aspect: .name), hasCounterpart: false)]
        default: []
        }
    }
}
