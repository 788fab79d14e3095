import CaseIndex
import Cryptography
import Foundation
import Signing
import TestSupport
import Testing

/// The program as others start it: what it asks of the system, and how it shares a case.
@Suite("As a process of its own") struct ProcessTests {
    private let directory: TemporaryDirectory
    private static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("raireki").path
    static let strace = "/usr/bin/strace"
    static let hasStrace = FileManager.default.isExecutableFile(atPath: strace)

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func start(_ command: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// A signed layout below `evidence`, and a bundle beside it.
    private func evidence() throws -> String {
        var signed = try SignedLayout(storage: .legacy)
        let bundle = try signed.sigstore.signed().bundle.bytes
        _ = try directory.write(bundle, to: "evidence/notes/a.sigstore.json")
        _ = try directory.write("hello", to: "evidence/notes/readme.txt")
        try LayoutWriter.write(signed.layout, to: directory.path("evidence/layout"))
        return directory.path("evidence")
    }

    /// One system call of a trace: its name, its text, and whether it succeeded.
    private func calls(_ command: [String]) throws -> [(name: String, text: String)] {
        let log = directory.path("trace")
        let all =
            [Self.strace, "-f", "-qq", "-s", "4096", "-o", log, "-e", "trace=network,process,%file,%desc"] + command
        let process = try start(all)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        let text = try String(contentsOfFile: log, encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let call = line.drop { $0.isNumber || $0 == " " }
            return call.firstIndex(of: "(").map { (String(call[..<$0]), String(call)) }
        }
    }

    /// Everything that changes a file, a folder or its attributes, beside opening for writing.
    private static let changing: Set = [
        "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "link", "linkat",
        "symlink", "symlinkat", "chmod", "fchmodat", "chown", "lchown", "fchownat", "truncate", "utime", "utimes",
        "utimensat", "futimesat", "setxattr", "lsetxattr", "removexattr", "lremovexattr", "mknod", "mknodat", "creat",
    ]

    @Test(
        "No command opens a socket or changes anything below the evidence",
        .enabled(if: hasStrace, "strace is absent")
    )
    func systemCalls() throws {
        let evidence = try evidence()
        let file = directory.path("case.raireki")
        let report = directory.path("report.html")
        let commands = [
            ["import", evidence, "--case", file], ["verify", "--case", file], ["images", "--case", file],
            ["report", "--case", file, "--format", "html", "-o", report], ["case", "info", "--case", file],
            ["trust", "list"],
            ["case", "verify", "--case", file, "--evidence", evidence], ["case", "seal", "--case", file],
        ]
        var (opened, programs) = (0, 0)
        for command in commands {
            let calls = try calls([Self.program] + command)
            #expect(calls.count > 10, "\(command)")
            for call in calls {
                #expect(!["socket", "socketpair", "connect", "bind"].contains(call.name), "\(command): \(call.text)")
                if call.name.hasPrefix("execve") { programs += 1 }
                guard call.text.contains(evidence) || call.text.contains("\"layout") else { continue }
                opened += 1
                #expect(!Self.changing.contains(call.name), "\(call.text)")
                let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].contains { call.text.contains($0) }
                #expect(!writes, "\(call.text)")
                guard call.name == "openat" else { continue }
                #expect(call.text.contains("O_NOATIME"), "\(call.text)")
                // What the user names may be a link; nothing below it is followed.
                if !call.text.contains("AT_FDCWD") { #expect(call.text.contains("O_NOFOLLOW"), "\(call.text)") }
            }
        }
        #expect(programs == commands.count)
        // The trace would be of nothing otherwise.
        #expect(opened > 0)
    }

    @Test(
        "A repository's configuration, hooks and links run nothing and lead nowhere",
        .enabled(if: hasStrace, "strace is absent")
    )
    func hostileRepository() throws {
        let maker = try GitRepositoryMaker()
        let name = try maker.commit("first")
        let canary = try directory.write("canary", to: "elsewhere/canary")
        let outside = directory.path("elsewhere")
        let git = "\(maker.path)/.git"
        let run = "touch \(directory.path("ran"))"
        let settings = """
            [core]
            \tfsmonitor = \(run)
            \thooksPath = \(outside)
            \tsshCommand = \(run)
            \tpager = \(run)
            [include]
            \tpath = \(canary)
            [filter "x"]
            \tclean = \(run)
            [diff "x"]
            \ttextconv = \(run)
            [gpg]
            \tprogram = \(run)
            [log]
            \tshowSignature = true
            [extensions]
            \tobjectFormat = sha256
            """
        try Data(settings.utf8).write(to: URL(fileURLWithPath: "\(git)/config"))
        for (path, text) in [
            ("hooks/post-checkout", "#!/bin/sh\n\(run)\n"), ("info/attributes", "* filter=x diff=x\n"),
            ("objects/info/alternates", "\(outside)\n"),
        ] {
            try FileManager.default.createDirectory(
                atPath: "\(git)/\(path.split(separator: "/").dropLast().joined(separator: "/"))",
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(git)/\(path)"))
        }
        try FileManager.default.createSymbolicLink(atPath: "\(git)/refs/heads/link", withDestinationPath: canary)
        let file = directory.path("case.raireki")
        for command in [["import", maker.path], ["verify"], ["commits", name]] {
            let log = directory.path("processes")
            let all = [Self.strace, "-f", "-qq", "-s", "4096", "-o", log, "-e", "trace=process,network,%file"]
            let process = try start(all + [Self.program] + command + ["--case", file])
            process.waitUntilExit()
            let text = try String(contentsOfFile: log, encoding: .utf8)
            #expect(text.split(separator: "\n").count { $0.contains("execve(") } == 1, "\(command)")
            #expect(!text.contains("fork("), "\(command)")
            #expect(!text.contains(outside), "\(command)")
        }
        #expect(!FileManager.default.fileExists(atPath: directory.path("ran")))
        let reader = try CaseFile.openReadOnly(file)
        #expect(try reader.read { try $0.commit(name) } != nil)
        let codes = try reader.read { try $0.warnings() }.map(\.code)
        #expect(Set(codes) == ["git.alternates", "git.symlink-ref"])
    }

    @Test(
        "An export with links, a bundle that points elsewhere and bombs runs nothing and leads nowhere",
        .enabled(if: hasStrace, "strace is absent")
    )
    func hostileExport() throws {
        let canary = try directory.write("canary", to: "elsewhere/canary")
        let outside = directory.path("elsewhere")
        let maker = try GitRepositoryMaker()
        let commit = try maker.commit("first")
        try directory.write("{}", to: "export/tree/project.json")
        try directory.write("16.8.1", to: "export/GITLAB_VERSION")
        let bomb = String(repeating: "{\"a\":[", count: 20_000)
        let line = #"{"ref":"main","sha":"\#(commit)","status":"success","project_id":1,"stages":[]}"#
        try directory.write("\(line)\n\(bomb)\n", to: "export/tree/project/ci_pipelines.ndjson")
        try FileManager.default.createSymbolicLink(
            atPath: directory.path("export/tree/project/merge_requests.ndjson"),
            withDestinationPath: canary
        )
        try FileManager.default.createSymbolicLink(
            atPath: directory.path("export/uploads"),
            withDestinationPath: outside
        )
        let bundle = directory.path("export/project.bundle")
        try maker.git(["bundle", "create", "-q", "--version=3", bundle, "--all"])
        var bytes = try Data(contentsOf: URL(fileURLWithPath: bundle))
        let head = Data("# v3 git bundle\n".utf8)
        bytes.insert(contentsOf: Data("@uri=file://\(canary)\n".utf8), at: head.count)
        try bytes.write(to: URL(fileURLWithPath: bundle))

        let file = directory.path("case.raireki")
        let log = directory.path("processes")
        let all = [Self.strace, "-f", "-qq", "-s", "4096", "-o", log, "-e", "trace=process,network,%file"]
        try start(all + [Self.program, "import", directory.path("export"), "--case", file]).waitUntilExit()
        let text = try String(contentsOfFile: log, encoding: .utf8)
        #expect(text.split(separator: "\n").count { $0.contains("execve(") } == 1)
        #expect(!text.contains("fork(") && !text.contains("socket("))
        let followed = text.split(separator: "\n").filter { $0.contains(outside) && !$0.contains("readlink") }
        #expect(followed.isEmpty, "\(followed)")
        let reader = try CaseFile.openReadOnly(file)
        #expect(try reader.read { try $0.runCounts() }.pipelines == 1)
        let warnings = try reader.read { try $0.warnings() }
        #expect(warnings.contains { $0.code == "ci.not-json" })
        #expect(warnings.contains { $0.code == "member.not-a-file" }, "\(warnings.map(\.code))")
    }

    @Test("Several imports into one case at once lose nothing and do not get into one another's way")
    func together() throws {
        let file = directory.path("case.raireki")
        var processes: [Process] = []
        for number in 0..<6 {
            var sigstore = try VirtualSigstore(seed: "together \(number)")
            sigstore.artifact = [UInt8(number)]
            let path = try directory.write(try sigstore.signed().bundle.bytes, to: "bundle-\(number).json")
            processes.append(try start([Self.program, "import", path, "--case", file]))
        }
        for process in processes {
            process.waitUntilExit()
            #expect(process.terminationReason == .exit)
            #expect(process.terminationStatus == 0)
        }
        let reader = try CaseFile.openReadOnly(file)
        #expect(try reader.read { try $0.sources() }.count == 6)
        #expect(Set(try reader.read { try $0.signatures() }.map(\.subject)).count == 6)
        let custody = try reader.read { try $0.activities() }
        #expect(custody.count == 6)
        #expect(ActivityRecord.firstBroken(in: custody) == nil)
    }

    @Test("An import that is killed leaves a case that can be read, and the next one ends in the same")
    func killed() throws {
        let evidence = try evidence()
        let whole = directory.path("whole.raireki")
        try start([Self.program, "import", evidence, "--case", whole]).waitUntilExit()
        func content(_ path: String) throws -> [String] {
            let reader = try CaseFile.openReadOnly(path)
            return try reader.read { reader in
                try reader.signatures().map { "\($0.id)" } + reader.images().map { "\($0.digest)" }
                    + reader.sources().map { "\($0.kind) \($0.digest)" }.sorted()
            }
        }
        let expected = try content(whole)
        #expect(expected.count > 3)
        var killed = 0
        for turn in 0..<20 {
            let file = directory.path("killed-\(turn).raireki")
            let process = try start([Self.program, "import", evidence, "--case", file])
            usleep(UInt32(turn) * 4_000)
            if kill(process.processIdentifier, SIGKILL) == 0 { killed += 1 }
            process.waitUntilExit()
            let again = try start([Self.program, "import", evidence, "--case", file])
            again.waitUntilExit()
            #expect(again.terminationStatus == 0, "turn \(turn)")
            #expect(try content(file) == expected, "turn \(turn)")
        }
        #expect(killed > 0)
    }
}
