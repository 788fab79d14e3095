import CaseIndex
import Cryptography
import TestSupport
import Testing

@testable import Evidence

@Suite("Members of a layer are listed where a container runtime puts them")
struct LayerPathTests {
    /// Places members, each as `path`, `path/` for a folder or `path -> target` for a link; answers their places.
    private func places(_ members: [String]) -> (paths: [String], remarks: [LayerPathRemark: [String]]) {
        var layer = LayerPaths()
        let paths = members.map { member in
            let parts = member.split(separator: " ").map(String.init)
            let isLink = parts.count == 3
            let path = MemberPath.normalized(Array(parts[0].utf8))
            let kind: FileKind = isLink ? .symbolicLink : member.hasSuffix("/") ? .directory : .file
            let place = layer.place(path, kind, link: isLink ? Array(parts[2].utf8) : nil)
            return String(decoding: place, as: UTF8.self)
        }
        return (paths, layer.remarks.mapValues(\.examples))
    }

    @Test(
        "Links of the layer above a member are followed",
        arguments: [
            (["l -> etc", "l/passwd"], ["l", "etc/passwd"]),
            (["l -> /etc/", "l/passwd", "l/x"], ["l", "etc/passwd", "etc/x"]),
            (["a/b/l -> ../c", "a/b/l/x"], ["a/b/l", "a/c/x"]),
            (["a/l -> ../../../../etc", "a/l/x"], ["a/l", "etc/x"]),
            (["l -> m", "m -> n", "l/d/x"], ["l", "m", "n/d/x"]),
            (["l/x", "l -> etc", "l/x"], ["l/x", "l", "etc/x"]),
            (["l -> etc", "l/.wh.passwd"], ["l", "etc/.wh.passwd"]),
            (["d/", "d/l -> /e", "d", "d/", "d/l/x"], ["d", "d/l", "d", "d", "d/l/x"]),
            (["l -> etc", "l/", "l/x"], ["l", "l", "l/x"]),
        ]
    )
    func throughLinks(members: [String], expected: [String]) {
        #expect(places(members).paths == expected)
    }

    @Test("A link that is made after a member does not move it, and one behind the last name is the member itself")
    func untouched() {
        let found = places(["etc/passwd", "lib/x", "lib -> usr/lib"])
        #expect(found.paths == ["etc/passwd", "lib/x", "lib"])
        #expect(found.remarks[.throughLink] == nil)
    }

    @Test("Links that lead to each other end somewhere, and are told")
    func loops() {
        let found = places(["a -> b", "b -> a", "a/x"])
        #expect(found.paths.count == 3)
        #expect(found.remarks[.belowFile] == ["a/x"])
    }

    @Test(
        "Paths that lead out stay inside",
        arguments: [
            ("../../etc/x", "etc/x"), ("a/../../x", "x"), ("a/../b", "b"), ("/../x", "x"), ("a/b/..", "a"), ("..", ""),
        ]
    )
    func outside(path: String, expected: String) {
        let found = places([path])
        #expect(found.paths == [expected])
        let isOutside = !["a/../b", "a/b/.."].contains(path)
        #expect((found.remarks[.outside] != nil) == isOutside)
    }

    @Test("What other tools read differently is told, and honest paths are not")
    func remarks() {
        #expect(places(["d/", "d/", "d/a", "d/b/", "d/b/c -> ../a", "e/f"]).remarks.isEmpty)
        #expect(places(["a", "a"]).remarks == [.repeated: ["a"]])
        #expect(places(["a", "a/b"]).remarks == [.belowFile: ["a/b"]])
        #expect(places(["d/a", "d/A"]).remarks == [.collision: ["d/A"]])
        #expect(places(["é", "e\u{301}"]).remarks.keys.contains(.collision))
        #expect(places(["l -> etc", "l/x"]).remarks == [.throughLink: ["l/x ends up at etc/x"]])
        #expect(places((0..<20).map { _ in "a" }).remarks[.repeated]?.count == 5)
    }

    @Test("The case has the place, keeps what was written, and says what it did")
    func imported() throws {
        var tar = TarBytes()
        tar.addDirectory("etc/")
        tar.addLink("l", to: "etc")
        tar.add("l/passwd", Array("through".utf8))
        tar.addHardLink("l/again", to: "l/passwd")
        tar.addHardLink("out", to: "../../etc/shadow")
        let imported = try ImportedCase()
        let summary = try imported.add(FileEntryTests.layout([tar.finished]))
        #expect(summary.warnings == [.recovered: 2])
        #expect(
            try imported.warnings().map(\.message).sorted() == [
                "1 member whose hard link leads out of the image; a container runtime stops there: "
                    + "out = ../../etc/shadow",
                "2 members of a path that leads through a symbolic link of the same layer; listed where a container "
                    + "runtime puts them: l/passwd ends up at etc/passwd, l/again ends up at etc/again",
            ]
        )
        let found = try imported.file.read { try $0.entries(path: Array("etc/passwd".utf8)) }
        #expect(found.map(\.entry.details) == [[FileDetailRecord(name: "path", value: Array("l/passwd".utf8))]])
        #expect(found.map(\.position) == [2])
        let again = try imported.file.read { try $0.entries(path: Array("etc/again".utf8)) }
        #expect(again.map(\.entry.link) == [Array("etc/passwd".utf8)])
        #expect(again.first?.entry.details.map(\.name) == ["link", "path"])
        #expect(try imported.file.read { try $0.entries(path: Array("l/passwd".utf8)) }.isEmpty)
    }
}
