import Cryptography
import Foundation
import TestSupport
import Testing

@testable import Git

@Suite struct HostileRepositoryTests {
    private static func read(_ maker: GitRepositoryMaker, _ limits: GitLimits = .standard) throws -> RepositoryContents
    {
        try Repository.read(try files(below: maker.path + "/.git"), limits: limits)
    }

    private static func write(_ text: String, _ maker: GitRepositoryMaker, _ path: String) throws {
        let target = URL(fileURLWithPath: "\(maker.path)/.git/\(path)")
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: target)
    }

    // MARK: - What is not read

    @Test func tellsOfAlternatesGraftsAndShallowHistoryAndFollowsNone() throws {
        let elsewhere = try GitRepositoryMaker()
        let foreign = try elsewhere.commit("elsewhere")
        let maker = try GitRepositoryMaker()
        let own = try maker.commit("here")
        try Self.write("\(elsewhere.path)/.git/objects\n", maker, "objects/info/alternates")
        try Self.write("\(own) \(foreign)\n", maker, "info/grafts")
        try Self.write("\(own)\n", maker, "shallow")

        let contents = try Self.read(maker)

        #expect(contents.commits.map { "\($0.name)" } == [own])
        #expect(contents.commit(own)?.parents == [])
        #expect(Set(contents.codes) == [.alternates, .grafts, .shallow])
    }

    @Test func listsReplacementsAndPutsNothingInAnothersPlace() throws {
        let maker = try GitRepositoryMaker()
        let first = try maker.commit("first")
        let second = try maker.commit("second")
        try maker.git(["replace", second, first])
        let contents = try Self.read(maker)
        #expect(contents.commit(second)?.subject == "second")
        #expect(contents.reference("refs/replace/\(second)")?.kind == .replacement)
        #expect(contents.codes == [.replacements])
    }

    @Test func refusesSymbolicLinksAmongObjectsAndReferences() throws {
        let maker = try GitRepositoryMaker()
        let name = try maker.commit("first")
        let git = "\(maker.path)/.git"
        let manager = FileManager.default
        let object = "\(git)/objects/\(name.prefix(2))/\(name.dropFirst(2))"
        try manager.moveItem(atPath: object, toPath: "\(maker.folder)/object")
        try manager.createSymbolicLink(atPath: object, withDestinationPath: "\(maker.folder)/object")
        try manager.createSymbolicLink(
            atPath: "\(git)/refs/heads/link",
            withDestinationPath: "\(git)/refs/heads/main"
        )
        let contents = try Self.read(maker)
        #expect(contents.commits.isEmpty)
        #expect(contents.codes.contains(.symbolicLinkObject) && contents.codes.contains(.symbolicLinkReference))
        #expect(contents.reference("refs/heads/link") == nil)
        #expect(contents.codes.contains(.referenceBroken))
    }

    // MARK: - References

    @Test(arguments: [
        ("a", "ref: refs/heads/b\n", "b", "ref: refs/heads/a\n"),
        ("a", "ref: refs/heads/a\n", "b", "ref: refs/heads/a\n"),
    ])
    func endsSymbolicReferencesThatGoInCircles(_ one: String, _ first: String, _ two: String, _ second: String) throws {
        let maker = try GitRepositoryMaker()
        try maker.commit("first")
        try Self.write(first, maker, "refs/heads/\(one)")
        try Self.write(second, maker, "refs/heads/\(two)")
        let contents = try Self.read(maker)
        #expect(contents.codes == [.referenceLoop, .referenceLoop])
        #expect(contents.reference("refs/heads/a")?.target == nil)
    }

    @Test(arguments: [(5, true), (6, false)])
    func followsFiveSymbolicReferencesInARow(count: Int, isResolved: Bool) throws {
        let maker = try GitRepositoryMaker()
        let name = try maker.commit("first")
        for number in 1..<count { try Self.write("ref: refs/x/\(number)", maker, "refs/x/\(number - 1)") }
        try Self.write("ref: refs/heads/main", maker, "refs/x/\(count - 1)")
        let contents = try Self.read(maker)
        #expect(contents.reference("refs/x/0")?.target.map { "\($0)" } == (isResolved ? name : nil))
        #expect(contents.codes == (isResolved ? [] : [.referenceLoop]))
    }

    @Test(arguments: [
        "../../x", "refs/heads/../../x", "refs/heads/.hidden", "refs/heads/x.lock", "refs/heads/a b", "refs//x",
        "refs/heads/x\u{7F}", "refs/heads/", "refs/heads/x@{1}", "refs/heads/x.", "/etc/passwd",
    ])
    func keepsNoReferenceThatGitWouldRefuse(name: String) throws {
        let maker = try GitRepositoryMaker()
        let commit = try maker.commit("first")
        try Self.write("\(commit) \(name)\n\(commit) refs/heads/good\n", maker, "packed-refs")
        let contents = try Self.read(maker)
        #expect(contents.codes == [.referenceName])
        #expect(
            contents.references.map { String(decoding: $0.name, as: UTF8.self) } == [
                "HEAD", "refs/heads/good", "refs/heads/main",
            ]
        )
    }

    @Test func tellsOfReferencesThatNameNothing() throws {
        let maker = try GitRepositoryMaker()
        try maker.commit("first")
        try Self.write("not an object\n", maker, "refs/heads/odd")
        try Self.write(String(repeating: "a", count: 40), maker, "refs/heads/absent")
        try Self.write("nonsense\n", maker, "packed-refs")
        let contents = try Self.read(maker)
        #expect(
            contents.codes.sorted { $0.rawValue < $1.rawValue } == [
                .referenceBroken, .referenceMalformed, .referenceMalformed,
            ]
        )
    }

    @Test func tellsOfATagThatCallsItselfOtherwise() throws {
        let maker = try GitRepositoryMaker()
        try maker.commit("first")
        try maker.git(["tag", "-a", "v1.0", "-m", "release"])
        try maker.git(["update-ref", "refs/tags/v2.0", "refs/tags/v1.0"])
        let contents = try Self.read(maker)
        #expect(contents.codes == [.tagName])
    }

    // MARK: - Objects

    private static let tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

    @Test func takesTheFirstOfTwoHeadersAndSaysSo() throws {
        let maker = try GitRepositoryMaker()
        let text = """
            tree \(Self.tree)
            author One <one@example.com> 1700000000 +0000
            author Two <two@example.com> 1700000000 +0000
            committer C <c@example.com> 1700000000 +0000
            parent \(Self.tree)

            twice

            """
        let name = try maker.object("commit", Array(text.utf8))
        let contents = try Self.read(maker)
        let commit = try #require(contents.commit(name))
        #expect(commit.author.name == "One")
        #expect(commit.parents.isEmpty)
        #expect(commit.content == Array(text.utf8))
        #expect(contents.codes.contains(.duplicateHeader) && contents.codes.contains(.objectMalformed))
    }

    @Test(arguments: [
        "", "\n\n", "tree x\n\n", "author A <a> 1 +0000\n\nno tree",
        "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\nnobody",
        " continued\n", "tree\u{0}\n",
    ])
    func tellsOfACommitThatIsNone(text: String) throws {
        let maker = try GitRepositoryMaker()
        let name = try maker.object("commit", Array(text.utf8))
        let contents = try Self.read(maker)
        #expect(contents.commit(name) == nil)
        #expect(contents.codes.contains(.objectMalformed))
    }

    @Test(arguments: ["99999999999999999999999", "-1", "1e9", "", "253402300800"])
    func keepsACommitWithATimeThatIsNone(time: String) throws {
        let maker = try GitRepositoryMaker()
        let text =
            "tree \(Self.tree)\nauthor A <a@example.com> \(time) +0000\ncommitter A <a@example.com> \(time) +9\n\nx\n"
        let name = try maker.object("commit", Array(text.utf8))
        let contents = try Self.read(maker)
        let commit = try #require(contents.commit(name))
        #expect(commit.author.time == nil && commit.committer.zone.isEmpty)
        #expect(contents.codes.contains(.time))
    }

    @Test func readsLatin1AndKeepsWhatIsNoText() throws {
        let maker = try GitRepositoryMaker()
        func text(_ encoding: String) -> [UInt8] {
            Array("tree \(Self.tree)\nauthor J".utf8) + [0xFC]
                + Array("rgen <j@example.com> 1 +0000\ncommitter C <c> 1 +0000\n\(encoding)\nx\n".utf8)
        }
        let latin = try maker.object("commit", text("encoding ISO-8859-1\n"))
        let none = try maker.object("commit", text(""))
        let contents = try Self.read(maker)
        #expect(contents.commit(latin)?.author.name == "Jürgen")
        #expect(contents.commit(none)?.author.name == "J\u{FFFD}rgen")
        #expect(contents.commit(none)?.content == text(""))
    }

    @Test func tellsOfAnObjectUnderAnothersName() throws {
        let maker = try GitRepositoryMaker()
        let name = try maker.commit("first")
        let other = try maker.commit("second")
        let objects = "\(maker.path)/.git/objects"
        func path(_ name: String) -> String { "\(objects)/\(name.prefix(2))/\(name.dropFirst(2))" }
        try FileManager.default.removeItem(atPath: path(name))
        try FileManager.default.copyItem(atPath: path(other), toPath: path(name))
        let contents = try Self.read(maker)
        #expect(contents.codes.contains(.objectName))
        #expect(contents.commits.map { "\($0.name)" } == [other])
    }

    @Test func stopsAtObjectsThatExpandWithoutEnd() throws {
        let maker = try GitRepositoryMaker()
        try maker.object("blob", [UInt8](repeating: 0, count: 30 << 20)).withCString { _ in }
        let name = try maker.object(
            "commit",
            Array("tree \(Self.tree)\n".utf8) + [UInt8](repeating: 0x20, count: 20 << 20)
        )
        #expect(try Self.read(maker).codes.contains(.limit))
        try maker.git(["update-ref", "refs/heads/x", try maker.commit("first")])
        try maker.git(["update-ref", "refs/x/y", name])
        try maker.git(["repack", "-adfq"])
        var limits = GitLimits.standard
        limits.expandedBytes = 1 << 20
        #expect(try Self.read(maker, limits).codes.contains(.limit))
    }

    // MARK: - Trees

    /// Eleven trees that stand for ten thousand million paths, and one that is fifty folders deep: no tree is walked.
    @Test func doesNotWalkTreesHoweverManyPathsTheyStandFor() throws {
        let maker = try GitRepositoryMaker()
        let blob = try maker.object("blob", Array("x".utf8))
        var wide = try maker.git(["mktree"], input: Array("100644 blob \(blob)\tf\n".utf8))
        for _ in 0..<10 {
            let lines = (0..<10).map { "040000 tree \(wide)\td\($0)\n" }.joined()
            wide = try maker.git(["mktree"], input: Array(lines.utf8))
        }
        var deep = try maker.git(["mktree"], input: Array("100644 blob \(blob)\tf\n".utf8))
        for _ in 0..<50 { deep = try maker.git(["mktree"], input: Array("040000 tree \(deep)\td\n".utf8)) }
        let first = try maker.git(["commit-tree", wide, "-m", "wide"])
        let second = try maker.git(["commit-tree", deep, "-p", first, "-m", "deep"])
        try maker.git(["update-ref", "refs/heads/main", second])
        let contents = try Self.read(maker)
        #expect(Set(contents.commits.map { "\($0.name)" }) == [first, second])
        #expect(contents.codes == [])
    }
}
