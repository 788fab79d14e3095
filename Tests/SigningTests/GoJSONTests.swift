import Cryptography
import Signing
import StrictJSON
import Testing

/// What is signed is byte for byte what cosign would have signed.
struct GoJSONTests {
    private func text(_ value: JSONValue) -> String {
        String(decoding: GoJSON.encode(value), as: UTF8.self)
    }

    @Test func escapesWhatGoEscapes() {
        #expect(text(JSONValue("a<b>&c")) == #""a\u003cb\u003e\u0026c""#)
        #expect(text(JSONValue("\u{2028}\u{2029}")) == #""\u2028\u2029""#)
        #expect(text(JSONValue("\"\\\n\r\t\u{8}\u{c}\u{1f}\u{7f}/é")) == "\"\\\"\\\\\\n\\r\\t\\b\\f\\u001f\u{7f}/é\"")
    }

    /// The default writer hides format characters from terminals; Go does not, and signatures depend on it.
    @Test func leavesDirectionMarksAsTheyAre() {
        #expect(text(JSONValue("\u{202E}")) == "\"\u{202E}\"")
    }

    @Test func writesAPayloadAsCosignDoes() {
        let digest = Digest(hashing: [])
        let payload = SimpleSigningDraft(
            dockerReference: "registry.example/a/b",
            manifestDigest: digest,
            annotations: ["tag": "1", "com.gitlab.ci.user.name": "A & B", "Z": ""]
        )
        let expected =
            #"{"critical":{"identity":{"docker-reference":"registry.example/a/b"},"image":{"docker-manifest-digest":""#
            + digest.description
            + #""},"type":"cosign container image signature"},"optional":{"Z":"","com.gitlab.ci.user.name":"A \u0026 B","#
            + #""tag":"1"}}"#
        #expect(String(decoding: payload.bytes, as: UTF8.self) == expected)
    }

    @Test func writesNullWithoutAnnotations() {
        let payload = SimpleSigningDraft(dockerReference: "r", manifestDigest: Digest(hashing: []))
        #expect(String(decoding: payload.bytes, as: UTF8.self).hasSuffix(#""optional":null}"#))
    }
}
