import TestSupport
import Testing

/// A case is a file like any: what its name is decides nothing.
struct CaseNameTests {
    @Test("A case may have a name of one letter, and lie where the command is run", arguments: ["c", "./c", "é"])
    func shortName(name: String) throws {
        let directory = try TemporaryDirectory()
        let evidence = SharedData.projectRoot + "/samples/evidence/payments-1.4.0"
        let commands = ["import \(evidence)", "images", "case verify", "case seal", "images"]
        let script = commands.map { "\(ProgramRun.program) \($0) --case \(name)" }.joined(separator: " && ")
        let run = try ProgramRun(["/bin/sh", "-c", "cd \(directory.path) && \(script)"])
        #expect(run.signal == nil)
        #expect(run.status == 0)
        #expect(run.output.contains("acme/payments:1.4.0"))
    }
}
