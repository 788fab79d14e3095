import CaseIndex
import Cryptography
import TestSupport
import Testing

@Suite("A case is one file that only the tool's own code changes")
struct CaseFileTests {
    private func failure(_ body: () throws -> Void) -> CaseError? {
        do {
            try body()
            return nil
        } catch {
            return error as? CaseError
        }
    }

    @Test("A new case is empty, and is opened again")
    func opens() throws {
        let made = try MadeCase()
        #expect(try made.file.read { try $0.counts() }.sources == 0)
        _ = try made.source("a")
        try made.file.close()
        let again = try CaseFile.open(made.path)
        #expect(try again.read { try $0.counts() }.sources == 1)
        try again.close()
    }

    @Test("A closed case is one plain file that reading leaves as it is")
    func sealed() throws {
        let made = try MadeCase()
        _ = try made.source("a")
        try made.file.close()
        let sealed = try SharedData.bytes(at: made.path)
        let reader = try CaseFile.openReadOnly(made.path)
        #expect(try reader.read { try $0.sources() }.count == 1)
        #expect(throws: CaseError.self) { try reader.write { try $0.complete(sourceID: 1) } }
        try reader.close()
        #expect(try SharedData.bytes(at: made.path) == sealed)
        for suffix in ["-wal", "-shm", "-journal"] {
            #expect(throws: SharedDataError.unreadable(made.path + suffix)) {
                try SharedData.bytes(at: made.path + suffix)
            }
        }
    }

    @Test("A path without a file is named")
    func absent() throws {
        let path = try TemporaryDirectory().path("none.db")
        #expect(failure { _ = try CaseFile.open(path) } == .noSuchFile(path: path))
        #expect(failure { _ = try CaseFile.openReadOnly(path) } == .noSuchFile(path: path))
    }

    @Test("A text file is not a case, and stays as it is")
    func textFile() throws {
        let directory = try TemporaryDirectory()
        let text = String(repeating: "This is evidence, not a case.\n", count: 100)
        let path = try directory.write(text, to: "notes.txt")
        for open in [CaseFile.open, CaseFile.openOrCreate, CaseFile.openReadOnly] {
            #expect(failure { _ = try open(path) } == .notACase(path: path))
        }
        #expect(try SharedData.bytes(at: path) == Array(text.utf8))
    }

    @Test(
        "Another program's database is not a case, and stays as it is",
        arguments: ["", "PRAGMA user_version = 1;", "PRAGMA user_version = 99;"]
    )
    func foreignDatabase(version: String) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("foreign.db")
        try MadeCase.execute("CREATE TABLE evidence (a); INSERT INTO evidence VALUES (1); \(version)", at: path)
        let before = try SharedData.bytes(at: path)
        for open in [CaseFile.open, CaseFile.openOrCreate, CaseFile.openReadOnly] {
            #expect(failure { _ = try open(path) } == .notACase(path: path))
        }
        #expect(try SharedData.bytes(at: path) == before)
    }

    @Test("A case of a newer version is refused with both numbers, and stays as it is")
    func newer() throws {
        let made = try MadeCase()
        try made.file.close()
        try made.tamper("PRAGMA user_version = 7")
        let before = try SharedData.bytes(at: made.path)
        for open in [CaseFile.open, CaseFile.openOrCreate, CaseFile.openReadOnly] {
            #expect(failure { _ = try open(made.path) } == .newerVersion(found: 7, known: 3))
        }
        #expect(try SharedData.bytes(at: made.path) == before)
    }

    @Test("A case of an earlier version is refused with both numbers, and stays as it is")
    func older() throws {
        let made = try MadeCase()
        try made.file.close()
        try made.tamper("PRAGMA user_version = 1")
        let before = try SharedData.bytes(at: made.path)
        for open in [CaseFile.open, CaseFile.openOrCreate, CaseFile.openReadOnly] {
            #expect(failure { _ = try open(made.path) } == .olderVersion(found: 1, known: 3))
        }
        #expect(try SharedData.bytes(at: made.path) == before)
    }

    @Test(
        "A directory in which nothing can be written is a storage error",
        arguments: ["/proc/case.db", "/nowhere/case.db"]
    )
    func unwritable(path: String) {
        guard case .storage(path: let named, reason: _) = failure({ _ = try CaseFile.openOrCreate(path) }) else {
            Issue.record("no storage error")
            return
        }
        #expect(named == path)
    }

    @Test("A transaction that fails stores nothing")
    func atomic() throws {
        struct Stop: Error {}
        let made = try MadeCase()
        #expect(throws: Stop.self) {
            try made.file.write { writer in
                try writer.insert(content: [1], digest: MadeCase.digest("a"))
                throw Stop()
            }
        }
        #expect(try made.file.read { try $0.content(MadeCase.digest("a")) } == nil)
    }

    @Test("Two handles that write at once lose nothing", .timeLimit(.minutes(2)))
    func concurrent() async throws {
        let made = try MadeCase()
        let second = try CaseFile.openOrCreate(made.path)
        let files = [made.file, second]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                group.addTask {
                    for step in 0..<25 {
                        try files[number % 2].write { writer in
                            try writer.insert(content: [], digest: MadeCase.digest("\(number)-\(step)"))
                            writer.appendActivity(
                                verb: "test",
                                arguments: "[\(number)]",
                                toolVersion: "1",
                                startedAt: MadeCase.time,
                                result: "{}"
                            )
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let log = try made.file.read { try $0.activities() }
        #expect(log.count == 100)
        #expect(ActivityRecord.firstBroken(in: log) == nil)
        for number in 0..<4 {
            #expect(try second.read { try $0.content(MadeCase.digest("\(number)-24")) } == [])
        }
        try second.close()
    }

    @Test("Two handles that create the same case at once make one case")
    func concurrentCreation() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("case.db")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                group.addTask {
                    let file = try CaseFile.openOrCreate(path)
                    try file.write { try $0.insert(content: [], digest: MadeCase.digest("\(number)")) }
                    try file.close()
                }
            }
            try await group.waitForAll()
        }
        let file = try CaseFile.openReadOnly(path)
        for number in 0..<4 {
            #expect(try file.read { try $0.content(MadeCase.digest("\(number)")) } == [])
        }
    }
}
