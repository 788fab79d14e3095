import Foundation

/// Programs of the system, run by tests.
enum Tool {
    struct Outcome {
        let status: Int32
        let text: String
    }

    /// The path of a program; nil where it is not installed.
    static func path(_ name: String) -> String? {
        ["/usr/bin", "/bin", "/usr/sbin", "/sbin"].map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// A program among those that others made, then one of the system.
    static func peer(_ name: String) -> String? {
        let folder = ProcessInfo.processInfo.environment["RAIREKI_PEERS"]
        let inFolder = folder.map { "\($0)/\(name)" }.flatMap {
            FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil
        }
        return inFolder ?? path(name)
    }

    struct Absent: Error {
        let name: String
    }

    /// Runs a program to its end, in a folder if one is given.
    static func run(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        guard let path = name.hasPrefix("/") ? name : peer(name) else { throw Absent(name: name) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/nonexistent"].merging(environment) {
            $1
        }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, text: String(decoding: bytes, as: UTF8.self))
    }
}
