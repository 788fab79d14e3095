internal import Foundation

/// A tool of somebody else that judges the same material: a real cosign, for instance.
///
/// Looked for in the directory that the environment variable `RAIREKI_PEERS` names, else in `.peers/bin` of the project.
/// Tests that need one carry `.enabled(if: PeerTool.cosign != nil, "no cosign: see shared/peers/install")`.
package struct PeerTool: Sendable {
    /// Where it is.
    package let path: String

    /// cosign; nil when it is not installed.
    package static let cosign = find("cosign")

    /// The openssl command; nil when it is not installed.
    package static let openssl =
        FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")
        ? PeerTool(path: "/usr/bin/openssl") : nil

    private static func find(_ name: String) -> PeerTool? {
        let directories = [
            ProcessInfo.processInfo.environment["RAIREKI_PEERS"], "\(SharedData.projectRoot)/.peers/bin",
        ]
        let paths = directories.compactMap { $0.map { "\($0)/\(name)" } }
        return paths.first { FileManager.default.isExecutableFile(atPath: $0) }.map(PeerTool.init(path:))
    }

    /// What a run came to.
    package struct Result: Sendable {
        /// The exit status.
        package let status: Int32
        /// What it wrote to both outputs.
        package let output: String
    }

    /// Runs it without a network: every proxy is a port on which nobody listens, and its home is empty.
    package func run(_ arguments: [String]) throws -> Result {
        let home = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = [
            "HOME": home.path, "HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }
}
