import CaseFixtures
import CaseIndex
import Correlation
import Cryptography
import StrictJSON
import Testing

@testable import Report

@Suite struct DocumentTests {
    private static func parse(_ document: JSONValue) throws -> JSONValue {
        try JSONValue(parsing: Array(document.pretty.utf8))
    }

    @Test func namesItsSchemaFirst() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage().image
        let dossier = try CaseDossier(of: [image], in: fixture.caseFile)
        let traces = dossier.images.map(\.trace)
        let documents = [
            ("verify", VerifyJSON.document(traces)), ("trace", TraceJSON.document(traces)),
            ("images", CaseJSON.images(traces.map(\.entry))), ("image", CaseJSON.show(dossier.images[0])),
            ("case", CaseJSON.info(dossier, contentDigest: CaseFixture.digest("content"))),
            ("report", CaseJSON.report(dossier)),
        ]
        for (name, document) in documents {
            let parsed = try Self.parse(document)
            #expect(parsed == document)
            #expect(parsed.object?.names.first == "schema")
            #expect(parsed["schema"]?.string == "urn:raireki:\(name):1")
        }
    }

    @Test(arguments: HostileEvidence.texts)
    func keepsEveryByteOfHostileEvidence(_ text: String) throws {
        let document = try Self.parse(CaseJSON.report(try HostileEvidence.dossier(text)))
        let facts = try #require(document["images"]?.array?.first?["facts"]?.array)
        let user = try #require(facts.first { $0["fact"]?.string == "user" })
        let values = try #require(user["values"]?.array).filter { $0["key"]?.string == "com.gitlab.ci.user.name" }
        #expect(values.first?["value"] == JSONValue(text))
    }

    @Test func givesEveryCheckOfEverySignature() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage(authentic: false, trusted: false).image
        let traces = try Tracer(caseFile: fixture.caseFile).read(images: [image])
        let document = try Self.parse(VerifyJSON.document(traces))
        let signature = try #require(document["images"]?.array?.first?["signatures"]?.array?.first)
        #expect(signature["verdict"]?["authentic"] == false)
        #expect(signature["verdict"]?["trusted"] == false)
        let checks = try #require(signature["checks"]?.array)
        #expect(checks.compactMap { $0["outcome"]?.string } == ["passed", "not-applicable", "passed", "failed"])
        #expect(checks.last?["reason"]?.string == "signature.invalid")
    }

    @Test func citesTheClaimsOfAContradiction() throws {
        let fixture = try CaseFixture()
        let changed = ["com.gitlab.ci.commit.sha": CaseFixture.otherCommit]
        let image = try fixture.addTutorialImage(replacing: changed).image
        let document = try Self.parse(TraceJSON.document(try Tracer(caseFile: fixture.caseFile).read(images: [image])))
        let trace = try #require(document["images"]?.array?.first)
        #expect(trace["standing"]?.string == "contradicted")
        let finding = try #require(trace["findings"]?.array?.first)
        #expect(finding["rule"]?.string == "commit-contradiction")
        #expect(finding["records"]?.array?.count == 2)
        let row = try #require(trace["facts"]?.array?.first { $0["fact"]?.string == "commit" })
        #expect(row["verdict"]?.string == "contradicts")
        // The certificate, and the other annotation that names the commit.
        #expect(row["conflicts"]?.array?.count == 2)
    }
}
