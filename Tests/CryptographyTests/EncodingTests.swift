import Cryptography
import Testing

@Suite("Base64 and hexadecimal digits have one reading each")
struct EncodingTests {
    @Test(
        "RFC 4648's examples",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func examples(plain: String, encoded: String) {
        #expect(Base64.encode(plain.utf8) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
        #expect(Base64.decodeProtobuf(encoded) == Array(plain.utf8))
        #expect(Base64.decodeProtobuf(encoded.prefix { $0 != "=" }) == Array(plain.utf8))
    }

    @Test(
        "What is not canonical is refused",
        arguments: [
            "YR==", "YQF=", "Zm9=", "YQ=", "YQ", "Y", "Y===", "====", "=", "YQ==YQ==", "YQ= =", " YQ==", "YQ==\n",
            "YQ\n==",
            "Zm9v-_8=", "Zm9v\u{0}", "YQ==\u{301}", "Y\u{212A}==", "Zg==Zg", "Zm9vYg=", "*m9v",
        ]
    )
    func refused(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("Every byte comes back, at every length")
    func roundTrip() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            let text = Base64.encode(bytes)
            #expect(Base64.decode(text) == bytes)
            #expect(text.utf8.count == (length + 2) / 3 * 4)
        }
        #expect(Base64.encode([0xFB, 0xFF]) == "+/8=")
    }

    @Test("Only protobuf's reading takes the URL-safe alphabet and missing padding")
    func protobuf() {
        #expect(Base64.decodeProtobuf("-_8=") == [0xFB, 0xFF])
        #expect(Base64.decodeProtobuf("-_8") == [0xFB, 0xFF])
        #expect(Base64.decodeProtobuf("+/8") == [0xFB, 0xFF])
        #expect(Base64.decode("-_8=") == nil)
        #expect(Base64.decodeFolded("-_8=") == nil)
    }

    @Test(
        "Protobuf's reading still refuses stray bits, half a padding and single characters",
        arguments: ["YR==", "YR", "YQ=", "Y", "Y=", "=", "A===", "YQ==\n", "Y Q", "Zm9vY"]
    )
    func protobufRefuses(text: String) {
        #expect(Base64.decodeProtobuf(text) == nil)
    }

    @Test("Folded lines are joined, and nothing else is passed over")
    func folded() {
        #expect(Base64.decodeFolded("Zm9v\r\nYmFy\n") == Array("foobar".utf8))
        #expect(Base64.decodeFolded(" Zm9v\tYmE=\n") == Array("fooba".utf8))
        #expect(Base64.decodeFolded("Zm9v\u{B}YmFy") == nil)
        #expect(Base64.decodeFolded("Zm9v\u{A0}YmFy") == nil)
        #expect(Base64.decodeFolded("YR==\n") == nil)
    }

    @Test("Hexadecimal digits are lower case, in pairs, and only of the alphabet")
    func hexadecimal() {
        #expect(Hexadecimal.encode([0x00, 0x0F, 0xA5, 0xFF]) == "000fa5ff")
        #expect(Hexadecimal.decode("000fa5ff") == [0x00, 0x0F, 0xA5, 0xFF])
        #expect(Hexadecimal.decode("") == [])
        for text in ["0", "0g", "+f", "-1", "AF", "aF", " f", "0x", "1\u{301}", "f\u{FF46}", "\u{FF10}0", "0\n"] {
            #expect(Hexadecimal.decode(text) == nil, "\(text)")
        }
    }

    @Test("Texts are compared as bytes")
    func bytes() {
        #expect("K".hasSameBytes(as: "K"))
        #expect(!"K".hasSameBytes(as: "\u{212A}"))
        #expect(!";".hasSameBytes(as: "\u{37E}"))
        #expect(!"\u{E9}".hasSameBytes(as: "e\u{301}"))
        #expect("abc".dropFirst().hasSameBytes(as: "bc"))
        #expect(!"a".hasSameBytes(as: "a\u{0}"))
    }
}
