import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import raireki

/// The short answer over evidence, with an expectation, a policy, or a root that came with the evidence.
@Suite struct InvestigateCommandTests {
    private static let samples = SharedData.projectRoot + "/samples"
    private static let trust = ["--trusted-root", samples + "/trusted_root.json"]
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func investigate(_ arguments: [String]) throws -> CommandRun {
        try CommandRun(["investigate"] + arguments, case: directory.path("case.raireki"))
    }

    @Test func judgesEveryImageByAPolicy() throws {
        let policy = ["--policy", Self.samples + "/policy.yaml"]
        let run = try investigate([Self.samples + "/evidence/payments-1.4.1"] + Self.trust + policy)
        #expect(run.output.contains("✓ rule payments provenance: met"))
        #expect(run.talk.contains("policy: 1 of 1 image met\n"))
        let other = try TemporaryDirectory()
        let altered = try CommandRun(
            ["investigate", Self.samples + "/evidence/payments-1.4.3"] + Self.trust + policy,
            case: other.path("case.raireki")
        )
        #expect(altered.status == .finding)
        #expect(altered.talk.contains("policy: 0 of 1 image met\n"))
    }

    @Test func refusesAPolicyBesideAnExpectationAndReadsItBeforeAnyEvidence() throws {
        let evidence = Self.samples + "/evidence/payments-1.4.1"
        #expect(throws: (any Error).self) { try investigate([evidence, "--policy", "p", "--key", "k"]) }
        let missing = try investigate([evidence, "--policy", directory.path("none.yaml")])
        #expect(missing.status == .failure)
        #expect(missing.talk.hasPrefix("error: cannot read (no such file or directory)"))
        #expect(missing.output.isEmpty)
    }

    @Test func neverTrustsARootThatLiesInTheEvidence() throws {
        try FileManager.default.copyItem(
            atPath: Self.samples + "/evidence/payments-1.4.1",
            toPath: directory.path("evidence")
        )
        let root = try OutputFile.read(Self.samples + "/trusted_root.json")
        for name in ["trusted_root.json", "blobs/trusted_root.json"] {
            try directory.write(root, to: "evidence/\(name)")
        }
        let run = try investigate([directory.path("evidence")])
        #expect(run.status == .finding)
        #expect(run.talk.contains("1 signature: 0 authentic, 0 trusted"))
        let verdict = try CommandRun(["verify"], case: directory.path("case.raireki"))
        #expect(verdict.output.contains("tlog.unknown-log"))
        let named = try CommandRun(["verify"] + Self.trust, case: directory.path("case.raireki"))
        #expect(named.talk.contains("1 authentic"))
    }
}
