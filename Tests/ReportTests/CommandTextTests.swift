import CaseFixtures
import CaseIndex
import Testing

@testable import Report

@Suite struct CommandTextTests {
    @Test(arguments: [
        (#"["verify","--at","2026-03-01T12:00:00Z"]"#, "verify --at 2026-03-01T12:00:00Z"),
        (#"["import","a b","it's",""]"#, #"import 'a b' 'it'\''s' ''"#),
        (#"["trace","$(reboot)"]"#, "trace '$(reboot)'"), ("not JSON", "verb not JSON"), ("[1]", "verb [1]"),
    ])
    func writesWhatSomebodyWouldType(_ arguments: String, _ line: String) throws {
        let fixture = try CaseFixture()
        try fixture.caseFile.write { writer in
            writer.appendActivity(
                verb: "verb",
                arguments: arguments,
                toolVersion: "0",
                startedAt: CaseFixture.time,
                result: "{}"
            )
        }
        let activity = try #require(try fixture.caseFile.read { try $0.activities() }.last)
        #expect(CommandText.line(activity) == line)
    }
}
