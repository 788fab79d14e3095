import CaseIndex
import Cryptography
import Evidence
import Foundation
import Signing
import TestSupport
import Testing

/// Further documents of CI services: registries, provenance of runners, bridges, attestations.
@Suite struct CIDialectTests {
    private static let commit = "5f2b1c9a7d3e48f6b0a1c2d3e4f5061728394a5b"
    private static let digest = "sha256:\(String(repeating: "ab", count: 32))"

    private static func imported(_ files: [String: String]) throws -> (ImportedCase, ImportOutcome) {
        let imported = try ImportedCase()
        for (name, text) in files { try imported.directory.write(text, to: "records/\(name)") }
        let origin = EvidenceOrigin(server: "gitlab.com", projectPath: "acme/payments")
        let importer = Importer(caseFile: imported.file, origin: origin)
        return (imported, try importer.run(path: imported.directory.path("records"), at: ImportedCase.time))
    }

    // MARK: - Registries

    private static let tag = """
        {"name":"1.4.0","path":"acme/payments:1.4.0","location":"registry.example:5000/acme/payments:1.4.0",
        "revision":"cd","digest":"\(digest)","created_at":"2026-03-02T09:00:00.000+00:00","total_size":1}
        """.replacingOccurrences(of: "\n", with: "")

    @Test(arguments: [
        tag, "[\(tag)]", "\(tag)\n\(tag.replacingOccurrences(of: "1.4.0", with: "1.3.0"))\n",
    ])
    func readsTagsAloneInPagesAndInLines(text: String) throws {
        let (imported, _) = try Self.imported(["tags.json": text])
        let record = try #require(try imported.file.read { try $0.registryTags() }.first)
        #expect(record.repository == "acme/payments" && record.tag == "1.4.0" && record.configuration == "cd")
        #expect(record.digest?.description == Self.digest && record.createdAt?.description == "2026-03-02T09:00:00Z")
        let name = try #require(try imported.file.read { try $0.references() }.first { $0.name.contains("1.4.0") })
        #expect(name.name == "registry.example:5000/acme/payments:1.4.0")
        #expect(name.digest.description == Self.digest && name.key == "registry tag list")
        #expect(try imported.warningCodes() == [])
    }

    @Test func readsRepositoriesWithTagsThatStateNoDigest() throws {
        let repository = """
            {"id":1,"name":"","path":"acme/payments","project_id":4711,"location":"registry.example/acme/payments",
            "created_at":"2026-01-10T13:38:57.391Z","tags_count":1,"tags":[{"name":"0.1","path":"acme/payments:0.1",
            "location":"registry.example/acme/payments:0.1"}]}
            """
        let (imported, outcome) = try Self.imported(["repositories.json": "[\(repository)]"])
        let records = try imported.file.read { try $0.registryTags() }
        #expect(records.map(\.tag) == [nil, "0.1"] && records.map(\.digest) == [nil, nil])
        #expect(records.map(\.origin.projectID) == ["4711", "4711"])
        #expect(records[1].origin.pointer == "/0/tags/0")
        #expect(outcome.summaries.map(\.registryTags) == [2])
        #expect(try imported.file.read { try $0.references() }.isEmpty)
    }

    // MARK: - Provenance

    private static let subject =
        #""subject":[{"name":"a.tar","digest":{"sha256":"\#(String(repeating: "1", count: 64))"}}]"#

    /// The older runner: `metadata` and `materials` beside the predicate.
    private static let oldRunner = """
        {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://slsa.dev/provenance/v0.2",\(subject),
        "predicate":{"buildType":"https://gitlab.com/gitlab-org/gitlab-runner/-/blob/15.1.0/PROVENANCE.md",
        "builder":{"id":"https://gitlab.com/acme/payments/-/runners/7"},"invocation":{"configSource":{
        "uri":"https://gitlab.com/acme/payments","digest":{"sha256":"\(commit)"},"entryPoint":"build"},
        "environment":{"name":"box-7","executor":"docker","architecture":"amd64","job":{"id":614203}},
        "parameters":{"CI_PIPELINE_ID":""}}},"metadata":{"buildStartedOn":"2026-03-02T08:59:00Z",
        "buildFinishedOn":"2026-03-02T09:01:00Z"},"materials":[]}
        """

