import CaseFixtures
import CaseIndex
import Correlation
import Testing

@testable import Report

@Suite struct TextTests {
    private static let plain = TextStyle(width: 80, isColoured: false)

    @Test func fitsEveryLineIntoTheWidth() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        let traces = try Tracer(caseFile: fixture.caseFile).read(images: [image])
        for width in [60, 80, 120] {
            let style = TextStyle(width: width, isColoured: false)
            for text in [TraceText.page(traces, style), VerifyText.page(traces, style)] {
                for line in text.split(separator: "\n") {
                    #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
                }
            }
        }
    }

    @Test func writesNoBlanksAtTheEndOfALine() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        let text = TraceText.page(try Tracer(caseFile: fixture.caseFile).read(images: [image]), Self.plain)
        #expect(!text.split(separator: "\n").contains { $0.hasSuffix(" ") })
        #expect(text.hasSuffix("\n"))
    }

    @Test(arguments: HostileEvidence.texts)
    func printsNothingThatATerminalObeys(_ text: String) throws {
        let dossier = try HostileEvidence.dossier(text)
        let traces = dossier.images.map(\.trace)
        let pages = [
            TraceText.page(traces, Self.plain), VerifyText.page(traces, Self.plain),
            CaseText.info(dossier, contentDigest: CaseFixture.digest("content"), Self.plain),
            CaseText.images(traces.map(\.entry), Self.plain),
        ]
        for page in pages + dossier.images.map({ ShowText.page($0, Self.plain) }) {
            let hidden = page.unicodeScalars.filter { scalar in
                scalar != "\n"
                    && [.control, .format, .lineSeparator, .paragraphSeparator]
                        .contains(scalar.properties.generalCategory)
            }
            #expect(hidden.isEmpty)
        }
    }

    @Test func coloursOnlyWhenAsked() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        let traces = try Tracer(caseFile: fixture.caseFile).read(images: [image])
        let coloured = VerifyText.page(traces, TextStyle(width: 80, isColoured: true))
        let plain = VerifyText.page(traces, Self.plain)
        #expect(coloured.contains("\u{1B}[32m"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }

    @Test(arguments: [(Bool?.none, "no expectation given"), (true, "yes"), (false, "no")])
    func saysWhetherASignatureIsTrusted(_ trusted: Bool?, _ words: String) throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage(trusted: trusted).image
        let text = VerifyText.page(try Tracer(caseFile: fixture.caseFile).read(images: [image]), Self.plain)
        let lines = text.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true) }
        let line = try #require(lines.first { $0.first == "trusted" })
        #expect(line.dropFirst().joined(separator: " ") == words)
        #expect(lines.contains { $0 == ["authentic", "yes"] })
    }

    @Test func namesTheReasonOfAFailedCheck() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage(authentic: false).image
        let style = TextStyle(width: 200, isColoured: false)
        let text = VerifyText.page(try Tracer(caseFile: fixture.caseFile).read(images: [image]), style)
        #expect(text.contains("✗ failed"))
        #expect(text.contains("signature.invalid: the signature does not hold over the payload"))
    }

    @Test(arguments: [
        ("one two three", 7, ["one two", "three"]), ("abcdef", 4, ["abcd", "ef"]), ("aa/bb/cc", 6, ["aa/bb/", "cc"]),
        ("日本語", 4, ["日本", "語"]), ("", 5, [""]), ("fits", 4, ["fits"]),
    ])
    func foldsAtGoodPlaces(_ text: String, _ width: Int, _ lines: [String]) {
        #expect(TextFolding.fold(text, width: width) == lines)
    }

    @Test func losesNothingByFolding() {
        let address = "https://git.example/group/app//.gitlab-ci.yml@refs/heads/main"
        for width in 5...70 {
            #expect(TextFolding.fold(address, width: width).joined() == address)
        }
    }
}
