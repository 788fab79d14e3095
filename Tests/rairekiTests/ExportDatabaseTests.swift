import CaseFixtures
import CaseIndex
import TestSupport
import Testing

/// Exports as the programs see them that they are for.
@Suite("An export", .serialized) struct ExportDatabaseTests {
    /// The sample case, verified and checked.
    private static func sample(_ directory: TemporaryDirectory) throws -> String {
        let path = directory.path("sample.raireki")
        let root = SharedData.projectRoot + "/samples/trusted_root.json"
        for words in [
            ["import"] + SampleEvidence.paths, ["verify", "--trusted-root", root], ["check", "claims", "--all"],
        ] {
            _ = try ProgramRun(["raireki"] + words + ["--case", path])
        }
        return path
    }

    @Test(.enabled(if: ExportTool.hasDatabase)) func inPostgreSQLAnswersWhatTheCommandsAnswer() throws {
        let directory = try TemporaryDirectory()
        let run = try ExportTool.run("postgresql", [try Self.sample(directory)])
        #expect(run.status == 0, "\(run.output)\(run.talk)")
        #expect(run.output.contains("command diff: 15 rows"), "\(run.output)")
    }

    @Test(.enabled(if: ExportTool.hasDatabase)) func inPostgreSQLKeepsHostileValuesAndCasesApart() throws {
        let directory = try TemporaryDirectory()
        let hostile = try HostileCase.make()
        try hostile.caseFile.close()
        let run = try withExtendedLifetime(hostile) {
            try ExportTool.run("postgresql", [hostile.path, try Self.sample(directory)])
        }
        #expect(run.status == 0, "\(run.output)\(run.talk)")
    }

    @Test(.enabled(if: ExportTool.hasDatabase)) func goesOnAfterItWasKilledAndReplacesWhatGrew() throws {
        let directory = try TemporaryDirectory()
        let run = try ExportTool.run("survival", [try Self.sample(directory)])
        #expect(run.status == 0, "\(run.output)\(run.talk)")
    }

    @Test(.enabled(if: ExportTool.hasSpark)) func inSparkAnswersAsTheCaseDoes() throws {
        let directory = try TemporaryDirectory()
        let hostile = try HostileCase.make()
        try hostile.caseFile.close()
        let run = try withExtendedLifetime(hostile) {
            try ExportTool.run("spark", [try Self.sample(directory), hostile.path])
        }
        #expect(run.status == 0, "\(run.output)\(run.talk)")
    }
}
