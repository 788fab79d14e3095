import CaseFixtures
import Testing

@testable import Report

@Suite struct MarkdownTests {
    @Test(arguments: HostileEvidence.texts)
    func makesNoLinkNoElementAndNoCellFromHostileEvidence(_ text: String) throws {
        let markdown = ProvenanceMarkdown.text(try HostileEvidence.dossier(text), tool: "t")
        let outsideOfCode = markdown.replacing(/(`+)[^`].*?\1/, with: "").replacing(/\\./, with: "")
        #expect(!outsideOfCode.contains(/<[a-z!\/]/))
        #expect(!outsideOfCode.contains("]("))
        let harmless = ProvenanceMarkdown.text(
            try HostileEvidence.dossier(HostileEvidence.harmless(beside: text)),
            tool: "t"
        )
        #expect(markdown.split(separator: "\n").count == harmless.split(separator: "\n").count)
        let bars = { (line: Substring) in line.replacing("\\|", with: "").count { $0 == "|" } }
        for (line, other) in zip(markdown.split(separator: "\n"), harmless.split(separator: "\n")) {
            #expect(bars(line) == bars(other), "\(line)")
        }
    }

    @Test func tellsTheVerdictAndTheClaims() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        let text = ProvenanceMarkdown.text(try CaseDossier(of: [image], in: fixture.caseFile), tool: "t")
        #expect(text.contains("**Authentic.**"))
        #expect(text.contains("| commit | agrees | `\(CaseFixture.commit)` | certificate"))
        #expect(text.contains("No findings."))
    }

    @Test func fencesCodeThatHoldsBackticks() {
        #expect(MarkdownText.code("a`b``c") == "``` a`b``c ```")
        #expect(MarkdownText.code("plain") == "`plain`")
    }
}
