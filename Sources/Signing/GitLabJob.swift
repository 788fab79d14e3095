internal import Cryptography
package import StrictJSON

/// One run of a job in GitLab's pipelines: what its token claims and what its variables hold.
package struct GitLabJob: Hashable, Sendable {
    /// The address of the instance without a slash at the end, which is also the token's issuer.
    package var server = "https://gitlab.com"
    /// CI_PROJECT_PATH.
    package var projectPath: String
    /// CI_PROJECT_ID.
    package var projectID: String
    /// CI_PROJECT_NAMESPACE_ID.
    package var namespaceID: String
    /// CI_PIPELINE_ID.
    package var pipelineID: String
    /// CI_PIPELINE_SOURCE.
    package var pipelineSource = "push"
    /// CI_JOB_ID.
    package var jobID: String
    /// CI_COMMIT_SHA.
    package var commit: String
    /// CI_COMMIT_REF_NAME.
    package var refName = "main"
    /// Whether the ref is a tag.
    package var isTag = false
    /// GITLAB_USER_NAME.
    package var userName: String
    /// `runner_environment`: `gitlab-hosted` or `self-hosted`.
    package var runnerEnvironment = "self-hosted"
    /// CI_PROJECT_VISIBILITY.
    package var visibility = "private"
    /// The path of the pipeline's configuration.
    package var configurationPath = ".gitlab-ci.yml"

    /// A push to `main` on a self-hosted runner unless changed afterwards.
    package init(
        projectPath: String,
        projectID: String,
        namespaceID: String,
        pipelineID: String,
        jobID: String,
        commit: String,
        userName: String
    ) {
        self.projectPath = projectPath
        self.projectID = projectID
        self.namespaceID = namespaceID
        self.pipelineID = pipelineID
        self.jobID = jobID
        self.commit = commit
        self.userName = userName
    }

    /// `refs/heads/…` or `refs/tags/…`.
    package var ref: String { (isTag ? "refs/tags/" : "refs/heads/") + refName }

    /// CI_PROJECT_URL.
    package var projectURL: String { "\(server)/\(projectPath)" }

    /// CI_JOB_URL.
    package var jobURL: String { "\(projectURL)/-/jobs/\(jobID)" }

    /// CI_PIPELINE_URL.
    package var pipelineURL: String { "\(projectURL)/-/pipelines/\(pipelineID)" }

    /// CI_CONFIG_REF_URI with its scheme: what Fulcio puts into subjectAltName.
    package var configurationURI: String {
        let host = server.drop { $0 != ":" }.dropFirst(3)
        return "https://\(host)/\(projectPath)//\(configurationPath)@\(ref)"
    }

    /// What the job's identity token claims of it; times, audience and identifier are for its issuer to add.
    package var tokenClaims: JSONObject {
        let namespace = projectPath.split(separator: "/").dropLast().joined(separator: "/")
        let configuration = configurationURI.dropFirst("https://".count)
        return JSONObject([
            ("iss", JSONValue(server)), ("namespace_id", JSONValue(namespaceID)),
            ("namespace_path", JSONValue(namespace)), ("project_id", JSONValue(projectID)),
            ("project_path", JSONValue(projectPath)), ("user_login", JSONValue(userName)),
            ("pipeline_id", JSONValue(pipelineID)), ("pipeline_source", JSONValue(pipelineSource)),
            ("job_id", JSONValue(jobID)), ("ref", JSONValue(refName)), ("ref_type", isTag ? "tag" : "branch"),
            ("ref_path", JSONValue(ref)), ("runner_environment", JSONValue(runnerEnvironment)),
            ("sha", JSONValue(commit)), ("project_visibility", JSONValue(visibility)),
            ("ci_config_ref_uri", JSONValue(String(configuration))), ("ci_config_sha", JSONValue(commit)),
            ("sub", JSONValue("project_path:\(projectPath):ref_type:\(isTag ? "tag" : "branch"):ref:\(refName)")),
        ])
    }

    /// The identity that Fulcio certifies for the job; one whose claims are not complete is known by its address alone.
    package var identity: SigningIdentity {
        let read = try? SigningIdentity(tokenClaims, kind: .gitLab)
        return read ?? SigningIdentity(name: .uri(configurationURI), issuer: server)
    }

    /// The eleven annotations of GitLab's tutorial.
    ///
    /// - Parameter tag: IMAGE_TAG.
    /// - Returns: Names and values.
    package func annotations(tag: String) -> [String: String] {
        [
            "com.gitlab.ci.user.name": userName,
            "com.gitlab.ci.pipeline.id": pipelineID,
            "com.gitlab.ci.pipeline.url": pipelineURL,
            "com.gitlab.ci.job.id": jobID,
            "com.gitlab.ci.job.url": jobURL,
            "com.gitlab.ci.commit.sha": commit,
            "com.gitlab.ci.commit.ref.name": refName,
            "com.gitlab.ci.project.path": projectPath,
            "org.opencontainers.image.source": projectURL,
            "org.opencontainers.image.revision": commit,
            "tag": tag,
        ]
    }
}
