import Cryptography
import Sigstore
import StrictJSON
import TestSupport
import Testing

@Suite("Trusted roots are read strictly where it matters")
struct TrustedRootTests {
    private let json: JSONValue

    init() throws {
        json = try MadeMaterial().trustedRoot
    }

    private func failure(_ json: JSONValue) -> FormatError? {
        do {
            _ = try TrustedRoot(parsing: json.bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test("A root that was made here is read whole")
    func reads() throws {
        let root = try TrustedRoot(parsing: json.bytes)
        #expect(root.transparencyLogs.map(\.host) == ["rekor.example.com", "log1.rekor.example.com"])
        #expect(root.transparencyLogs.map(\.publicKey?.kind) == [.ecdsaP256, .ed25519])
        #expect(root.certificateLogs.count == 1)
        #expect(root.certificateAuthorities.map(\.chain.count) == [2])
        #expect(root.timestampAuthorities.map(\.chain.count) == [2])
        #expect(root.transparencyLogs.allSatisfy { $0.validity.start == Timestamp(seconds: 1_700_000_000) })
    }

    @Test("Members that newer roots have are passed over, and the original names are read")
    func tolerant() throws {
        let root = try TrustedRoot(parsing: json.bytes)
        let newer = json.setting("tlogs/0/owner", to: "x").setting("checkpointKeyId", to: [:])
        #expect(try TrustedRoot(parsing: newer.bytes) == root)
        #expect(try TrustedRoot(parsing: json.snakeCased.bytes) == root)
    }

    @Test("Who runs a log or an authority is read, and written again")
    func operators() throws {
        let named = json.setting("tlogs/0/operator", to: "acme").setting("timestampAuthorities/0/operator", to: "é")
        let root = try TrustedRoot(parsing: named.bytes)
        #expect(root.transparencyLogs.map(\.operatorName) == ["acme", ""])
        #expect(root.timestampAuthorities.map(\.operatorName) == ["é"])
        #expect(root.certificateAuthorities.map(\.operatorName) == [""])
        #expect(try TrustedRoot(parsing: root.json()) == root)
    }

    @Test("A log's key without the start of its validity is refused", arguments: ["tlogs", "ctlogs"])
    func missingStart(list: String) {
        let path = "trustedRoot.\(list)[0].publicKey.validFor.start"
        let expected = FormatError.malformed(path: path, expected: "a time")
        #expect(failure(json.setting("\(list)/0/publicKey/validFor", to: nil)) == expected)
        #expect(failure(json.setting("\(list)/0/publicKey/validFor/start", to: nil)) == expected)
        #expect(failure(json.setting("\(list)/0/publicKey/validFor/start", to: .null)) == expected)
        #expect(
            failure(json.setting("\(list)/0/publicKey/validFor/start", to: "2022"))
                == .malformed(path: path, expected: "an RFC 3339 time")
        )
    }

    @Test("A key that cannot be used is kept with the reason, so that its log is known but never believed")
    func unusableKey() throws {
        let weak = DERBuilder.sequence(
            DERBuilder.sequence(DERBuilder.objectIdentifier([1, 3, 101, 112])),
            DERBuilder.bitString([1] + [UInt8](repeating: 0, count: 31))
        )
        let root = try TrustedRoot(
            parsing: json.setting("tlogs/0/publicKey/rawBytes", to: JSONValue(Base64.encode(weak))).bytes
        )
        #expect(root.transparencyLogs[0].publicKey == nil)
        let reason = CryptographyError.weakKey("the Ed25519 point has a small order")
        #expect(root.transparencyLogs[0].unusableKey == "\(reason)")
        #expect(root.transparencyLogs[1].publicKey != nil)
    }

    @Test("Other malformed members are named")
    func malformed() {
        #expect(
            failure(json.setting("tlogs/0/logId", to: nil))
                == .malformed(path: "trustedRoot.tlogs[0].logId.keyId", expected: "a key id")
        )
        #expect(
            failure(json.setting("ctlogs/0/publicKey", to: nil))
                == .malformed(path: "trustedRoot.ctlogs[0].publicKey", expected: "a message")
        )
        #expect(
            failure(json.setting("certificateAuthorities/0/certChain", to: nil))
                == .malformed(path: "trustedRoot.certificateAuthorities[0].certChain", expected: "a certificate")
        )
        #expect(
            failure(json.setting("tlogs/0/base_url", to: "x"))
                == .malformed(path: "trustedRoot.tlogs[0].baseUrl", expected: "one spelling")
        )
        let many = JSONValue.array([JSONValue](repeating: [:], count: 257))
        #expect(failure(json.setting("tlogs", to: many)) == .tooMany(path: "trustedRoot.tlogs", count: 257, limit: 256))
    }

    @Test(
        "Media types",
        arguments: [
            ("application/vnd.dev.sigstore.trustedroot+json;version=0.1", true),
            ("application/vnd.dev.sigstore.trustedroot.v0.1+json", true),
            ("application/vnd.dev.sigstore.trustedroot.v0.2+json", true),
            ("application/vnd.dev.sigstore.trustedroot+json;version=0.2", true),
            ("application/vnd.dev.sigstore.trustedroot.v0.3+json", false), ("", false),
            ("application/vnd.dev.sigstore.bundle.v0.3+json", false),
            ("application/vnd.dev.sigstore.trustedroot+json\u{37E}version=0.1", false),
        ]
    )
    func mediaTypes(mediaType: String, isKnown: Bool) {
        let found = failure(json.setting("mediaType", to: JSONValue(mediaType)))
        #expect(found == (isKnown ? nil : .unknownMediaType(mediaType)))
    }

    @Test("A period is closed at both ends and may lack either")
    func period() {
        let start = Timestamp(seconds: 10)
        let end = Timestamp(seconds: 20, nanoseconds: 999_000_000)
        let closed = ValidityPeriod(start: start, end: end)
        #expect(closed.contains(start) && closed.contains(end))
        #expect(!closed.contains(Timestamp(seconds: 9, nanoseconds: 999_999_999)))
        #expect(!closed.contains(Timestamp(seconds: 20, nanoseconds: 999_000_001)))
        #expect(ValidityPeriod(start: start).contains(Timestamp(seconds: .max)))
        #expect(ValidityPeriod(start: nil, end: end).contains(Timestamp(seconds: .min)))
    }

    @Test("Thousands of damaged roots are read or refused")
    func mutations() {
        var mutator = Mutator(seed: 42)
        var read = 0
        for _ in 0..<1_500 where (try? TrustedRoot(parsing: mutator.mutate(json.bytes))) != nil { read += 1 }
        #expect(read > 0)
    }
}

