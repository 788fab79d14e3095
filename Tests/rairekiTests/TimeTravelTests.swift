import CaseIndex
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// What would have been said another day, of the sample case.
@Suite struct TimeTravelTests {
    private let directory: TemporaryDirectory
    private let path: String
    private static let samples = SharedData.projectRoot + "/samples"
    private static let root = samples + "/trusted_root.json"

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("case.raireki")
        let run = try CommandRun(["import", Self.samples + "/evidence/payments-1.4.2"], case: path)
        #expect(run.status == .success)
    }

    /// The reasons for which the one signature is not authentic.
    private func reasons(_ options: [String]) throws -> [String] {
        let run = try CommandRun(["verify", "--format", "json"] + options, case: path)
        let document = try JSONValue(parsing: Array(run.output.utf8))
        let signature = try #require(document["images"]?.array?.first?["signatures"]?.array?.first)
        let checks = signature["checks"]?.array ?? []
        let reasons = checks.filter { $0["outcome"]?.string == "failed" }.compactMap { $0["reason"]?.string }
        #expect(signature["verdict"]?["authentic"]?.bool == reasons.isEmpty)
        return reasons
    }

    /// The signature was logged at 2026-03-04T09:04:16Z.
    @Test(arguments: [
        ("2026-03-04T09:04:15Z", ["time.after-reference"]), ("2026-03-04T09:04:16Z", []), ("2027-01-01T00:00:00Z", []),
    ])
    func judgesAsOfATime(time: String, expected: [String]) throws {
        #expect(try reasons(["--trusted-root", Self.root, "--at", time]) == expected)
    }

    @Test func judgesByTheRootOfAnotherDay() throws {
        let bytes = String(decoding: try OutputFile.read(Self.root), as: UTF8.self)
        #expect(bytes.contains("2026-01-01T09:00:00Z"))
        #expect(try reasons(["--trusted-root", Self.root]).isEmpty)
        // Everything in it began on the day after the signature.
        let later = try directory.write(
            bytes.replacing("2026-01-01T09:00:00Z", with: "2026-03-05T09:00:00Z"),
            to: "later.json"
        )
        let reasons = try reasons(["--trusted-root", later])
        #expect(reasons.contains("tlog.outside-validity") || reasons.contains("sct.log-outside-validity"))
    }

    @Test func asksWithoutReplacingWhatIsRecorded() throws {
        #expect(try reasons(["--trusted-root", Self.root]).isEmpty)
        let before = try CaseFile.openReadOnly(path).read { try ($0.signatures()[0], $0.activities().count) }
        let asked = try reasons(["--trusted-root", Self.root, "--at", "2026-03-04T09:04:15Z", "--what-if"])
        #expect(asked == ["time.after-reference"])
        let (verdict, count) = try CaseFile.openReadOnly(path).read {
            try ($0.verdict(of: before.0.id), $0.activities().count)
        }
        #expect(verdict?.isAuthentic == true && count == before.1)
        // Without it the verdict is replaced, and the custody log says so.
        _ = try reasons(["--trusted-root", Self.root, "--at", "2026-03-04T09:04:15Z"])
        let after = try CaseFile.openReadOnly(path).read { try ($0.verdict(of: before.0.id), $0.activities().count) }
        #expect(after.0?.isAuthentic == false && after.1 == before.1 + 1)
    }
}
