import Attestation
import Cryptography
import Sigstore
import StrictJSON
import Testing

@Suite("Material in cosign's annotations is read strictly")
struct CosignMaterialTests {
    private static let bundle: JSONValue = [
        "SignedEntryTimestamp": "AQ==",
        "Payload": ["body": "Ag==", "integratedTime": 1_700_000_000, "logIndex": 5, "logID": "c0ff"],
    ]
    private static let certificate = PEMBlock(label: "CERTIFICATE", content: [9]).text
    private static let annotations = [
        CosignAnnotation.signature: "Bw==",
        CosignAnnotation.certificate: certificate,
        CosignAnnotation.chain: certificate + certificate,
        CosignAnnotation.bundle: bundle.compact,
        CosignAnnotation.timestamp: #"{"SignedRFC3161Timestamp":"Aw=="}"#,
    ]

    private func entity(_ name: String, _ value: String?) throws(FormatError) -> SignedEntity {
        var annotations = Self.annotations
        annotations[name] = value
        return try SignedEntity(simpleSigningAnnotations: annotations)
    }

    private func failure(_ name: String, _ value: String?) -> FormatError? {
        do {
            _ = try entity(name, value)
            return nil
        } catch {
            return error
        }
    }

    @Test("Every annotation is read")
    func reads() throws {
        let entity = try SignedEntity(simpleSigningAnnotations: Self.annotations)
        #expect(entity.carrier == .cosignAnnotations)
        #expect(entity.content == .message(signature: [7], digestHint: nil))
        #expect(entity.keyMaterial == .certificate([9], chainLength: 2))
        #expect(entity.timestamps == [[3]])
        #expect(entity.timestampedBytes == [7])
        let entry = try #require(entity.logEntries.first)
        #expect(entry.inclusionPromise == [1])
        #expect(entry.canonicalizedBody == [2])
        #expect(entry.logID == [0xC0, 0xFF])
        #expect(entry.logIndex == 5)
        #expect(entry.integratedTime == 1_700_000_000)
    }

    @Test("What is absent, empty or null is not there", arguments: [nil, "", "null"] as [String?])
    func absent(value: String?) throws {
        #expect(try entity(CosignAnnotation.bundle, value).logEntries.isEmpty)
        #expect(try entity(CosignAnnotation.timestamp, value).timestamps.isEmpty)
        guard value != "null" else { return }
        #expect(try entity(CosignAnnotation.certificate, value).keyMaterial == nil)
    }

    @Test(
        "An annotation of another form is named",
        arguments: [
            (CosignAnnotation.signature, nil, CosignAnnotation.signature, "an annotation"),
            (CosignAnnotation.signature, "Bx==", CosignAnnotation.signature, "base64"),
            (CosignAnnotation.certificate, "x", CosignAnnotation.certificate, "a PEM certificate"),
            (CosignAnnotation.certificate, "x" + certificate, CosignAnnotation.certificate, "a PEM certificate"),
            (
                CosignAnnotation.certificate, PEMBlock(label: "PUBLIC KEY", content: [1]).text,
                CosignAnnotation.certificate,
                "a PEM certificate"
            ),
            (CosignAnnotation.bundle, "{", CosignAnnotation.bundle, "JSON"),
            (CosignAnnotation.bundle, "{}", "\(CosignAnnotation.bundle).SignedEntryTimestamp", "base64"),
            (
                CosignAnnotation.bundle, bundle.setting("Payload/body", to: "A").compact,
                "\(CosignAnnotation.bundle).Payload.body", "base64"
            ),
            (
                CosignAnnotation.bundle, bundle.setting("Payload/logID", to: "C0FF").compact,
                "\(CosignAnnotation.bundle).Payload.logID", "hexadecimal digits"
            ),
            (
                CosignAnnotation.bundle, bundle.setting("Payload/logIndex", to: -1).compact,
                "\(CosignAnnotation.bundle).Payload", "integers"
            ),
            (
                CosignAnnotation.bundle, bundle.setting("Payload/integratedTime", to: "1").compact,
                "\(CosignAnnotation.bundle).Payload", "integers"
            ),
            (CosignAnnotation.timestamp, "[", CosignAnnotation.timestamp, "JSON"),
            (CosignAnnotation.timestamp, "{}", CosignAnnotation.timestamp, "base64"),
        ] as [(String, String?, String, String)]
    )
    func malformed(name: String, value: String?, path: String, expected: String) {
        #expect(failure(name, value) == .malformed(path: path, expected: expected))
    }

    @Test("A bundle whose log index stands there twice is not read either way")
    func duplicates() {
        let text = Self.bundle.compact.replacing("\"logIndex\":5", with: "\"logIndex\":5,\"logIndex\":6")
        #expect(failure(CosignAnnotation.bundle, text) == .malformed(path: CosignAnnotation.bundle, expected: "JSON"))
    }

    @Test("A signature that OpenSSL folded is read")
    func folded() throws {
        #expect(try entity(CosignAnnotation.signature, "B\nw==\n").content == .message(signature: [7], digestHint: nil))
        #expect(try entity(CosignAnnotation.signature, "").content == .message(signature: [], digestHint: nil))
    }

    @Test("An attestation is the layer's envelope, and the layer is what is stamped")
    func attestation() throws {
        let envelope = Envelope(payloadType: "t", payload: [1], signatures: [.init(keyID: "", bytes: [2])])
        let layer = envelope.json.bytes
        let entity = try SignedEntity(attestation: layer, annotations: Self.annotations)
        #expect(entity.content == .envelope(envelope, storedDigest: Digest(hashing: layer)))
        #expect(entity.timestampedBytes == layer)
        #expect(throws: FormatError.self) { try SignedEntity(attestation: [0x7B], annotations: [:]) }
    }

    @Test("Nothing but certificates stands among the certificates, and no entry has a negative index")
    func strangers() {
        let mixed = Self.certificate + PEMBlock(label: "PUBLIC KEY", content: [9]).text
        let certificate = CosignAnnotation.certificate
        #expect(failure(certificate, mixed) == .malformed(path: certificate, expected: "a PEM certificate"))
        let negative = Self.bundle.setting("Payload/logIndex", to: -1)
        #expect(
            failure(CosignAnnotation.bundle, negative.compact)
                == .malformed(path: "\(CosignAnnotation.bundle).Payload", expected: "integers")
        )
    }
}
