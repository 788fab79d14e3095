import ArgumentParser
import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// Reports of the sample case, judged by the tools that own the formats.
@Suite struct ReportCommandTests {
    private static let expectation = [
        "--trusted-root", SharedData.projectRoot + "/samples/trusted_root.json",
        "--certificate-identity-regexp", "https://gitlab\\.example\\.com/acme/.*",
        "--certificate-oidc-issuer", "https://gitlab.example.com",
    ]

    /// The sample case, verified, in a folder of its own.
    private struct Sample {
        let folder: TemporaryDirectory
        var path: String { folder.path("case.raireki") }

        init() throws {
            folder = try TemporaryDirectory()
            _ = try CommandRun(["investigate"] + SampleEvidence.paths + expectation, case: path)
        }

        /// Writes a report; answers its path.
        func report(_ format: String, _ more: [String] = [], file: String? = nil) throws -> String {
            let target = folder.path(file ?? "report.\(format)")
            let run = try CommandRun(["report", "--format", format, "-o", target] + more, case: path)
            try #require(run.status == .finding, "\(run.talk)")
            return target
        }

        func text(_ path: String) throws -> String {
            String(decoding: try SharedData.bytes(at: path), as: UTF8.self)
        }
    }

    @Test(arguments: ReportFormat.allCases.map(\.rawValue).filter { !["pdf", "csv"].contains($0) })
    func writesTheSameBytesAgain(_ format: String) throws {
        let sample = try Sample()
        let more = ["vsa", "svr"].contains(format) ? ["--verifier-id", "https://audit.example"] : []
        let first = try sample.text(sample.report(format, more))
        #expect(!first.isEmpty)
        #expect(first == (try sample.text(sample.report(format, more, file: "again"))))
        let printed = try CommandRun(["report", "--format", format] + more, case: sample.path)
        #expect(printed.output == first)
    }

    @Test(.enabled(if: ReportTool.has(ReportTool.python)))
    func writesWhatTheOwnersOfTheFormatsAccept() throws {
        let sample = try Sample()
        let schema = sample.folder.path("schema.json")
        try OutputFile.write(try CommandRun(["report", "--schema"], case: sample.path).output, to: schema)
        for format in ["sarif", "json", "junit", "timesketch"] {
            let run = try ReportTool.validate(format, sample.report(format), schema: schema)
            #expect(run.status == 0, "\(format): \(run.output)\(run.talk)")
        }
        for table in ["images", "claims", "checks", "custody"] {
            let path = try sample.report("csv", ["--table", table], file: "\(table).csv")
            #expect(try ReportTool.validate("csv", path).status == 0, "\(table)")
        }
    }

    /// A document that breaks the schema is refused, so that the schema says something.
    @Test(.enabled(if: ReportTool.has(ReportTool.python)))
    func publishesASchemaThatRefusesOtherDocuments() throws {
        let sample = try Sample()
        let schema = sample.folder.path("schema.json")
        try OutputFile.write(try CommandRun(["report", "--schema"], case: sample.path).output, to: schema)
        let text = try sample.text(sample.report("json"))
        let changed = sample.folder.path("changed.json")
        for (from, to) in [
            ("\"standing\": \"trusted\"", "\"standing\": \"fine\""),
            ("\"outcome\": \"passed\"", "\"result\": \"passed\""),
        ] {
            #expect(text.contains(from))
            try OutputFile.write(text.replacing(from, with: to, maxReplacements: 1), to: changed)
            #expect(try ReportTool.validate("json", changed, schema: schema).status == 1)
        }
    }

    @Test(.enabled(if: ReportTool.has(ReportTool.caseValidate)))
    func writesAGraphThatConformsToCASE() throws {
        let sample = try Sample()
        let path = try sample.report("case", file: "case.jsonld")
        let run = try ProgramRun([ReportTool.caseValidate, path])
        #expect(run.output.contains("Conforms: True"), "\(run.output.prefix(2_000))")
    }

    @Test(.enabled(if: ReportTool.has(ReportTool.mactime)))
    func writesABodyFileThatMactimeSorts() throws {
        let sample = try Sample()
        let path = try sample.report("bodyfile")
        let run = try ProgramRun([ReportTool.mactime, "-b", path, "-d", "-z", "UTC"])
        #expect(run.status == 0)
        #expect(run.output.contains("[log-integrated] acme/payments:1.4.0"))
    }

    // MARK: - Pages

    @Test(.enabled(if: ReportTool.hasBrowser))
    func readsWellInABrowser() throws {
        let sample = try Sample()
        let folder = sample.folder.path("pages")
        _ = try CommandRun(["report", "--split", folder], case: sample.path)
        for page in [try sample.report("html", file: "report.html"), "\(folder)/index.html"] {
            let run = try ProgramRun([ReportTool.python, SharedData.projectRoot + "/Tests/report/look.py", page])
            #expect(run.status == 0, "\(run.output)\(run.talk)")
        }
    }

    @Test(.enabled(if: ReportTool.has(ReportTool.chromium)))
    func printsThroughABrowser() throws {
        let sample = try Sample()
        let arguments = ["report", "acme/payments:1.4.2", "--format", "pdf", "-o"]
        let path = ["PATH": "/usr/bin:/bin"]
        let paths = ["a.pdf", "b.pdf"].map { sample.folder.path($0) }
        for target in paths {
            let run = try CommandRun(arguments + [target], case: sample.path, environment: path)
            #expect(run.talk.contains("printed by /usr/bin/chromium"), "\(run.talk)")
        }
        let files = try paths.map { try SharedData.bytes(at: $0) }
        #expect(files[0].starts(with: "%PDF-".utf8))
        #expect(files[0] == files[1])
    }

