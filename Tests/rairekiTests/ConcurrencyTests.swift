import CaseIndex
import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

@Suite("Several processes on one case", .serialized) struct ConcurrencyTests {
    private let directory: TemporaryDirectory
    private let file: String

    init() throws {
        directory = try TemporaryDirectory()
        file = directory.path("case.raireki")
    }

    private func evidence(_ number: Int) throws -> String {
        var sigstore = try VirtualSigstore(seed: "process \(number)")
        sigstore.artifact = [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
        return try directory.write(try sigstore.signed().bundle.bytes, to: "bundle-\(number).json")
    }

    private func start(_ paths: [String]) throws -> ProgramRun.Started {
        try ProgramRun.Started(["raireki", "import"] + paths + ["--case", file])
    }

    private func expectWhole(sources: Int, runs: Int) throws {
        let verified = try ProgramRun(["raireki", "case", "verify", "--case", file])
        #expect(verified.status == 0, "\(verified.output)")
        let reader = try CaseFile.openReadOnly(file)
        #expect(try reader.read { try $0.sources() }.count == sources)
        #expect(try reader.read { try $0.activities() }.count == runs)
        try reader.close()
    }

    @Test func eightImportsOfDifferentEvidence() throws {
        let paths = try (0..<8).map { try evidence($0) }
        for run in try paths.map({ try start([$0]) }).map({ try $0.ended() }) {
            #expect(run.status == 0, "\(run.talk)")
            #expect(!run.talk.contains("locked"))
        }
        try expectWhole(sources: 8, runs: 8)
    }

    @Test func eightImportsOfTheSameEvidence() throws {
        for run in try (0..<8).map({ _ in try start([SampleEvidence.paths[0]]) }).map({ try $0.ended() }) {
            #expect(run.status == 0, "\(run.talk)")
        }
        try expectWhole(sources: 1, runs: 8)
        let reader = try CaseFile.openReadOnly(file)
        let results = try reader.read { try $0.activities() }.map(\.result)
        #expect(results.count { $0.contains("\"alreadyKnown\":false") } == 1)
    }

    @Test func readersAreNotKeptWaiting() throws {
        #expect(try start([SampleEvidence.paths[0]]).ended().status == 0)
        let importer = try start((0..<Extent.of(30, long: 200)).map { try evidence($0) })
        var readers = 0
        while importer.process.isRunning {
            let readings = try (0..<4).map { _ in try ProgramRun.Started(["raireki", "images", "--case", file]) }
            for run in try readings.map({ try $0.ended() }) {
                // While the import is under way the case is not whole, and says so.
                let isTold = run.status == 1 && run.talk.contains("import incomplete")
                #expect(run.status == 0 || isTold, "\(run.talk)")
                readers += 1
            }
        }
        #expect(try importer.ended().status == 0)
        #expect(readers > 0)
        print("readers beside an import: \(readers)")
    }

    @Test func oneThatIsKilledDoesNotStopTheOthers() throws {
        let paths = try (0..<8).map { try evidence($0) }
        let runs = try paths.map { try start([$0]) }
        kill(runs[3].process.processIdentifier, SIGKILL)
        for (number, run) in runs.enumerated() where number != 3 {
            let ended = try run.ended()
            #expect(ended.status == 0, "\(ended.talk)")
        }
        _ = try runs[3].ended()
        #expect(try start([paths[3]]).ended().status == 0)
        let verified = try ProgramRun(["raireki", "case", "verify", "--case", file])
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test func fewFilesMayBeOpen() throws {
        let paths = try (0..<Extent.of(100, long: 1_000)).map { try evidence($0) }
        let script = "ulimit -n 64; exec \"$0\" import \"$@\""
        let words = ["/bin/sh", "-c", script, ProgramRun.program] + paths + ["--case", file]
        let run = try ProgramRun(words)
        #expect(run.status == 0, "\(run.talk)")
        try expectWhole(sources: paths.count, runs: paths.count)
    }

    @Test(
        .enabled(if: ProcessTests.hasStrace, "strace is absent"),
        arguments: ["read:error=EINTR:when=2+3", "pread64:error=EINTR:when=2+3", "pwrite64:error=EINTR:when=2+3"]
    )
    func interruptedCallsAreMadeAgain(_ injection: String) throws {
        let call = injection.split(separator: ":")[0]
        let trace = [ProcessTests.strace, "-f", "-qq", "-o", directory.path("trace"), "-e", "trace=\(call)"]
        let archive = SampleEvidence.paths[5]
        // Only what is asked of the evidence and the case: the loader of programs gives up on an interrupted call.
        let paths = [archive, file, file + "-wal"].flatMap { ["-P", $0] }
        let command = [ProgramRun.program, "import", archive, "--case", file]
        let run = try ProgramRun(trace + paths + ["-e", "inject=\(injection)"] + command)
        #expect(run.status == 0, "\(run.talk)")
        let log = String(decoding: try SharedData.bytes(at: directory.path("trace")), as: UTF8.self)
        #expect(log.contains("EINTR"))
        try expectWhole(sources: 1, runs: 1)
    }

    @Test(
        .enabled(if: ProcessTests.hasStrace, "strace is absent"),
        arguments: ["pwrite64:error=EIO", "pwrite64:error=ENOSPC", "fdatasync:error=EIO", "openat:error=EMFILE"],
        [3, 12, 40]
    )
    func failingCallsAreToldAndHarmNothing(_ injection: String, _ number: Int) throws {
        #expect(try start([SampleEvidence.paths[0]]).ended().status == 0)
        let call = injection.split(separator: ":")[0]
        let trace = [ProcessTests.strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)"]
        let command = [ProgramRun.program, "import", SampleEvidence.paths[1], "--case", file]
        let run = try ProgramRun(trace + ["-e", "inject=\(injection):when=\(number)"] + command)
        #expect(run.signal == nil)
        #expect(run.status == 0 || run.talk.contains("error") || run.talk.contains("warning"), "\(run.talk)")
        let again = try start([SampleEvidence.paths[1]]).ended()
        #expect(again.status == 0 || again.output.contains("in the case already"), "\(again.talk)")
        let verified = try ProgramRun(["raireki", "case", "verify", "--case", file])
        // Evidence of which a file could not be read is in the case, and said not to be whole: nothing else is wrong.
        let failures = verified.output.split(separator: "\n").filter { $0.contains("✗") }
        let isOnlyCut = failures.count == 1 && failures[0].contains("[import.cut]")
        #expect(verified.status == 0 || run.status == 1 && isOnlyCut, "\(verified.output)")
    }
}
