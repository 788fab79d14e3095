package import Cryptography
package import Signing
package import StrictJSON

/// One build of a generated case, of which everything agrees until a test changes a part.
///
/// It is a job, the image that the job made and signed the way GitLab's tutorial does, and what the CI service recorded.
package struct GeneratedBuild: Sendable {
    /// The job, as its certificate and its annotations tell of it.
    package var job: GitLabJob
    /// Extensions of the certificate that differ from the job, by their number in Fulcio's arc.
    package var extensions: [UInt64: String] = [:]
    /// The certificate's name where it differs from the job.
    package var identityName: String?
    /// Annotations that differ from the job; nil takes one away.
    package var annotations: [String: String?] = [:]
    /// The tag that the job pushes and signs.
    package var tag = "1.4.0"
    /// The repository that the payload names.
    package var reference = "registry.example/acme/payments"
    /// The name under which the layout lists the image.
    package var listedName: String?
    /// Whether the image is signed.
    package var isSigned = true
    /// Whether provenance of the image is signed.
    package var isAttested = true
    /// Whether the image is an index for two platforms.
    package var isIndex = false
    /// Whether every platform of an index is signed as well.
    package var signsPlatforms = true
    /// Whether the signature is a referrer of the image alone.
    package var isReferrer = false
    /// Whether the attestation names the configuration instead of the manifest.
    package var attestsConfiguration = false
    /// The digest that the signature names where it is not the image's.
    package var signedDigest: Digest?
    /// Extensions of the attestation's certificate that differ from the job.
    package var attestationExtensions: [UInt64: String] = [:]
    /// When it is signed.
    package var signedAt: Timestamp
    /// When the image says that it was built.
    package var createdAt: Timestamp
    /// Labels of the image.
    package var labels: [String: String] = [:]
    /// Members of the predicate of the provenance that differ from the job, each with its place.
    package var provenance: [(path: [String], value: JSONValue)] = []
    /// Whether the CI service's records of the job are collected.
    package var isRecorded = true
    /// Members of the pipeline's record that differ from the job.
    package var pipeline: [(String, JSONValue)] = []
    /// Members of the job's record that differ from the job.
    package var record: [(String, JSONValue)] = []

    /// A build by a job at a time.
    package init(_ job: GitLabJob, at time: Timestamp) {
        self.job = job
        signedAt = time
        createdAt = time.adding(seconds: -30)
    }

    /// The number of the runner that every honest job ran on.
    package static let runner = 7

    /// What the certificate says.
    var identity: SigningIdentity { identity(extensions) }

    /// What the certificate of the attestation says.
    var attestationIdentity: SigningIdentity { identity(extensions.merging(attestationExtensions) { $1 }) }

    private func identity(_ changes: [UInt64: String]) -> SigningIdentity {
        let honest = job.identity
        let name = identityName.map { ExtensionTemplate.AlternativeName.uri($0) } ?? honest.name
        return SigningIdentity(
            name: name,
            issuer: honest.issuer,
            claims: honest.claims.merging(changes) { $1 }
        )
    }

    /// What the signature says.
    var signedAnnotations: [String: String] {
        var result = job.annotations(tag: tag)
        for (key, value) in annotations { result[key] = value }
        return result
    }
}

// MARK: - Documents

extension GeneratedBuild {
    /// The predicate of the provenance that the runner would write, with GitLab's name of the digest.
    var predicate: JSONValue {
        var value: JSONValue = [
            "buildDefinition": [
                "buildType": "https://gitlab.com/gitlab-org/gitlab-runner/-/blob/18.4.0/PROVENANCE.md",
                "externalParameters": ["entryPoint": "build", "source": JSONValue(job.projectURL)],
                "internalParameters": ["name": "builder-7", "executor": "docker", "job": JSONValue(job.jobID)],
                "resolvedDependencies": [
                    ["uri": JSONValue(job.projectURL), "digest": ["gitCommit": JSONValue(job.commit)]]
                ],
            ],
            "runDetails": [
                "builder": ["id": JSONValue("\(job.projectURL)/-/runners/\(Self.runner)")],
                "metadata": [
                    "invocationId": JSONValue(job.jobID),
                    "startedOn": JSONValue("\(createdAt.adding(seconds: -20))"),
                    "finishedOn": JSONValue("\(createdAt)"),
                ],
            ],
        ]
        for change in provenance { value = value.replacing(change.path[...], with: change.value) }
        return value
    }

