import CaseFixtures
import CaseIndex
import Testing

@testable import Correlation

/// One claim and what it ought to be read as.
struct ReadingExample: CustomTestStringConvertible, Sendable {
    let speaker: Speaker
    let key: String
    let value: String
    /// `fact[/aspect] normal[ @ scope]`, joined by `; `.
    let expected: String

    init(_ speaker: Speaker, _ key: String, _ value: String, _ expected: String) {
        self.speaker = speaker
        self.key = key
        self.value = value
        self.expected = expected
    }

    var testDescription: String { "\(speaker.rawValue) \(key) \(value)" }
}

@Suite struct VocabularyTests {
    private static let commit = "e83c5163316f89bfbde7d9ab23ca2e25604af290"

    private static func readings(_ claims: [ClaimRecord], at index: Int = 0) -> String {
        let document = ClaimDocument(claims)
        let readings = Vocabularies.all.flatMap { $0.readings(of: claims[index], in: document) }
        return readings.map(text).joined(separator: "; ")
    }

    private static func text(_ reading: Reading) -> String {
        let aspect = reading.value.aspect == .itself ? "" : "/\(reading.value.aspect.rawValue)"
        let scope = reading.value.scope.map { " @ \($0)" } ?? ""
        let mark = reading.hasCounterpart ? "" : " !"
        return "\(reading.fact.rawValue)\(aspect) \(reading.value.normal)\(scope)\(mark)"
    }

    static func claim(_ speaker: Speaker, _ key: String, _ value: String) -> ClaimRecord {
        ClaimRecord(
            subject: CaseFixture.digest("image"),
            signatureID: "s",
            speaker: speaker,
            key: key,
            value: value,
            readFrom: CaseFixture.digest("document"),
            pointer: ""
        )
    }

    private static let oid = "1.3.6.1.4.1.57264.1."
    private static let gitlabJob = "https://gitlab.com/g/p/-/jobs/5678"
    private static let githubRun = "https://github.com/o/r/actions/runs/42/attempts/3"

    @Test(arguments: [
        ReadingExample(.certificate, oid + "2", "push", "trigger push"),
        ReadingExample(.certificate, oid + "3", commit, "commit \(commit)"),
        ReadingExample(.certificate, oid + "4", "Release", "workflow/name Release"),
        ReadingExample(.certificate, oid + "5", "o/r", "project o/r"),
        ReadingExample(.certificate, oid + "6", "refs/tags/v1", "ref v1 @ tag"),
        ReadingExample(.certificate, oid + "11", "self-hosted", "runner/environment self-hosted"),
        ReadingExample(.certificate, oid + "12", "https://gitlab.com/g/p", "project g/p @ gitlab.com"),
        ReadingExample(.certificate, oid + "14", "refs/heads/a/b", "ref a/b @ branch"),
        ReadingExample(.certificate, oid + "15", "77", "project/id 77"),
        ReadingExample(.certificate, oid + "20", "merge_request_event", "trigger merge_request_event"),
        ReadingExample(.certificate, oid + "21", gitlabJob, "job 5678 @ gitlab.com/g/p"),
        ReadingExample(
            .certificate,
            oid + "21",
            githubRun,
            "pipeline 42 @ github.com/o/r; pipeline/attempt 3 @ 42"
        ),
        ReadingExample(
            .certificate,
            oid + "18",
            "https://github.com/o/r/.github/workflows/release.yml@refs/heads/main",
            "workflow .github/workflows/release.yml @ github.com/o/r@refs/heads/main"
        ),
        ReadingExample(
            .certificate,
            "subjectAlternativeName",
            "https://gitlab.com/g/p//.gitlab-ci.yml@refs/heads/main",
            "workflow/builder .gitlab-ci.yml @ gitlab.com/g/p@refs/heads/main"
        ),
        ReadingExample(.certificate, "subjectAlternativeName", "ada@example.org", "user/mail ada@example.org"),
        ReadingExample(.certificate, oid + "99", "x", ""),
        ReadingExample(.certificate, "2.5.29.17", "x", ""),
    ])
    func readsCertificateExtensions(_ example: ReadingExample) {
        #expect(Self.readings([Self.claim(example.speaker, example.key, example.value)]) == example.expected)
    }

