/// A job's predefined variables, and the annotations that GitLab's tutorial makes of them.
struct GitLabVariables {
    private let environment: [String: String]

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// The tutorial's annotations and the variables that it takes them from, in its order.
    private static let table: [(annotation: String, variables: [String])] = [
        ("com.gitlab.ci.user.name", ["GITLAB_USER_NAME"]),
        ("com.gitlab.ci.pipeline.id", ["CI_PIPELINE_ID"]),
        ("com.gitlab.ci.pipeline.url", ["CI_PIPELINE_URL"]),
        ("com.gitlab.ci.job.id", ["CI_JOB_ID"]),
        ("com.gitlab.ci.job.url", ["CI_JOB_URL"]),
        ("com.gitlab.ci.commit.sha", ["CI_COMMIT_SHA"]),
        ("com.gitlab.ci.commit.ref.name", ["CI_COMMIT_REF_NAME"]),
        ("com.gitlab.ci.project.path", ["CI_PROJECT_PATH"]),
        ("org.opencontainers.image.source", ["CI_PROJECT_URL"]),
        ("org.opencontainers.image.revision", ["CI_COMMIT_SHA"]),
        // The tutorial sets IMAGE_TAG to the second.
        ("tag", ["IMAGE_TAG", "CI_COMMIT_SHORT_SHA"]),
    ]

    /// The annotations that there is a variable for; the others are named to the user.
    func annotations(telling session: Session) -> [String: String] {
        var annotations: [String: String] = [:]
        for (annotation, variables) in Self.table {
            if let value = variables.compactMap({ environment[$0] }).first(where: { !$0.isEmpty }) {
                annotations[annotation] = value
            } else {
                session.say("note: no \(variables.joined(separator: " and no ")), so no annotation \(annotation)")
            }
        }
        return annotations
    }
}
