import Cryptography
import Foundation
import Signing
import TestSupport
import Testing

@testable import raireki

/// What is signed here goes through a real registry and comes out with everything that it had.
@Suite(
    .enabled(if: Peer.has("cosign") && Peer.has("oras"), "no cosign, or no oras, in RAIREKI_PEERS"),
    .enabled(if: RegistryTools.areThere, "no docker-registry, skopeo, curl or jq")
)
struct RegistryTests {
    private static let script = SharedData.projectRoot + "/Tests/registry/round-trip"
    private static let storages = ["bundle", "oci-1-1", "legacy"]

    @Test func carriesEveryStorageThroughARegistry() throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        let annotations = VirtualSigstore.job.annotations(tag: "1.4.0").flatMap { ["-a", "\($0.key)=\($0.value)"] }
        let folder = fixture.directory
        for storage in Self.storages {
            let image = "\(fixture.layout):app:1.4.0"
            _ = try fixture.run(["copy", image, folder.path(storage)])
            try rename(folder.path(storage))
            let options = ["--storage", storage, "--sign-container-identity", "registry.example/acme/\(storage)"]
            let run = try fixture.run(["sign"] + fixture.keyless + options + annotations + [folder.path(storage)])
            #expect(run.status == .success, "\(run.talk)")
        }
        try FileManager.default.copyItem(atPath: fixture.trustedRoot, toPath: folder.path("trusted_root.json"))
        let outcome = try ScriptRun.bash(
            [Self.script, folder.path] + [1, 3].map { SigningFixture.expectation[$0] },
            environment: ProcessInfo.processInfo.environment,
            in: folder
        )
        #expect(outcome.status == 0, "\(outcome.text)")
        #expect(outcome.text.split(separator: "\n").count { $0.hasPrefix("ok: ") } == 9, "\(outcome.text)")
        for storage in Self.storages {
            let file = ["--case", folder.path("\(storage).raireki")]
            let read = try fixture.run(["import", folder.path("out-\(storage)")] + file)
            #expect(read.status == .success, "\(read.talk)")
            let verify = ["verify", "--trusted-root", fixture.trustedRoot] + SigningFixture.expectation + annotations
            let verified = try fixture.run(verify + file)
            #expect(verified.status == .success, "\(storage): \(verified.output)")
        }
    }

    /// Gives the image a tag that registries take.
    private func rename(_ layout: String) throws {
        let path = "\(layout)/index.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing("app:1.4.0", with: "1.4.0").write(toFile: path, atomically: true, encoding: .utf8)
    }
}

/// Debian's tools that the round trip needs.
private enum RegistryTools {
    static let areThere = {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return ["docker-registry", "skopeo", "curl", "jq"].allSatisfy { tool in
            path.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
        }
    }()
}
