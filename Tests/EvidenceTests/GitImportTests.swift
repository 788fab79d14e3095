import CaseIndex
import Cryptography
import Evidence
import Foundation
import TestSupport
import Testing

/// Repositories among evidence, in every form in which they are handed over.
@Suite struct GitImportTests {
    private static func made() throws -> (maker: GitRepositoryMaker, first: String, second: String) {
        let maker = try GitRepositoryMaker()
        let first = try maker.commit("first")
        let second = try maker.commit("second")
        try maker.git(["tag", "-a", "v1", "-m", "release"])
        return (maker, first, second)
    }

    private static func commits(_ imported: ImportedCase) throws -> Set<String> {
        Set(try imported.file.read { try $0.latestCommits(limit: 100) }.map(\.name))
    }

    private static func shell(_ command: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(command)")
    }

    @Test func importsAWorkingTreeWithoutComplainingOfItsFiles() throws {
        let (maker, first, second) = try Self.made()
        let imported = try ImportedCase()
        let outcome = try imported.all(maker.path)
        #expect(outcome.summaries.map(\.source.kind) == ["git-repository"])
        #expect(outcome.unrecognised == [])
        #expect(outcome.summaries[0].commits == 2 && outcome.summaries[0].references == 3)
        #expect(try Self.commits(imported) == [first, second])
        #expect(try imported.warningCodes() == [])
    }

    @Test(arguments: [[], ["-z"], ["--zstd"]])
    func importsARepositoryOutOfAnArchive(options: [String]) throws {
        let (maker, first, second) = try Self.made()
        try maker.pack()
        let archive = "\(maker.folder)/repository.tar"
        try Self.shell(["tar"] + options + ["-C", "\(maker.path)/..", "-cf", archive, "repository"])
        let imported = try ImportedCase()
        let summary = try imported.add(archive)
        #expect(summary.source.kind == "git-repository-archive")
        #expect(try Self.commits(imported) == [first, second])
        #expect(try imported.warningCodes() == [])
    }

    @Test func importsARepositoryWithoutCommits() throws {
        let maker = try GitRepositoryMaker()
        let imported = try ImportedCase()
        let summary = try imported.add(maker.path)
        #expect(summary.source.kind == "git-repository" && summary.commits == 0)
        #expect(try imported.warningCodes() == [])
    }

    @Test func importsABundleAlone() throws {
        let (maker, first, second) = try Self.made()
        let path = "\(maker.folder)/x.bundle"
        try maker.git(["bundle", "create", "-q", path, "--all"])
        let imported = try ImportedCase()
        #expect(try imported.add(path).source.kind == "git-bundle")
        #expect(try Self.commits(imported) == [first, second])
        #expect(try imported.add(path).alreadyKnown)
    }

    @Test func findsRepositoriesAndBundlesInAMixture() throws {
        let (maker, first, second) = try Self.made()
        let directory = try TemporaryDirectory()
        var layout = LayoutWriter()
        layout.list(layout.image())
        let layoutPath = try layout.write(to: directory)
        try Self.shell(["mkdir", "-p", directory.path("mixture/inner")])
        try Self.shell(["cp", "-r", layoutPath, directory.path("mixture/layout")])
        try Self.shell(["cp", "-r", maker.path, directory.path("mixture/inner/checkout")])
        try Self.shell(["git", "clone", "-q", "--bare", maker.path, directory.path("mixture/bare.git")])
        try maker.git(["bundle", "create", "-q", directory.path("mixture/project.bundle"), "--all"])
        try Data("note".utf8).write(to: URL(fileURLWithPath: directory.path("mixture/note.txt")))

        let imported = try ImportedCase()
        let outcome = try imported.all(directory.path("mixture"))

        let kinds = outcome.summaries.map(\.source.kind).sorted()
        #expect(kinds == ["git-bundle", "git-repository", "git-repository", "oci-layout"])
        #expect(outcome.unrecognised == ["note.txt"])
        #expect(try Self.commits(imported) == [first, second])
        #expect(try imported.file.read { try $0.presences(of: first) }.count == 3)
    }

