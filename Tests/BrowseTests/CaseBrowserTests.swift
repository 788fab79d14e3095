import CaseFixtures
import CaseIndex
import Cryptography
import StrictJSON
import Testing

@testable import Browse

/// The pages over a case, without a server.
@Suite("Pages over a case") struct CaseBrowserTests {
    /// What somebody may write into evidence to reach whoever looks at it.
    static let hostile = [
        "</code><script>alert(1)</script>", "javascript:alert(1)", "\"onmouseover=\"alert(1)",
        "<img src=https://evil.example/x>",
        "\u{202E}desrever", "\u{2066}isolate\u{2069}", "\u{1B}[2J\u{1B}]0;title\u{07}", "line\nbreak", "nul\u{0}byte",
    ]

    private static func browser(_ fixture: CaseFixture) throws -> CaseBrowser {
        try CaseBrowser(CaseFile.openForBrowsing(fixture.path), path: "case.raireki", tool: "raireki test")
    }

    /// Every page that has no record in its address.
    static let pages =
        ["/"] + Menu.allCases.map { "/\($0.rawValue)" } + [
            "/evidence", "/warnings", "/tags/moved", "/log?check=all", "/custody/check", "/find/images", "/find/files",
            "/diff",
            "/check/commits", "/search?q=app", "/find/files?path=**%2Fpasswd",
            "/find/images?kind=user&value=Ada+Example",
            "/blast?kind=pipeline&value=1234", "/graph?kind=commit&value=\(CaseFixture.commit)",
        ]

    @Test(arguments: pages)
    func answersEachPageAndItsTwin(_ target: String) throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage()
        let browser = try Self.browser(fixture)
        let page = browser.answer(target)
        #expect(page.status == 200 && page.mediaType == PageAnswer.html, "\(page.body.prefix(900))")
        guard target != "/diff" else { return }
        let twin = target == "/" ? "/index.json" : target.replacing("?", with: ".json?", maxReplacements: 1)
        let document = browser.answer(target.contains("?") || target == "/" ? twin : target + ".json")
        #expect(document.status == 200 && document.mediaType == PageAnswer.json)
        let json = try JSONValue(parsing: Array(document.body.utf8))
        #expect(json["schema"]?.string?.hasPrefix("urn:raireki:") == true)
    }

    @Test(arguments: hostile)
    func showsWhatEvidenceSaysAsTextAlone(_ text: String) throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage(text, replacing: ["com.gitlab.ci.user.name": text]).image
        let browser = try Self.browser(fixture)
        let targets = [
            "/images", "/tags", "/image/\(image)", "/image/\(image)/timeline", Address.make(["search"], [("q", text)]),
            Address.make(["images"], [("q", text)]), "/gaps", "/graph", "/image/\(image)/lineage", "/findings",
        ]
        for target in targets where !(text.contains("\u{0}") && target.contains("%00")) {
            let page = browser.answer(target)
            #expect(page.status == 200, "\(target)")
            for markup in ["<script", "<img", "onmouseover=\"", "href=\"javascript", "href=\"http"] {
                #expect(!page.body.contains(markup), "\(target)")
            }
            let hidden: Set<Unicode.Scalar> = ["\u{202E}", "\u{2066}", "\u{2069}", "\u{1B}", "\u{07}", "\u{0}"]
            #expect(!page.body.unicodeScalars.contains(where: hidden.contains), "\(target)")
        }
        #expect(browser.answer("/image/\(image)").body.contains("com.gitlab.ci.user.name"))
    }

    @Test func sortsFiltersAndPages() throws {
        let fixture = try CaseFixture()
        for name in ["b:1", "a:1", "c:1"] { try fixture.addTutorialImage(name) }
        let browser = try Self.browser(fixture)
        func names(_ target: String) throws -> [String] {
            let answer = browser.answer(target)
            #expect(answer.status == 200)
            let rows = try JSONValue(parsing: Array(answer.body.utf8))["rows"]?.array ?? []
            return rows.compactMap { $0["name"]?.string }
        }
        #expect(try names("/images.json") == ["a:1", "b:1", "c:1"])
        #expect(try names("/images.json?sort=name&order=desc") == ["c:1", "b:1", "a:1"])
        #expect(try names("/images.json?size=2&page=2") == ["c:1"])
        #expect(try names("/images.json?name=b:1") == ["b:1"])
        #expect(try names("/images.json?q=c:") == ["c:1"])
        #expect(try names("/images.json?page=9").isEmpty)
    }

    @Test(arguments: [
        ("/images?colour=red", "colour"), ("/images?sort=colour", "sort"), ("/images?order=up", "order"),
        ("/images?page=0", "page"), ("/images?size=100000", "size"), ("/blast?kind=colour&value=x", "kind"),
        ("/find/files?sha256=12", "sha256"), ("/find/images?kind=commit&value=12", "value"),
        ("/find/images?from=yesterday", "from"), ("/custody/check?x=1", "x"),
    ])
    func refusesParametersThatItCannotUse(_ target: String, _ name: String) throws {
        let fixture = try CaseFixture()
        let answer = try Self.browser(fixture).answer(target)
        #expect(answer.status == 400)
        #expect(answer.body.contains("The parameter \(name) cannot be used"))
    }

    @Test func saysWhatIsNotThere() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage("x/app:1.0")
        try fixture.addTutorialImage("y/app:1.0")
        let browser = try Self.browser(fixture)
        #expect(browser.answer("/nothing").status == 404)
        #expect(browser.answer("/image/nothing").body.contains("The case holds no image like this: nothing"))
        #expect(browser.answer("/image/app:1.0").status == 300)
        #expect(browser.answer("/style.css.json").status == 404)
        let error = try JSONValue(parsing: Array(browser.answer("/nothing.json").body.utf8))
        #expect(error["error"]?.string == "no-such-page")
    }

    @Test func showsWhatAnotherCommandChangedMeanwhile() throws {
        let fixture = try CaseFixture()
        let browser = try Self.browser(fixture)
        #expect(!browser.answer("/images").body.contains("later:1"))
        try fixture.addTutorialImage("later:1")
        #expect(browser.answer("/images").body.contains("later:1"))
    }

    @Test func listsTheImagesThatTheCommandLists() throws {
        let fixture = try CaseFixture()
        try fixture.addTutorialImage("b:1")
        _ = try fixture.addImage("plain:1")
        let file = try CaseFile.openForBrowsing(fixture.path)
        let listed = try file.read { try $0.rows(of: .images, ListQuery()).rows.compactMap { $0[0] } }
        #expect(try Set(listed) == Set(fixture.caseFile.read { try $0.imageDigests() }.map { "\($0)" }))
    }
}
