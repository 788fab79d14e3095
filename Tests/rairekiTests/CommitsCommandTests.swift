import CaseIndex
import Cryptography
import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// Commits on the command line: looking at them, judging their signatures, tracing images to them.
@Suite struct CommitsCommandTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path("case.raireki") }

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func showsACommitByTheBeginningOfItsName() throws {
        let maker = try GitRepositoryMaker()
        let first = try maker.commit("first \u{1B}[31m")
        try maker.git(["tag", "-a", "v1", "-m", "release"])
        let second = try maker.commit("second")
        #expect(try CommandRun(["import", maker.path], case: path).status == .success)

        let run = try CommandRun(["commits", String(first.prefix(7))], case: path)
        #expect(run.status == .success)
        #expect(run.output.hasPrefix(first + "\n"))
        #expect(run.output.contains("Ada Author <ada@example.com>") && run.output.contains("refs/tags/v1"))
        #expect(!run.output.contains("\u{1B}"))

        let json = try CommandRun(["commits", second, "--format", "json"], case: path)
        let document = try JSONValue(parsing: Array(json.output.utf8))
        let commit = try #require(document["commits"]?.array?.first)
        #expect(commit["parents"]?.array == [JSONValue(first)])
        #expect(commit["repositories"]?.array?.first?["onDefaultBranch"]?.string == "reachable")

        let list = try CommandRun(["commits", "--limit", "1"], case: path)
        #expect(list.output.contains(String(second.prefix(12))) && !list.output.contains(String(first.prefix(12))))
    }

    @Test(arguments: ["abc", "ABCDEF1234", "xyz1234", "", "../../etc"])
    func refusesWhatIsNoName(text: String) throws {
        let maker = try GitRepositoryMaker()
        try maker.commit("first")
        _ = try CommandRun(["import", maker.path], case: path)
        let run = try CommandRun(["commits", text], case: path)
        #expect(run.status == .failure)
        #expect(run.talk.contains("not the name of a commit"))
        let unknown = try CommandRun(["commits", "0123456789"], case: path)
        #expect(unknown.status == .failure && unknown.talk.contains("no such commit"))
    }

    @Test(arguments: ["commits", "claims"])
    func refusesAProtectedBranchThatNoRepositoryHas(question: String) throws {
        let maker = try GitRepositoryMaker()
        try maker.commit("first")
        let layout = directory.path("layout")
        var contents = LayoutContents()
        let image = SmallImage(layers: [[.init(path: "f", bytes: [1])]], created: Timestamp(seconds: 0), command: ["f"])
        contents.list(image.add(to: &contents), name: "app:1")
        try LayoutWriter.write(contents, to: layout)
        _ = try CommandRun(["import", maker.path, layout], case: path)
        let run = try CommandRun(["check", question, "--all", "--protected", "mian"], case: path)
        #expect(run.status == .failure)
        #expect(run.talk.contains("no repository of the case has a branch mian"))
        let right = try CommandRun(["check", question, "--all", "--protected", "main"], case: path)
        #expect(!right.talk.contains("no repository of the case has a branch"))
    }

    @Test func verifiesARepositoryWithoutImages() throws {
        let maker = try GitRepositoryMaker()
        try maker.commit("first")
        _ = try CommandRun(["import", maker.path], case: path)
        let run = try CommandRun(["verify"], case: path)
        #expect(run.status == .success)
        #expect(run.output == "commits and tags\n  none is signed\n")
        let refused = try CommandRun(
            ["verify", "--allowed-signers", try directory.write("nonsense", to: "signers")],
            case: path
        )
        #expect(refused.status == .failure && refused.talk.contains("line 1: no key"))
    }

    @Test(
        .enabled(if: CommitsCommandTests.hasKeygen, "ssh-keygen is absent")
    )
    func findsASignedCommitThatDoesNotHold() throws {
        let maker = try GitRepositoryMaker()
        let key = "\(maker.folder)/key"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ssh-keygen")
        process.arguments = ["-q", "-t", "ed25519", "-N", "", "-f", key]
        try process.run()
        process.waitUntilExit()
        try maker.git([
            "-c", "gpg.format=ssh", "-c", "user.signingkey=\(key)", "commit", "-qS", "--allow-empty", "-m", "good",
        ])
        let content = try maker.git(["cat-file", "commit", "HEAD"]) + "\n"
        let altered = content.replacingOccurrences(of: "\ngood\n", with: "\nevil\n")
        let bad = try maker.object("commit", Array(altered.utf8))
        try maker.git(["update-ref", "refs/heads/bad", bad])
        let publicKey = String(decoding: try SharedData.bytes(at: key + ".pub"), as: UTF8.self)
        let signers = try directory.write("ada \(publicKey)", to: "signers")
        _ = try CommandRun(["import", maker.path], case: path)

        let run = try CommandRun(["verify", "--allowed-signers", signers], case: path)

        #expect(run.status == .finding)
        #expect(run.output.contains("1 ssh passed") && run.output.contains("✗ commit \(bad) signature.invalid"))
        let shown = try CommandRun(["commits", bad], case: path).output
        #expect(shown.contains("✗ signature: signature.invalid"))
    }

    static let hasKeygen = FileManager.default.isExecutableFile(atPath: "/usr/bin/ssh-keygen")

    @Test(
        .enabled(if: SharedData.isPresent, "../shared/data is absent"),
        arguments: [
            ("v1.4.0", "904e2c3e02725e314cf6cf141c4700081298dcbd", 1),
            ("v1.8.0", "6cf671f47f3752f97b9f5bff511e37b938fe10d2", 1),
            ("v1.10.0", "d37a7f740ee7404914456f24dcd90e865a0509e8", 0),
            ("v2.1.0", "4d329c75e7ec1725f7c9ce917a8799d408d06be3", 1),
        ]
    )
    func tracesRealImagesIntoTheirRepository(version: String, commit: String, claimed: Int) throws {
        let image = try SharedData.path("images/slsa-container-\(version)")
        _ = try CommandRun(["import", image, try SharedData.path("git/example-package.git")], case: path)
        let digest = try CaseFile.openReadOnly(path).read { try $0.images() }[0].digest
        _ = try CommandRun(["verify", "\(digest)"], case: path)
        let run = try CommandRun(["trace", "\(digest)", "--format", "json"], case: path)
        #expect(run.status == .success)
        let document = try JSONValue(parsing: Array(run.output.utf8))
        let traced = try #require(document["images"]?.array?.first?["commits"]?.array)
        #expect(traced.map { $0["name"]?.string } == [commit])
        #expect(traced[0]["basis"]?.string == "git" && traced[0]["commit"]?["name"]?.string == commit)
        let repository = try #require(traced[0]["repositories"]?.array?.first)
        let branch = try #require(repository["protectedBranches"]?.array?.first)
        #expect(branch["name"]?.string == "refs/heads/main" && branch["reachability"]?.string == "reachable")
        let references = Set(
            repository["claimedReferences"]?.array?.filter { $0["reachability"]?.string == "reachable" }
                .compactMap { $0["name"]?.string } ?? []
        )
        // The tag of v1.10.0 is no longer in the repository.
        #expect(references.count == claimed)
    }
}
