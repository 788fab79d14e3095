import Glibc
import TestSupport
import Testing

@testable import TUF

struct RepositoryFolderTests {
    private func path(_ components: String...) throws -> RepositoryPath {
        try #require(RepositoryPath(components: components))
    }

    @Test func readsFilesUpToTheLimit() throws {
        let directory = try TemporaryDirectory()
        try directory.write("12345", to: "targets/a.json")
        let folder = RepositoryFolder(directory.path)
        #expect(try folder.bytes(of: path("targets", "a.json"), limit: 5) == Array("12345".utf8))
        #expect(throws: TUFError.tooLarge(file: "targets/a.json", limit: 4)) {
            try folder.bytes(of: path("targets", "a.json"), limit: 4)
        }
        #expect(try folder.bytes(of: path("b.json"), limit: 5) == nil)
        #expect(try folder.bytes(of: path("other", "a.json"), limit: 5) == nil)
    }

    @Test func followsNoLinksAndReadsNothingButFiles() throws {
        let directory = try TemporaryDirectory()
        try directory.write("secret", to: "outside/a.json")
        try directory.write("x", to: "tuf/file")
        let folder = RepositoryFolder(directory.path("tuf"))
        #expect(symlink("../outside/a.json", directory.path("tuf/link.json")) == 0)
        #expect(symlink("../outside", directory.path("tuf/targets")) == 0)
        #expect(mkfifo(directory.path("tuf/pipe.json"), 0o600) == 0)
        #expect(mkdir(directory.path("tuf/folder.json"), 0o700) == 0)
        for names in [["link.json"], ["targets", "a.json"], ["pipe.json"], ["folder.json"], ["file", "a.json"]] {
            let path = try #require(RepositoryPath(components: names))
            #expect(throws: TUFError.notAFile(file: path.description)) {
                try folder.bytes(of: path, limit: 100)
            }
        }
    }

    @Test func namesAFolderThatIsNotThere() throws {
        let folder = RepositoryFolder("/nonexistent/tuf")
        #expect(throws: TUFError.unreadable(file: "/nonexistent/tuf", code: ENOENT)) {
            try folder.bytes(of: path("root.json"), limit: 1)
        }
    }

    @Test(arguments: ["", ".", "..", ".hidden", "a/b", "a\u{0}", "ä", String(repeating: "a", count: 256)])
    func makesNoPathOfSuchNames(_ name: String) {
        #expect(RepositoryPath(components: [name]) == nil)
        #expect(RepositoryPath(components: ["targets", name]) == nil)
    }
}
