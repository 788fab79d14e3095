/// The variables of GitHub Actions that its provenance generators copy: `github_sha1` in v0.2, `GITHUB_SHA` in v1.
enum GitHubEnvironment {
    static func reading(_ word: String, _ value: String) -> [Reading] {
        guard !value.isEmpty else { return [] }
        switch word {
        case "github_sha1", "GITHUB_SHA": return [Reading(.commit, FactValue(value))]
        case "github_ref", "GITHUB_REF": return [Reading(.ref, .ref(value))]
        case "github_event_name", "GITHUB_EVENT_NAME": return [Reading(.trigger, FactValue(value))]
        case "github_run_id", "GITHUB_RUN_ID": return [Reading(.pipeline, FactValue(value))]
        case "github_run_attempt", "GITHUB_RUN_ATTEMPT":
            return [Reading(.pipeline, FactValue(value, aspect: .attempt))]
        case "github_actor", "GITHUB_ACTOR":
            return [Reading(.user, FactValue(value, aspect: .name), hasCounterpart: false)]
        case "github_repository", "GITHUB_REPOSITORY": return [Reading(.project, .project(value))]
        case "github_repository_id", "GITHUB_REPOSITORY_ID":
            return [Reading(.project, FactValue(value, aspect: .identifier))]
        default: return []
        }
    }

    /// A run as `ID-ATTEMPT`, or as its address.
    static func invocation(_ text: String) -> [Reading] {
        if let (run, attempt) = text.splitOnce(at: "-"), run.isDecimal, attempt.isDecimal {
            return [
                Reading(.pipeline, FactValue(run)),
                Reading(.pipeline, FactValue(attempt, scope: run, aspect: .attempt)),
            ]
        }
        return RunAddress.readings(text)
    }
}
