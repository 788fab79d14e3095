import CaseFixtures
import CaseIndex
import Cryptography
import Patterns
import Testing

@testable import Filesystem

@Suite struct FileSearchTests {
    private static let history = """
        {"history":[{"created_by":"ADD"},{"created_by":"ENV","empty_layer":true},{"created_by":"RUN rm"}]}
        """

    /// Two images that share a layer; one deletes a file of it.
    private func fixture() throws -> CaseFixture {
        let fixture = try CaseFixture()
        let base = try fixture.addLayer("base", [.folder("r"), .file("r/key", "secret"), .file("r/k2", "secret")])
        let upper = try fixture.addLayer("upper", [.file("r/.wh.key"), .file("r/k2", "other")])
        try fixture.addImage("one", layers: [base])
        let two = try fixture.addImage("two", layers: [base, upper], configuration: Self.history)
        try fixture.addSignature(two, trusted: true)
        try fixture.addSignature(CaseFixture.digest("image one"), named: "other", authentic: nil)
        return fixture
    }

    @Test func findsContentInEveryLayerAndTellsItsFateInEveryImage() throws {
        let fixture = try fixture()
        try fixture.caseFile.read { reader in
            let hits = try FileSearch(reader).find(content: Digest(hashing: Array("secret".utf8)).bytes)
            #expect(hits.map { String(decoding: $0.entry.entry.path, as: UTF8.self) } == ["r/key", "r/k2"])
            let key = Dictionary(uniqueKeysWithValues: hits[0].images.map { ($0.image.names[0], $0) })
            #expect(key["one"]?.fate == .visible)
            #expect(key["two"]?.fate == .deleted)
            #expect(key["two"]?.endedBy?.number == 2)
            #expect(key["two"]?.endedBy?.step?.createdBy == "RUN rm")
            #expect(key["two"]?.layer.step?.createdBy == "ADD")
            #expect(key["two"]?.act == .introduces)
            #expect(key["two"]?.image.signers.map { $0.verdict?.isTrusted } == [true])
            #expect(key["one"]?.image.signers.map { $0.verdict == nil } == [true])
            #expect(key["one"]?.layer.step == nil)
            #expect(hits[1].images.first { $0.image.names == ["two"] }?.fate == .overwritten)
        }
    }

    @Test func findsNothingForAnUnknownContent() throws {
        let fixture = try fixture()
        try fixture.caseFile.read { reader in
            let found = try FileSearch(reader).find(content: Digest(hashing: Array("none".utf8)).bytes)
            #expect(found.isEmpty)
        }
    }

    @Test func findsPathsWithTheirWhiteoutsAndSaysWhatEachDoes() throws {
        let fixture = try fixture()
        try fixture.caseFile.read { reader in
            let hits = try FileSearch(reader).find(try PathPattern("/r/k*"))
            let acts = hits.flatMap { hit in
                hit.images.map {
                    "\(String(decoding: hit.entry.entry.path, as: UTF8.self)) \($0.image.names[0]) \($0.act)"
                }
            }
            #expect(
                Set(acts) == [
                    "r/key one introduces", "r/key two introduces", "r/.wh.key two deletes", "r/k2 one introduces",
                    "r/k2 two introduces", "r/k2 two overwrites",
                ]
            )
        }
    }

    @Test func findsHardLinksOfTheContent() throws {
        let fixture = try CaseFixture()
        let layer = try fixture.addLayer("l", [.file("a", "x"), .link("b", to: "a", isHard: true)])
        try fixture.addImage("app", layers: [layer])
        try fixture.caseFile.read { reader in
            let hits = try FileSearch(reader).find(content: Digest(hashing: Array("x".utf8)).bytes)
            #expect(hits.map(\.entry.entry.kind) == [.file, .hardLink])
        }
    }

    @Test func findsPathsThatAreNotText() throws {
        let fixture = try CaseFixture()
        var odd = FileEntryRecord.file("x", "1")
        odd.path = Array("etc/".utf8) + [0xFF]
        let layer = try fixture.addLayer("l", [odd, .file("etc/b")])
        try fixture.addImage("app", layers: [layer])
        try fixture.caseFile.read { reader in
            let both = try FileSearch(reader).find(try PathPattern("etc/*"))
            let one = try FileSearch(reader).find(try PathPattern("**/b"))
            #expect(both.count == 2)
            #expect(one.count == 1)
        }
    }

    @Test(arguments: [
        ("etc/*.conf", "etc/a.conf", true), ("etc/*.conf", "etc/d/a.conf", false), ("**/id_rsa", "id_rsa", true),
        ("**/id_rsa", "root/.ssh/id_rsa", true), ("/usr/**", "usr/bin/a", true), ("usr/**", "usr", false),
        ("a/**/b", "a/b", true), ("a[1]?", "a[1]?", true), ("a[1]?", "a1x", false), ("./etc", "etc", true),
    ])
    func matchesWholePaths(pattern: String, path: String, isMatch: Bool) throws {
        let fixture = try CaseFixture()
        let layer = try fixture.addLayer("l", [.file(path)])
        try fixture.addImage("app", layers: [layer])
        let matches = try PathPattern(pattern).matches(Array(path.utf8))
        #expect(matches == isMatch)
        let found = try fixture.caseFile.read { try FileSearch($0).find(try PathPattern(pattern)).count }
        #expect(found == (isMatch ? 1 : 0))
    }
}