    private static let newRunner = """
        {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://slsa.dev/provenance/v1",\(subject),
        "predicate":{"buildDefinition":{"buildType":"https://gitlab.com/gitlab-org/gitlab-runner/-/blob/18.4.0/PROVENANCE.md",
        "externalParameters":{"CI_PIPELINE_ID":"","entryPoint":"build","source":"https://gitlab.com/acme/payments"},
        "internalParameters":{"name":"box-7","executor":"docker","architecture":"amd64","job":"614203"},
        "resolvedDependencies":[{"uri":"https://gitlab.com/acme/payments","digest":{"sha256":"\(commit)"}}]},
        "runDetails":{"builder":{"id":"https://gitlab.com/acme/payments/-/runners/7"},"metadata":{
        "invocationID":"614203","startedOn":"2026-03-02T08:59:00Z","finishedOn":"2026-03-02T09:01:00Z"}}}}
        """

    private static let server = """
        {"_type":"https://in-toto.io/Statement/v1","predicateType":"https://slsa.dev/provenance/v1",\(subject),
        "predicate":{"buildDefinition":{"buildType":"https://docs.gitlab.com/ci/pipeline_security/slsa/provenance_v1",
        "externalParameters":{"source":"https://gitlab.com/acme/payments","entryPoint":"build","variables":{
        "CI_PIPELINE_ID":"90117","CI_COMMIT_REF_NAME":"main","GITLAB_USER_LOGIN":"[MASKED]"}},
        "internalParameters":{"name":"box-7","job":614203},
        "resolvedDependencies":[{"uri":"https://gitlab.com/acme/payments","digest":{"gitCommit":"\(commit)"}}]},
        "runDetails":{"builder":{"id":"https://gitlab.com/groups/acme/-/runners/7"},"metadata":{
        "invocationId":614203,"startedOn":"2026-03-02T08:59:00Z","finishedOn":"2026-03-02T09:01:00Z"}}}}
        """

    private static let npm = """
        {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://slsa.dev/provenance/v0.2",\(subject),
        "predicate":{"buildType":"https://github.com/npm/CLI/gitlab/v0alpha1",
        "builder":{"id":"https://gitlab.com/acme/payments/-/runners/7"},"invocation":{"configSource":{
        "uri":"git+https://gitlab.com/acme/payments","digest":{"sha1":"\(commit)"},"entryPoint":"build"},
        "environment":{"name":"box-7","pipeline":{"id":90117,"ref":".gitlab-ci.yml"},"job":{"id":614203}},
        "parameters":{"CI_JOB_ID":"614203"}},"metadata":{"buildStartedOn":"2026-03-02T08:59:00Z",
        "buildFinishedOn":"2026-03-02T09:01:00Z"}}}
        """

    @Test(arguments: [
        ("old runner", oldRunner, nil), ("new runner", newRunner, nil), ("server", server, "90117"),
        ("npm", npm, "90117"),
    ])
    func readsTheJobOfAProvenanceInEveryDialect(name: String, text: String, pipeline: String?) throws {
        let (imported, _) = try Self.imported([
            "artifacts-metadata.json": text.replacingOccurrences(of: "\n", with: "")
        ])
        let jobs = try imported.file.read { try $0.jobs(number: "614203") }
        #expect(jobs.count == 1)
        let job = try #require(jobs.first)
        #expect(job.origin.server == "gitlab.com" && job.origin.project == "acme/payments")
        #expect(job.runnerID == "7" && job.runnerName == "box-7" && job.commitName == Self.commit)
        #expect(job.name == "build" && job.pipelineNumber == pipeline && job.user == nil)
        #expect(job.times.startedAt?.description == "2026-03-02T08:59:00Z")
        #expect(job.times.finishedAt?.description == "2026-03-02T09:01:00Z")
        #expect(try imported.warningCodes() == [])
    }

    @Test func takesNoOtherProvenanceForAJob() throws {
        let other = Self.newRunner.replacingOccurrences(of: "/-/runners/7", with: "/actions/runner")
        let (imported, _) = try Self.imported(["a.json": other.replacingOccurrences(of: "\n", with: "")])
        #expect(try imported.file.read { try $0.runCounts() }.jobs == 0)
    }

    // MARK: - Bridges, runners, attestations

