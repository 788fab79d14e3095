import Foundation
import TestSupport

@testable import raireki

/// The programs that exports are compared with; `Tests/run` installs them.
enum ExportTool {
    private static let folder = SharedData.projectRoot + "/Tests/export/"
    private static let spark = SharedData.projectRoot + "/.build/spark"
    private static let sparkPython = spark + "/bin/python3"

    /// PostgreSQL's server, and Python.
    static let hasDatabase: Bool = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        return versions.contains { ReportTool.has("/usr/lib/postgresql/\($0)/bin/initdb") }
            && ReportTool.has("/usr/bin/psql", "/usr/bin/python3")
    }()

    /// Spark, and a Java machine for it.
    static let hasSpark = ReportTool.has(sparkPython, "/usr/bin/java") && OutputFile.exists(spark + "/ready")

    /// Runs one of the scripts beside the tests.
    static func run(_ script: String, _ cases: [String]) throws -> ProgramRun {
        let python = script == "spark" ? sparkPython : "/usr/bin/python3"
        return try ProgramRun([python, folder + "\(script).py", ProgramRun.program] + cases)
    }
}
