import CaseFixtures
import CaseIndex
import Foundation
import TestSupport
import Testing

/// The server as others start it: whom it answers, where it listens, and what a browser makes of its pages.
@Suite("raireki serve") struct ServeCommandTests {
    private static let curl = "/usr/bin/curl"

    /// A server over a case, with the address that it printed.
    private final class Server {
        let process = Process()
        /// The server itself, below whatever started it.
        private let served: pid_t
        let address: String
        let origin: String
        private let pipe = Pipe()

        init(_ path: String, launcher: [String] = []) throws {
            let words = launcher + [ProgramRun.program, "serve", "--case", path]
            process.executableURL = URL(fileURLWithPath: words[0])
            process.arguments = Array(words.dropFirst())
            process.standardOutput = FileHandle.nullDevice
            process.standardInput = FileHandle.nullDevice
            process.standardError = pipe
            try process.run()
            var said = ""
            while !said.contains("Ctrl-C") {
                let data = pipe.fileHandleForReading.availableData
                guard !data.isEmpty else { break }
                said += String(decoding: data, as: UTF8.self)
            }
            let line = said.split(separator: "\n").first { $0.contains("http://127.0.0.1:") }
            address = try #require(line?.trimmingCharacters(in: .whitespaces))
            origin = try #require(address.components(separatedBy: "/?").first)
            served = launcher.isEmpty ? process.processIdentifier : try Self.child(of: process.processIdentifier)
        }

        /// A program that looks on takes no signal for its own.
        private static func child(of process: pid_t) throws -> pid_t {
            let list = try String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
            return try #require(list.split(separator: " ").first.flatMap { pid_t($0) })
        }

        /// Ends it as Ctrl-C does; answers its exit status.
        func end() -> Int32 {
            kill(served, SIGINT)
            process.waitUntilExit()
            return process.terminationStatus
        }

        deinit {
            if process.isRunning { kill(served, SIGKILL) }
        }
    }

    private let fixture: CaseFixture

    init() throws {
        fixture = try CaseFixture()
        try fixture.addTutorialImage(
            "group/app:1.0",
            replacing: ["com.gitlab.ci.user.name": "<script>alert(1)</script>"]
        )
        try fixture.addTutorialImage(
            "group/app:0.9",
            replacing: ["com.gitlab.ci.user.name": "\u{202E}javascript:alert(1)"]
        )
    }

    /// The status and the body of one request.
    private func ask(_ arguments: [String]) throws -> (status: String, body: String) {
        let run = try ProgramRun([Self.curl, "-s", "-w", "\n%{http_code}", "--path-as-is"] + arguments)
        let text = run.output
        let cut = try #require(text.lastIndex(of: "\n"))
        return (String(text[text.index(after: cut)...]), String(text[..<cut]))
    }

