import ArgumentParser
import Foundation
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// `raireki build` as it is used.
struct BuildCommandTests {
    private static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("raireki").path

    private func context(_ dockerfile: String) throws -> TemporaryDirectory {
        let folder = try TemporaryDirectory()
        try folder.write(dockerfile, to: "context/Dockerfile")
        try folder.write("A", to: "context/a")
        return folder
    }

    private func build(_ folder: TemporaryDirectory, _ more: [String], environment: [String: String] = [:]) throws
        -> CommandRun
    {
        try CommandRun(
            ["build", folder.path("context"), "-o", folder.path("layout")] + more,
            environment: ["TMPDIR": folder.path].merging(environment) { $1 }
        )
    }

    /// Runs the program itself, in a shell.
    private func shell(_ script: String, _ folder: TemporaryDirectory) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TMPDIR": folder.path, "R": Self.program]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        try process.run()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    private func entries(_ folder: TemporaryDirectory, _ name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(name)).sorted()
    }

    @Test func buildsWhatImportReadsWithoutAWarning() throws {
        let folder = try context("FROM scratch\nCOPY . /x\nCOPY <<E /é\nx\nE\nCMD [\"/x\"]")
        for more in [
            [], ["--provenance", "--platform", "linux/amd64,linux/arm64"], ["--compression", "zstd"],
            ["--compression", "none"],
        ] {
            let run = try build(folder, ["-t", "app:1"] + more)
            #expect(run.status == .success, "\(run.talk)")
            #expect(run.output.hasPrefix("sha256:") && run.output.hasSuffix("  app:1\n"))
        }
        let imported = try CommandRun(
            ["import", folder.path("layout"), "--format", "json"],
            case: folder.path("x.raireki")
        )
        #expect(imported.status == .success, "\(imported.output)\(imported.talk)")
        let page = try JSONValue(parsing: Array(imported.output.utf8))
        #expect(!imported.output.contains("\"code\""), "\(page.pretty)")
        let images = try CommandRun(["images"], case: folder.path("x.raireki"))
        #expect(images.output.contains("app:1"))
    }

    @Test func saysWhereAnErrorIsAndWhatToDo() throws {
        let folder = try context("FROM scratch\nCOPPY a /")
        let run = try build(folder, [])
        #expect(run.status == .failure)
        #expect(run.talk == "error: Dockerfile:2:1: no such instruction: COPPY\nhint: did you mean COPY?\n")
        #expect(try entries(folder, "") == ["context"])
    }

    @Test func showsNothingOfADockerfileThatMovesTheCursor() throws {
        let folder = try context("FROM scratch\nCOPY \u{9B}31m\u{202E} /")
        let run = try build(folder, [])
        #expect(run.status == .failure)
        #expect(run.talk.contains("\\u{9b}31m\\u{202e}"))
        #expect(!run.talk.unicodeScalars.contains { $0.value == 0x9B || $0.value == 0x202E })
    }

    @Test func takesTheTimeFromTheEnvironment() throws {
        let folder = try context("FROM scratch\nCOPY a /")
        let digests = try [
            build(folder, [], environment: ["SOURCE_DATE_EPOCH": "1700000000"]),
            build(folder, ["--source-date-epoch", "1700000000"]),
            build(folder, []), build(folder, ["--source-date-epoch", "0"], environment: ["SOURCE_DATE_EPOCH": "5"]),
        ].map(\.output)
        #expect(digests[0] == digests[1] && digests[2] == digests[3] && digests[0] != digests[2])
        let bad = try build(folder, [], environment: ["SOURCE_DATE_EPOCH": "yesterday"])
        #expect(
            bad.talk
                == "error: SOURCE_DATE_EPOCH must be seconds since 1970: yesterday\nhint: set it so, or unset it\n"
        )
    }

    @Test(arguments: [
        ["."], ["-o", "x"], [".", "--rootfs", "y", "-o", "x"], [".", "-o", "x", "--change", "CMD a"],
        [".", "-o", "x", "--label", "a"],
        [".", "-o", "x", "--from", "a"], [".", "-o", "x", "--annotation", "=a"],
        [".", "-o", "x", "--compression-level", "10"],
        [".", "-o", "x", "--compression", "none", "--compression-level", "1"], [".", "-o", "x", "--jobs", "0"],
        [".", "-o", "x", "--compression", "lz4"],
    ])
    func refusesArguments(_ arguments: [String]) {
        #expect(throws: (any Error).self) { try Raireki.parseAsRoot(["build"] + arguments) }
    }

    @Test func writesADocumentForOtherPrograms() throws {
        let folder = try context("FROM scratch\nCOPY a /")
        let page = try JSONValue(parsing: Array(build(folder, ["-t", "a:1", "--format", "json"]).output.utf8))
        #expect(page["schema"]?.string == "urn:raireki:build:1")
        #expect(page["images"]?.array?[0]["layers"]?.array?.count == 1)
        #expect(page["digest"] == page["images"]?.array?[0]["digest"])
    }

    // MARK: - The process

    @Test func doesNotDependOnMaskLocaleZoneOrProcessors() throws {
        let folder = try context("FROM scratch\nCOPY a /é/\nWORKDIR /w\nCOPY <<E /x\ny\nE")
        let run = try shell(
            """
            set -e
            $R build context -t a:1 -o one 2>/dev/null
            umask 077; cd context
            TZ=Asia/Tokyo LANG=tr_TR.UTF-8 LC_ALL=C HOME=/ $R build . -t a:1 -o ../two --jobs 1 2>/dev/null
            cd ..; diff -r one two && echo same
            stat -c %a two two/blobs/sha256/* | sort -u | tr '\\n' ' '
            """,
            folder
        )
        let lines = run.text.split(separator: "\n")
        #expect(run.status == 0 && lines.count == 4, "\(run.text)")
        #expect(lines.first == lines.dropFirst().first)
        #expect(lines.dropFirst(2).first == "same")
        #expect(lines.last == "644 700 ")
    }

    /// Killed at twenty moments while it writes, a build leaves the layout that was there, and the next build works.
    @Test func leavesTheLayoutAsItWasWhenItIsKilled() throws {
        let folder = try context("FROM scratch\nCOPY big /")
        try folder.write(Array(repeating: 7, count: 1), to: "context/big")
        let made = try shell(
            "$R build context -t a:1 -o layout && cp layout/index.json before && head -c 60000000 /dev/urandom > context/big",
            folder
        )
        #expect(made.status == 0, "\(made.text)")
        let killed = try shell(
            """
            for i in 01 03 05 07 09 12 15 18 21 24 27 30 35 40 45 50 60 70 80 90; do
                timeout -s KILL 0.$i $R build context -t a:2 -o layout >/dev/null 2>&1
                status=$?
                if cmp -s layout/index.json before; then echo "old $status"; else echo "new $status"; cp before layout/index.json; fi
            done
            for i in 05 20 60; do timeout -s KILL 0.$i $R build context -t a:2 -o fresh >/dev/null 2>&1; test -e fresh/index.json && rm -r fresh; done
            $R build context -t a:2 -o layout >/dev/null 2>&1 && $R build context -t a:2 -o fresh >/dev/null 2>&1 && ls -A layout fresh
            """,
            folder
        )
        #expect(killed.status == 0, "\(killed.text)")
        #expect(killed.text.contains("old 137"), "\(killed.text)")
        #expect(!killed.text.contains(".raireki-"), "\(killed.text)")
        #expect(
            try CommandRun(["import", folder.path("layout"), folder.path("fresh")], case: folder.path("x.raireki"))
                .status == .success
        )
    }

    @Test(.enabled(if: getuid() == 0 && Self.canMount, "this user may not mount a file system"))
    func leavesTheLayoutAsItWasWhenTheDiskIsFull() throws {
        let folder = try context("FROM scratch\nCOPY big /")
        let run = try shell(
            """
            mkdir disk && unshare -m sh -c '
                mount -t tmpfs -o size=3m none disk || exit 9
                echo small > context/big && $R build context -t a:1 -o disk/layout 2>/dev/null >/dev/null || exit 8
                find disk | sort > before; sha256sum disk/layout/index.json >> before
                head -c 9000000 /dev/urandom > context/big
                $R build context -t a:2 -o disk/layout; echo "status $?"
                $R build context -t a:2 --tar disk/a.tar; echo "status $?"
                $R build context -t a:2 -o disk/new; echo "status $?"
                find disk | sort > after; sha256sum disk/layout/index.json >> after; diff before after && echo same'
            """,
            folder
        )
        #expect(run.status == 0, "\(run.text)")
        #expect(
            run.text.components(separatedBy: "error: cannot write (no space left on device)").count == 4,
            "\(run.text)"
        )
        #expect(run.text.components(separatedBy: "status 2").count == 4 && run.text.hasSuffix("same\n"), "\(run.text)")
    }

    private static let canMount: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        process.arguments = ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()
}
