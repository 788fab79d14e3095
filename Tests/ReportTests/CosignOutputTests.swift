import CaseFixtures
import CaseIndex
import Correlation
import Cryptography
import StrictJSON
import Testing

@testable import Report

@Suite struct CosignOutputTests {
    private static let bundle =
        #"{"SignedEntryTimestamp":"MEU=","Payload":{"body":"e30=","integratedTime":1,"logIndex":2,"logID":"c0d2"}}"#

    private static func output(_ fixture: CaseFixture, _ images: [Digest]) throws -> CosignOutput {
        try fixture.caseFile.read { reader in
            try CosignOutput(try images.map { try Trace(of: $0, in: reader) }, reader)
        }
    }

    private static func elements(_ output: CosignOutput) throws -> [JSONValue] {
        try #require(try JSONValue(parsing: Array(output.text.utf8)).array)
    }

    @Test func printsSimpleSigningAsCosignDoes() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        let payload = """
            {"critical":{"identity":{"docker-reference":"registry.example/app"},"image":{"docker-manifest-digest":\
            "\(image)"},"type":"cosign container image signature"},"optional":{"tag":"1,0=x","a":"b"}}
            """
        let annotations = JSONValue.object(JSONObject([("dev.sigstore.cosign/bundle", JSONValue(Self.bundle))]))
        let signature = try fixture.addSignature(
            image,
            payload: Array(payload.utf8),
            annotations: annotations.canonical
        )
        try fixture.addClaim(image, .certificate, "1.3.6.1.4.1.57264.1.2", "push", signature: signature)
        let output = try Self.output(fixture, [image])
        #expect(output.text.hasPrefix("\n[{\"critical\":{\"identity\":{\"docker-reference\":\"registry.example/app\"}"))
        #expect(output.text.hasSuffix("}]\n"))
        let optional = try #require(try Self.elements(output).first?["optional"])
        #expect(
            optional.object?.names == [
                "1.3.6.1.4.1.57264.1.1", "1.3.6.1.4.1.57264.1.2", "Bundle", "Issuer", "Subject", "a",
                "githubWorkflowTrigger", "tag",
            ]
        )
        #expect(optional["tag"] == "1,0=x")
        #expect(optional["Subject"]?.string == CaseFixture.identity)
        #expect(optional["Bundle"]?.compact == Self.bundle)
    }

    @Test func fillsForBundlesWhatCosignLeavesEmpty() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("registry.example/app:1")
        let payload = """
            {"verificationMaterial":{"tlogEntries":[{"logIndex":"2","logId":{"keyId":"wNI="},"integratedTime":"1",\
            "inclusionPromise":{"signedEntryTimestamp":"MEU="},"canonicalizedBody":"e30="}]}}
            """
        let signature = try fixture.addSignature(
            image,
            kind: .bundle,
            predicateType: "https://sigstore.dev/cosign/sign/v1",
            payload: Array(payload.utf8)
        )
        try fixture.addClaim(image, .signedAnnotation, "tag", "1", signature: signature)
        let element = try #require(try Self.elements(try Self.output(fixture, [image])).first)
        let critical = try #require(element["critical"])
        #expect(critical["identity"]?["docker-reference"] == "registry.example/app:1")
        #expect(critical["image"]?["docker-manifest-digest"]?.string == "\(image)")
        #expect(critical["type"] == "https://sigstore.dev/cosign/sign/v1")
        #expect(element["optional"]?["Bundle"]?.compact == Self.bundle)
        #expect(element["optional"]?["Issuer"]?.string == CaseFixture.issuer)
        #expect(element["optional"]?["tag"] == "1")
    }

    @Test(arguments: [(true, Bool?.none, true), (true, true, true), (true, false, false), (false, nil, false)])
    func printsOnlyWhatHolds(_ authentic: Bool, _ trusted: Bool?, _ isPrinted: Bool) throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage(authentic: authentic, trusted: trusted).image
        let output = try Self.output(fixture, [image])
        #expect(try Self.elements(output).count == (isPrinted ? 1 : 0))
        #expect(output.omitted.count == (isPrinted ? 0 : 1))
    }
}