    @Test(arguments: [
        ReadingExample(.signedAnnotation, "com.gitlab.ci.commit.sha", commit, "commit \(commit)"),
        ReadingExample(.signedAnnotation, "com.gitlab.ci.commit.ref.name", "main", "ref main"),
        ReadingExample(.signedAnnotation, "com.gitlab.ci.project.path", "g/p", "project g/p"),
        ReadingExample(.signedAnnotation, "com.gitlab.ci.job.id", "5678", "job 5678"),
        ReadingExample(.signedAnnotation, "com.gitlab.ci.job.url", gitlabJob, "job 5678 @ gitlab.com/g/p"),
        ReadingExample(.signedAnnotation, "com.gitlab.ci.job.id", "5678x", ""),
        ReadingExample(.signedAnnotation, "com.gitlab.ci.pipeline.id", "1234", "pipeline 1234 !"),
        ReadingExample(
            .signedAnnotation,
            "com.gitlab.ci.pipeline.url",
            "https://gitlab.com/g/p/-/pipelines/1234",
            "pipeline 1234 @ gitlab.com/g/p !"
        ),
        ReadingExample(.signedAnnotation, "com.gitlab.ci.user.name", "Ada, B=C", "user/name Ada, B=C !"),
        ReadingExample(.signedAnnotation, "tag", "e83c5163", "tag e83c5163 !"),
        ReadingExample(.label, "com.gitlab.ci.cijoburl", gitlabJob, "job 5678 @ gitlab.com/g/p"),
        ReadingExample(.label, "com.gitlab.ci.tagorbranch", "v1", "ref v1"),
        ReadingExample(
            .label,
            "com.gitlab.ci.commiturl",
            "https://gitlab.com/g/p/-/commit/\(commit)",
            "commit \(commit)"
        ),
        ReadingExample(.carrierAnnotation, "com.gitlab.ci.commit.sha", commit, ""),
    ])
    func readsGitLabAnnotations(_ example: ReadingExample) {
        #expect(Self.readings([Self.claim(example.speaker, example.key, example.value)]) == example.expected)
    }

    @Test(arguments: [
        ReadingExample(.label, "org.opencontainers.image.revision", commit, "commit \(commit)"),
        ReadingExample(.label, "org.label-schema.vcs-ref", commit, "commit \(commit)"),
        ReadingExample(
            .label,
            "org.opencontainers.image.source",
            "https://github.com/o/r.git",
            "project o/r @ github.com"
        ),
        ReadingExample(.label, "org.label-schema.vcs-url", "https://u@github.com/o/r/", "project o/r @ github.com"),
        ReadingExample(.label, "org.opencontainers.image.revision", "", ""),
        ReadingExample(
            .label,
            "org.opencontainers.image.created",
            "2023-01-11T16:50:33Z",
            "time 2023-01-11T16:50:33Z"
        ),
        ReadingExample(.configuration, "/created", "not a time", ""),
        ReadingExample(.logEntry, "integratedTime", "1710869188", "time 2024-03-19T17:26:28Z"),
        ReadingExample(.logEntry, "integratedTime", "2024-03-19T17:26:28Z", "time 2024-03-19T17:26:28Z"),
        ReadingExample(.timestamp, "genTime", "2024-03-19T17:26:28Z", "time 2024-03-19T17:26:28Z"),
        ReadingExample(.logEntry, "logIndex", "7", ""),
        ReadingExample(.payload, "docker-manifest-digest", "sha256:00", "image-digest sha256:00"),
    ])
    func readsLabelsLogsAndPayloads(_ example: ReadingExample) {
        #expect(Self.readings([Self.claim(example.speaker, example.key, example.value)]) == example.expected)
    }
}
