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
        let harmless = ProvenancePage.html(
            try HostileEvidence.dossier(HostileEvidence.harmless(beside: text)),
            tool: "t"
        )
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

    /// The policy names the one script by the digest of what stands in its element.
    @Test func loadsNothingAndRunsNothingButItsOwnScript() throws {
        let html = try Self.tutorialPage()
        let scripts = html.matches(of: /<script>([\s\S]*?)<\/script>/).map { String($0.output.1) }
        let script = try #require(scripts.count == 1 ? scripts.first : nil)
        let digest = Base64.encode(Digest(hashing: Array(script.utf8)).bytes)
        #expect(
            html.contains(
                "content=\"default-src &#39;none&#39;; script-src &#39;sha256-\(digest)&#39;; "
                    + "style-src &#39;unsafe-inline&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;\""
            )
        )
        for unsafe in [
            "innerHTML", "outerHTML", "insertAdjacent", "eval", "fetch", "XMLHttp", "Storage", "document.write",
        ] {
            #expect(!script.contains(unsafe), "\(unsafe)")
        }
        for forbidden in ["<script ", "<link", "<img", "<iframe", "src=", "url(", "@import", "javascript:"] {
            let tags = html.matches(of: /<[^>]*>/).map { String($0.output) }.joined()
            let styles = html.matches(of: /<style>[\s\S]*?<\/style>/).map { String($0.output) }.joined()
            #expect(!tags.contains(forbidden), "\(forbidden)")
            #expect(!styles.contains(forbidden), "\(forbidden)")
        }
        #expect(!Self.skeleton(html).contains { $0.contains(/\son[a-z]+\s*=/) })
        let links = html.matches(of: /href="([^"]*)"/).map { String($0.output.1) }
        #expect(!links.isEmpty && links.allSatisfy { $0.hasPrefix("#") })
    }

    @Test func opensWithTheVerdictAndThePicture() throws {
        let html = try Self.tutorialPage()
        let verdict = try #require(html.firstRange(of: "<p class=\"word\">✓ Authentic</p>"))
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
        #expect(html.contains("<p class=\"word\">✗ Contradicted</p>"))
        #expect(html.contains("<strong>commit-contradiction</strong>"))
        #expect(html.contains(try #require(Rules.rule("commit-contradiction")).explanation))
    }

    @Test func showsEveryCheckWithItsOutcome() throws {
        let html = try Self.tutorialPage()
        #expect(html.contains("4 checks: 3 passed, 1 not applicable"))
        for check in ["inclusion-promise", "inclusion-proof", "certificate-path", "signature"] {
            #expect(html.contains(">\(check)</t"))
        }
    }

    @Test func givesTheSameBytesForTheSameCase() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        #expect(try Self.page(fixture, [image]) == Self.page(fixture, [image]))
    }

    @Test func saysWhetherTheCustodyLogIsUnbroken() throws {
        #expect(try Self.tutorialPage().contains("<span class=\"badge good\">✓ unbroken</span>"))
    }

    /// Every link within the page leads somewhere, and no two places have one name.
    @Test func leadsEveryLinkToAPlaceOfThePage() throws {
        let fixture = try CaseFixture()
        let images = [
            try fixture.addTutorialImage().image, try fixture.addTutorialImage("b").image, try fixture.addImage("c"),
        ]
        let html = try Self.page(fixture, images)
        let places = html.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
        #expect(Set(places).count == places.count)
        let links = html.matches(of: /href="#([^"]*)"/).map { String($0.output.1) }
        #expect(links.count >= images.count)
        #expect(Set(links).subtracting(places) == [])
        let labels = html.matches(of: /aria-labelledby="([^"]*)"/).map { String($0.output.1) }
        #expect(Set(labels).subtracting(places) == [])
    }

    /// One `h1`, and no heading more than one level below the one before it.
    @Test func ordersItsHeadings() throws {
        let fixture = try CaseFixture()
        let images = [try fixture.addTutorialImage().image, try fixture.addImage("c")]
        for page in [try Self.page(fixture, images), try Self.page(fixture, [images[0]])] {
            let levels = page.matches(of: /<h([1-6])[ >]/).compactMap { Int($0.output.1) }
            #expect(levels.first == 1)
            #expect(levels.count { $0 == 1 } == 1)
            #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
        }
    }

    @Test func givesEveryColumnItsScope() throws {
        let html = try Self.tutorialPage()
        #expect(html.contains("<th scope=\"col\">"))
        #expect(!html.contains("<th>"))
    }

    @Test func sumsUpWhatTheImagesComeTo() throws {
        let fixture = try CaseFixture()
        let images = [try fixture.addTutorialImage().image, try fixture.addImage("c")]
        let html = try Self.page(fixture, images)
        #expect(html.contains("Of 2 images, 1 cannot be decided on what is at hand."))
        #expect(html.contains("<span class=\"name\">! Unsigned</span>"))
        #expect(html.contains("<span class=\"name\">✓ Authentic</span>"))
    }

    @Test func saysNothingOfDistrustUntilThereIsSome() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        #expect(!(try Self.page(fixture, [image])).contains("id=\"distrust\""))
        try fixture.caseFile.write { writer in
            _ = try writer.insert(
                DistrustRecord(
                    kind: "identity",
                    value: CaseFixture.identity,
                    from: nil,
                    to: nil,
                    reason: "the <runner> was taken over",
                    addedAt: CaseFixture.time
                )
            )
        }
        let html = try Self.page(fixture, [image])
        #expect(html.contains("1 image is affected directly"))
        #expect(html.contains("the &lt;runner&gt; was taken over"))
    }
}
