import CaseIndex
import Foundation
import StrictJSON
import TestSupport
import Testing

/// An import that ends at any moment leaves a case that the next one completes to the same.
///
/// Five hundred random moments and every place three times with `Tests/run --long`.
@Suite("A killed import", .serialized) struct KillTests {
    private let directory: TemporaryDirectory
    private let command: [String]
    private let file: String
    private let expected: String

    init() throws {
        directory = try TemporaryDirectory()
        file = directory.path("case.raireki")
        command = ["raireki", "import"] + SampleEvidence.paths + ["--case"]
        let whole = directory.path("whole.raireki")
        #expect(try ProgramRun(command + [whole]).status == 1)
        expected = try Self.digest(whole)
    }

    private static func digest(_ path: String) throws -> String {
        let run = try ProgramRun(["raireki", "case", "verify", "--case", path, "--format", "json"])
        #expect(run.status == 0, "\(run.output) \(run.talk)")
        return try #require(try run.json()["contentDigest"]?.string)
    }

    private func clear() {
        for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: file + suffix) }
    }

    /// What must hold after any kill, and that the next import ends in the same case.
    private func check(_ what: String) throws {
        if let bytes = try? SharedData.bytes(at: file), !bytes.isEmpty {
            let run = try ProgramRun(["raireki", "case", "verify", "--case", file, "--format", "json"])
            // Before the first transaction there is no case yet.
            let isBeforeCase = ["not a case file", "was interrupted"].contains(where: run.talk.contains)
            if run.status != 2 || !isBeforeCase {
                let checks = try run.json()["checks"]?.array ?? []
                let failed = checks.filter { $0["outcome"]?.string == "failed" }.compactMap { $0["reason"]?.string }
                #expect(Set(failed).isSubset(of: ["import.incomplete", "custody.empty"]), "\(what): \(failed)")
                let reader = try CaseFile.openReadOnly(file)
                let (sources, runs) = try reader.read { (try $0.sources(), try $0.activities()) }
                try reader.close()
                #expect(
                    sources.count(where: \.isComplete) == runs.count { $0.result.contains("\"alreadyKnown\":false") }
                )
                #expect(run.status == (failed.isEmpty ? 0 : 1), "\(what)")
            }
        }
        let again = try ProgramRun(command + [file])
        #expect(again.status == 1, "\(what): \(again.talk)")
        #expect(try Self.digest(file) == expected, "\(what)")
        #expect(!FileManager.default.fileExists(atPath: file + "-wal"), "\(what)")
    }

    @Test func atRandomMoments() throws {
        let start = Date()
        _ = try ProgramRun(command + [directory.path("timed.raireki")])
        let duration = Date().timeIntervalSince(start)
        var generator = SeededGenerator(seed: 500)
        var killed = 0
        let wanted = Extent.of(12, long: 500)
        while killed < wanted {
            clear()
            let run = try ProgramRun.Started(command + [file])
            usleep(UInt32.random(in: 0..<UInt32(duration * 1_000_000), using: &generator))
            kill(run.process.processIdentifier, SIGKILL)
            guard try run.ended().signal == SIGKILL else { continue }
            killed += 1
            try check("random \(killed)")
        }
        print("killed at random moments: \(killed)")
    }

    @Test func atEveryPlace() throws {
        let log = directory.path("places")
        _ = try ProgramRun(command + [directory.path("logged.raireki")], environment: ["RAIREKI_FAILPOINT_LOG": log])
        let places = String(decoding: try SharedData.bytes(at: log), as: UTF8.self).split(separator: "\n")
        #expect(Set(places) == ["scanned", "layers", "source", "draft", "commit", "committed", "close", "closed"])
        let step = Extent.of(3, long: 1)
        var killed = 0
        for round in 0..<Extent.of(1, long: 3) {
            for place in stride(from: 1 + round % step, through: places.count, by: step) {
                clear()
                let run = try ProgramRun(command + [file], environment: ["RAIREKI_FAILPOINT": "\(place)"])
                #expect(run.signal == SIGKILL)
                killed += 1
                try check("place \(place) \(places[place - 1])")
            }
        }
        print("killed at places: \(killed)")
    }

    /// strace ends the process at the n-th call of a kind, which no place in the code can do.
    @Test(
        .enabled(if: ProcessTests.hasStrace, "strace is absent"),
        arguments: ["pwrite64", "fdatasync,fsync", "ftruncate", "unlink"]
    )
    func atEverySystemCall(_ name: String) throws {
        var killed = 0
        for number in stride(
            from: 1,
            to: 10_000,
            by: Extent.of(name == "pwrite64" ? 60 : 9, long: name == "pwrite64" ? 3 : 1)
        ) {
            clear()
            let trace = [ProcessTests.strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(name)"]
            let inject = ["-e", "inject=\(name):signal=KILL:when=\(number)", ProgramRun.program]
            let run = try ProgramRun(trace + inject + command.dropFirst() + [file])
            if run.signal == nil, run.status == 1 { break }
            killed += 1
            try check("\(name) \(number)")
        }
        print("killed at \(name): \(killed)")
    }
}
