import Foundation
import TestSupport
import Testing

/// The pipeline of the samples runs to its end, and its last line prints what it promises.
@Suite(
    .enabled(if: Peer.has("openssl") && FileManager.default.isExecutableFile(atPath: "/usr/bin/jq"), "no openssl or jq")
)
struct PipelineSampleTests {
    private static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("raireki").path

    @Test func playsThePipelineFromTheTokenToTheVerdict() throws {
        let directory = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [SharedData.projectRoot + "/samples/gitlab-pipeline/run", directory.path("played")]
        process.environment = ["RAIREKI": Self.program, "PATH": "/usr/bin:/bin", "HOME": directory.path]
        let log = directory.path("log")
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = process.standardOutput
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOfFile: log, encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.contains("1 image, 1 signature: 1 authentic, 1 trusted"))
        #expect(text.contains(#""com.gitlab.ci.job.id": "620118""#))
        #expect(text.contains(#""Issuer": "https://gitlab.example.com""#))
        #expect(text.components(separatedBy: "com.gitlab.ci.").count == 9)
    }
}
