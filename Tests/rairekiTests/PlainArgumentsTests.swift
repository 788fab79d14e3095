import ArgumentParser
import Testing

@testable import raireki

/// Arguments that are read without ArgumentParser mean what they mean to it, and nothing else is read so.
struct PlainArgumentsTests {
    private static let identity = [
        "--certificate-identity", "me@example.com", "--certificate-oidc-issuer", "https://a",
    ]

    @Test(
        "Plain arguments fill every property as ArgumentParser does",
        arguments: [
            ["--bundle", "b", "--key", "k", "file"],
            ["--bundle", "b", "--key", "k", "--trusted-root", "r", "sha256:00"],
            ["--bundle", "b"] + identity + ["file"],
            ["--bundle", "b"] + identity + ["--trusted-root", "r", "file"],
            ["--staging", "--bundle", "b"] + identity + ["file"],
            ["file", "--bundle", "b"] + identity + ["--staging"],
            ["--bundle", "", "--key", "k", ""],
            ["--bundle", "b", "--key", "k", "--quiet", "file"],
            ["-v", "--bundle", "b", "--key", "k", "--color", "never", "--no-trunc", "file"],
            ["-q", "--bundle", "b", "--key", "k", "--color", "always", "file"],
        ]
    )
    func readsAlike(_ arguments: [String]) throws {
        let plain = try #require(BundleQuestion(plain: arguments))
        let parsed = try #require(try Raireki.parseAsRoot(["verify-bundle"] + arguments) as? VerifyBundleCommand)
        #expect(String(describing: plain) == String(describing: try parsed.question()))
    }

    @Test(
        "Everything else is left to ArgumentParser, with its words about it",
        arguments: [
            [], ["--help"], ["-h", "file"], ["file"], ["--bundle", "b", "file"],
            ["--bundle", "b", "--key", "k"],
            ["--bundle", "b", "--key", "k", "file", "file"],
            ["--bundle=b", "--key", "k", "file"],
            ["--bundle", "b", "--bundle", "c", "--key", "k", "file"],
            ["--bundle", "b", "--key", "--staging", "file"],
            ["--bundle", "b", "--key"],
            ["--bundle", "b", "--key", "k", "--at", "2026-01-01T00:00:00Z", "file"],
            ["--bundle", "b", "--key", "k", "--format", "json", "file"],
            ["--bundle", "b", "--key", "k", "--", "file"],
            ["--bundle", "b", "--key", "k", "-"],
            ["--bundle", "b", "--key", "k"] + identity + ["file"],
            ["--bundle", "b", "--key", "k", "--staging", "--trusted-root", "r", "file"],
            ["--bundle", "b", "--staging", "--staging", "--key", "k", "file"],
            ["--bundle", "b", "--key", "k", "--quiet", "--verbose", "file"],
            ["--bundle", "b", "--key", "k", "-q", "--quiet", "file"],
            ["--bundle", "b", "--key", "k", "-qv", "file"],
            ["--bundle", "b", "--key", "k", "--color", "sometimes", "file"],
        ]
    )
    func leavesTheRest(_ arguments: [String]) {
        let plain = BundleQuestion(plain: arguments)
        #expect(plain.map { String(describing: $0) } == nil)
    }
}