    /// The pipeline as the REST interface gives it.
    var pipelineRecord: JSONValue {
        let honest: [(String, JSONValue)] = [
            ("id", JSONValue(Int(job.pipelineID) ?? 0)), ("iid", 12),
            ("project_id", JSONValue(Int(job.projectID) ?? 0)), ("status", "success"),
            ("source", JSONValue(job.pipelineSource)), ("ref", JSONValue(job.refName)),
            ("sha", JSONValue(job.commit)), ("tag", .bool(job.isTag)), ("web_url", JSONValue(job.pipelineURL)),
            ("created_at", JSONValue("\(signedAt.adding(seconds: -120))")),
            ("finished_at", JSONValue("\(signedAt.adding(seconds: 60))")), ("user", ["username": "mika"]),
        ]
        return .object(JSONObject(honest.replacing(pipeline)))
    }

    /// The job as the REST interface gives it.
    var jobRecord: JSONValue {
        let pipeline: JSONValue = [
            "id": JSONValue(Int(job.pipelineID) ?? 0), "project_id": JSONValue(Int(job.projectID) ?? 0),
            "ref": JSONValue(job.refName), "sha": JSONValue(job.commit),
        ]
        let honest: [(String, JSONValue)] = [
            ("id", JSONValue(Int(job.jobID) ?? 0)), ("name", "build"), ("stage", "build"), ("status", "success"),
            ("ref", JSONValue(job.refName)), ("tag", .bool(job.isTag)), ("web_url", JSONValue(job.jobURL)),
            ("started_at", JSONValue("\(signedAt.adding(seconds: -90))")),
            ("finished_at", JSONValue("\(signedAt.adding(seconds: 30))")),
            ("runner", ["id": JSONValue(Self.runner), "runner_type": "project_type", "description": "builder-7"]),
            ("user", ["username": "mika"]), ("pipeline", pipeline),
        ]
        return .object(JSONObject(honest.replacing(record)))
    }

    /// The pipeline with its job as a project export gives it: without numbers but the job's `commit_id`.
    var exported: JSONValue {
        let build: JSONValue = [
            "project_id": JSONValue(Int(job.projectID) ?? 0), "status": "success", "name": "build",
            "commit_id": JSONValue(Int(job.pipelineID) ?? 0), "ref": JSONValue(job.refName),
        ]
        return [
            "ref": JSONValue(job.refName), "sha": JSONValue(job.commit), "tag": .bool(job.isTag),
            "source": JSONValue(job.pipelineSource), "status": "success",
            "project_id": JSONValue(Int(job.projectID) ?? 0), "protected": true,
            "stages": [["name": "build", "status": "success", "builds": [build], "bridges": []]],
        ]
    }
}

extension [(String, JSONValue)] {
    /// The members, of which some have other values.
    fileprivate func replacing(_ changes: [(String, JSONValue)]) -> [(String, JSONValue)] {
        let names = Set(changes.map(\.0))
        return filter { !names.contains($0.0) } + changes.filter { !$0.1.isNull }
    }
}

extension JSONValue {
    /// The document with another value at a place.
    fileprivate func replacing(_ path: ArraySlice<String>, with value: JSONValue) -> JSONValue {
        guard let name = path.first else { return value }
        if let index = Int(name), var list = array, list.indices.contains(index) {
            list[index] = list[index].replacing(path.dropFirst(), with: value)
            return .array(list)
        }
        var members = object ?? JSONObject()
        members[name] = (self[name] ?? [:]).replacing(path.dropFirst(), with: value)
        return .object(members)
    }
}
