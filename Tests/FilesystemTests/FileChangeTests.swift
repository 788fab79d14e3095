import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Filesystem

@Suite struct FileChangeTests {
    private func changes(_ before: [FileEntryRecord], _ after: [FileEntryRecord]) throws -> [String: FileChange] {
        let fixture = try CaseFixture()
        let images = try [before, after].enumerated().map { number, members in
            try fixture.addImage("\(number)", layers: [try fixture.addLayer("\(number)", members)])
        }
        return try fixture.caseFile.read { reader in
            let views = try images.map { try MergedView(try ImageStack(of: $0, in: reader), in: reader) }
            var found: [String: FileChange] = [:]
            try FileChange.forEach(views[0], views[1], reader) { found[String(decoding: $0.path, as: UTF8.self)] = $0 }
            return found
        }
    }

    @Test func tellsAddedRemovedAndChangedFiles() throws {
        let found = try changes(
            [.folder("a"), .file("a/x", "1"), .file("a-b"), .file("same")],
            [.folder("a"), .file("a/x", "2"), .file("a/y"), .file("same")]
        )
        #expect(Set(found.keys) == ["a/x", "a/y", "a-b"])
        #expect(found["a/x"]?.aspects == [.content])
        #expect(found["a/y"]?.before == nil)
        #expect(found["a-b"]?.after == nil)
    }

    @Test func tellsModeOwnerLinkAndKind() throws {
        var owned = FileEntryRecord.file("owned")
        owned.userID = 5
        let found = try changes(
            [.file("mode", mode: 0o755), .file("owned"), .link("link", to: "a"), .file("kind")],
            [.file("mode", mode: 0o4755), owned, .link("link", to: "b"), .folder("kind")]
        )
        #expect(found["mode"]?.aspects == [.mode])
        #expect(found["mode"]?.marks == [.setUserID])
        #expect(found["owned"]?.aspects == [.owner])
        #expect(found["link"]?.aspects == [.link])
        #expect(found["kind"]?.aspects.contains(.kind) == true)
    }

    @Test func marksNewExecutablesAndLibraries() throws {
        let found = try changes(
            [.file("old", "1", mode: 0o755)],
            [.file("old", "1", mode: 0o755), .file("tool", mode: 0o755), .file("l.so.1"), .file("t.sort")]
        )
        #expect(found["tool"]?.marks == [.executable])
        #expect(found["l.so.1"]?.marks == [.library])
        #expect(found["t.sort"]?.marks == [])
        #expect(found["old"] == nil)
    }

    @Test func aNewTimeAloneIsNoChange() throws {
        var later = FileEntryRecord.file("a")
        later.modified = 99
        #expect(try changes([.file("a")], [later]).isEmpty)
    }

    @Test func aHardLinkIsAsGoodAsItsFile() throws {
        let one: [FileEntryRecord] = [.file("a", "1", mode: 0o777), .link("b", to: "a", isHard: true)]
        #expect(try changes(one, [.file("a", "1", mode: 0o777), .file("b", "1", mode: 0o777)]).isEmpty)
        #expect(
            try changes(one, [.file("a", "1", mode: 0o777), .file("b", "2", mode: 0o777)])["b"]?.aspects == [.content]
        )
    }
}
