import CaseFixtures
import CaseIndex
import Cryptography
import StrictJSON
import Testing

@testable import raireki

@Suite struct ExitStatusTests {
    @Test func traceEndsWithZeroWhereEverythingAgrees() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        let run = try CommandRun(["trace", "app:1.0"], case: fixture.path)
        #expect(run.status == .success)
        #expect(run.output.contains("commit"))
        #expect(run.talk == "")
    }

    @Test func traceEndsWithOneOnAContradiction() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage(replacing: ["com.gitlab.ci.commit.sha": CaseFixture.otherCommit])
        let run = try CommandRun(["trace", "app:1.0"], case: fixture.path)
        #expect(run.status == .finding)
        #expect(run.output.contains("commit-contradiction"))
    }

    @Test func traceHintsAtVerifyWhereNoVerdictIs() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage(authentic: nil)
        let run = try CommandRun(["trace", "app:1.0"], case: fixture.path)
        #expect(run.status == .finding)
        #expect(run.talk == "hint: raireki verify judges the signatures first\n")
    }

    @Test func traceStoresItsFindingsAndItsRun() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("plain")
        _ = try CommandRun(["trace", "plain"], case: fixture.path)
        let (findings, activities) = try fixture.caseFile.read { reader in
            (try reader.findings(about: image), try reader.activities())
        }
        #expect(findings.map(\.rule) == ["unsigned-image"])
        #expect(activities.last?.verb == "trace")
        #expect(activities.last?.arguments == "[\"trace\",\"plain\"]")
        #expect(activities.last?.startedAt == CaseFixture.time.adding(seconds: 3_600))
        #expect(activities.last?.result == "{\"findings\":1,\"images\":1}")
        #expect(ActivityRecord.firstBroken(in: activities) == nil)
    }

    @Test(arguments: ["images", "show", "case", "report"])
    func lookingLeavesNoTraceInTheCustodyLog(_ verb: String) throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        let arguments = [
            "images": ["images"], "show": ["show", "app:1.0"], "case": ["case", "info"], "report": ["report"],
        ]
        let run = try CommandRun(try #require(arguments[verb]), case: fixture.path)
        #expect(run.status == .success)
        #expect(try fixture.caseFile.read { try $0.activities().count } == 1)
    }

    @Test(arguments: [["images"], ["show", "x"], ["case", "info"], ["trace", "x"], ["verify"], ["report"]])
    func endsWithTwoWhereThereIsNoCase(_ arguments: [String]) throws {
        let run = try CommandRun(arguments, case: "/nonexistent/none.raireki")
        #expect(run.status == .failure)
        #expect(run.output == "")
        #expect(run.talk.hasPrefix("error: no case at: /nonexistent/none.raireki\nhint: "))
    }

    @Test func verifyEndsWithTwoOnAnEmptyCase() throws {
        let fixture = try CaseFixture()
        let run = try CommandRun(["verify"], case: fixture.path)
        #expect(run.status == .failure)
        #expect(run.talk.hasPrefix("error: the case holds no images\n"))
    }

    @Test func importEndsWithTwoForWhatIsNotThere() throws {
        let fixture = try CaseFixture()
        let run = try CommandRun(["import", "/nonexistent/layout"], case: fixture.path)
        #expect(run.status == .failure)
        #expect(
            run.talk == """
                error: cannot open (no such file or directory): /nonexistent/layout
                hint: is the path right? paths that do not begin with / begin in the current folder

                """
        )
    }

    @Test func reportEndsWithOneOnAFindingAndStillWrites() throws {
        let fixture = try CaseFixture()
        try fixture.addImage("plain")
        let run = try CommandRun(["report", "--format", "json"], case: fixture.path)
        #expect(run.status == .finding)
        #expect(try JSONValue(parsing: Array(run.output.utf8))["schema"] == "urn:raireki:report:1")
    }

    @Test func reportRefusesAFileThatItCannotWrite() throws {
        let fixture = try CaseFixture()
        try fixture.addImage("plain")
        let run = try CommandRun(["report", "-o", "/nonexistent/folder/report.html"], case: fixture.path)
        #expect(run.status == .failure)
        #expect(run.talk.hasPrefix("error: cannot write ("))
    }

    @Test func caseInfoEndsWithOneOnABrokenCustodyLog() throws {
        let fixture = try CaseFixture()
        #expect(try CommandRun(["case", "info"], case: fixture.path).status == .success)
        try fixture.breakCustody()
        let run = try CommandRun(["case", "info"], case: fixture.path)
        #expect(run.status == .finding)
        #expect(run.output.contains("custody log broken at run 1"))
    }
}
