import Foundation
import TestSupport

/// Runs a shell script that belongs to the project.
enum ScriptRun {
    /// Runs bash, and waits for it.
    ///
    /// - Returns: Its exit status, and everything that it wrote.
    static func bash(
        _ arguments: [String],
        environment: [String: String],
        in directory: TemporaryDirectory
    ) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = arguments
        process.environment = environment.merging(["HOME": directory.path]) { $1 }
        let log = directory.path("script.log")
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = process.standardOutput
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOfFile: log, encoding: .utf8))
    }
}
