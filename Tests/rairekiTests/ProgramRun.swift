import Foundation
import StrictJSON
import TestSupport

/// The program, run as a process of its own.
struct ProgramRun {
    /// The exit status; nil when a signal ended it.
    let status: Int32?
    /// The signal that ended it.
    let signal: Int32?
    let output: String
    let talk: String

    /// Where the built program lies.
    static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("raireki").path

    /// Runs words of a command line; the first is the program's path unless that is `raireki`.
    init(_ words: [String], environment: [String: String] = [:]) throws {
        self = try Started(words, environment: environment).ended()
    }

    private init(status: Int32?, signal: Int32?, output: String, talk: String) {
        (self.status, self.signal, self.output, self.talk) = (status, signal, output, talk)
    }

    /// The document that it printed.
    func json() throws -> JSONValue {
        try JSONValue(parsing: Array(output.utf8))
    }

    /// A process that has not ended yet.
    struct Started {
        let process: Process
        private let directory: TemporaryDirectory

        init(_ words: [String], environment: [String: String] = [:]) throws {
            directory = try TemporaryDirectory()
            process = Process()
            let program = words[0] == "raireki" ? ProgramRun.program : words[0]
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = Array(words.dropFirst())
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try Self.file(directory.path("output"))
            process.standardError = try Self.file(directory.path("talk"))
            try process.run()
        }

        private static func file(_ path: String) throws -> FileHandle {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        }

        func ended() throws -> ProgramRun {
            process.waitUntilExit()
            let hasSignal = process.terminationReason == .uncaughtSignal
            return ProgramRun(
                status: hasSignal ? nil : process.terminationStatus,
                signal: hasSignal ? process.terminationStatus : nil,
                output: String(decoding: try SharedData.bytes(at: directory.path("output")), as: UTF8.self),
                talk: String(decoding: try SharedData.bytes(at: directory.path("talk")), as: UTF8.self)
            )
        }
    }
}

/// The evidence of the sample case.
enum SampleEvidence {
    static let paths = [
        "gateway-2.0.0", "payments-1.4.0", "payments-1.4.1", "payments-1.4.2", "payments-1.4.3",
        "payments-1.4.3-debug.tar",
    ].map { SharedData.projectRoot + "/samples/evidence/" + $0 }
}