    @Test func saysPlainlyThatThereIsNoBrowser() throws {
        let sample = try Sample()
        let target = sample.folder.path("report.pdf")
        let run = try CommandRun(
            ["report", "--format", "pdf", "-o", target],
            case: sample.path,
            environment: ["PATH": sample.folder.path]
        )
        #expect(run.status == .failure)
        #expect(run.talk.contains("error: no browser is installed that prints a page as PDF"))
        #expect(run.talk.contains("hint: apt-get install chromium"))
        #expect(!OutputFile.exists(target))
    }

    /// The lines that the page gives for checking by hand do what they say.
    @Test(.enabled(if: Peer.has("openssl") && ReportTool.has("/usr/bin/sqlite3")))
    func givesCommandsThatWork() throws {
        let sample = try Sample()
        let html = try sample.text(sample.report("html"))
        let blocks = html.matches(of: /<pre[^>]*><code>([\s\S]*?)<\/code><\/pre>/).map { match in
            String(match.output.1).replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
                .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        }
        let work = sample.folder.path("work")
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        func shell(_ script: String) throws -> String {
            let run = try ProgramRun([
                "/bin/bash", "-c", "cd \(work) && ln -sf \(sample.path) case.raireki && \(script)",
            ])
            return run.output + run.talk
        }
        let signature = try #require(blocks.first { $0.contains("openssl x509") })
        #expect(try shell(signature).contains("Verified OK"))
        let run = try #require(blocks.first { $0.contains("raireki-custody-v2") })
        let log = try #require(
            html.matches(of: /<code>([0-9a-f]{64})<\/code><\/td><\/tr><\/tbody><\/table>\s*<\/section>/).first
        )
        #expect(try shell(run).hasPrefix(log.output.1))
        let folder = try #require(blocks.first { $0.contains("cd FOLDER") })
        let evidence = SharedData.projectRoot + "/samples/evidence/payments-1.4.0"
        let digest = try shell(folder.replacing("FOLDER", with: evidence)).prefix(64)
        #expect(digest.count == 64)
        #expect(html.contains("sha256:\(digest)"))
    }

    // MARK: - Statements

    @Test(.enabled(if: Peer.has("openssl")))
    func signsSummariesOnRequest() throws {
        let sample = try Sample()
        let key = sample.folder.path("key.pem")
        let script = """
            cd \(sample.folder.path) && openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem &&
            openssl pkey -in key.pem -pubout -out key.pub
            """
        #expect(try ProgramRun(["/bin/bash", "-c", script]).status == 0)
        let path = try sample.report("vsa", ["--verifier-id", "https://audit.example", "--sign-key", key])
        let lines = try sample.text(path).split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
        #expect(lines.count == 5)
        let results = try lines.map { line in
            let payload = try #require(line["payload"]?.string.flatMap { Data(base64Encoded: $0) })
            let statement = try JSONValue(parsing: [UInt8](payload))
            #expect(statement["predicateType"]?.string == "https://slsa.dev/verification_summary/v1")
            return statement["predicate"]?["verificationResult"]?.string
        }
        #expect(results.compactMap(\.self).sorted() == ["FAILED", "PASSED", "PASSED", "PASSED", "PASSED"])
        let envelope = try #require(lines.first)
        let payload = try #require(envelope["payload"]?.string.flatMap { Data(base64Encoded: $0) })
        let signature = try #require(
            envelope["signatures"]?.array?.first?["sig"]?.string.flatMap { Data(base64Encoded: $0) }
        )
        let signed = Data("DSSEv1 28 application/vnd.in-toto+json \(payload.count) ".utf8) + payload
        try signed.write(to: URL(fileURLWithPath: sample.folder.path("signed")))
        try signature.write(to: URL(fileURLWithPath: sample.folder.path("signature")))
        let check = "cd \(sample.folder.path) && openssl dgst -sha256 -verify key.pub -signature signature signed"
        #expect(try ProgramRun(["/bin/bash", "-c", check]).output.contains("Verified OK"))
    }

    @Test func makesNoStatementWithoutAnExpectation() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("case.raireki")
        _ = try CommandRun(["import"] + SampleEvidence.paths, case: path)
        let run = try CommandRun(["report", "--format", "svr", "--verifier-id", "https://a.example"], case: path)
        #expect(run.output.isEmpty)
        #expect(run.talk.contains("no statement about 6 images that nobody verified by an expectation"))
    }

    // MARK: - Arguments

    @Test(arguments: [
        (["--format", "csv"], "Say which table"), (["--format", "csv", "--table", "no"], "No such table: no"),
        (["--table", "images"], "--table chooses"), (["--format", "pdf"], "Say where the PDF goes"),
        (["--format", "vsa"], "Say who verified"), (["--sign-key", "k"], "belong to --format vsa"),
        (["--split", "a", "--csv", "b"], "Give one of"), (["--split", "a", "--format", "json"], "--split writes HTML"),
        (["--format", "svr", "--verifier-id", "u", "--password-file", "p"], "Give the key"),
    ])
    func refusesArgumentsThatDoNotFit(_ arguments: [String], _ message: String) throws {
        let error = #expect(throws: (any Error).self) { try Raireki.parseAsRoot(["report"] + arguments) }
        #expect(try Raireki.message(for: #require(error)).contains(message))
    }

    @Test func leavesNothingBehindWhenItCannotWrite() throws {
        let sample = try Sample()
        let target = sample.folder.path("absent/report.html")
        let run = try CommandRun(["report", "-o", target], case: sample.path)
        #expect(run.status == .failure)
        #expect(run.talk.contains("error: cannot write (no such file or directory)"))
        let blocked = try CommandRun(["report", "--split", sample.path + "/pages"], case: sample.path)
        #expect(blocked.status == .failure)
        #expect(blocked.talk.contains("error: cannot write"))
    }
}
