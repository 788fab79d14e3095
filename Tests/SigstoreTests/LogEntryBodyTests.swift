import Cryptography
import StrictJSON
import Testing

@testable import Sigstore

@Suite("Bodies of log entries are read by kind and version")
struct LogEntryBodyTests {
    private static let digest = Digest(hashing: [1])
    private static let hash: JSONValue = ["algorithm": "sha256", "value": JSONValue(digest.hex)]
    private static let certificate = PEMBlock(label: "CERTIFICATE", content: [9])
    private static let pem = JSONValue(Base64.encode(certificate.text.utf8))
    private static let signature = JSONValue(Base64.encode([7]))
    private static let twice = JSONValue(Base64.encode(Base64.encode([7]).utf8))

    private static func body(_ kind: String, _ version: String, _ spec: JSONValue) -> JSONValue {
        ["kind": JSONValue(kind), "apiVersion": JSONValue(version), "spec": spec]
    }

    private static let hashedRekord = body(
        "hashedrekord",
        "0.0.1",
        ["data": ["hash": hash], "signature": ["content": signature, "publicKey": ["content": pem]]]
    )
    private static let dsse = body(
        "dsse",
        "0.0.1",
        ["envelopeHash": hash, "payloadHash": hash, "signatures": [["signature": signature, "verifier": pem]]]
    )
    private static let intotoV1 = body(
        "intoto",
        "0.0.1",
        ["content": ["hash": hash, "payloadHash": hash], "publicKey": pem]
    )
    private static let intotoV2 = body(
        "intoto",
        "0.0.2",
        [
            "content": [
                "hash": hash, "payloadHash": hash,
                "envelope": ["payloadType": "x", "signatures": [["sig": twice, "publicKey": pem]]],
            ]
        ]
    )
    private static let tile = body(
        "hashedrekord",
        "0.0.2",
        [
            "hashedRekordV002": [
                "data": ["algorithm": "SHA2_256", "digest": JSONValue(Base64.encode(digest.bytes))],
                "signature": ["content": signature, "verifier": ["x509Certificate": ["rawBytes": "CQ=="]]],
            ]
        ]
    )

