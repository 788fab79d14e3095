import Cryptography
import Notary
import StrictCBOR
import StrictJSON
import TestSupport
import Testing

@Suite("Envelopes that are not what the specification gives are refused whole")
struct NotaryEnvelopeTests {
    private let draft: NotaryDraft

    init() throws {
        draft = NotaryDraft(try NotaryVerifierTests.signer(), NotaryVerifierTests.artifact)
    }

    private func reason(_ bytes: [UInt8], _ format: NotaryEnvelope.Format) -> String? {
        do {
            _ = try NotaryEnvelope(parsing: bytes, format: format)
            return nil
        } catch {
            return error.description
        }
    }

    private func jws(_ change: (inout JSONObject) -> Void) throws -> String? {
        guard case .object(var object) = try draft.jws() else { return "no object" }
        change(&object)
        return reason(Array(JSONValue.object(object).compact.utf8), .jws)
    }

    @Test("JWS")
    func jwsForms() throws {
        #expect(try jws { _ in } == nil)
        #expect(try jws { $0["signatures"] = [] } == "the envelope has a member signatures")
        #expect(try jws { $0["payload"] = nil } == "the envelope has no text payload")
        #expect(try jws { $0["header"] = nil } == "the envelope has no header")
        #expect(try jws { $0["header"] = ["x5c": []] } == "no certificate came with it")
        #expect(try jws { $0["header"] = ["x5c": ["?"]] } == "a certificate is not base64")
        #expect(try jws { $0["signature"] = "YQ==" } == "signature is not base64url")
        #expect(try jws { $0["signature"] = "+/+/" } == "signature is not base64url")
        #expect(try jws { $0["protected"] = "e30" } == "no algorithm is named")
        #expect(try jws { $0["protected"] = "bm8" }?.hasPrefix("the protected header is not JSON") == true)
        let chain = try #require(try draft.jws()["header"]?["x5c"])
        #expect(try jws { $0["header"] = ["x5c": chain, "alg": "none"] } == "the header alg is both protected and not")
        let stamped: JSONValue = ["x5c": chain, "io.cncf.notary.timestampSignature": 1]
        #expect(try jws { $0["header"] = stamped } == "the timestamp is not base64")
        #expect(reason(Array("[]".utf8), .jws) == "not an object")
        #expect(reason([], .jws)?.hasPrefix("not JSON") == true)
        var late = draft
        late.set("io.cncf.notary.signingTime", .text("yesterday"))
        #expect(reason(try late.envelope(.jws), .jws) == "io.cncf.notary.signingTime is no time: yesterday")
    }

    private func cose(_ change: (inout [CBORValue]) -> Void) throws -> String? {
        guard case .tag(_, .array(var parts)) = try draft.cose() else { return "no array" }
        change(&parts)
        return reason(CBORValue.tag(18, .array(parts)).encoding, .cose)
    }

    @Test("COSE")
    func coseForms() throws {
        #expect(try cose { _ in } == nil)
        #expect(try cose { $0.removeLast() } == "not a tagged COSE_Sign1 of four parts")
        #expect(try cose { $0[0] = .map([]) } == "the parts of the COSE_Sign1 are not of their types")
        // A detached payload.
        #expect(try cose { $0[2] = .null } == "the parts of the COSE_Sign1 are not of their types")
        #expect(try cose { $0[0] = .bytes([]) }?.hasPrefix("the protected header is not strict CBOR") == true)
        #expect(try cose { $0[0] = .bytes([0x80]) } == "the protected header is no map")
        #expect(try cose { $0[0] = .bytes([0xA0]) } == "no algorithm is named")
        #expect(try cose { $0[1] = .map([]) } == "no certificate chain came with it")
        #expect(try cose { $0[1] = .map([CBORPair(33, .array([1]))]) } == "a certificate is no byte string")
        #expect(
            try cose { $0[1] = .map([CBORPair(33, .bytes([1])), CBORPair(1, -7)]) }
                == "the label 1 is both protected and not"
        )
        // A certificate by itself needs no list.
        #expect(try cose { $0[1] = .map([CBORPair(33, .bytes([1]))]) } == nil)
        let untagged = try #require(draft.cose().encoding.dropFirst().first.map { _ in try draft.cose().encoding })
        #expect(reason(Array(untagged.dropFirst()), .cose) == "not a tagged COSE_Sign1 of four parts")
        var twice = draft
        twice.header.append(("cty", .text("x")))
        #expect(reason(try twice.envelope(.cose), .cose)?.contains("duplicateKey") == true)
    }

    @Test(
        "Every cut and every flipped bit is refused or read, and never authentic",
        arguments: NotaryEnvelope.Format.allCases
    )
    func damage(format: NotaryEnvelope.Format) throws {
        let bytes = try draft.envelope(format)
        let trust = try NotaryVerifierTests.trust(draft.signer)
        let verifier = NotaryVerifier(trust: trust, at: NotaryDraft.time)
        let subject = NotarySubject(digest: NotaryVerifierTests.artifact)
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: NotaryError.self) { try NotaryEnvelope(parsing: Array(bytes[..<length]), format: format) }
        }
        // What may change: the unsigned name of the program, and nothing else.
        let agent = Array("tests/1.0".utf8)
        let label = Array("io.cncf.notary.signingAgent".utf8)
        let free = [agent, label].compactMap { part in
            bytes.indices.first { bytes[$0...].starts(with: part) }.map { $0..<$0 + part.count }
        }
        for position in stride(from: 0, to: bytes.count, by: 3) where !free.contains(where: { $0.contains(position) }) {
            var damaged = bytes
            damaged[position] ^= 1
            guard let envelope = try? NotaryEnvelope(parsing: damaged, format: format) else { continue }
            #expect(!verifier.verify(envelope, of: subject).isAuthentic, "byte \(position)")
        }
    }
}
