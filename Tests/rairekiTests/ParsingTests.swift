import ArgumentParser
import Cryptography
import Testing

@testable import raireki

@Suite struct ParsingTests {
    private static func verify(_ arguments: String...) throws -> VerifyCommand {
        try #require(try Raireki.parseAsRoot(["verify"] + arguments) as? VerifyCommand)
    }

    @Test func readsCosignsOptions() throws {
        let command = try Self.verify(
            "app:1",
            "--certificate-identity",
            "i",
            "--certificate-oidc-issuer-regexp",
            "https://.*",
            "--key",
            "k.pub",
            "--trusted-root",
            "r.json",
            "--at",
            "2026-03-01T12:00:00Z",
            "--format",
            "cosign"
        )
        #expect(command.images == ["app:1"])
        #expect(command.expectation.identity == "i")
        #expect(command.expectation.issuerPattern == "https://.*")
        #expect(command.trust.key == "k.pub")
        #expect(command.trust.trustedRoot == "r.json")
        #expect(command.trust.time?.description == "2026-03-01T12:00:00Z")
        #expect(command.format == .cosign)
    }

    @Test func splitsAnnotationsAtTheFirstEqualsSignOnly() throws {
        let command = try Self.verify("-a", "name=Ada, the 1st=first", "--annotations", "empty=", "-a", "a=b")
        let pairs = try command.expectation.annotationPairs()
        #expect(pairs.map(\.key) == ["name", "empty", "a"])
        #expect(pairs.map(\.value) == ["Ada, the 1st=first", "", "b"])
    }

    @Test(arguments: [
        (["verify", "-a", "novalue"], "An annotation is written key=value: novalue"),
        (["verify", "-a", "=x"], "An annotation is written key=value: =x"),
        (["verify", "--at", "yesterday"], "Not a time like 2026-03-01T12:00:00Z: yesterday"),
        (["verify", "--certificate-identity", "x"], "An identity means little without its issuer"),
        (["verify", "--certificate-oidc-issuer", "x"], "An issuer vouches for everybody"),
        (
            [
                "verify", "--certificate-identity", "x", "--certificate-identity-regexp", "y",
                "--certificate-oidc-issuer", "z",
            ], "not both"
        ),
        (
            ["verify", "--certificate-identity-regexp", "(", "--certificate-oidc-issuer", "z"],
            "Not a regular expression"
        ),
        (["verify", "--format", "yaml"], "invalid"), (["trace"], "Missing expected argument"),
        (["import"], "Missing expected argument"), (["nonsense"], "Unexpected argument"),
    ])
    func refusesArgumentsWithTheReason(_ arguments: [String], _ reason: String) {
        do {
            _ = try Raireki.parseAsRoot(arguments)
            Issue.record("accepted")
        } catch {
            #expect(Raireki.fullMessage(for: error).contains(reason))
            #expect(Raireki.exitCode(for: error).rawValue == 64)
        }
    }

    @Test func takesEveryImageWhenNoneIsNamed() throws {
        #expect(try Self.verify().images == [])
    }
}