    @Test(.enabled(if: ReportTool.has(curl), "curl is absent"))
    func letsOneBrowserInAndTellsOthersWhyNot() throws {
        let directory = try TemporaryDirectory()
        let server = try Server(fixture.path)
        let jar = directory.path("cookies")
        #expect(try ask([server.origin + "/images"]).body.hasPrefix("no-session"))
        #expect(try ask(["-c", jar, server.address]).status == "303")
        #expect(try ask([server.address]).body.hasPrefix("token-used-or-wrong"))
        let known = ["-b", jar]
        let page = try ask(known + [server.origin + "/images"])
        #expect(page.status == "200" && page.body.contains("group/app:1.0"))
        let refusals: [([String], String, String)] = [
            (["-H", "Host: evil.example"], "421", "other-host"),
            (["-H", "Origin: http://evil.example"], "403", "other-origin"),
            (["-H", "Sec-Fetch-Site: cross-site"], "403", "other-site"), (["-X", "POST"], "405", "method-not-allowed"),
            (["-X", "GET", "-d", "a=b"], "413", "request-with-body"),
        ]
        for (arguments, status, reason) in refusals {
            let answer = try ask(known + arguments + [server.origin + "/images"])
            #expect(answer.status == status && answer.body.hasPrefix(reason), "\(arguments)")
        }
        for path in ["/../etc/passwd", "/image/..%2f..%2fetc%2fpasswd", "//etc/passwd"] {
            #expect(try ask(known + [server.origin + path]).status == "400", "\(path)")
        }
        let head = try ask(known + ["-I", server.origin + "/images"])
        #expect(
            head.body.contains("default-src 'none'") && head.body.contains("nosniff") && head.body.contains("no-store")
        )
        #expect(server.end() == 0)
    }

    @Test func saysWhenTheCaseOrThePortCannotBeHad() throws {
        let server = try Server(fixture.path)
        let port = try #require(server.origin.split(separator: ":").last.map(String.init))
        let taken = try ProgramRun([ProgramRun.program, "serve", "--case", fixture.path, "--port", port])
        #expect(taken.status == 2 && taken.talk.contains("port \(port) of 127.0.0.1 is in use"))
        let absent = try ProgramRun([ProgramRun.program, "serve", "--case", fixture.path + ".absent"])
        #expect(absent.status == 2 && absent.talk.contains("no case at"))
    }

    @Test(.enabled(if: ProcessTests.hasStrace, "strace is absent"))
    func listensOnThisMachineAloneAndConnectsToNothing() throws {
        let directory = try TemporaryDirectory()
        let log = directory.path("trace")
        let server = try Server(
            fixture.path,
            launcher: [ProcessTests.strace, "-f", "-qq", "-o", log, "-e", "trace=network"]
        )
        _ = try ask([server.origin + "/images"])
        #expect(server.end() == 0)
        let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        // Reading which addresses the machine has binds a socket to the kernel, which leads nowhere.
        let bound = calls.filter { $0.contains("bind(") && !$0.contains("AF_NETLINK") }
        #expect(!bound.isEmpty && bound.allSatisfy { $0.contains("inet_addr(\"127.0.0.1\")") }, "\(bound)")
        #expect(!calls.contains { $0.contains("connect(") && $0.contains("AF_INET") })
    }

    @Test(.enabled(if: ReportTool.hasBrowser))
    func answersTheTwelveQuestionsInARealBrowser() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("case.raireki")
        let samples = SharedData.projectRoot + "/samples"
        let evidence = try FileManager.default.contentsOfDirectory(atPath: samples + "/evidence").sorted()
        let commands = [
            ["import"] + evidence.map { "\(samples)/evidence/\($0)" },
            [
                "verify", "--trusted-root", samples + "/trusted_root.json", "--certificate-identity-regexp", ".*",
                "--certificate-oidc-issuer", "https://gitlab.example.com",
            ], ["check", "claims", "--all"],
        ]
        for command in commands { _ = try ProgramRun([ProgramRun.program] + command + ["--case", path]) }
        let server = try Server(path)
        let run = try Self.browse([server.address, "acme/payments:1.4.2", "acme/payments:1.4.1"])
        #expect(run.status == 0, "\(run.output) \(run.talk)")
        #expect(server.end() == 0)
    }

    @Test(.enabled(if: ReportTool.hasBrowser))
    func showsAHostileAnnotationAsTextInARealBrowser() throws {
        let server = try Server(fixture.path)
        let shown = ["--text", "<script>alert(1)</script>"]
        let run = try Self.browse(shown + [server.address, "group/app:1.0", "group/app:0.9"])
        #expect(run.status == 0, "\(run.output) \(run.talk)")
        let moved = ["--text", "\\u{202e}javascript:alert(1)"]
        #expect(server.end() == 0)
        let second = try Server(fixture.path)
        let other = try Self.browse(moved + [second.address, "group/app:0.9", "group/app:1.0"])
        #expect(other.status == 0, "\(other.output) \(other.talk)")
        #expect(second.end() == 0)
    }

    private static func browse(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun([ReportTool.python, SharedData.projectRoot + "/Tests/serve/browse.py"] + arguments)
    }
}
