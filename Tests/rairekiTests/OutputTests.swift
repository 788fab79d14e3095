import CaseFixtures
import StrictJSON
import Testing

@testable import raireki

@Suite struct OutputTests {
    @Test(arguments: [
        (["images", "--format", "json"], "images"), (["show", "app:1.0", "--format", "json"], "image"),
        (["case", "info", "--format", "json"], "case"), (["trace", "app:1.0", "--format", "json"], "trace"),
        (["report", "--format", "json"], "report"),
    ])
    func printsJSONWithItsSchemaAndNothingElse(_ arguments: [String], _ schema: String) throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        let run = try CommandRun(arguments, case: fixture.path)
        let document = try JSONValue(parsing: Array(run.output.utf8))
        #expect(document["schema"]?.string == "urn:raireki:\(schema):1")
        #expect(run.output.hasSuffix("}\n"))
    }

    @Test(arguments: [([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["TERM": "dumb"], false)])
    func coloursOnATerminalUnlessAskedNotTo(_ environment: [String: String], _ isColoured: Bool) throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        let run = try CommandRun(["trace", "app:1.0"], case: fixture.path, environment: environment, terminal: 100)
        #expect(run.output.contains("\u{1B}[") == isColoured)
        #expect(try !CommandRun(["trace", "app:1.0"], case: fixture.path).output.contains("\u{1B}["))
    }

    @Test func takesTheWidthOfATerminalOrOfItsVariable() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        let narrow = try CommandRun(
            ["trace", "app:1.0"],
            case: fixture.path,
            environment: ["NO_COLOR": "1"],
            terminal: 72
        )
        #expect(narrow.output.split(separator: "\n").allSatisfy { $0.count <= 72 })
        let stated = try CommandRun(["trace", "app:1.0"], case: fixture.path, environment: ["COLUMNS": "72"])
        #expect(stated.output == narrow.output)
        let piped = try CommandRun(["trace", "app:1.0"], case: fixture.path)
        #expect(piped.output.contains("https://git.example/group/app//.gitlab-ci.yml@refs/heads/main"))
    }

    @Test func takesTheOptionBeforeTheVariable() throws {
        let fixture = try CaseFixture()
        try fixture.addImage("plain")
        let run = try CommandRun(
            ["images", "--case", fixture.path],
            environment: ["RAIREKI_CASE": "/nonexistent/none.raireki"]
        )
        #expect(run.status == .success)
        #expect(run.output.contains("plain"))
    }

    @Test func writesTheReportToAFileAndSaysSo() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        let path = fixture.path + ".html"
        let run = try CommandRun(["report", "-o", path], case: fixture.path)
        #expect(run.output == "")
        #expect(run.talk == "report written to \(path)\n")
        let page = String(decoding: try OutputFile.read(path), as: UTF8.self)
        #expect(page == (try CommandRun(["report"], case: fixture.path)).output)
        try fixture.removeBeside(".html")
    }
}
