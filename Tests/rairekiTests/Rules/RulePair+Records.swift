import Cryptography
import Signing
import StrictJSON
import TestSupport

extension RulePair {
    private static func time(_ made: GeneratedCase, _ seconds: Int64) -> JSONValue {
        JSONValue("\(made.sigstore.time.adding(seconds: seconds))")
    }

    /// What a CI service recorded, beside what was signed.
    static let records = [
        RulePair("ci-record-contradiction", cites: ["job", "pipeline", extensionClaim(13)]) { made in
            made.build.pipeline = [("sha", JSONValue(made.commits[0]))]
        } sparing: { made in
            // Another server gives the same numbers to other things.
            made.build.pipeline = [
                ("sha", JSONValue(made.commits[0])),
                ("web_url", "https://git.other.example/acme/payments/-/pipelines/90117"),
            ]
            made.build.record = [("web_url", "https://git.other.example/acme/payments/-/jobs/614203")]
        },
        RulePair("job-outside-pipeline", cites: ["job", "pipeline"]) { made in
            made.build.record = [("started_at", time(made, -2_000))]
        } sparing: { made in
            made.build.record = [("started_at", time(made, -100))]
        },
        RulePair("signature-after-job", cites: ["job", "pipeline", "claim"]) { made in
            made.build.pipeline = [("created_at", time(made, -8_000))]
            made.build.record = [("started_at", time(made, -7_200)), ("finished_at", time(made, -3_600))]
        } sparing: { made in
            made.build.record = [("finished_at", time(made, -100))]
        },
        RulePair("runner-class-contradiction", cites: ["job", "pipeline", extensionClaim(11)]) { made in
            made.build.job.runnerEnvironment = "gitlab-hosted"
        } sparing: { made in
            made.build.job.runnerEnvironment = "gitlab-hosted"
            made.build.record = [("runner", ["id": 7, "runner_type": "instance_type"])]
        },
        RulePair(
            "runner-contradiction",
            cites: ["job", "pipeline", "claim /predicate/runDetails/builder/id"]
        ) { made in
            made.build.provenance = [
                (["runDetails", "builder", "id"], "https://gitlab.com/acme/payments/-/runners/8")
            ]
        },
        RulePair("runner-unknown", cites: [extensionClaim(11)]) { made in
            made.build.isRecorded = false
            made.build.isAttested = false
        } sparing: { made in
            // The signed provenance names it.
            made.build.isRecorded = false
        },
        RulePair("workflow-not-from-source", cites: [extensionClaim(19), extensionClaim(13)]) { made in
            made.build.extensions[19] = made.commits[0]
        } sparing: { made in
            made.build.extensions[19] = otherCommit
            made.build.extensions[18] = "https://gitlab.com/acme/shared//build.yml@refs/heads/main"
        },
        RulePair("fork-pipeline", cites: [extensionClaim(12), extensionClaim(18), extensionClaim(20)]) { made in
            made.build.extensions[12] = "https://gitlab.com/mallory/payments"
        },
    ]

    /// Questions to the repository.
    static let commits = [
        RulePair("commit-absent", cites: ["claim"]) { made in made.build.job.commit = otherCommit },
        RulePair("commit-after-build", cites: ["gitCommit", "claim"]) { made in
            made.build.signedAt = made.sigstore.time.adding(seconds: -10 * 86_400)
        },
        RulePair("commit-not-on-ref", cites: ["gitCommit", extensionClaim(14)]) { made in
            try made.repository.git(["branch", "release", made.commits[0]])
            made.build.job.refName = "release"
        } sparing: { made in
            try made.repository.git(["branch", "release", made.commits[1]])
            made.build.job.refName = "release"
        },
        RulePair("tag-elsewhere", cites: ["gitCommit", extensionClaim(14)]) { made in
            try made.repository.git(["tag", "v1", made.commits[2]])
            made.build.job.refName = "v1"
            made.build.job.isTag = true
        } sparing: { made in
            try made.repository.git(["tag", "v1", made.commits[1]])
            made.build.job.refName = "v1"
            made.build.job.isTag = true
        },
        RulePair("commit-not-protected", cites: ["gitCommit", "claim"]) { made in
            try made.repository.git(["update-ref", "refs/keep-around/\(made.commits[1])", made.commits[1]])
            try made.repository.git(["reset", "--quiet", "--hard", made.commits[0]])
        },
        RulePair("ref-absent", cites: ["gitCommit", extensionClaim(14)]) { made in
            made.build.job.refName = "gone"
        },
    ]
}
