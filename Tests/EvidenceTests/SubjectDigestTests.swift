import CaseIndex
import Cryptography
import Evidence
import Signing
import StrictJSON
import TestSupport
import Testing

@Suite("Artifacts that are named by other digests than SHA-256")
struct SubjectDigestTests {
    private static func envelope(_ digests: JSONValue) -> JSONValue {
        let statement: JSONValue = [
            "_type": "https://in-toto.io/Statement/v1", "predicateType": "https://test/x",
            "subject": [["name": "a", "digest": digests]], "predicate": JSONValue.object(JSONObject()),
        ]
        return [
            "payloadType": "application/vnd.in-toto+json",
            "payload": JSONValue(Base64.encode(Array(statement.compact.utf8))),
            "signatures": [["sig": "AAAA"]],
        ]
    }

    private static func digest(_ algorithm: DigestAlgorithm) -> Digest {
        Digest(hashing: Array("image".utf8), algorithm)
    }

    @Test(
        "A subject is known by its SHA-256, else its SHA-512, else its SHA-384",
        arguments: [
            ([.sha512], .sha512), ([.sha384], .sha384), ([.sha384, .sha512], .sha512),
            ([.sha512, .sha256, .sha384], .sha256),
        ] as [([DigestAlgorithm], DigestAlgorithm)]
    )
    func preference(named: [DigestAlgorithm], taken: DigestAlgorithm) throws {
        let members = named.map { ($0.rawValue, JSONValue(Self.digest($0).hex)) }
        let imported = try ImportedCase()
        let json = Self.envelope(.object(JSONObject([("sha1", "ab")] + members)))
        let summary = try imported.add(imported.directory.write(json.compact, to: "a.dsse.json"))
        #expect(summary.attestations == 1)
        #expect(try imported.signatures().map(\.subject) == [Self.digest(taken)])
        #expect(try imported.warningCodes() == [])
    }

    @Test("A subject without a digest to rely on is told as that", arguments: ["sha1", "gitCommit", "sha512"])
    func unknownAlgorithm(name: String) throws {
        let imported = try ImportedCase()
        let json = Self.envelope(.object(JSONObject([(name, "abab")])))
        let summary = try imported.add(imported.directory.write(json.compact, to: "a.dsse.json"))
        #expect(summary.attestations == 0)
        let warning = try #require(try imported.warnings().first { $0.code == "signature.unattached" })
        #expect(warning.message == "the statement names its subjects by no SHA-256, SHA-384 or SHA-512")
    }

    @Test(
        "A signature of bytes by SHA-384 or SHA-512 is of the artifact of that digest",
        arguments: [
            DigestAlgorithm.sha384, .sha512,
        ]
    )
    func messageDigest(algorithm: DigestAlgorithm) throws {
        var sigstore = try VirtualSigstore()
        let bundle = try JSONValue(parsing: try sigstore.signed().bundle.bytes)
        guard case .object(var object) = bundle, case .object(var message)? = object["messageSignature"] else {
            Issue.record("no message signature")
            return
        }
        let digest = Self.digest(algorithm)
        message["messageDigest"] = [
            "algorithm": JSONValue(algorithm == .sha384 ? "SHA2_384" : "SHA2_512"),
            "digest": JSONValue(Base64.encode(digest.bytes)),
        ]
        object["messageSignature"] = .object(message)
        let imported = try ImportedCase()
        let file = try imported.directory.write(JSONValue.object(object).compact, to: "a.sigstore.json")
        #expect(try imported.add(file).signatures == 1)
        #expect(try imported.signatures().map(\.subject) == [digest])
        #expect(try imported.warningCodes() == [])
    }

    @Test("It attaches to an image that is stored by that digest, whichever comes first", arguments: [false, true])
    func storedImage(imageFirst: Bool) throws {
        var layout = LayoutWriter()
        let plain = layout.image()
        let bytes = try #require(layout.members[LayoutWriter.path(plain)])
        let image = layout.blob(bytes, .sha512)
        let descriptor: JSONValue = [
            "mediaType": JSONValue(LayoutWriter.manifestType), "digest": JSONValue("\(image)"),
            "size": JSONValue(Int64(bytes.count)),
        ]
        layout.list(descriptor)
        let imported = try ImportedCase()
        let json = Self.envelope(["sha512": JSONValue(image.hex)])
        let file = try imported.directory.write(json.compact, to: "a.dsse.json")
        let folder = try layout.write(to: imported.directory)
        for path in imageFirst ? [folder, file] : [file, folder] { try imported.add(path) }
        let images = try imported.file.read { try $0.images() }
        #expect(images.first { $0.digest == image }?.signatureCount == 1)
    }

    @Test("A statement that nobody signed is about such artifacts too")
    func unsigned() throws {
        let digest = Self.digest(.sha512)
        let statement: JSONValue = [
            "_type": "https://in-toto.io/Statement/v1", "predicateType": "https://test/x",
            "subject": [["name": "a", "digest": ["sha512": JSONValue(digest.hex)]]],
            "predicate": ["k": "v"],
        ]
        let imported = try ImportedCase()
        let summary = try imported.add(imported.directory.write(statement.compact, to: "a.json"))
        #expect(summary.unsignedStatements == 1)
        #expect(try imported.claims(about: digest, .unsignedStatement)["/predicate/k"] == "v")
        #expect(try imported.warningCodes() == [])
    }
}
