import Foundation
import TestSupport
import Testing

@testable import raireki

/// Case files from somebody else: damaged, cut, put together from pieces.
///
/// Ten thousand with `Tests/run --long`. A trap would end the test run itself.
@Suite("A damaged case file") struct DamagedCaseTests {
    private let directory: TemporaryDirectory
    private let whole: [UInt8]
    private let foreignLog: [UInt8]
    private static let pageSize = 4096

    init() throws {
        directory = try TemporaryDirectory()
        let path = directory.path("whole.raireki")
        _ = try CommandRun(["import"] + SampleEvidence.paths, case: path)
        whole = try SharedData.bytes(at: path)
        // A log of another case, as a killed import leaves it.
        let other = directory.path("other.raireki")
        _ = try ProgramRun(
            ["raireki", "import", SampleEvidence.paths[1], "--case", other],
            environment: ["RAIREKI_FAILPOINT": "4"]
        )
        foreignLog = try SharedData.bytes(at: other + "-wal")
    }

    /// One damage; the log that lies beside the file, if any.
    private func damage(_ kind: Int, _ generator: inout SeededGenerator) -> (file: [UInt8], log: [UInt8]?) {
        var bytes = whole
        let pages = bytes.count / Self.pageSize
        func page() -> Range<Int> {
            let start = Int.random(in: 0..<pages, using: &generator) * Self.pageSize
            return start..<start + Self.pageSize
        }
        switch kind {
        case 0:
            for _ in 0..<Int.random(in: 1...20, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] ^=
                    1 << UInt8.random(in: 0..<8, using: &generator)
            }
        case 1: bytes.removeSubrange(Int.random(in: bytes.indices, using: &generator)...)
        case 2: bytes.replaceSubrange(page(), with: repeatElement(0, count: Self.pageSize))
        case 3:
            let (one, two) = (page(), page())
            let (first, second) = (Array(bytes[one]), Array(bytes[two]))
            bytes.replaceSubrange(one, with: second)
            bytes.replaceSubrange(two, with: first)
        case 4:
            setWriteAhead(&bytes)
            return (bytes, foreignLog)
        case 5: setWriteAhead(&bytes)
        case 6: bytes.replaceSubrange(28..<32, with: [0x7F, 0xFF, 0xFF, UInt8.random(in: 0...255, using: &generator)])
        default:
            // The first page holds the header and the schema.
            bytes[Int.random(in: 0..<Self.pageSize, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        return (bytes, nil)
    }

    /// Marks the file as one in write-ahead mode, whose log is then missing.
    private func setWriteAhead(_ bytes: inout [UInt8]) {
        bytes.replaceSubrange(18..<20, with: [2, 2])
    }

    @Test func isReadWithoutACrashAHangOrAChange() throws {
        var generator = SeededGenerator(seed: 10_000)
        let path = directory.path("damaged.raireki")
        let count = Extent.of(160, long: 10_000)
        var (slowest, statuses) = (Duration.zero, [Int32: Int]())
        for turn in 0..<count {
            let (file, log) = damage(turn % 8, &generator)
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            try Data(file).write(to: URL(fileURLWithPath: path))
            if let log { try Data(log).write(to: URL(fileURLWithPath: path + "-wal")) }
            let others = [["images"], ["case", "info"], ["report", "--format", "json"]]
            for words in [["case", "verify"], others[turn / 8 % 3]] {
                let start = ContinuousClock.now
                let run = try CommandRun(words, case: path)
                slowest = max(slowest, start.duration(to: .now))
                statuses[run.status.rawValue, default: 0] += 1
            }
            #expect(try SharedData.bytes(at: path) == file, "kind \(turn % 8)")
        }
        #expect(slowest < .seconds(10))
        print("damaged case files: \(count), slowest command \(slowest), exit statuses \(statuses)")
    }
}
