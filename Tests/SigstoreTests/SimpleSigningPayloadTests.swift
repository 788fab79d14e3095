import Cryptography
import Sigstore
import StrictJSON
import Testing

@Suite("Simple-signing payloads are read strictly")
struct SimpleSigningPayloadTests {
    private static let image = Digest(hashing: Array("image".utf8))
    private static let payload: JSONValue = [
        "critical": [
            "identity": ["docker-reference": "registry.example.com/a"],
            "image": ["docker-manifest-digest": JSONValue("\(image)")],
            "type": "cosign container image signature",
        ],
        "optional": ["commit": "c0ffee", "number": 1, "a,b=c": "d=e,f"],
    ]

    private func failure(_ json: JSONValue) -> FormatError? {
        do {
            _ = try SimpleSigningPayload(parsing: Array(json.compact.utf8))
            return nil
        } catch {
            return error
        }
    }

    private func claim(_ json: JSONValue) -> SubjectClaim {
        SubjectClaim(simpleSigning: Array(json.compact.utf8), image: Self.image)
    }

    @Test("Every part is read, and annotations are those that are texts")
    func reads() throws {
        let payload = try SimpleSigningPayload(parsing: Array(Self.payload.compact.utf8))
        #expect(payload.dockerReference == "registry.example.com/a")
        #expect(payload.manifestDigest == "\(Self.image)")
        #expect(payload.type == SimpleSigningPayload.cosignType)
        #expect(payload.annotations.map(\.key) == ["commit", "a,b=c"])
        #expect(payload.annotations.map(\.value) == ["c0ffee", "d=e,f"])
        #expect(payload.optional.names == ["commit", "number", "a,b=c"])
        #expect(failure(Self.payload.setting("optional", to: nil)) == nil)
        #expect(failure(Self.payload.setting("optional", to: .null)) == nil)
        #expect(failure(Self.payload.setting("critical/identity", to: nil)) == nil)
    }

    @Test(
        "A member of another form is named",
        arguments: [
            (payload.setting("critical", to: nil), FormatError.malformed(path: "critical", expected: "an object")),
            (payload.setting("critical", to: []), .malformed(path: "critical", expected: "an object")),
            (
                payload.setting("critical/image", to: nil),
                .malformed(path: "critical.image.docker-manifest-digest", expected: "a digest")
            ),
            (payload.setting("critical/type", to: nil), .malformed(path: "critical.type", expected: "a string")),
            (payload.setting("optional", to: []), .malformed(path: "optional", expected: "an object")),
            (payload.setting("critical/x", to: 1), .unknownMember(path: "critical.x")),
            (payload.setting("critical/Type", to: 1), .unknownMember(path: "critical.Type")),
        ]
    )
    func malformed(json: JSONValue, error: FormatError) {
        #expect(failure(json) == error)
        guard case .failed(let reason) = claim(json).form else {
            Issue.record("\(claim(json).form)")
            return
        }
        #expect(reason.code == .claimMalformed)
    }

    @Test("A digest that is written twice is not read either way", arguments: [true, false])
    func duplicates(goodFirst: Bool) {
        let member = "\"docker-manifest-digest\":"
        let good = "\(member)\"\(Self.image)\""
        let bad = "\(member)\"\(Digest(hashing: []))\""
        let text = Self.payload.compact.replacing(good, with: goodFirst ? "\(good),\(bad)" : "\(bad),\(good)")
        #expect(text != Self.payload.compact)
        let claim = SubjectClaim(simpleSigning: Array(text.utf8), image: Self.image)
        guard case .failed(let reason) = claim.form, case .notPerformed = claim.subject else {
            Issue.record("\(claim)")
            return
        }
        #expect(reason.code == .claimMalformed)
    }

    @Test("The claim holds for its own digest and type alone")
    func claims() {
        #expect(claim(Self.payload).form == .passed("cosign container image signature"))
        #expect(claim(Self.payload).subject == .passed("\(Self.image)"))
        let atomic = claim(Self.payload.setting("critical/type", to: "atomic container signature"))
        #expect(atomic.form == .passed("atomic container signature"))
        let digests = [
            "\(Digest(hashing: []))", Self.image.hex, "\(Self.image)".uppercased(), "\(Self.image) ", "",
            "sha512:\(Self.image.hex)",
        ]
        for digest in digests {
            let claim = claim(Self.payload.setting("critical/image/docker-manifest-digest", to: JSONValue(digest)))
            guard case .failed(let reason) = claim.subject else {
                Issue.record("\(digest) passes")
                continue
            }
            #expect(reason.code == .claimDigest)
        }
        for type in ["", "Cosign container image signature", "cosign container image signature\u{0}", "\u{212A}"] {
            guard case .failed(let reason) = claim(Self.payload.setting("critical/type", to: JSONValue(type))).form
            else {
                Issue.record("\(type) passes")
                continue
            }
            #expect(reason.code == .claimType)
        }
    }
}
