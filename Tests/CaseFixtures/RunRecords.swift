package import CaseIndex
internal import Cryptography

extension CaseFixture {
    /// Stores the job that signs the tutorial's image, with its pipeline and its commit in a repository of one commit,
    /// changed as a test wants.
    package func addRun(
        _ change: (inout JobRecord, inout PipelineRecord, inout CommitRecord) -> Void = { _, _, _ in }
    ) throws {
        let origin = RunOrigin(
            sourceID: sourceID,
            service: "gitlab",
            server: "git.example",
            project: "group/app",
            projectID: "1",
            readFrom: Self.digest("records"),
            pointer: "/0"
        )
        var pipeline = PipelineRecord(origin: origin)
        (pipeline.number, pipeline.commitName, pipeline.ref) = ("1234", Self.commit, "main")
        (pipeline.trigger, pipeline.user) = ("push", "ada")
        pipeline.times.createdAt = Self.time.adding(seconds: -100)
        var job = JobRecord(origin: origin, name: "sign")
        (job.number, job.pipelineNumber, job.commitName) = ("5678", "1234", Self.commit)
        (job.runnerID, job.runnerName, job.user) = ("7", "build-7", "ada")
        job.times.startedAt = Self.time.adding(seconds: -60)
        job.times.finishedAt = Self.time.adding(seconds: 60)
        var commit = Self.commitRecord
        change(&job, &pipeline, &commit)
        try addRepository(commit)
        try caseFile.write { writer in
            try writer.insert(pipeline)
            try writer.insert(job)
        }
    }

    private static var commitRecord: CommitRecord {
        func person(_ name: String, _ seconds: Int64) -> GitPerson {
            GitPerson(name: name, mail: "\(name)@example", time: time.adding(seconds: seconds), zone: "+0000")
        }
        return CommitRecord(
            name: commit,
            digest: digest("commit"),
            tree: otherCommit,
            parents: [],
            author: person("ada", -700),
            committer: person("ben", -600),
            subject: "Release",
            encoding: nil,
            signature: nil
        )
    }

    /// Stores a repository of one commit, on its branch `main`.
    private func addRepository(_ commit: CommitRecord) throws {
        try caseFile.write { writer in
            let source = try writer.insert(
                SourceRecord(
                    kind: "git-repository",
                    path: "evidence/\(commit.name).git",
                    digest: Self.digest("repository \(commit.name)"),
                    importedAt: Self.time.adding(seconds: 5000),
                    isComplete: true
                )
            )
            let (history, places) = CommitHistory.ordering([[]])
            try writer.insert(commit, in: source, at: Int(places[0]))
            try writer.insert(history, of: source)
            for (name, symbolic) in [("refs/heads/main", nil), ("HEAD", "refs/heads/main")] {
                try writer.insert(
                    GitRefRecord(
                        sourceID: source,
                        name: name,
                        kind: symbolic == nil ? "branch" : "HEAD",
                        target: commit.name,
                        commitName: commit.name,
                        symbolic: symbolic,
                        position: Int(places[0])
                    )
                )
            }
        }
    }
}
