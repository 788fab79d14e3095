import CaseIndex
import Testing

@testable import Correlation

/// A statement as its claims, and what it ought to be read as, claim by claim.
struct StatementExample: CustomTestStringConvertible, Sendable {
    let name: String
    let speaker: Speaker
    /// Key, value, and the readings that are expected.
    let claims: [[String]]

    var testDescription: String { name }
}

@Suite struct ProvenanceVocabularyTests {
    private static let commit = "e83c5163316f89bfbde7d9ab23ca2e25604af290"

    private static func text(_ reading: Reading) -> String {
        let aspect = reading.value.aspect == .itself ? "" : "/\(reading.value.aspect.rawValue)"
        return "\(reading.fact.rawValue)\(aspect) \(reading.value.normal)"
    }

    @Test(arguments: [github02, github1, runner02, runner1, buildKit])
    func readsEveryDialect(_ example: StatementExample) {
        let claims = example.claims.map { VocabularyTests.claim(example.speaker, $0[0], $0[1]) }
        let document = ClaimDocument(claims)
        for (claim, expectation) in zip(claims, example.claims) {
            let readings = Vocabularies.all.flatMap { $0.readings(of: claim, in: document) }
            #expect(readings.map(Self.text).joined(separator: "; ") == expectation[2], "\(claim.key)")
        }
    }

    private static let github02 = StatementExample(
        name: "generator for GitHub, v0.2",
        speaker: .statement,
        claims: [
            ["/predicate/buildType", "https://github.com/slsa-framework/slsa-github-generator/container@v1", ""],
            [
                "/predicate/invocation/configSource/uri", "git+https://github.com/o/r@refs/tags/v1",
                "project o/r; ref v1",
            ],
            ["/predicate/invocation/configSource/digest/sha1", commit, "commit \(commit)"],
            [
                "/predicate/invocation/configSource/entryPoint", ".github/workflows/release.yml",
                "workflow .github/workflows/release.yml",
            ],
            ["/predicate/invocation/environment/github_run_id", "42", "pipeline 42"],
            ["/predicate/invocation/environment/github_run_attempt", "1", "pipeline/attempt 1"],
            ["/predicate/invocation/environment/github_actor", "ada", "user/name ada"],
            ["/predicate/invocation/environment/github_event_name", "push", "trigger push"],
            ["/predicate/invocation/environment/github_base_ref", "", ""],
            ["/predicate/metadata/buildInvocationID", "42-1", "pipeline 42; pipeline/attempt 1"],
            [
                "/predicate/builder/id",
                "https://github.com/o/g/.github/workflows/generator.yml@refs/tags/v2",
                "workflow/builder .github/workflows/generator.yml",
            ],
        ]
    )

    private static let github1 = StatementExample(
        name: "attestation of GitHub, v1",
        speaker: .statement,
        claims: [
            ["/predicate/buildDefinition/externalParameters/workflow/ref", "refs/heads/main", "ref main"],
            [
                "/predicate/buildDefinition/externalParameters/workflow/repository", "https://github.com/o/r",
                "project o/r",
            ],
            [
                "/predicate/buildDefinition/externalParameters/workflow/path", ".github/workflows/a.yml",
                "workflow .github/workflows/a.yml",
            ],
            ["/predicate/buildDefinition/internalParameters/github/event_name", "push", "trigger push"],
            [
                "/predicate/buildDefinition/internalParameters/github/runner_environment", "github-hosted",
                "runner/environment github-hosted",
            ],
            [
                "/predicate/buildDefinition/resolvedDependencies/0/uri", "git+https://github.com/o/r@refs/heads/main",
                "project o/r; ref main",
            ],
            ["/predicate/buildDefinition/resolvedDependencies/0/digest/gitCommit", commit, "commit \(commit)"],
            // Another repository that the build used says nothing of the image's own commit.
            [
                "/predicate/buildDefinition/resolvedDependencies/1/uri",
                "git+https://github.com/o/other@refs/heads/main", "",
            ],
            [
                "/predicate/buildDefinition/resolvedDependencies/1/digest/gitCommit",
                "0123456789abcdef0123456789abcdef01234567", "",
            ],
            [
                "/predicate/runDetails/metadata/invocationId", "https://github.com/o/r/actions/runs/42/attempts/1",
                "pipeline 42; pipeline/attempt 1",
            ],
        ]
    )

    private static let runner02 = StatementExample(
        name: "GitLab runner, v0.2",
        speaker: .statement,
        claims: [
            ["/predicate/builder/id", "https://gitlab.com/g/p/-/runners/9", "runner 9"],
            ["/predicate/invocation/configSource/uri", "https://gitlab.com/g/p", "project g/p"],
            ["/predicate/invocation/configSource/digest/sha256", commit, "commit \(commit)"],
            ["/predicate/invocation/configSource/entryPoint", "build-job", "workflow/entry point build-job"],
        ]
    )

    private static let runner1 = StatementExample(
        name: "GitLab runner, v1",
        speaker: .statement,
        claims: [
            ["/predicate/runDetails/builder/id", "https://gitlab.com/g/p/-/runners/9", "runner 9"],
            ["/predicate/runDetails/metadata/invocationId", "5678", "job 5678"],
            ["/predicate/buildDefinition/externalParameters/source", "https://gitlab.com/g/p", "project g/p"],
            [
                "/predicate/buildDefinition/externalParameters/entryPoint", "build-job",
                "workflow/entry point build-job",
            ],
            ["/predicate/buildDefinition/internalParameters/job", "5678", "job 5678"],
            ["/predicate/buildDefinition/internalParameters/name", "runner-one", "runner/name runner-one"],
            ["/predicate/buildDefinition/resolvedDependencies/0/uri", "https://gitlab.com/g/p", "project g/p"],
            ["/predicate/buildDefinition/resolvedDependencies/0/digest/sha256", commit, "commit \(commit)"],
        ]
    )

    private static let buildKit = StatementExample(
        name: "BuildKit",
        speaker: .unsignedStatement,
        claims: [
            ["/predicate/buildType", "https://mobyproject.org/buildkit@v1", ""],
            [
                "/predicate/invocation/configSource/uri", "https://github.com/o/r.git#\(commit)",
                "project o/r; commit \(commit)",
            ],
            ["/predicate/invocation/configSource/entryPoint", "Dockerfile", ""],
            ["/predicate/metadata/buildStartedOn", "2024-03-21T10:32:59Z", "time 2024-03-21T10:32:59Z"],
        ]
    )
}
