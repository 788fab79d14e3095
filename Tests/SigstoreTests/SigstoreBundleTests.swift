import Attestation
import Cryptography
import Sigstore
import StrictJSON
import TestSupport
import Testing

@Suite("Bundles are read strictly")
struct SigstoreBundleTests {
    private let made: MadeMaterial

    init() throws {
        made = try MadeMaterial()
    }

    private func failure(_ json: JSONValue) -> FormatError? {
        do {
            _ = try SigstoreBundle(parsing: json.bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test("A message bundle is read whole")
    func message() throws {
        let bundle = try SigstoreBundle(parsing: made.messageBundle.bytes)
        #expect(bundle.version == .v03)
        #expect(bundle.keyMaterial == .certificate(made.leaf))
        #expect(bundle.timestamps.count == 1)
        let entry = try #require(bundle.logEntries.first)
        #expect(bundle.logEntries.count == 1)
        #expect(entry.kind == "hashedrekord")
        #expect(entry.version == "0.0.1")
        #expect(entry.logIndex == 4_163_434)
        #expect(entry.integratedTime == 1_700_000_060)
        #expect(entry.logID.count == 32)
        #expect(entry.inclusionPromise?.isEmpty == false)
        #expect(entry.inclusionProof?.rootHash.count == 32)
        guard case .messageSignature(let algorithm, let digest, let signature) = bundle.content else {
            Issue.record("not a message signature")
            return
        }
        #expect(algorithm == "SHA2_256")
        #expect(digest == Digest(hashing: MadeMaterial.artifact).bytes)
        #expect(!signature.isEmpty)
    }

    @Test("Envelope, chain and key are told apart")
    func otherForms() throws {
        guard case .envelope(let envelope) = try SigstoreBundle(parsing: made.envelopeBundle.bytes).content else {
            Issue.record("not an envelope")
            return
        }
        #expect(envelope.payload == Array("{}".utf8))
        #expect(envelope.payloadType == Envelope.inTotoPayloadType)
        #expect(envelope.signatures.count == 1)
        let chain = try SigstoreBundle(parsing: made.chainBundle.bytes)
        #expect(chain.version == .v02)
        guard case .certificateChain(let certificates) = chain.keyMaterial else {
            Issue.record("\(chain.keyMaterial)")
            return
        }
        #expect(certificates.first == made.leaf)
        guard case .publicKey = try SigstoreBundle(parsing: made.keyBundle.bytes).keyMaterial else {
            Issue.record("not a key")
            return
        }
    }

    @Test("The original names of the members are read as well")
    func snakeCase() throws {
        for json in [made.messageBundle, made.envelopeBundle, made.chainBundle, made.keyBundle] {
            #expect(try SigstoreBundle(parsing: json.snakeCased.bytes) == SigstoreBundle(parsing: json.bytes))
        }
    }

    @Test("Both spellings of one member are refused")
    func bothSpellings() {
        let material = made.messageBundle["verificationMaterial"]
        #expect(
            failure(made.messageBundle.setting("verification_material", to: material))
                == .malformed(path: "bundle.verificationMaterial", expected: "one spelling")
        )
        #expect(
            failure(made.envelopeBundle.setting("dsseEnvelope/payload_type", to: "x"))
                == .malformed(path: "bundle.dsseEnvelope.payloadType", expected: "one spelling")
        )
        #expect(
            failure(made.messageBundle.setting("verificationMaterial/tlogEntries/0/log_index", to: nil as JSONValue?))
                == nil
        )
        #expect(
            failure(made.messageBundle.setting("verificationMaterial/tlogEntries/0/log_index", to: "1"))
                == .malformed(path: "bundle.verificationMaterial.tlogEntries[0].logIndex", expected: "one spelling")
        )
    }

    @Test(
        "A member that a message does not define is refused wherever it stands",
        arguments: [
            ("x", "bundle.x"), ("MediaType", "bundle.MediaType"),
            ("verificationMaterial/x", "bundle.verificationMaterial.x"),
            ("verificationMaterial/certificate/x", "bundle.verificationMaterial.certificate.x"),
            (
                "verificationMaterial/timestampVerificationData/x",
                "bundle.verificationMaterial.timestampVerificationData.x"
            ),
            (
                "verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/x",
                "bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps[0].x"
            ),
            ("verificationMaterial/tlogEntries/0/x", "bundle.verificationMaterial.tlogEntries[0].x"),
            ("verificationMaterial/tlogEntries/0/logId/x", "bundle.verificationMaterial.tlogEntries[0].logId.x"),
            (
                "verificationMaterial/tlogEntries/0/kindVersion/x",
                "bundle.verificationMaterial.tlogEntries[0].kindVersion.x"
            ),
            (
                "verificationMaterial/tlogEntries/0/inclusionPromise/x",
                "bundle.verificationMaterial.tlogEntries[0].inclusionPromise.x"
            ),
            (
                "verificationMaterial/tlogEntries/0/inclusionProof/x",
                "bundle.verificationMaterial.tlogEntries[0].inclusionProof.x"
            ),
            (
                "verificationMaterial/tlogEntries/0/inclusionProof/checkpoint/x",
                "bundle.verificationMaterial.tlogEntries[0].inclusionProof.checkpoint.x"
            ),
            ("messageSignature/x", "bundle.messageSignature.x"),
            ("messageSignature/messageDigest/x", "bundle.messageSignature.messageDigest.x"),
        ]
    )
    func unknownMembers(path: String, named: String) {
        #expect(failure(made.messageBundle.setting(path, to: "x")) == .unknownMember(path: named))
    }

    @Test("Unknown members of an envelope, a chain and a key are refused")
    func unknownMembersElsewhere() {
        #expect(
            failure(made.envelopeBundle.setting("dsseEnvelope/x", to: 1))
                == .unknownMember(path: "bundle.dsseEnvelope.x")
        )
        #expect(
            failure(made.envelopeBundle.setting("dsseEnvelope/signatures/0/cert", to: "x"))
                == .unknownMember(path: "bundle.dsseEnvelope.signatures[0].cert")
        )
        let chain = "bundle.verificationMaterial.x509CertificateChain"
        #expect(
            failure(made.chainBundle.setting("verificationMaterial/x509CertificateChain/certificates/0/x", to: 1))
                == .unknownMember(path: "\(chain).certificates[0].x")
        )
        #expect(
            failure(made.keyBundle.setting("verificationMaterial/publicKey/rawBytes", to: "AQ=="))
                == .unknownMember(path: "bundle.verificationMaterial.publicKey.rawBytes")
        )
    }

    @Test(
        "64-bit integers are strings or numbers",
        arguments: [
            ("7", 7), (7, 7), ("9223372036854775807", .max), (JSONValue(Int64.max), .max), (nil, 0), (.null, 0),
            ("0", 0),
        ] as [(JSONValue?, Int64)]
    )
    func integers(value: JSONValue?, expected: Int64) throws {
        let json = made.messageBundle.setting("verificationMaterial/tlogEntries/0/logIndex", to: value)
        #expect(try SigstoreBundle(parsing: json.bytes).logEntries.first?.logIndex == expected)
    }

    @Test(
        "What is no 64-bit integer is refused",
        arguments: [
            "9223372036854775808", "+1", " 1", "1 ", "01", "0x10", "1e3", "1.0", "", "-0", "-", "１", true, [:], [],
        ] as [JSONValue]
    )
    func notIntegers(value: JSONValue) {
        let json = made.messageBundle.setting("verificationMaterial/tlogEntries/0/logIndex", to: value)
        let path = "bundle.verificationMaterial.tlogEntries[0].logIndex"
        #expect(failure(json) == .malformed(path: path, expected: "a 64-bit integer"))
    }

    @Test(
        "A number with a fraction or beyond 64 bits is no integer, and a negative index is none",
        arguments: ["1.0", "1e3", "9223372036854775808"]
    )
    func notIntegerNumbers(lexeme: String) throws {
        let text = made.messageBundle.setting("verificationMaterial/tlogEntries/0/logIndex", to: "NUMBER").compact
        let bytes = Array(text.replacing("\"NUMBER\"", with: lexeme).utf8)
        let path = "bundle.verificationMaterial.tlogEntries[0].logIndex"
        #expect(throws: FormatError.malformed(path: path, expected: "a 64-bit integer")) {
            try SigstoreBundle(parsing: bytes)
        }
        let negative = made.messageBundle.setting("verificationMaterial/tlogEntries/0/logIndex", to: "-1")
        #expect(failure(negative) == .malformed(path: path, expected: "no negative index"))
    }

    @Test("Thirty-two entries and timestamps are read, thirty-three are refused")
    func limits() throws {
        let material = try #require(made.messageBundle["verificationMaterial"])
        let entry = try #require(material["tlogEntries"]?.array?.first)
        let stamp = try #require(material["timestampVerificationData"]?["rfc3161Timestamps"]?.array?.first)
        func bundle(_ path: String, _ value: JSONValue, _ count: Int) -> JSONValue {
            made.messageBundle.setting(
                "verificationMaterial/\(path)",
                to: .array([JSONValue](repeating: value, count: count))
            )
        }
        for (path, value, name) in [
            ("tlogEntries", entry, "tlogEntries"),
            ("timestampVerificationData/rfc3161Timestamps", stamp, "timestampVerificationData.rfc3161Timestamps"),
        ] {
            #expect(failure(bundle(path, value, 32)) == nil)
            #expect(
                failure(bundle(path, value, 33))
                    == .tooMany(path: "bundle.verificationMaterial.\(name)", count: 33, limit: 32)
            )
        }
        let hashes = JSONValue.array([JSONValue](repeating: "AQ==", count: 65))
        #expect(
            failure(made.messageBundle.setting("verificationMaterial/tlogEntries/0/inclusionProof/hashes", to: hashes))
                == .tooMany(
                    path: "bundle.verificationMaterial.tlogEntries[0].inclusionProof.hashes",
                    count: 65,
                    limit: 64
                )
        )
    }

    @Test(
        "Media types",
        arguments: [
            ("application/vnd.dev.sigstore.bundle+json;version=0.1", .v01),
            ("application/vnd.dev.sigstore.bundle+json;version=0.2", .v02),
            ("application/vnd.dev.sigstore.bundle+json;version=0.3", .v03),
            ("application/vnd.dev.sigstore.bundle.v0.3+json", .v03),
            ("application/vnd.dev.sigstore.bundle.v0.1+json", nil),
            ("application/vnd.dev.sigstore.bundle+json;version=0.4", nil),
            ("application/vnd.dev.sigstore.bundle.v0.4+json", nil), ("application/vnd.dev.sigstore.bundle+json", nil),
            ("application/vnd.dev.sigstore.bundle+json; version=0.3", nil), ("", nil),
            ("application/vnd.dev.sigstore.bundle+json\u{37E}version=0.3", nil),
            ("Application/vnd.dev.sigstore.bundle.v0.3+json", nil),
            ("application/vnd.dev.sigstore.bundle.v0.3+json\n", nil),
        ] as [(String, BundleVersion?)]
    )
    func mediaTypes(mediaType: String, version: BundleVersion?) {
        #expect(BundleVersion(mediaType: mediaType) == version)
        let json = made.messageBundle.setting("mediaType", to: JSONValue(mediaType))
        #expect(failure(json) == (version == nil ? .unknownMediaType(mediaType) : nil))
    }

    @Test("Exactly one key material and one content must be there")
    func exactlyOne() {
        let material = FormatError.notExactlyOne(
            path: "bundle.verificationMaterial",
            of: ["publicKey", "x509CertificateChain", "certificate"]
        )
        let content = FormatError.notExactlyOne(path: "bundle", of: ["messageSignature", "dsseEnvelope"])
        #expect(failure(made.messageBundle.setting("verificationMaterial/certificate", to: nil)) == material)
        #expect(failure(made.messageBundle.setting("verificationMaterial/publicKey", to: ["hint": "x"])) == material)
        #expect(failure(made.messageBundle.setting("messageSignature", to: nil)) == content)
        #expect(failure(made.messageBundle.setting("dsseEnvelope", to: made.envelopeBundle["dsseEnvelope"])) == content)
        #expect(
            failure(made.messageBundle.setting("verificationMaterial", to: nil))
                == .malformed(path: "bundle.verificationMaterial", expected: "a message")
        )
    }

    @Test("Members of another form are named")
    func malformed() {
        let certificate = "bundle.verificationMaterial.certificate"
        #expect(
            failure(made.messageBundle.setting("verificationMaterial/certificate/rawBytes", to: "YR=="))
                == .malformed(path: "\(certificate).rawBytes", expected: "base64")
        )
        #expect(
            failure(made.messageBundle.setting("verificationMaterial/certificate/rawBytes", to: ""))
                == .malformed(path: "\(certificate).rawBytes", expected: "a certificate")
        )
        #expect(
            failure(made.messageBundle.setting("verificationMaterial/certificate", to: "x"))
                == .malformed(path: certificate, expected: "an object")
        )
        #expect(
            failure(made.messageBundle.setting("verificationMaterial/tlogEntries", to: [:]))
                == .malformed(path: "bundle.verificationMaterial.tlogEntries", expected: "an array")
        )
        #expect(failure([]) == .malformed(path: "bundle", expected: "an object"))
        #expect(throws: FormatError.self) { try SigstoreBundle(parsing: Array("{".utf8)) }
    }

    @Test("An entry that says its kind has a body")
    func entryWithoutBody() {
        let path = "verificationMaterial/tlogEntries/0/canonicalizedBody"
        for absent in [nil, ""] as [JSONValue?] {
            #expect(
                failure(made.messageBundle.setting(path, to: absent))
                    == .malformed(
                        path: "bundle.verificationMaterial.tlogEntries[0].canonicalizedBody",
                        expected: "a body"
                    )
            )
        }
    }

    @Test("Thousands of damaged bundles are read or refused")
    func mutations() {
        var mutator = Mutator(seed: 303)
        let originals = [made.messageBundle.bytes, made.envelopeBundle.bytes]
        var read = 0
        for round in 0..<3_000 {
            guard let bundle = try? SigstoreBundle(parsing: mutator.mutate(originals[round % 2])) else { continue }
            read += 1
            for entry in bundle.logEntries {
                #expect(entry.logIndex >= 0)
                _ = entry.inclusionProof.map { try? Checkpoint(parsing: $0.checkpoint) }
            }
        }
        #expect(read > 0)
    }
}
