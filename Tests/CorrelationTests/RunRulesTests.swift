import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Correlation

/// Rules that compare what was signed with what a CI service recorded; each beside the record that must not trigger it.
@Suite struct RunRulesTests {
    private static func traced(
        _ change: (inout JobRecord, inout PipelineRecord) -> Void = { _, _ in }
    ) throws -> Trace {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage(trusted: true).image
        let origin = RunOrigin(
            sourceID: fixture.sourceID,
            service: "gitlab",
            server: "git.example",
            project: "group/app",
            projectID: "1",
            readFrom: CaseFixture.digest("records"),
            pointer: "/0"
        )
        var pipeline = PipelineRecord(origin: origin)
        pipeline.number = "1234"
        pipeline.commitName = CaseFixture.commit
        pipeline.ref = "main"
        pipeline.trigger = "push"
        pipeline.times.createdAt = CaseFixture.time.adding(seconds: -100)
        var job = JobRecord(origin: origin, name: "sign")
        job.number = "5678"
        job.pipelineNumber = "1234"
        job.runnerID = "7"
        job.times.startedAt = CaseFixture.time.adding(seconds: -60)
        job.times.finishedAt = CaseFixture.time.adding(seconds: 60)
        change(&job, &pipeline)
        try fixture.caseFile.write { writer in
            try writer.insert(pipeline)
            try writer.insert(job)
        }
        return try fixture.caseFile.read { try Trace(of: image, in: $0) }
    }

    @Test func findsNothingWhereTheRecordsAgree() throws {
        let trace = try Self.traced()
        #expect(trace.findings.isEmpty)
        let run = try #require(trace.runs.first)
        #expect(run.basis == .record && run.job?.runnerID == "7" && run.pipeline?.number == "1234")
    }

    @Test(arguments: [("commit", 0), ("ref", 1), ("trigger", 2)])
    func findsARecordOfAnotherRun(fact: String, change: Int) throws {
        let trace = try Self.traced { _, pipeline in
            switch change {
            case 0: pipeline.commitName = CaseFixture.otherCommit
            case 1: pipeline.ref = "evil"
            default: pipeline.trigger = "merge_request_event"
            }
        }
        #expect(Set(trace.findings.map(\.rule)) == ["ci-record-contradiction"])
        #expect(trace.findings.first?.message.contains("the \(fact) ") == true)
        #expect(trace.findings.first?.records.contains("\"job:1\",\"pipeline:1\",\"claim:") == true)
    }

    @Test func comparesWithNoRecordOfAnotherServer() throws {
        let trace = try Self.traced { job, pipeline in
            job.origin.server = "other.example"
            pipeline.origin.server = "other.example"
            pipeline.commitName = CaseFixture.otherCommit
        }
        #expect(trace.runs.filter { $0.job != nil }.isEmpty)
        #expect(trace.findings.isEmpty)
    }

    @Test func findsAJobThatBeganBeforeItsRun() throws {
        let trace = try Self.traced { _, pipeline in pipeline.times.createdAt = CaseFixture.time.adding(seconds: 900) }
        #expect(trace.findings.map(\.rule) == ["job-outside-pipeline"])
    }

    @Test(arguments: [(-8_000, -7_000, true), (-8_000, -200, false), (7_000, 8_000, true), (200, 8_000, false)])
    func findsASignatureThatItsJobCannotHaveMade(start: Int64, end: Int64, isFound: Bool) throws {
        let trace = try Self.traced { job, pipeline in
            pipeline.times.createdAt = nil
            job.times.startedAt = CaseFixture.time.adding(seconds: start)
            job.times.finishedAt = CaseFixture.time.adding(seconds: end)
        }
        #expect(trace.findings.map(\.rule) == (isFound ? ["signature-after-job"] : []))
    }
}