    private func failure(_ json: JSONValue) -> LogEntryBody.Failure? {
        do {
            _ = try LogEntryBody(json.bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "Every kind gives its digests, signatures and verifiers",
        arguments: [
            (hashedRekord, [.message], true), (dsse, [.payload, .envelope], true),
            (intotoV1, [.envelope, .payload], false),
            (intotoV2, [.payload, .envelope], true), (tile, [.message], true),
            (hashedRekord.setting("kind", to: "rekord"), [.message], true),
        ] as [(JSONValue, [LogEntryBody.DigestSubject], Bool)]
    )
    func kinds(json: JSONValue, subjects: [LogEntryBody.DigestSubject], holdsSignatures: Bool) throws {
        let body = try LogEntryBody(json.bytes)
        #expect(body.kind == json["kind"]?.string)
        #expect(body.version == json["apiVersion"]?.string)
        #expect(body.digests.map(\.subject) == subjects)
        #expect(body.digests.allSatisfy { $0.digest == Self.digest })
        #expect(body.holdsSignatures == holdsSignatures)
        #expect(body.signatures == (holdsSignatures ? [[7]] : []))
        #expect(body.verifiers == [.certificate([9])])
    }

    @Test("A key takes the place of a certificate")
    func keys() throws {
        let pem = Base64.encode(PEMBlock(label: "PUBLIC KEY", content: [8]).text.utf8)
        let first = Self.hashedRekord.setting("spec/signature/publicKey/content", to: JSONValue(pem))
        #expect(try LogEntryBody(first.bytes).verifiers == [.publicKey([8])])
        let second = Self.tile.setting(
            "spec/hashedRekordV002/signature/verifier",
            to: ["publicKey": ["rawBytes": "CA=="]]
        )
        #expect(try LogEntryBody(second.bytes).verifiers == [.publicKey([8])])
    }

    @Test("Other hashes are read by name, with their own length")
    func hashAgility() throws {
        let digest = Digest(hashing: [], .sha384)
        let json = Self.hashedRekord.setting(
            "spec/data/hash",
            to: ["algorithm": "sha384", "value": JSONValue(digest.hex)]
        )
        #expect(try LogEntryBody(json.bytes).digests.map(\.digest) == [digest])
    }

    @Test(
        "Kinds and versions that are not known, or no longer in use, are named",
        arguments: [
            ("dsse", "0.0.2"), ("hashedrekord", "0.0.3"), ("hashedrekord", "v0.0.1"), ("HashedRekord", "0.0.1"),
            ("intoto", "0.0.3"), ("", ""), ("helm", "0.0.1"),
        ]
    )
    func unsupported(kind: String, version: String) {
        #expect(failure(Self.body(kind, version, [:])) == .unsupported(kind: kind, version: version))
    }

    @Test(
        "A member of another form is named",
        arguments: [
            (hashedRekord.setting("kind", to: nil), "kind"), (hashedRekord.setting("apiVersion", to: 1), "apiVersion"),
            (hashedRekord.setting("spec", to: []), "spec"), (hashedRekord.setting("spec", to: nil), "spec"),
            (hashedRekord.setting("spec/data/hash/value", to: JSONValue(digest.hex.uppercased())), "spec.data.hash"),
            (hashedRekord.setting("spec/data/hash/algorithm", to: "sha512"), "spec.data.hash"),
            (hashedRekord.setting("spec/data/hash/algorithm", to: "sha1"), "spec.data.hash"),
            (hashedRekord.setting("spec/signature/content", to: "Bx=="), "spec.signature.content"),
            (hashedRekord.setting("spec/signature/content", to: ""), "spec.signature.content"),
            (hashedRekord.setting("spec/signature/publicKey/content", to: "AQ=="), "spec.signature.publicKey.content"),
            (dsse.setting("spec/signatures", to: nil), "spec.signatures"),
            (dsse.setting("spec/signatures/0/verifier", to: nil), "spec.signatures.verifier"),
            (dsse.setting("spec/envelopeHash", to: nil), "spec.envelopeHash"),
            (intotoV1.setting("spec/content", to: nil), "spec.content.hash"),
            (intotoV1.setting("spec/publicKey", to: nil), "spec.publicKey"),
            (
                intotoV2.setting("spec/content/envelope/signatures/0/sig", to: signature),
                "spec.content.envelope.signatures.sig"
            ),
            (tile.setting("spec/hashedRekordV002/data/algorithm", to: "SHA3_256"), "spec.hashedRekordV002.data"),
            (tile.setting("spec/hashedRekordV002/data/algorithm", to: "SHA2_512"), "spec.hashedRekordV002.data"),
            (
                tile.setting("spec/hashedRekordV002/signature/verifier", to: [:]),
                "spec.hashedRekordV002.signature.verifier"
            ),
        ]
    )
    func malformed(json: JSONValue, member: String) {
        #expect(failure(json) == .malformed(member: member))
    }

    @Test("A body that names a member twice is not read either way")
    func duplicates() {
        let text = Self.hashedRekord.compact.replacing("{\"kind\":", with: "{\"kind\":\"dsse\",\"kind\":")
        let found = #expect(throws: LogEntryBody.Failure.self) { try LogEntryBody(Array(text.utf8)) }
        #expect(found == .notJSON("\(JSONError.duplicateName("kind", offset: 15))"))
    }

    @Test("A verifier is one certificate with its chain, or one public key and nothing else")
    func verifiers() {
        let key = PEMBlock(label: "PUBLIC KEY", content: [9]).text
        let path = "spec/signature/publicKey/content"
        for text in [key + key, PEMBlock(label: "EC PRIVATE KEY", content: [9]).text] {
            let body = Self.hashedRekord.setting(path, to: JSONValue(Base64.encode(text.utf8)))
            #expect(failure(body) == .malformed(member: "spec.signature.publicKey.content"))
        }
        #expect(failure(Self.hashedRekord.setting(path, to: JSONValue(Base64.encode(key.utf8)))) == nil)
    }
}
