internal import Cryptography
internal import Signing
internal import StrictJSON

extension Release {
    /// SLSA provenance, version 1.
    static let provenanceType = "https://slsa.dev/provenance/v1"

    /// What GitLab's server says of a job that built an image (GitLab, doc/ci/pipeline_security/slsa/provenance_v1.md).
    func provenance(of image: Digest) -> StatementDraft {
        let runner = "\(job.server)/groups/acme/-/runners/12"
        let variables: JSONValue = [
            "CI_PIPELINE_ID": JSONValue(job.pipelineID),
            "CI_PIPELINE_URL": JSONValue(job.pipelineURL),
            "CI_JOB_ID": JSONValue(job.jobID),
            "CI_COMMIT_REF_NAME": JSONValue(job.refName),
        ]
        let predicate: JSONValue = [
            "buildDefinition": [
                "buildType": "https://docs.gitlab.com/ci/pipeline_security/slsa/provenance_v1",
                "externalParameters": [
                    "source": JSONValue(job.projectURL),
                    "entryPoint": "build-and-sign",
                    "variables": variables,
                ],
                "internalParameters": [
                    "name": "group runner", "executor": "docker", "architecture": "amd64",
                    "job": JSONValue(Int(job.jobID) ?? 0),
                ],
                "resolvedDependencies": [
                    ["uri": JSONValue(job.projectURL), "digest": ["gitCommit": JSONValue(job.commit)]]
                ],
            ],
            "runDetails": [
                "builder": ["id": JSONValue(runner)],
                "metadata": [
                    "invocationId": JSONValue(Int(job.jobID) ?? 0),
                    "startedOn": JSONValue(time.adding(seconds: -140).description),
                    "finishedOn": JSONValue(time.adding(seconds: -20).description),
                ],
            ],
        ]
        return StatementDraft(
            type: StatementDraft.v01,
            subjects: [StatementDraft.Subject(name: repository, digest: image)],
            predicateType: Self.provenanceType,
            predicate: predicate
        )
    }
}