@Suite("What is built in is what the instances publish")
struct BuiltInTrustTests {
    @Test("Every built-in root can be used whole", arguments: BuiltInTrust.allCases)
    func usable(trust: BuiltInTrust) throws {
        let root = try trust.trustedRoot()
        #expect((root.transparencyLogs + root.certificateLogs).allSatisfy { $0.publicKey != nil })
        #expect((root.certificateAuthorities + root.timestampAuthorities).allSatisfy { $0.validity.start != nil })
        #expect(!root.certificateAuthorities.isEmpty)
        #expect(!root.timestampAuthorities.isEmpty)
    }

    @Test(
        "Field by field",
        .enabled(if: SharedData.isPresent, "../shared/data is absent"),
        arguments: [
            (.publicGood, "public-good.trusted_root.json"), (.staging, "staging.trusted_root.json"),
            (.github, "trusted_root.github-1.json"),
        ] as [(BuiltInTrust, String)]
    )
    func published(trust: BuiltInTrust, file: String) throws {
        let built = try trust.trustedRoot()
        let published = try TrustedRoot(parsing: try SharedData.bytes("trust/\(file)"))
        #expect(built.transparencyLogs.elementsEqual(published.transparencyLogs), "transparencyLogs")
        #expect(built.certificateLogs.elementsEqual(published.certificateLogs), "certificateLogs")
        #expect(built.certificateAuthorities.elementsEqual(published.certificateAuthorities), "certificateAuthorities")
        #expect(built.timestampAuthorities.elementsEqual(published.timestampAuthorities), "timestampAuthorities")
    }

    @Test(
        "Other published roots are read",
        .enabled(if: SharedData.isPresent, "../shared/data is absent"),
        arguments: [("trusted_root.github-0.json", 2, 2), ("github.trusted_root.json", 0, 5)]
    )
    func others(file: String, logs: Int, authorities: Int) throws {
        let root = try TrustedRoot(parsing: try SharedData.bytes("trust/\(file)"))
        #expect(root.transparencyLogs.count == logs)
        #expect(root.certificateAuthorities.count == authorities)
    }
}
