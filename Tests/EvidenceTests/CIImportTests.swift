import CaseIndex
import Cryptography
import Evidence
import Foundation
import TestSupport
import Testing

/// Records of CI services among evidence.
@Suite struct CIImportTests {
    private static let commit = "5f2b1c9a7d3e48f6b0a1c2d3e4f5061728394a5b"

    private static let pipeline = """
        {"id":90117,"iid":12,"project_id":4711,"status":"success","source":"push","ref":"main","sha":"\(commit)",
        "web_url":"https://gitlab.example.com/acme/payments/-/pipelines/90117","created_at":"2026-03-02T08:50:00.000Z",
        "started_at":"2026-03-02T08:50:10Z","finished_at":"2026-03-02T11:05:00+02:00","tag":false,
        "user":{"username":"mika"}}
        """.replacingOccurrences(of: "\n", with: "")

    private static let job = """
        {"id":614203,"name":"sign","stage":"deploy","status":"success","ref":"main","tag":false,
        "web_url":"https://gitlab.example.com/acme/payments/-/jobs/614203","started_at":"2026-03-02T08:59:00Z",
        "finished_at":"2026-03-02T09:01:00Z","runner":{"id":7,"description":"shared-7"},"user":{"username":"mika"},
        "commit":{"id":"\(commit)"},"pipeline":{"id":90117,"project_id":4711,"ref":"main","sha":"\(commit)"}}
        """.replacingOccurrences(of: "\n", with: "")

    private static func imported(_ files: [String: String], origin: EvidenceOrigin = EvidenceOrigin()) throws
        -> ImportedCase
    {
        let imported = try ImportedCase()
        for (name, text) in files { try imported.directory.write(text, to: "records/\(name)") }
        let importer = Importer(caseFile: imported.file, origin: origin)
        let outcome = try importer.run(path: imported.directory.path("records"), at: ImportedCase.time)
        #expect(outcome.unrecognised == [])
        return imported
    }

    @Test(arguments: [
        "\(pipeline)", "[\(pipeline)]", "\(pipeline)\n\(pipeline.replacingOccurrences(of: "90117", with: "90118"))\n",
    ])
    func readsPipelinesAloneInPagesAndInLines(text: String) throws {
        let imported = try Self.imported(["pipelines.json": text])
        let found = try imported.file.read { try $0.pipelines(number: "90117") }
        #expect(found.count == 1)
        let record = try #require(found.first)
        #expect(record.origin.server == "gitlab.example.com" && record.origin.project == "acme/payments")
        #expect(record.origin.projectID == "4711" && record.commitName == Self.commit && record.trigger == "push")
        #expect(record.times.finishedAt?.description == "2026-03-02T09:05:00Z")
        #expect(try imported.warningCodes() == [])
    }

    @Test func readsJobsAndBridges() throws {
        let bridge = Self.job.replacingOccurrences(of: "614203", with: "614204")
            .replacingOccurrences(of: "\"commit\":", with: "\"downstream_pipeline\":{\"id\":1},\"commit\":")
        let imported = try Self.imported(["jobs.json": "[\(Self.job),\(bridge)]"])
        let job = try #require(try imported.file.read { try $0.jobs(number: "614203") }.first)
        #expect(job.runnerID == "7" && job.runnerName == "shared-7" && job.pipelineNumber == "90117")
        #expect(job.origin.pointer == "/0" && job.commitName == Self.commit)
        #expect(try imported.file.read { try $0.jobs(ofPipeline: "90117") }.count == 2)
    }

    private static let exported = """
        {"ref":"main","sha":"\(commit)","tag":false,"source":"push","status":"success","project_id":4711,"iid":12,
        "protected":true,"stages":[{"name":"deploy","status":"success","builds":[{"project_id":4711,"status":"success",
        "name":"sign","commit_id":90117,"ref":"main","started_at":"2026-03-02T08:59:00Z"}],"bridges":[],
        "generic_commit_statuses":[]}]}
        """.replacingOccurrences(of: "\n", with: "")

    @Test(arguments: [false, true])
    func readsAProjectExport(isArchive: Bool) throws {
        let maker = try GitRepositoryMaker()
        let first = try maker.commit("first")
        let imported = try ImportedCase()
        let folder = imported.directory.path("export")
        try imported.directory.write("0.2.4", to: "export/VERSION")
        try imported.directory.write("{\"visibility_level\":0}", to: "export/tree/project.json")
        try imported.directory.write("null\n", to: "export/tree/project/ci_cd_settings.ndjson")
        try imported.directory.write("\(Self.exported)\nnull\n", to: "export/tree/project/ci_pipelines.ndjson")
        try maker.git(["bundle", "create", "-q", "\(folder)/project.bundle", "--all"])
        var path = folder
        if isArchive {
            path = imported.directory.path("export.tar.gz")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["tar", "-C", folder, "-czf", path, "."]
            try process.run()
            process.waitUntilExit()
        }
        let origin = EvidenceOrigin(server: "gitlab.example.com", projectPath: "acme/payments")
        let outcome = try Importer(caseFile: imported.file, origin: origin).run(path: path, at: ImportedCase.time)

        #expect(outcome.summaries.map(\.source.kind).sorted() == ["git-bundle", "gitlab-export"])
        #expect(outcome.unrecognised == [])
        let record = try #require(try imported.file.read { try $0.pipelines(number: "90117") }.first)
        #expect(record.origin.server == "gitlab.example.com" && record.origin.project == "acme/payments")
        #expect(record.isProtected == true && record.origin.pointer == "line 1")
        let job = try #require(try imported.file.read { try $0.jobs(ofPipeline: "90117") }.first)
        #expect(job.number == nil && job.name == "sign" && job.origin.pointer == "line 1/stages/0/builds/0")
        #expect(try imported.file.read { try $0.protectedBranches() } == ["main"])
        #expect(try imported.file.read { try $0.commit(first) } != nil)
        #expect(try imported.warningCodes() == [])
    }

