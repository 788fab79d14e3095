import TestSupport
import Testing

@testable import raireki

@Suite struct ManualTests {
    private static let groff = "/usr/bin/groff"
    private static let mandoc = "/usr/bin/mandoc"

    private static func pages() throws -> [ManualPage] {
        let program = try #require(CommandHelp.program())
        return program.all.map { ManualPage($0, of: program, version: "1", date: "2026-11-25") }
    }

    @Test func hasAPageForEveryCommand() throws {
        let directory = try TemporaryDirectory()
        let run = try CommandRun(["manual", "-o", directory.path("man1")])
        let pages = try Self.pages()
        #expect(run.status == .success)
        #expect(run.talk == "\(pages.count) pages written to \(directory.path("man1"))\n")
        #expect(Set(pages.map(\.fileName)).count == pages.count)
        for page in pages {
            let path = directory.path("man1/\(page.fileName)")
            let text = String(decoding: try OutputFile.read(path), as: UTF8.self)
            #expect(text.hasPrefix(".TH "))
            for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS"] {
                #expect(text.contains("\n.SH \"\(section)\"\n"), "\(page.name) \(section)")
            }
        }
        #expect(pages.map(\.name).contains("raireki-check-claims"))
        #expect(!pages.map(\.name).contains("raireki-help"))
    }

    @Test func saysWhatTheHelpSays() throws {
        let page = try CommandRun(["manual", "report"]).output
        #expect(page.contains("raireki\\-report \\- Write the provenance report\n"))
        #expect(page.contains("\\fB\\-o\\fR, \\fB\\-\\-output\\fR \\fIfile\\fR\n"))
        #expect(page.contains("\n.SS \"Common options\"\n"))
        #expect(page.contains("raireki report \\-\\-schema > report.schema.json"))
    }

    @Test func refusesACommandThatIsNone() throws {
        let run = try CommandRun(["manual", "no", "such"])
        #expect(run.status == .failure)
        #expect(run.talk == "error: no such command: raireki no such\nhint: raireki --help lists them\n")
    }

    @Test(.enabled(if: ReportTool.has(groff)))
    func isFormattedByGroffWithoutAWarning() throws {
        let directory = try TemporaryDirectory()
        for page in try Self.pages() {
            let path = directory.path(page.fileName)
            try OutputFile.write(page.text, to: path)
            let run = try ProgramRun([Self.groff, "-man", "-ww", "-Tutf8", path])
            #expect(run.status == 0 && run.talk == "", "\(page.name)")
            #expect(run.output.contains("\(page.name.uppercased())(1)"))
        }
    }

    @Test(.enabled(if: ReportTool.has(mandoc)))
    func passesMandocsLint() throws {
        let directory = try TemporaryDirectory()
        for page in try Self.pages() {
            let path = directory.path(page.fileName)
            try OutputFile.write(page.text, to: path)
            let run = try ProgramRun([Self.mandoc, "-Tlint", "-Wwarning", path])
            #expect(run.output + run.talk == "", "\(page.name)")
        }
    }

    /// Nothing in a text is taken for a request: not a leading dot, not a backslash, not a quote.
    @Test func escapesWhatWouldBeARequest() {
        var page = RoffText()
        page.paragraph(".so /etc/passwd \\fB 'a'")
        page.verbatim(["'it", "  a-b \"c\" ~ ^ …"])
        #expect(
            page.lines == [
                "\\&.so /etc/passwd \\(rsfB 'a'", ".PP", ".nf", "\\(aqit",
                "  a\\-b \\(dqc\\(dq \\(ti \\(ha \\[u2026]", ".fi",
            ]
        )
    }
}
