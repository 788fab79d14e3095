import Attestation
import StrictJSON
import Testing

@Suite("An in-toto statement is of a known form")
struct StatementTests {
    private static func text(
        type: String = #""https://in-toto.io/Statement/v1""#,
        predicateType: String = #""https://slsa.dev/provenance/v1""#,
        subject: String = #"[{"name":"image","digest":{"sha256":"ab"}}]"#
    ) -> String {
        #"{"_type":\#(type),"subject":\#(subject),"predicateType":\#(predicateType),"predicate":{"a":1}}"#
    }

    private func failure(_ text: String) -> AttestationError? {
        do {
            _ = try Statement(parsing: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test("Both versions are read whole", arguments: [Statement.typeV01, Statement.typeV1])
    func reads(type: String) throws {
        let statement = try Statement(parsing: Array(Self.text(type: "\"\(type)\"").utf8))
        #expect(statement.type == type)
        #expect(statement.predicateType == "https://slsa.dev/provenance/v1")
        #expect(statement.predicate == ["a": 1])
        #expect(statement.subjects.map(\.name) == ["image"])
        #expect(statement.subjects.first?.names(algorithm: "sha256", hex: "ab") == true)
        #expect(statement.json["predicate"] == statement.predicate)
    }

    @Test(
        "Another type is not known",
        arguments: [
            "https://in-toto.io/Statement/v2", "https://in-toto.io/Statement/v0.1/", "https://in-toto.io/statement/v1",
            "https://in-toto.io/Statement/v1 ", "https://in-toto.io/Statement/v1.evil", "",
        ]
    )
    func unknownType(type: String) {
        #expect(failure(Self.text(type: "\"\(type)\"")) == .unknownStatementType(type))
    }

    @Test(
        "A member of another form is named",
        arguments: [
            (text(type: "1"), "_type"), ("[]", "_type"), (text(predicateType: "null"), "predicateType"),
            (text(predicateType: #""""#), "predicateType"), (text(subject: "null"), "subject"),
            (text(subject: "{}"), "subject"), (text(subject: "[1]"), "subject"),
            (text(subject: #"[{"digest":[]}]"#), "subject.digest"),
            (text(subject: #"[{"digest":{"sha256":1}}]"#), "subject.digest"),
            (text(subject: #"[{"annotations":[]}]"#), "subject.annotations"),
        ]
    )
    func malformed(text: String, member: String) {
        #expect(failure(text) == .malformed(member: member))
    }

    @Test("A statement of nothing is read: that nothing is its subject is for verification to say")
    func empty() throws {
        #expect(try Statement(parsing: Array(Self.text(subject: "[]").utf8)).subjects.isEmpty)
        let nameless = try Statement(parsing: Array(Self.text(subject: #"[{"digest":null}]"#).utf8))
        #expect(nameless.subjects.first?.digests == [])
        #expect(nameless.subjects.first?.name == nil)
    }

    @Test("A digest is named by algorithm and digits alike, as bytes")
    func names() throws {
        let subject = #"[{"digest":{"sha1":"ff","sha256":"AB","sha512":"cd"}}]"#
        let descriptor = try #require(try Statement(parsing: Array(Self.text(subject: subject).utf8)).subjects.first)
        #expect(descriptor.digests.map(\.algorithm) == ["sha1", "sha256", "sha512"])
        #expect(descriptor.names(algorithm: "sha512", hex: "cd"))
        #expect(!descriptor.names(algorithm: "sha256", hex: "cd"))
        #expect(!descriptor.names(algorithm: "sha256", hex: "ab"))
        #expect(!descriptor.names(algorithm: "SHA1", hex: "ff"))
        #expect(!descriptor.names(algorithm: "sha1", hex: ""))
    }

    @Test("Limits of subjects and digests are exact")
    func limits() {
        func subjects(_ count: Int) -> String {
            "[" + [String](repeating: "{}", count: count).joined(separator: ",") + "]"
        }
        #expect(failure(Self.text(subject: subjects(1024))) == nil)
        #expect(failure(Self.text(subject: subjects(1025))) == .tooMany(member: "subject", limit: 1024))
        func digests(_ count: Int) -> String {
            #"[{"digest":{"# + (0..<count).map { #""a\#($0)":"x""# }.joined(separator: ",") + "}}]"
        }
        #expect(failure(Self.text(subject: digests(32))) == nil)
        #expect(failure(Self.text(subject: digests(33))) == .tooMany(member: "subject.digest", limit: 32))
    }
}