    @Test func readsThePipelineThatABridgeStarted() throws {
        let bridge = """
            {"id":9,"name":"downstream","stage":"deploy","status":"success","ref":"main",
            "web_url":"https://gitlab.com/acme/payments/-/jobs/9",
            "pipeline":{"id":90117,"project_id":4711,"ref":"main","sha":"\(Self.commit)"},
            "downstream_pipeline":{"id":90200,"sha":"\(Self.commit)","ref":"main","status":"success",
            "web_url":"https://gitlab.com/acme/deploy/-/pipelines/90200"}}
            """
        let (imported, _) = try Self.imported(["bridges.json": "[\(bridge)]"])
        #expect(try imported.file.read { try $0.jobs(number: "9") }.first?.origin.project == "acme/payments")
        let started = try #require(try imported.file.read { try $0.pipelines(number: "90200") }.first)
        #expect(started.origin.project == "acme/deploy" && started.commitName == Self.commit)
        #expect(started.origin.pointer == "/0/downstream_pipeline")
    }

    @Test(arguments: [
        ("gitlab.com", #"{"id":7,"runner_type":"project_type"}"#, "self-hosted"),
        ("gitlab.com", #"{"id":7,"runner_type":"instance_type"}"#, "gitlab-hosted"),
        ("gitlab.com", #"{"id":7,"is_shared":true}"#, "gitlab-hosted"),
        ("git.example", #"{"id":7,"runner_type":"instance_type"}"#, "self-hosted"),
        ("gitlab.com", #"{"id":7}"#, nil),
    ])
    func readsTheClassOfARunnerInTheWordsOfCertificates(host: String, runner: String, word: String?) throws {
        let job = """
            {"id":9,"name":"build","stage":"build","status":"success","web_url":"https://\(host)/acme/payments/-/jobs/9",
            "runner":\(runner),"pipeline":{"id":90117,"project_id":4711,"ref":"main","sha":"\(Self.commit)"}}
            """
        let (imported, _) = try Self.imported(["jobs.json": "[\(job)]"])
        #expect(try #require(try imported.file.read { try $0.jobs(number: "9") }.first).runnerClass == word)
    }

    @Test(arguments: [
        (#""labels":["self-hosted","linux"]"#, "self-hosted"),
        (#""labels":["ubuntu-24.04"],"runner_group_name":"GitHub Actions""#, "github-hosted"),
        (#""labels":["big"],"runner_group_name":"Default""#, "self-hosted"), (#""labels":["big"]"#, nil),
    ])
    func readsTheClassOfAnotherServicesRunner(members: String, word: String?) throws {
        let job = """
            {"id":77,"run_id":42,"head_sha":"\(Self.commit)","name":"build",\(members),
            "html_url":"https://github.com/o/r/actions/runs/42/job/77"}
            """
        let (imported, _) = try Self.imported(["jobs.json": "{\"total_count\":1,\"jobs\":[\(job)]}"])
        #expect(try #require(try imported.file.read { try $0.jobs(number: "77") }.first).runnerClass == word)
    }

    @Test(arguments: [
        #"{"attestations":[{"repository_id":1,"bundle_url":"","bundle":BUNDLE}]}"#,
        #"[{"attestation":{"bundle":BUNDLE,"bundle_url":""},"verificationResult":{}}]"#, #"{"bundle":BUNDLE}"#,
    ])
    func readsTheBundlesThatAnInterfaceForAttestationsWraps(text: String) throws {
        var sigstore = try VirtualSigstore()
        let bundle = String(decoding: try sigstore.attested().bundle.bytes, as: UTF8.self)
        let (imported, outcome) = try Self.imported(["attestations.json": text.replacing("BUNDLE", with: bundle)])
        #expect(outcome.unrecognised == [])
        #expect(try imported.signatures().map(\.predicateType) == ["https://slsa.dev/provenance/v1"])
        #expect(try imported.warningCodes() == [])
    }

    // MARK: - Hostile

    @Test func doesNotReadALineOfAHundredMegabytes() throws {
        let good = """
            {"id":90117,"project_id":4711,"status":"success","source":"push","ref":"main","sha":"\(Self.commit)"}
            """
        let long = "{\"sha\":\"" + String(repeating: "a", count: 100 << 20) + "\"}"
        let (imported, outcome) = try Self.imported(["a.ndjson": "\(good)\n\(long)\n", "b.json": good])
        #expect(try imported.file.read { try $0.pipelines(number: "90117") }.count >= 1)
        // Either the file is beyond the limit and named as such, or its line is.
        let codes = try imported.warningCodes()
        #expect(codes == ["ci.line-too-long"] || outcome.unrecognised == ["a.ndjson"], "\(codes)")
    }
}
