internal import Foundation

/// Other people's tools, which judge the same things as we do.
///
/// They lie in the folder that `RAIREKI_PEERS` names; tests that need one carry `.enabled(if:)` and say so.
package enum Peer {
    /// What a run of a peer came to.
    package struct Outcome: Sendable {
        /// Its exit status.
        package let status: Int32
        /// What it wrote to standard output.
        package let output: [UInt8]
        /// What it wrote to standard error, as text.
        package let messages: String

        /// Everything that it wrote, as text.
        package var everything: String { messages + String(decoding: output, as: UTF8.self) }
    }

    /// Tools that come with the system.
    private static let systemTools: Set = ["openssl"]

    /// The path of a tool; nil when it is not there.
    package static func path(_ tool: String) -> String? {
        let peers = ProcessInfo.processInfo.environment["RAIREKI_PEERS"]
        guard let folder = systemTools.contains(tool) ? "/usr/bin" : peers else { return nil }
        let path = "\(folder)/\(tool)"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    /// Whether a tool is there.
    package static func has(_ tool: String) -> Bool {
        path(tool) != nil
    }

    /// Runs a tool without a network and without a home of its own, and waits for it.
    ///
    /// - Throws: When the tool is not there or cannot be started.
    package static func run(
        _ tool: String,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> Outcome {
        guard let path = path(tool) else { throw PeerError.absent(tool) }
        let home = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // A network namespace of its own, where the system lets us make one: no peer may fetch anything.
        let isolation = canIsolate ? ["unshare", "--net"] : []
        let variables = environment.map { "\($0.key)=\($0.value)" }
        process.arguments = ["HOME=\(home.path)"] + variables + isolation + [path] + arguments
        let messagesPath = home.path("messages")
        let outputPath = home.path("output")
        for file in [messagesPath, outputPath] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: outputPath)
        process.standardError = FileHandle(forWritingAtPath: messagesPath)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: [UInt8](FileManager.default.contents(atPath: outputPath) ?? Data()),
            messages: String(decoding: FileManager.default.contents(atPath: messagesPath) ?? Data(), as: UTF8.self)
        )
    }

    private static let canIsolate: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["unshare", "--net", "true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()
}

/// Why a peer could not be asked.
package enum PeerError: Error, Equatable {
    /// The tool is not in the folder that `RAIREKI_PEERS` names.
    case absent(String)
}
