import CaseIndex
import Evidence
import Signing
import TestSupport
import Testing

@testable import raireki

@Suite struct LimitOptionTests {
    @Test(
        arguments: [
            ("members=5000", .members, 5000), ("document-bytes=16MiB", .documentBytes, 16 << 20),
            ("expanded-bytes=1TiB", .expandedBytes, 1 << 40), ("claim-value-bytes=0", .claimValueBytes, 0),
            ("payload-bytes=7", .payloadBytes, 7),
        ] as [(String, ImportLimitName, Int64)]
    )
    func readsNumbersAndUnits(text: String, name: ImportLimitName, value: Int64) throws {
        let limit = try #require(LimitValue(argument: text))
        #expect((limit.name, limit.value) == (name, value))
    }

    @Test(arguments: [
        "", "members", "members=", "members=-1", "members=1.5", "members=5KiB", "documents=1", "document-bytes=MiB",
        "document-bytes=99999999999999999999", "document-bytes=9007199254740992TiB", "document-bytes=١",
    ])
    func refusesWhatIsNone(text: String) {
        #expect(LimitValue(argument: text) == nil)
    }

    @Test(arguments: ImportLimitName.allCases)
    func everyLimitCanBeSetAlone(name: ImportLimitName) {
        var limits = ImportLimits.standard
        limits[name] = 3
        for other in ImportLimitName.allCases {
            #expect(limits[other] == (other == name ? 3 : ImportLimits.standard[other]))
        }
    }

    @Test func whatLiesBeyondALimitIsTold() throws {
        let directory = try TemporaryDirectory()
        let layout = try SignedLayout(storage: .legacy).write(to: directory)
        let path = directory.path("case.raireki")
        let run = try CommandRun(["import", layout, "--limit", "payload-bytes=10", "--case", path])
        #expect(run.status == .finding)
        let warnings = try CaseFile.openReadOnly(path).read { try $0.warnings() }
        #expect(warnings.map(\.code).contains("limit.bytes"))
        #expect(warnings.contains { $0.message.hasSuffix("more than the limit of 10") })
        #expect(throws: (any Error).self) { try CommandRun(["import", layout, "--limit", "x=1", "--case", path]) }
    }

    @Test func aLimitThatHidesEverythingIsNamed() throws {
        let directory = try TemporaryDirectory()
        var tar = TarBytes()
        tar.add("blobs/first", [1])
        tar.add("index.json", [2])
        let archive = try directory.write(tar.finished, to: "a.tar")
        let run = try CommandRun(
            ["import", archive, "--limit", "members=1", "--case", directory.path("case.raireki")]
        )
        #expect(run.status == .finding)
        let loss = "limit.members: 2 members; those beyond the limit of 1 were not read"
        #expect(run.talk.contains("incomplete: \(archive): \(loss)\n"))
    }

    /// A tar archive in a tar archive.
    private func boxed(_ directory: TemporaryDirectory) throws -> String {
        let layout = try SignedLayout(storage: .legacy).write(to: directory)
        let inner = directory.path("layout.tar"), outer = directory.path("all.tar")
        #expect(try ProgramRun(["/bin/tar", "-C", layout, "-cf", inner, "."]).status == 0)
        #expect(try ProgramRun(["/bin/tar", "-C", directory.path(""), "-cf", outer, "layout.tar"]).status == 0)
        return outer
    }

    @Test func aFileOnStandardInputIsReadAsByItsName() throws {
        let directory = try TemporaryDirectory()
        let archive = try boxed(directory)
        let path = directory.path("case.raireki")
        let command = "'\(ProgramRun.program)' import - --case '\(path)'"
        let run = try ProgramRun(["/bin/sh", "-c", "\(command) < '\(archive)'"])
        #expect(run.status == 0)
        let sources = try CaseFile.openReadOnly(path).read { try $0.sources() }
        #expect(sources.map(\.path) == ["-/layout.tar"])
        #expect(sources.map(\.kind) == ["oci-archive"])
    }

    @Test func archivesInAStreamAreCountedAsNotRead() throws {
        let directory = try TemporaryDirectory()
        let archive = try boxed(directory)
        let path = directory.path("case.raireki")
        let run = try ProgramRun(
            ["/bin/sh", "-c", "cat '\(archive)' | '\(ProgramRun.program)' import - --case '\(path)'"]
        )
        #expect(run.status == 1)
        let loss = "archive.unopened: 1 archive not opened: a stream cannot be read twice; import a file instead"
        #expect(run.talk.contains("incomplete: -: \(loss)\n"))
        #expect(run.talk.contains("not recognised: 1 file (layout.tar (not opened: in a stream))"))
        let warnings = try CaseFile.openReadOnly(path).read { try $0.warnings() }
        #expect(warnings.map(\.code) == ["archive.unopened"])
    }

    @Test func aCaseOfEvidenceThatWasNotAllReadDoesNotPassAsWhole() throws {
        let directory = try TemporaryDirectory()
        let archive = try boxed(directory)
        let path = directory.path("case.raireki")
        let run = try CommandRun(["import", archive, "--limit", "archive-nesting=0"], case: path)
        #expect(run.status == .finding)
        let verified = try CommandRun(["case", "verify"], case: path)
        #expect(verified.status == .finding)
        #expect(
            verified.output.contains(
                "not all of the evidence was read  [import.cut]\n    \(archive): limit.archive-nesting\n"
            )
        )
        #expect(verified.talk.hasPrefix("nothing in the case was changed; not all of the evidence is in it"))
        let info = try CommandRun(["case", "info"], case: path)
        #expect(info.status == .finding)
        #expect(info.output.contains("limit.archive-nesting"))
    }
}
