import Foundation
import TestSupport

/// The tools that own the formats of reports; `Tests/run` installs them.
enum ReportTool {
    /// Python with what `Tests/report/requirements.txt` names.
    private static let folder = SharedData.projectRoot + "/.build/report-tools/bin"
    static let python = folder + "/python3"
    static let caseValidate = folder + "/case_validate"
    static let mactime = "/usr/bin/mactime"
    static let chromium = "/usr/bin/chromium"

    static func has(_ paths: String...) -> Bool {
        paths.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static let hasBrowser = has(python, chromium, "/usr/bin/chromedriver")

    /// Has a report validated.
    static func validate(_ format: String, _ path: String, schema: String? = nil) throws -> ProgramRun {
        let script = SharedData.projectRoot + "/Tests/report/validate.py"
        return try ProgramRun([python, script, format, path] + [schema].compactMap(\.self))
    }
}
