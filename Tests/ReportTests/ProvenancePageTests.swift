import CaseFixtures
import CaseIndex
import Correlation
import Cryptography
import Testing

@testable import Report

@Suite struct ProvenancePageTests {
    private static func page(_ fixture: CaseFixture, _ images: [Digest]) throws -> String {
        ProvenancePage.html(try CaseDossier(of: images, in: fixture.caseFile), tool: "raireki 0.0.0")
    }

    private static func tutorialPage() throws -> String {
        let fixture = try CaseFixture()
        return try page(fixture, [try fixture.addTutorialImage().image])
    }

    /// The names of elements and attributes, in order, without any text.
    private static func skeleton(_ html: String) -> [Substring] {
        html.matches(of: /<[^>]*>/).map(\.output).map { tag in
            tag.replacing(/"[^"]*"/, with: "\"\"")[...]
        }
    }

    @Test(arguments: HostileEvidence.texts)
    func addsNoElementAndNoAttributeForHostileEvidence(_ text: String) throws {
        let harmless = ProvenancePage.html(try HostileEvidence.dossier("harmless"), tool: "t")
        let hostile = ProvenancePage.html(try HostileEvidence.dossier(text), tool: "t")
        // Drawings may fold a text into more lines; everything else must be the same, tag by tag.
        let kinds = Set(Self.skeleton(hostile).map { String($0) })
        #expect(kinds.subtracting(Self.skeleton(harmless).map { String($0) }) == [])
        let folded: (String) -> [Substring] = { html in
            Self.skeleton(html).filter { !$0.hasPrefix("<text") && !$0.hasPrefix("</text") }
        }
        #expect(folded(hostile).count == folded(harmless).count)
    }

    @Test(arguments: HostileEvidence.texts)
    func showsNoCharacterThatHidesOrMoves(_ text: String) throws {
        let html = ProvenancePage.html(try HostileEvidence.dossier(text), tool: "t")
        let hidden = html.unicodeScalars.filter { scalar in
            scalar != "\n"
                && [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
        }
        #expect(hidden.isEmpty)
    }

    @Test func loadsNothingAndRunsNothing() throws {
        let html = try Self.tutorialPage()
        #expect(
            html.contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:\"")
        )
        for forbidden in ["<script", "<link", "<img", "<iframe", "src=", "url(", "@import", "javascript:", " on"] {
            let tags = html.matches(of: /<[^>]*>/).map { String($0.output) }.joined()
            let styles = html.matches(of: /<style>[\s\S]*?<\/style>/).map { String($0.output) }.joined()
            #expect(!tags.contains(forbidden), "\(forbidden)")
            #expect(forbidden == " on" || !styles.contains(forbidden), "\(forbidden)")
        }
        let links = html.matches(of: /href="([^"]*)"/).map { String($0.output.1) }
        #expect(links.allSatisfy { $0.hasPrefix("#image-") })
    }

    @Test func opensWithTheVerdictAndThePicture() throws {
        let html = try Self.tutorialPage()
        let verdict = try #require(html.firstRange(of: "<p class=\"word\">Authentic</p>"))
        let picture = try #require(html.firstRange(of: "<svg"))
        let claims = try #require(html.firstRange(of: "What the sources say"))
        #expect(verdict.lowerBound < picture.lowerBound)
        #expect(picture.lowerBound < claims.lowerBound)
    }

    @Test func drawsEveryStationOfTheChain() throws {
        let html = try Self.tutorialPage()
        let stations = html.matches(of: /<text class="station"[^>]*>([a-z]+)<\/text>/).map { String($0.output.1) }
        let chain = ["image", "signature", "certificate", "job", "pipeline", "commit"]
        #expect(stations == chain + chain)
    }

    @Test func closesEveryElementItOpens() throws {
        let fixture = try CaseFixture()
        let images = [
            try fixture.addTutorialImage().image,
            try fixture.addTutorialImage("b", replacing: ["com.gitlab.ci.commit.sha": CaseFixture.otherCommit]).image,
            try fixture.addImage("c", layer: .digestMismatch),
        ]
        let void = ["meta"]
        var open: [String] = []
        for match in try Self.page(fixture, images).matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
            let name = String(match.output.2)
            if void.contains(name) { continue }
            if match.output.1.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
        }
        #expect(open == [])
    }

    @Test func showsContradictionsWithTheirExplanation() throws {
        let fixture = try CaseFixture()
        let changed = ["com.gitlab.ci.commit.sha": CaseFixture.otherCommit]
        let html = try Self.page(fixture, [try fixture.addTutorialImage(replacing: changed).image])
        #expect(html.contains("<p class=\"word\">Contradicted</p>"))
        #expect(html.contains("<strong>commit-contradiction</strong>"))
        #expect(html.contains(try #require(Rules.rule("commit-contradiction")).explanation))
    }

    @Test func showsEveryCheckWithItsOutcome() throws {
        let html = try Self.tutorialPage()
        #expect(html.contains("4 checks: 3 passed, 1 not applicable"))
        for check in ["inclusion-promise", "inclusion-proof", "certificate-path", "signature"] {
            #expect(html.contains("<td class=\"fact\">\(check)</td>"))
        }
    }

    @Test func givesTheSameBytesForTheSameCase() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        #expect(try Self.page(fixture, [image]) == Self.page(fixture, [image]))
    }

    @Test func saysWhetherTheCustodyLogIsUnbroken() throws {
        #expect(try Self.tutorialPage().contains("<span class=\"badge good\">unbroken</span>"))
    }
}
