import CaseFixtures
import CaseIndex
import Dispatch
import Report
import StrictJSON
import Testing

@testable import Browse

/// The check of every log entry, which of a large case is made beside the pages.
@Suite("The check of the log on a page") struct LogCheckTests {
    private let queue = DispatchQueue(label: "test")
    private static let header = PageAnswer.Header(name: "retry-after", value: "2")

    private func browser(_ fixture: CaseFixture) throws -> CaseBrowser {
        let file = try CaseFile.openForBrowsing(fixture.path)
        return try CaseBrowser(file, path: "case", tool: "test", longList: 1, background: queue)
    }

    @Test func isSaidToBeGatheredUntilItIs() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        queue.suspend()
        let browser = try browser(fixture)
        let page = browser.answer("/log?check=all")
        #expect(page.status == 503 && page.mediaType == PageAnswer.html && page.headers.contains(Self.header))
        #expect(page.headers.contains(PageAnswer.Header(name: "refresh", value: "2")))
        #expect(page.body.contains("load this page again"))
        let twin = browser.answer("/log.json?check=all")
        #expect(twin.status == 503 && twin.mediaType == PageAnswer.json && twin.headers == [Self.header])
        #expect(try JSONValue(parsing: Array(twin.body.utf8))["error"]?.string == "being-gathered")
        #expect(browser.answer("/log").status == 200)
        queue.resume()
        queue.sync {}
        try check(browser, fixture)
    }

    @Test func isMadeAnewWhenTheCaseChanged() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        let browser = try browser(fixture)
        queue.sync {}
        let before = browser.answer("/log.json?check=all").body
        queue.suspend()
        try fixture.addTutorialImage("another:1")
        #expect(browser.answer("/log.json?check=all").status == 503)
        queue.resume()
        queue.sync {}
        try check(browser, fixture)
        #expect(browser.answer("/log.json?check=all").body != before)
    }

    @Test func isMadeAtOnceOfASmallCase() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        queue.suspend()
        defer { queue.resume() }
        let file = try CaseFile.openForBrowsing(fixture.path)
        let browser = try CaseBrowser(file, path: "case", tool: "test", background: queue)
        try check(browser, fixture)
    }

    /// The page and its twin say what the case says.
    private func check(_ browser: CaseBrowser, _ fixture: CaseFixture) throws {
        let page = browser.answer("/log?check=all")
        let unlogged = try fixture.caseFile.read { try $0.unloggedSignatures() }
        #expect(page.status == 200 && page.body.contains("without an entry"))
        let twin = browser.answer("/log.json?check=all")
        #expect(twin.status == 200)
        let document = try JSONValue(parsing: Array(twin.body.utf8))
        #expect(document["signaturesWithoutEntry"]?.array?.count == unlogged.count)
    }

    @Test func saysHowMuchIsNotShown() {
        let rows = LogCheckSummary.Rows(Array(0..<201))
        #expect(rows.count == 201 && rows.first.count == 200)
        #expect(LogCheckAnswer.rest(rows, "/log.json").markup.contains("The first 200 of 201 rows are shown"))
        #expect(LogCheckAnswer.rest(LogCheckSummary.Rows([1]), "/log.json").markup.isEmpty)
    }
}
