import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// From a signed image to a commit that was forced away, one of a fork, and one that is signed; in repositories that git
/// itself made.
@Suite struct CommitOriginTests {
    private static func commit(_ checked: CheckedCase) throws -> JSONValue {
        let run = try CommandRun(["trace", "1.4.0", "--format", "json"], case: checked.path)
        let document = try JSONValue(parsing: Array(run.output.utf8))
        let commits = try #require(document["images"]?.array?.first?["commits"]?.array)
        #expect(commits.count == 1)
        return try #require(commits.first)
    }

    private static func answers(_ commit: JSONValue, _ list: String) -> [String] {
        (commit["repositories"]?.array ?? []).flatMap { $0[list]?.array ?? [] }
            .compactMap { reference in
                reference["reachability"]?.string.map { "\(reference["name"]?.string ?? "") \($0)" }
            }
    }

    @Test func findsTheCommitOnMain() throws {
        let commit = try Self.commit(try CheckedCase(try GeneratedCase()))
        #expect(Set(Self.answers(commit, "protectedBranches")) == ["refs/heads/main reachable"])
        #expect(Set(Self.answers(commit, "claimedReferences")) == ["refs/heads/main reachable"])
    }

    @Test func findsACommitThatWasForcedAway() throws {
        let made = try GeneratedCase()
        // What a service does: the commit is kept, and the branch leads elsewhere.
        try made.repository.git(["update-ref", "refs/keep-around/\(made.commits[1])", made.commits[1]])
        try made.repository.git(["reset", "--quiet", "--hard", made.commits[0]])
        try made.repository.commit("Another history")
        let checked = try CheckedCase(made)
        let commit = try Self.commit(checked)
        #expect(commit["commit"]?["subject"]?.string == "Pay in yen too")
        #expect(Set(Self.answers(commit, "claimedReferences")) == ["refs/heads/main not-reachable"])
        #expect(checked.rules == ["commit-not-on-ref", "commit-not-protected"])
    }

    @Test func findsACommitOfAFork() throws {
        var made = try GeneratedCase()
        let fork = try GitRepositoryMaker()
        try fork.git(["fetch", "--quiet", made.repository.path, "main"])
        try fork.git(["reset", "--quiet", "--hard", "FETCH_HEAD"])
        let commit = try fork.commit("Send a copy to Mallory")
        made.build.job.commit = commit
        made.build.extensions[12] = "https://gitlab.com/mallory/payments"
        made.build.job.pipelineSource = "merge_request_event"
        made.furtherEvidence = [fork.path]
        let checked = try CheckedCase(made)
        let found = try Self.commit(checked)
        #expect(found["commit"]?["subject"]?.string == "Send a copy to Mallory")
        let paths = found["repositories"]?.array?.compactMap { $0["path"]?.string } ?? []
        #expect(paths == [fork.path])
        #expect(checked.rules.contains("fork-pipeline"))
        let check = try CommandRun(["check", "commits", "1.4.0", "--format", "json"], case: checked.path)
        #expect(check.output.contains(fork.path))
    }

    @Test(.enabled(if: CommitsCommandTests.hasKeygen, "ssh-keygen is absent"))
    func findsASignedCommitAndWhoSignedIt() throws {
        var made = try GeneratedCase()
        let key = "\(made.repository.folder)/key"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ssh-keygen")
        process.arguments = ["-q", "-t", "ed25519", "-N", "", "-f", key]
        try process.run()
        process.waitUntilExit()
        try made.repository.git([
            "-c", "gpg.format=ssh", "-c", "user.signingkey=\(key)", "commit", "-qS", "--allow-empty", "-m", "Signed",
        ])
        made.build.job.commit = try made.repository.git(["rev-parse", "HEAD"])
        let checked = try CheckedCase(made)
        #expect(checked.rules == [])
        let text = try String(contentsOfFile: key + ".pub", encoding: .utf8)
        let signers = try checked.directory.write("ada@example.com \(text)", to: "allowed_signers")
        let root = checked.directory.path("trusted_root.json")
        let verify = ["verify", "--trusted-root", root, "--allowed-signers", signers]
        _ = try CommandRun(verify + made.expectation, case: checked.path)
        let commit = try Self.commit(checked)
        #expect(commit["commit"]?["name"]?.string == made.build.job.commit)
        let run = try CommandRun(["trace", "1.4.0"], case: checked.path)
        #expect(run.output.contains("ada@example.com"))
    }
}
