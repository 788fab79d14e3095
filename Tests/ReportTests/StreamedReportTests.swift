import CaseFixtures
import CaseIndex
import Correlation
import Cryptography
import StrictJSON
import Testing

@testable import Report

/// Reports that go through a case image by image.
@Suite struct StreamedReportTests {
    private static func write(
        _ fixture: CaseFixture,
        _ images: [Digest],
        _ body: (DossierStream, @escaping ReportSink) throws -> Void
    ) throws -> String {
        try fixture.caseFile.read { reader in
            var text = ""
            try body(try DossierStream(of: images, in: fixture.caseFile, reader)) { text += $0 }
            return text
        }
    }

    private static func images(_ fixture: CaseFixture) throws -> [Digest] {
        let changed = ["com.gitlab.ci.commit.sha": CaseFixture.otherCommit]
        return [
            try fixture.addTutorialImage().image, try fixture.addTutorialImage("b", replacing: changed).image,
            try fixture.addImage("c", layer: .digestMismatch),
        ]
    }

    /// Every form that is written from the stream, by its name.
    static let forms: [(name: String, write: @Sendable (DossierStream, @escaping ReportSink) throws -> Void)] = [
        ("html", { try ProvenancePage.write($0, tool: "t", to: $1) }),
        ("markdown", { try ProvenanceMarkdown.write($0, tool: "t", to: $1) { _ in } }),
        ("json", { try CaseJSON.write($0, to: $1) }),
        ("sarif", { try SARIFReport.write($0, version: "1.0.0", to: $1) { _ in } }),
        ("junit", { try JUnitReport.write($0, to: $1) { _ in } }),
        ("case", { try CASEReport.write($0, version: "1.0.0", to: $1) { _ in } }),
        ("csv", { stream, put in try CSVTable.write(CSVTable.all, stream, to: { try put($1) }) { _ in } }),
        (
            "split",
            { stream, put in
                _ = try SplitReport.write(stream, tool: "t") { try put("\($0)\n\($1)") }
            }
        ),
        ("timesketch", { try Timesketch.writeJSONLines(try $0.timeline(files: .ends), to: $1) }),
        ("timesketch-csv", { try Timesketch.writeCSV(try $0.timeline(files: .ends), to: $1) }),
        ("bodyfile", { try BodyFile.write(try $0.timeline(files: .all), to: $1) }),
    ]

    @Test(arguments: forms.indices)
    func givesTheSameBytesForTheSameCase(_ index: Int) throws {
        let form = Self.forms[index]
        let fixture = try CaseFixture()
        let images = try Self.images(fixture)
        let first = try Self.write(fixture, images, form.write)
        #expect(!first.isEmpty, "\(form.name)")
        #expect(first == (try Self.write(fixture, images, form.write)), "\(form.name)")
    }

    @Test func writesTheSamePageAndDocumentsAsFromMemory() throws {
        let fixture = try CaseFixture()
        let images = try Self.images(fixture)
        let dossier = try CaseDossier(of: images, in: fixture.caseFile)
        #expect(try Self.write(fixture, images, Self.forms[0].write) == ProvenancePage.html(dossier, tool: "t"))
        #expect(try Self.write(fixture, images, Self.forms[1].write) == ProvenanceMarkdown.text(dossier, tool: "t"))
        #expect(try Self.write(fixture, images, Self.forms[2].write) == CaseJSON.report(dossier).pretty + "\n")
        let timeline = try fixture.caseFile.read { try Timeline(of: images, fixture.caseFile, $0) }
        var document = ""
        try TimelineJSON.write(timeline) { document += $0 }
        #expect(timeline.events.count > 2 && document == TimelineJSON.document(timeline).pretty + "\n")
    }

    @Test(arguments: HostileEvidence.texts)
    func writesNoCharacterThatHidesOrMoves(_ text: String) throws {
        let (fixture, image) = try HostileEvidence.fixture(text)
        for form in Self.forms where form.name != "split" {
            // Documents for programs keep line separators, which JSON allows.
            let isDocument = ["json", "sarif", "case", "timesketch"].contains(form.name)
            let kinds: Set<Unicode.GeneralCategory> =
                isDocument ? [.control, .format] : [.control, .format, .lineSeparator, .paragraphSeparator]
            let report = try Self.write(fixture, [image], form.write)
            let hidden = report.unicodeScalars.filter { scalar in
                scalar != "\n" && !(scalar == "\r" && form.name.hasSuffix("csv"))
                    && kinds.contains(scalar.properties.generalCategory)
            }
            #expect(hidden.isEmpty, "\(form.name)")
        }
    }

    @Test(arguments: HostileEvidence.texts)
    func writesDocumentsThatParse(_ text: String) throws {
        let (fixture, image) = try HostileEvidence.fixture(text)
        for form in Self.forms where ["json", "sarif", "case"].contains(form.name) {
            let report = try Self.write(fixture, [image], form.write)
            #expect(throws: Never.self, "\(form.name)") { try JSONValue(parsing: Array(report.utf8)) }
        }
        let suites = try Self.write(fixture, [image], Self.forms[4].write)
        let tags = Set(suites.matches(of: /<\/?([A-Za-z!?][A-Za-z]*)/).map { String($0.output.1) })
        #expect(tags.isSubset(of: ["?xml", "testsuites", "testsuite", "testcase", "failure", "skipped"]))
    }

    @Test func writesAPageForEveryImageAndAnIndex() throws {
        let fixture = try CaseFixture()
        let images = try Self.images(fixture)
        var files: [String: String] = [:]
        try fixture.caseFile.read { reader in
            let stream = try DossierStream(of: images, in: fixture.caseFile, at: "case", reader)
            _ = try SplitReport.write(stream, tool: "t") { files[$0] = $1 }
        }
        #expect(files.count == 4)
        let index = try #require(files["index.html"])
        let links = index.matches(of: /href="(images\/[^"]*)"/).map { String($0.output.1) }
        #expect(Set(links) == Set(files.keys).subtracting(["index.html"]))
        for (name, page) in files where name != "index.html" { #expect(page.contains("href=\"../../index.html\"")) }
    }

    /// Only going through all images finds what one lacks beside others; a report of one shows what that left.
    @Test func showsWhatComparisonsWithOtherImagesStored() throws {
        let fixture = try CaseFixture()
        let changed = ["com.gitlab.ci.commit.sha": CaseFixture.otherCommit]
        let image = try fixture.addTutorialImage(replacing: changed).image
        let before = try CaseDossier(of: [image], in: fixture.caseFile).images[0].trace.findings
        let stored = ["first-seen-runner", "commit-contradiction", "no-rule-of-ours"].map { rule in
            FindingRecord(rule: rule, severity: .warning, subject: image, message: "stored", records: "[]")
        }
        try fixture.caseFile.write { try $0.replaceFindings(about: image, with: stored) }
        let after = try CaseDossier(of: [image], in: fixture.caseFile).images[0].trace.findings
        #expect(after.filter { $0.message.utf8.elementsEqual("stored".utf8) }.map(\.rule) == ["first-seen-runner"])
        #expect(after.filter { !$0.message.utf8.elementsEqual("stored".utf8) } == before)
        #expect(after.map(\.rule) == ["commit-contradiction", "first-seen-runner"])
    }

    @Test func showsWhatWeighsMostFirst() throws {
        let fixture = try CaseFixture()
        let dossier = try CaseDossier(of: try Self.images(fixture), in: fixture.caseFile)
        let sorted = ImageIndex.sorted(dossier.images.map { ImageLine($0.trace) })
        #expect(sorted.map(\.standing) == [.altered, .contradicted, .authentic])
    }
}
