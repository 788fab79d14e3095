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
}
