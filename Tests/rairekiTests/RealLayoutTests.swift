import CaseFixtures
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// The whole way on layouts that others made: import, verify, trace, report.
@Suite(.enabled(if: SharedData.isPresent, "../shared/data is absent"))
struct RealLayoutTests {
    /// A layout of the material with what is known of it.
    struct Layout: CustomTestStringConvertible, Sendable {
        let version, commit, run, ref: String
        var testDescription: String { version }
    }

    private static let layouts = [
        Layout(
            version: "v1.4.0",
            commit: "904e2c3e02725e314cf6cf141c4700081298dcbd",
            run: "3894877440",
            ref: "refs/heads/main"
        ),
        Layout(
            version: "v1.8.0",
            commit: "6cf671f47f3752f97b9f5bff511e37b938fe10d2",
            run: "5758772739",
            ref: "refs/heads/main"
        ),
        Layout(
            version: "v1.10.0",
            commit: "d37a7f740ee7404914456f24dcd90e865a0509e8",
            run: "8373487125",
            ref: "refs/tags/v13.0.30"
        ),
        Layout(
            version: "v2.1.0",
            commit: "4d329c75e7ec1725f7c9ce917a8799d408d06be3",
            run: "13531731005",
            ref: "refs/heads/main"
        ),
    ]

    private static func identity(_ layout: Layout) -> String {
        "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml"
            + "@refs/tags/\(layout.version)"
    }

    private static func verify(_ layout: Layout, identity: String, _ path: String) throws -> CommandRun {
        try CommandRun(
            [
                "verify", "--certificate-identity", identity, "--certificate-oidc-issuer",
                "https://token.actions.githubusercontent.com", "--format", "json",
            ],
            case: path
        )
    }

    @Test(arguments: layouts)
    func leadsBackToTheCommitAndTheRun(_ layout: Layout) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("case.raireki")
        let source = try SharedData.path("images/slsa-container-\(layout.version)")
        #expect(try CommandRun(["import", source], case: path).status == .success)

        let verified = try Self.verify(layout, identity: Self.identity(layout), path)
        #expect(verified.status == .success)
        #expect(verified.talk == "1 image, 1 signature: 1 authentic, 1 trusted\n")
        let judged = try JSONValue(parsing: Array(verified.output.utf8))
        let digest = try #require(judged["images"]?.array?.first?["digest"]?.string)

        let traced = try CommandRun(["trace", digest, "--format", "json"], case: path)
        #expect(traced.status == .success)
        let image = try #require(try JSONValue(parsing: Array(traced.output.utf8))["images"]?.array?.first)
        #expect(image["standing"] == "trusted")
        let facts = try #require(image["facts"]?.array)
        func values(_ fact: String) throws -> [JSONValue] {
            try #require(facts.first { $0["fact"]?.string == fact }?["values"]?.array)
        }
        let commit = try #require(values("commit").first)
        #expect(commit["value"]?.string == layout.commit)
        #expect(commit["basis"] == "certificate-attested")
        #expect(try values("pipeline").contains { $0["compared"]?.string == layout.run })
        #expect(try values("ref").contains { $0["value"]?.string == layout.ref })
        #expect(!facts.contains { $0["verdict"] == "contradicts" })

        let report = try CommandRun(["report"], case: path)
        #expect(report.status == .success)
        #expect(report.output.contains("<p class=\"word\">✓ Trusted</p>"))
        #expect(report.output.contains(layout.commit))
    }

    @Test func refusesAnotherIdentityForThatReason() throws {
        let layout = Self.layouts[2]
        let directory = try TemporaryDirectory()
        let path = directory.path("case.raireki")
        _ = try CommandRun(["import", SharedData.path("images/slsa-container-\(layout.version)")], case: path)
        let run = try Self.verify(layout, identity: Self.identity(Self.layouts[0]), path)
        #expect(run.status == .finding)
        let signature = try #require(
            try JSONValue(parsing: Array(run.output.utf8))["images"]?.array?.first?["signatures"]?.array?.first
        )
        #expect(signature["verdict"]?["authentic"] == true)
        #expect(signature["verdict"]?["trusted"] == false)
        let failed = try #require(signature["checks"]?.array).filter { $0["outcome"] == "failed" }
        #expect(failed.compactMap { $0["name"]?.string } == ["identity"])
        #expect(failed.first?["reason"] == "identity.san")
        #expect(try CommandRun(["trace", "e0a0a765"], case: path).status == .finding)
    }

    @Test func importsTheSameEvidenceOnce() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("case.raireki")
        let source = try SharedData.path("images/slsa-container-v1.4.0")
        _ = try CommandRun(["import", source], case: path)
        let images = try CommandRun(["images", "--format", "json"], case: path).output
        let again = try CommandRun(["import", source], case: path)
        #expect(again.status == .success)
        #expect(again.output.hasSuffix(": in the case already\n"))
        #expect(try CommandRun(["images", "--format", "json"], case: path).output == images)
    }
}