    @Test(arguments: ["pipelines", "ci_pipelines"])
    func readsAnExportOfOneDocument(key: String) throws {
        let old = Self.exported.replacingOccurrences(of: "{\"ref\"", with: "{\"id\":90117,\"ref\"")
            .replacingOccurrences(of: "\"builds\"", with: "\"statuses\"")
        let imported = try Self.imported(["project.json": "{\"description\":\"\",\"\(key)\":[\(old)]}"])
        #expect(try imported.file.read { try $0.pipelines(number: "90117") }.first?.origin.pointer == "/\(key)/0")
        #expect(try imported.file.read { try $0.jobs(ofPipeline: "90117") }.count == 1)
    }

    @Test func readsRunsAndJobsOfGitHub() throws {
        let run = """
            {"id":42,"run_number":3,"run_attempt":2,"head_sha":"\(Self.commit)","head_branch":"main","event":"push",
            "status":"completed","conclusion":"success","html_url":"https://github.com/o/r/actions/runs/42",
            "path":".github/workflows/a.yml","actor":{"login":"ada"},"created_at":"2026-03-02T08:50:00Z",
            "run_started_at":"2026-03-02T08:50:01Z","updated_at":"2026-03-02T09:00:00Z","repository":{"id":9}}
            """
        let job = """
            {"id":77,"run_id":42,"head_sha":"\(Self.commit)","name":"build","labels":["self-hosted"],"runner_id":5,
            "runner_name":"box","html_url":"https://github.com/o/r/actions/runs/42/job/77","steps":[],
            "started_at":"2026-03-02T08:51:00Z","completed_at":"2026-03-02T08:59:00Z","conclusion":"success"}
            """
        let imported = try Self.imported([
            "runs.json": "{\"total_count\":1,\"workflow_runs\":[\(run)]}",
            "jobs.json": "{\"total_count\":1,\"jobs\":[\(job)]}",
            "hook.json": "{\"action\":\"completed\",\"workflow_job\":\(job)}",
        ])
        let record = try #require(try imported.file.read { try $0.pipelines(number: "42") }.first)
        #expect(record.origin.service == "github" && record.origin.project == "o/r" && record.attempt == "2")
        #expect(
            record.times.finishedAt?.description == "2026-03-02T09:00:00Z"
                && record.workflow == ".github/workflows/a.yml"
        )
        let jobs = try imported.file.read { try $0.jobs(ofPipeline: "42") }
        #expect(jobs.map(\.runnerName) == ["box", "box"])
    }

    // MARK: - Hostile records

    @Test func skipsALineThatIsTooLong() throws {
        let long = "{\"sha\":\"" + String(repeating: "a", count: 17 << 20) + "\"}"
        let imported = try Self.imported(["pipelines.ndjson": "\(Self.pipeline)\n\(long)\nnonsense\n"])
        #expect(try imported.file.read { try $0.pipelines(number: "90117") }.count == 1)
        #expect(try imported.warningCodes() == ["ci.line-too-long", "ci.not-json"])
    }

    @Test func refusesNestingWithoutEnd() throws {
        let bomb = String(repeating: "{\"a\":[", count: 50_000)
        let imported = try Self.imported(["pipelines.ndjson": "\(Self.pipeline)\n\(bomb)\n"])
        #expect(try imported.warningCodes() == ["ci.not-json"])
    }

    @Test func countsWhatIsNoRun() throws {
        let imported = try Self.imported(["pipelines.json": "[\(Self.pipeline),{\"x\":1},3]"])
        #expect(try imported.warningCodes() == ["ci.record-unknown"])
    }

    @Test func leavesOtherDocumentsAlone() throws {
        let imported = try ImportedCase()
        try imported.directory.write("{\"id\":1,\"name\":\"x\"}", to: "records/a.json")
        try imported.directory.write(Self.pipeline, to: "records/b.json")
        let outcome = try imported.all(imported.directory.path("records"))
        #expect(outcome.unrecognised == ["a.json"])
        #expect(outcome.summaries.map(\.pipelines) == [1])
    }
}
