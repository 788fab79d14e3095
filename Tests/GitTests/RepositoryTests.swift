import Cryptography
import Foundation
import TestSupport
import Testing

@testable import Git

@Suite struct RepositoryTests {
    @Test(arguments: ["sha1", "sha256"], [false, true])
    func readsCommitsTagsAndReferencesLooseAndPacked(format: String, isPacked: Bool) throws {
        let maker = try GitRepositoryMaker(format: format)
        let first = try maker.commit("first")
        try maker.git(["checkout", "-q", "-b", "side"])
        let side = try maker.commit("on the side", file: "other")
        try maker.git(["checkout", "-q", "main"])
        try maker.git(["merge", "-q", "--no-ff", "-m", "merge\nof two lines\n\nbody", "side"])
        let merge = try maker.git(["rev-parse", "HEAD"])
        try maker.git(["tag", "-a", "v1.0", "-m", "release", first])
        try maker.git(["tag", "light", side])
        if isPacked { try maker.pack() }

        let contents = try Repository.read(try files(below: maker.path + "/.git"))

        #expect(contents.warnings.isEmpty)
        #expect(contents.commits.count == 3)
        let commit = try #require(contents.commit(merge))
        #expect(commit.parents.map { "\($0)" } == [first, side])
        #expect(commit.subject == "merge of two lines")
        #expect(commit.author.name == "Ada Author" && commit.author.mail == "ada@example.com")
        #expect(commit.author.zone == "+0200" && commit.committer.zone == "-0530")
        #expect(commit.committer.time?.seconds == (commit.author.time?.seconds ?? 0) + 7)
        #expect("\(commit.tree)" == (try maker.git(["rev-parse", "HEAD^{tree}"])))
        #expect(contents.tags.map(\.tag) == ["v1.0"])
        let tag = try #require(contents.reference("refs/tags/v1.0"))
        #expect(tag.kind == .tag && tag.commit.map { "\($0)" } == first && tag.target != tag.commit)
        let head = try #require(contents.reference("HEAD"))
        #expect(head.symbolicTarget.map { String(decoding: $0, as: UTF8.self) } == "refs/heads/main")
        #expect(head.commit.map { "\($0)" } == merge)
        #expect(contents.reference("refs/heads/side")?.kind == .branch)
    }

    @Test func readsDeltasOfCommitsAsTheyAre() throws {
        let maker = try GitRepositoryMaker()
        var names: [String] = []
        for number in 0..<40 {
            names.append(
                try maker.commit("number \(number)\n\n" + String(repeating: "the same text again ", count: 200))
            )
        }
        try maker.pack()
        let deltas = try maker.git(["verify-pack", "-v", try pack(of: maker)])
        #expect(
            deltas.split(separator: "\n").contains { $0.contains(" commit ") && $0.split(separator: " ").count == 7 }
        )

        let contents = try Repository.read(try files(below: maker.path + "/.git"))

        #expect(contents.warnings.isEmpty)
        #expect(Set(contents.commits.map { "\($0.name)" }) == Set(names))
    }

    @Test(arguments: ["2", "3"])
    func readsABundleAsItsRepository(version: String) throws {
        let maker = try GitRepositoryMaker()
        let first = try maker.commit("first")
        try maker.git(["tag", "-a", "v1", "-m", "release"])
        try maker.git(["bundle", "create", "-q", "--version=\(version)", "\(maker.folder)/all.bundle", "--all"])
        let bytes = try SharedData.bytes(at: "\(maker.folder)/all.bundle")

        let contents = try BundleFile.read(MemoryBytes(bytes))

        #expect(contents.warnings.isEmpty)
        #expect(contents.commits.map { "\($0.name)" } == [first])
        #expect(contents.reference("refs/tags/v1")?.commit.map { "\($0)" } == first)
    }

    @Test func namesWhatABundleAsksToBeThereAlready() throws {
        let maker = try GitRepositoryMaker()
        let first = try maker.commit("first")
        let second = try maker.commit("second")
        try maker.git(["bundle", "create", "-q", "\(maker.folder)/part.bundle", "\(first)..main"])

        let contents = try BundleFile.read(MemoryBytes(try SharedData.bytes(at: "\(maker.folder)/part.bundle")))

        #expect(contents.commits.map { "\($0.name)" } == [second])
        #expect(contents.codes.contains(.bundlePrerequisite) && contents.codes.contains(.parentMissing))
    }

    @Test func readsAPartialCloneWithoutTrees() throws {
        let maker = try GitRepositoryMaker()
        let name = try maker.commit("first")
        try maker.git(["config", "uploadpack.allowFilter", "true"])
        try maker.git(["clone", "-q", "--bare", "--filter=tree:0", "file://\(maker.path)", "\(maker.folder)/clone"])

        let contents = try Repository.read(try files(below: "\(maker.folder)/clone"))

        #expect(contents.commits.map { "\($0.name)" } == [name])
        #expect(contents.warnings.isEmpty)
    }

    @Test(.enabled(if: SharedData.isPresent, "../shared/data is absent"))
    func readsTheSharedRepositoryInFull() throws {
        let contents = try Repository.read(try files(below: try SharedData.path("git/example-package.git")))
        #expect(contents.commits.count + contents.tags.count == 28_843)
        #expect(contents.references.count { $0.kind != .head } == 11_116)
        #expect(contents.warnings.filter { $0.code != .tagName }.isEmpty)
    }

    private func pack(of maker: GitRepositoryMaker) throws -> String {
        let folder = maker.path + "/.git/objects/pack"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return "\(folder)/" + (names.first { $0.hasSuffix(".idx") } ?? "")
    }
}
