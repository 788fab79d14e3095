import Attestation
import StrictJSON
import Testing

@Suite("A DSSE envelope is signed with its type")
struct EnvelopeTests {
    private func failure(_ text: String) -> AttestationError? {
        do {
            _ = try Envelope(parsing: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "The pre-authentication encoding of the specification",
        arguments: [
            ("http://example.com/HelloWorld", "hello world", "DSSEv1 29 http://example.com/HelloWorld 11 hello world"),
            ("", "", "DSSEv1 0  0 "),
            ("application/vnd.in-toto+json", "{}", "DSSEv1 28 application/vnd.in-toto+json 2 {}"),
            ("é", "日本", "DSSEv1 2 é 6 日本"),
            ("e\u{301}", "a\r\nb", "DSSEv1 3 e\u{301} 4 a\r\nb"),
            ("a 1 b", " ", "DSSEv1 5 a 1 b 1  "),
        ]
    )
    func encoding(type: String, payload: String, expected: String) {
        let encoding = Envelope.preAuthenticationEncoding(payloadType: type, payload: Array(payload.utf8))
        #expect(encoding == Array(expected.utf8))
        let envelope = Envelope(payloadType: type, payload: Array(payload.utf8), signatures: [])
        #expect(envelope.preAuthenticationEncoding == encoding)
    }

    @Test("Types that differ only above U+007F have different encodings")
    func nonASCII() {
        let plain = Envelope.preAuthenticationEncoding(payloadType: "application/vnd.in-toto+json", payload: [1])
        let other = Envelope.preAuthenticationEncoding(payloadType: "application/vnd.in-toto+jso\u{16E}", payload: [1])
        #expect(plain != other)
        #expect(other.starts(with: Array("DSSEv1 29 ".utf8)))
    }

    @Test("Lengths are counted in bytes, so that no payload can borrow from the type")
    func borrowing() {
        let first = Envelope.preAuthenticationEncoding(payloadType: "a", payload: Array("b 1 c".utf8))
        let second = Envelope.preAuthenticationEncoding(payloadType: "a 5 b", payload: Array("c".utf8))
        #expect(first != second)
    }

    @Test("Payload and signatures are read in either alphabet; unknown members are passed over")
    func reads() throws {
        let text =
            #"{"payloadType":"t","payload":"-_8","x":1,"signatures":[{"sig":"AQ==","keyid":"k"},{"sig":"Ag","keyid":null}]}"#
        let envelope = try Envelope(parsing: Array(text.utf8))
        #expect(envelope.payload == [0xFB, 0xFF])
        #expect(envelope.signatures == [.init(keyID: "k", bytes: [1]), .init(keyID: "", bytes: [2])])
        #expect(try Envelope(envelope.json) == envelope)
        #expect(
            envelope.json.compact
                == #"{"payloadType":"t","payload":"+/8=","signatures":[{"keyid":"k","sig":"AQ=="},{"sig":"Ag=="}]}"#
        )
    }

    @Test(
        "A member of another form is named",
        arguments: [
            ("[]", "payloadType"), ("{}", "payloadType"), (#"{"payloadType":1}"#, "payloadType"),
            (#"{"payloadType":"t"}"#, "payload"), (#"{"payloadType":"t","payload":"YR=="}"#, "payload"),
            (#"{"payloadType":"t","payload":null}"#, "payload"), (#"{"payloadType":"t","payload":""}"#, "signatures"),
            (#"{"payloadType":"t","payload":"","signatures":{}}"#, "signatures"),
            (#"{"payloadType":"t","payload":"","signatures":[{}]}"#, "signatures.sig"),
            (#"{"payloadType":"t","payload":"","signatures":["AQ=="]}"#, "signatures.sig"),
            (#"{"payloadType":"t","payload":"","signatures":[{"sig":"AQ==","keyid":1}]}"#, "signatures.keyid"),
        ]
    )
    func malformed(text: String, member: String) {
        #expect(failure(text) == .malformed(member: member))
    }

    @Test("A member that is written twice is not read either way")
    func duplicates() {
        let text = #"{"payloadType":"t","payload":"","payload":"AQ==","signatures":[]}"#
        #expect(failure(text) == .notJSON(.duplicateName("payload", offset: 32)))
    }

    @Test("A hundred signatures are read, one more is refused")
    func manySignatures() {
        func text(_ count: Int) -> String {
            let list = [String](repeating: #"{"sig":"AQ=="}"#, count: count).joined(separator: ",")
            return #"{"payloadType":"t","payload":"","signatures":[\#(list)]}"#
        }
        #expect(failure(text(100)) == nil)
        #expect(failure(text(101)) == .malformed(member: "signatures"))
    }
}
