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
        let outcome = try ScriptRun.bash(
            [SharedData.projectRoot + "/samples/gitlab-pipeline/run", directory.path("played")],
            environment: ["RAIREKI": Self.program, "PATH": "/usr/bin:/bin"],
            in: directory
        )
        let text = outcome.text
        #expect(outcome.status == 0, "\(text)")
        #expect(text.contains("1 image, 1 signature: 1 authentic, 1 trusted"))
        #expect(text.contains(#""com.gitlab.ci.job.id": "620118""#))
        #expect(text.contains(#""Issuer": "https://gitlab.example.com""#))
        #expect(text.components(separatedBy: "com.gitlab.ci.").count == 9)
    }
}