    @Test func givesTheSameCaseAgain() throws {
        let (maker, _, _) = try Self.made()
        let rows = try (0..<2).map { _ in
            let imported = try ImportedCase()
            try imported.add(maker.path)
            return try imported.file.read { reader in
                try reader.latestCommits(limit: 10).map { "\($0)" }
                    + reader.gitReferences(in: 1).map { "\($0)" }
                    + reader.presences(of: try #require(reader.latestCommits(limit: 1).first).name).map { "\($0)" }
            }
        }
        #expect(rows[0] == rows[1] && rows[0].count > 4)
    }

    @Test func refusesLinksInARepositoryAndSaysSo() throws {
        let (maker, _, _) = try Self.made()
        try maker.pack()
        let pack = "\(maker.path)/.git/objects/pack"
        let manager = FileManager.default
        for name in try manager.contentsOfDirectory(atPath: pack) {
            try manager.moveItem(atPath: "\(pack)/\(name)", toPath: "\(maker.folder)/\(name)")
            try manager.createSymbolicLink(atPath: "\(pack)/\(name)", withDestinationPath: "\(maker.folder)/\(name)")
        }
        let imported = try ImportedCase()
        let summary = try imported.add(maker.path)
        #expect(summary.commits == 0)
        #expect(try imported.warningCodes().contains("git.symlink-object"))
        #expect((summary.warnings[.incomplete] ?? 0) > 0)
    }

    @Test func refusesAFolderOfObjectsThatIsALink() throws {
        let (maker, _, _) = try Self.made()
        let manager = FileManager.default
        try manager.moveItem(atPath: "\(maker.path)/.git/objects", toPath: "\(maker.folder)/objects")
        try manager.createSymbolicLink(
            atPath: "\(maker.path)/.git/objects",
            withDestinationPath: "\(maker.folder)/objects"
        )
        let imported = try ImportedCase()
        #expect(try imported.add(maker.path).commits == 0)
        #expect(try imported.warningCodes().contains("git.symlink-object"))
    }

    @Test func answersQuestionsOfAncestry() throws {
        let maker = try GitRepositoryMaker()
        let root = try maker.commit("root")
        try maker.git(["checkout", "-q", "-b", "side"])
        let side = try maker.commit("side", file: "other")
        try maker.git(["checkout", "-q", "main"])
        let main = try maker.commit("main")
        let imported = try ImportedCase()
        try imported.add(maker.path)
        try imported.file.read { reader in
            let history = try #require(try reader.history(of: 1))
            func place(_ name: String) throws -> Int { try #require(try reader.presences(of: name).first).position }
            #expect(history.reachability(of: try place(root), from: try place(main)) == .reachable)
            #expect(history.reachability(of: try place(side), from: try place(main)) == .notReachable)
            #expect(history.reachability(of: try place(main), from: try place(root)) == .notReachable)
            let contains = history.descendants(of: try place(side))
            let names = try reader.gitReferences(in: 1).filter { $0.position.map { contains[$0] } ?? false }.map(\.name)
            #expect(names == ["refs/heads/side"])
        }
    }

    @Test func doesNotSayThatACutOffHistoryLacksACommit() throws {
        let maker = try GitRepositoryMaker()
        let root = try maker.commit("root")
        try maker.git(["branch", "old"])
        for number in 0..<4 { try maker.commit("\(number)") }
        let clone = "\(maker.folder)/clone"
        try maker.git(["clone", "-q", "--bare", "--depth=2", "--no-single-branch", "file://\(maker.path)", clone])
        let imported = try ImportedCase()
        try imported.add(clone)
        try imported.file.read { reader in
            let history = try #require(try reader.history(of: 1))
            let old = try #require(try reader.presences(of: root).first).position
            let main = try #require(try reader.gitReference("refs/heads/main", in: 1)?.position)
            #expect(history.reachability(of: old, from: main) == .unknown)
        }
    }
}
